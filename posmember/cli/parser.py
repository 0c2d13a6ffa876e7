"""The sub-commands and their options."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from posmember import __version__
from posmember.cli.exits import WrongUseError, fail
from posmember.cli.streams import need_output
from posmember.domain.texts import one_line
from posmember.report.outcomes import Exit

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_COMMANDS = {
    "window": ("posmember.cli.window", "the cashier's window (also without a command)"),
    "training": (
        "posmember.cli.training",
        "the window for training, without a network (also --training)",
    ),
    "training-page": ("posmember.cli.training_page", "write a page of training codes, to print"),
    "smoke": ("posmember.cli.smoke", "does it start on this computer? (also --smoke)"),
    "demo": ("posmember.cli.demo", "the window on the built-in sandbox platform"),
    "ask": ("posmember.cli.ask", "as lookup --json, answered by the window that is open"),
    "lookup": ("posmember.cli.lookup", "look one member up, as text or JSON"),
    "sandbox": ("posmember.sandbox.cli", "serve the sandbox platform"),
    "doctor": ("posmember.cli.doctor", "check configuration, keys, clock and connection"),
    "support": ("posmember.cli.support", "what IT needs to help from afar, without secrets"),
    "update": ("posmember.cli.update", "is there a new version for this till? install it"),
    "scanner-page": ("posmember.cli.scanner_page", "write the scanner test page, to be printed"),
    "setup": ("posmember.cli.setup.command", "set a till up without hands, or print how to"),
    "set-open-key": ("posmember.cli.set_open_key", "put the open key into the system's keyring"),
    "set-http-token": (
        "posmember.cli.set_http_token",
        "make the token for lookups over HTTP on 127.0.0.1",
    ),
    "wechat-setup": ("posmember.cli.wechat.setup", "put WeChat Pay's keys into the keyring"),
    "wechat-card": ("posmember.cli.wechat.card", "show or change a WeChat membership card"),
    "supervisor": ("posmember.cli.wechat.supervisor", "who may change WeChat membership cards"),
}
_OF_THE_WINDOW = (
    "--code",
    "--type",
    "--order-type",
    "--amount",
    "--discount",
    "--items",
    "--quiet",
    "--language",
)
"""Options of the window, which needs no command."""
_SHOWN = ("window", "training", "demo")
"""Commands that have a window to say things in; a windowed program on Windows prints nothing."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with 2 and one line, as every failure here."""
        self.exit(2, f"{self.prog}: {one_line(message)}\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End, after all of the help has gone out."""
        if status == 0:
            need_output()
            sys.stdout.flush()
        super().exit(status, message)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is None:  # argparse would take standard error for a standard output that is closed
            need_output()
        super()._print_message(message, file)


def run(arguments: Sequence[str]) -> int:
    """Parse the arguments and run the command they name; returns the exit code.

    Raises:
        SystemExit: with 2 for wrong use, with 0 after --help and --version.
        OutputError: there is no standard output to print on, or it takes nothing.
    """
    try:
        args = _parse(arguments)
    finally:
        _let_interrupts_raise()
    if args.command not in _SHOWN:
        need_output()
    try:
        return int(args.run(args))
    except WrongUseError as error:
        return fail(str(error), Exit.WRONG_USE)


def _is_text(argument: str) -> bool:
    """Whether all bytes of an argument were characters; Python keeps others as half of one."""
    return not any("\ud800" <= char <= "\udfff" for char in argument)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="posmember")
    for place, argument in enumerate(arguments, 1):
        if not _is_text(argument):
            parser.error(f"第 {place} 个参数不是 UTF-8 文字 / argument {place} is no UTF-8 text")
    parser.add_argument("--version", action="version", version=f"posmember {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    if arguments[:1] in (["--training"], ["--smoke"]):
        arguments = [arguments[0].removeprefix("--"), *arguments[1:]]
    elif arguments and arguments[0].partition("=")[0] in _OF_THE_WINDOW:
        arguments = ["window", *arguments]
    # Only the command that is asked for is imported: a lookup reaches no Qt.
    asked = arguments[0] if arguments else None
    for name, (module_name, summary) in _COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == asked:
            module = importlib.import_module(module_name)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser.parse_args(arguments)


def _let_interrupts_raise() -> None:
    """Let Ctrl+C be an exception again, now that no import is under way."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
