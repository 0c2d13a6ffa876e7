"""The sub-commands and their options."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence
from typing import NoReturn

from posmember import __version__
from posmember.domain.values import one_line

_COMMANDS = {
    "window": ("posmember.cli.window", "the cashier's window (also without a command)"),
    "demo": ("posmember.cli.demo", "the window on the built-in sandbox platform"),
    "lookup": ("posmember.cli.lookup", "look one member up, as text or JSON"),
    "sandbox": ("posmember.sandbox.cli", "serve the sandbox platform"),
    "doctor": ("posmember.cli.doctor", "check configuration, keys, clock and connection"),
    "scanner-page": ("posmember.cli.scanner_page", "write the scanner test page, to be printed"),
    "set-open-key": ("posmember.cli.set_open_key", "put the open key into the system's keyring"),
    "wechat-setup": ("posmember.cli.wechat.setup", "put WeChat Pay's keys into the keyring"),
    "wechat-card": ("posmember.cli.wechat.card", "show or change a WeChat membership card"),
    "supervisor": ("posmember.cli.wechat.supervisor", "who may change WeChat membership cards"),
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with 2 and one line, as every failure here."""
        self.exit(2, f"{self.prog}: {one_line(message)}\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End, after all of the help has gone out: its reader may be gone."""
        sys.stdout.flush()
        super().exit(status, message)


def run(arguments: Sequence[str]) -> int:
    """Parse the arguments and run the command they name; returns the exit code.

    Raises:
        SystemExit: with 2 for wrong use, with 0 after --help and --version.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A console without Chinese shows "?" for it; that is no reason to fail.
        sys.stdout.reconfigure(errors="replace")
    parser = _Parser(prog="posmember")
    parser.add_argument("--version", action="version", version=f"posmember {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # Only the command that is asked for is imported: a lookup reaches no Qt.
    asked = arguments[0] if arguments else None
    for name, (module_name, summary) in _COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == asked:
            module = importlib.import_module(module_name)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    args = parser.parse_args(arguments)
    return int(args.run(args))
