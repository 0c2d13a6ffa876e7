"""``posmember set-open-key``: put the merchant's open key into the system's keyring."""

from __future__ import annotations

import argparse

from posmember.cli.exits import WrongUseError, fail
from posmember.cli.keyring_wait import WRITE_LIMIT_S, from_keyring
from posmember.cli.lines import say_done
from posmember.cli.secret_input import read_secret
from posmember.errors import PosMemberError
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.settings import config
from posmember.trust.credentials import KeyringStore
from posmember.trust.pasted import pasted_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no options: the key is asked for."""


def run(_args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    try:
        settings = config.load()
        key = _key(read_secret("开放密钥 / open key: "))
        if not key:
            return fail("没有输入密钥 / no key was given", Exit.WRONG_USE)
        from_keyring(lambda: KeyringStore().set(settings.platform.open_id, key), WRITE_LIMIT_S)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    say_done("已保存到系统密钥库 / kept in the system's keyring")
    return Exit.FOUND


def _key(text: str) -> str:
    """The key in what was given, or "". Raises WrongUseError: it is no key."""
    try:
        return pasted_key(text)
    except ValueError as error:
        words = "这不是开放密钥,没有保存 / this is no open key, and is not kept"
        raise WrongUseError(f"{words}: {error}") from error
