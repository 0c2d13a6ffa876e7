"""``posmember set-open-key``: put the merchant's open key into the system's keyring."""

from __future__ import annotations

import argparse
import getpass
import sys

from posmember import config
from posmember.cli.exits import Exit, exit_code, explain, fail
from posmember.credentials import KeyringStore
from posmember.errors import PosMemberError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The key is asked for, or read from standard input; never an argument, which others see."""


def run(_args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    try:
        settings = config.load()
        key = _read_key()
        if not key:
            return fail("没有输入密钥 / no key was given", Exit.WRONG_USE)
        KeyringStore().set(settings.platform.open_id, key)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    print("已保存到系统密钥库 / kept in the system's keyring")
    return Exit.FOUND


def _read_key() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("开放密钥 / open key: ").strip()
    return sys.stdin.readline().strip()
