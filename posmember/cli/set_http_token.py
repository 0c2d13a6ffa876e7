"""``posmember set-http-token``: the token by which programs ask over HTTP on 127.0.0.1."""

from __future__ import annotations

import argparse

from posmember.cli.exits import fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say, told_anyway
from posmember.errors import PosMemberError
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.trust.credentials import KeyringStore
from posmember.trust.http_token import make_token


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser: it has none."""


def run(_args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    try:
        token = from_keyring(lambda: make_token(KeyringStore()), WRITE_LIMIT_S)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    kept = "新令牌已存入系统密钥库,旧的作废,请重新打开会员查询 / kept; start the window again"
    with told_anyway(kept):
        say(token)
    return Exit.FOUND
