"""The command ``posmember sandbox``: serve the stand-in platform, or list its members."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from datetime import UTC, datetime
from typing import Final

from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, PASSWORD, STORES
from posmember.sandbox.faults import Fault
from posmember.sandbox.members import build_members
from posmember.sandbox.records import MemberRecord

DEFAULT_HOST: Final = "127.0.0.1"
OPEN_KEY_VARIABLE: Final = "POSMEMBER_OPEN_KEY"
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_EXIT_OK: Final = 0
_EXIT_FAILED: Final = 1
_EXIT_USAGE: Final = 2
_NAME_WIDTH: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port to listen on (0: any that is free)"
    )
    parser.add_argument(
        "--latency-ms", type=_milliseconds, default=0, metavar="N", help="time that an answer takes"
    )
    parser.add_argument(
        "--fault",
        type=_fault_spec,
        action="append",
        default=[],
        metavar="SPEC",
        help="API=KIND[ARG][:COUNT], for example identity=http502:2; may be given several times",
    )
    parser.add_argument(
        "--sign-keys",
        choices=("camel", "pascal", "either"),
        default="camel",
        help="spelling of the signed keys that V2 accepts (%(default)s)",
    )
    parser.add_argument(
        "--clock-offset-s",
        type=int,
        default=0,
        metavar="N",
        help="seconds that the platform's clock is ahead (negative: behind)",
    )
    parser.add_argument("--list", action="store_true", help="list the sample members and exit")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the process's exit code (0 ended, 1 cannot listen, 2 usage)."""
    if args.list:
        _list_members()
        return _EXIT_OK
    try:
        from posmember.sandbox.app import Sandbox
        from posmember.sandbox.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "h11"):
            raise
        _complain(f"{error.name} is missing: install posmember with its extra 'sandbox'")
        return _EXIT_USAGE
    sandbox = Sandbox(
        v2_sign_keys=args.sign_keys,
        latency_ms=args.latency_ms,
        faults=args.fault,
        clock_offset_s=args.clock_offset_s,
    )
    if args.host not in _LOOPBACK:
        _complain(f"listening on {args.host}: others in the network can reach the sandbox")
    try:
        serve(sandbox, args.host, args.port, ready=_announce)
    except OSError as error:
        _complain(f"cannot listen on {args.host} port {args.port}: {error.strerror or error}")
        return _EXIT_FAILED
    return _EXIT_OK


def _announce(base_url: str) -> None:
    stores = ", ".join(f"{store.code} ({store.name}, id {store.number})" for store in STORES)
    _say(f"sandbox platform listening on {base_url}")
    _say("to use it, configure the client with")
    _say(f"  base_url    {base_url}")
    _say(f"  open_id     {OPEN_ID}")
    _say(f"  grant_code  {GRANT_CODE}")
    _say(f"  open key    {OPEN_KEY_VARIABLE}={OPEN_KEY}")
    _say(f"  store code  {stores}")
    _say("members: posmember sandbox --list; Ctrl+C ends")


def _list_members() -> None:
    rows = [("member code", "mobile", "name", "shows")]
    rows += [_row(member) for member in build_members(datetime.now(UTC))]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=False)]
        _say("  ".join([*cells, row[3]]))
    _say(f"password of every member: {PASSWORD}; inner number of card VIP880001: INNER880001")
    _say("nobody: qm404empty is answered with [], qm404null with null, others are refused")


def _row(member: MemberRecord) -> tuple[str, str, str, str]:
    return member.ids.code or "-", member.ids.mobile or "-", _short(member.name), member.shows


def _short(name: str) -> str:
    return name if len(name) <= _NAME_WIDTH // 2 else f"{name[: _NAME_WIDTH // 2]}…"


def _width(text: str) -> int:
    """How many columns a terminal gives it: wide East Asian characters take two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _say(line: str) -> None:
    """Print a line at once, whatever the console's encoding can show of it."""
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), flush=True)


def _complain(line: str) -> None:
    print(f"posmember sandbox: {line}", file=sys.stderr, flush=True)


def _port(text: str) -> int:
    return _whole_number(text, 65_535)


def _milliseconds(text: str) -> int:
    return _whole_number(text, 600_000)


def _whole_number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to {most}")
    return int(text)


def _fault_spec(text: str) -> str:
    try:
        Fault.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text
