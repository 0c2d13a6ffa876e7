"""The command ``posmember sandbox``: serve the stand-in platforms, or list who is there."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    GRANT_CODE,
    MCHID,
    MERCHANT_SERIAL,
    OPEN_ID,
    OPEN_KEY,
    PASSWORD,
    PUBLIC_KEY_ID,
    RELAY_TOKEN,
    ROTATED_KEY_ID,
    STORES,
)
from posmember.sandbox.faults import Fault
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.records import CardRecord

DEFAULT_HOST: Final = "127.0.0.1"
OPEN_KEY_VARIABLE: Final = "POSMEMBER_OPEN_KEY"
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_EXIT_OK: Final = 0
_EXIT_USAGE: Final = 2
_EXIT_FAILED: Final = 6
_MAX_OFFSET_S: Final = 2_000_000_000
"""Some sixty years: with much more, the sandbox's people would be beyond what a date can say."""
_NAME_WIDTH: Final = 20
_EXTRA: Final = ("starlette", "uvicorn", "h11", "cryptography")
"""Packages that only the extra ``sandbox`` is sure to bring."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port to listen on (0: any that is free)"
    )
    parser.add_argument(
        "--latency-ms", type=milliseconds, default=0, metavar="N", help="time that an answer takes"
    )
    parser.add_argument(
        "--fault",
        type=fault_spec,
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
        type=_seconds,
        default=0,
        metavar="N",
        help="seconds that the platform's clock is ahead (negative: behind)",
    )
    parser.add_argument(
        "--wechat-keys",
        type=Path,
        metavar="FOLDER",
        help="write the keys that a till needs for WeChat brand cards into this folder",
    )
    parser.add_argument(
        "--list", action="store_true", help="list the sample members and brand cards, and exit"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code (0 ended, 2 usage, 6 the keys cannot be written).

    Usage is also an address that cannot be listened on: taken, not allowed, or not this machine's.
    """
    if args.list:
        _list_members()
        _list_cards()
        return _EXIT_OK
    try:
        from posmember.sandbox.app import Sandbox
        from posmember.sandbox.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        _complain(f"{error.name} is missing: install posmember with its extra 'sandbox'")
        return _EXIT_USAGE
    sandbox = Sandbox(
        v2_sign_keys=args.sign_keys,
        latency_ms=args.latency_ms,
        faults=args.fault,
        clock_offset_s=args.clock_offset_s,
    )
    try:
        key_files = _write_keys(args.wechat_keys)
    except OSError as error:
        _complain(f"cannot write keys to {args.wechat_keys}: {error.strerror or error}")
        return _EXIT_FAILED
    try:
        ready = partial(_announce, host=args.host, key_files=key_files)
        serve(sandbox, args.host, args.port, ready=ready)
    except OSError as error:
        # The system's words alone: behind them Python says the address once more.
        reason = (error.strerror or str(error)).partition(" (while ")[0]
        _complain(f"cannot listen on {args.host} port {args.port}: {reason}; choose another one")
        return _EXIT_USAGE
    return _EXIT_OK


def _write_keys(folder: Path | None) -> Sequence[Path]:
    if folder is None:
        return ()
    from posmember.sandbox.wechat.keys import WechatKeys

    return WechatKeys().write(folder.absolute())


def _announce(base_url: str, *, host: str = DEFAULT_HOST, key_files: Sequence[Path] = ()) -> None:
    if host not in _LOOPBACK:
        _complain(f"listening on {host}: others in the network can reach the sandbox")
    stores = ", ".join(f"{store.code} ({store.name}, id {store.number})" for store in STORES)
    _say(f"sandbox platform listening on {base_url}")
    _say("to use it, configure the client with")
    _say(f"  base_url    {base_url}")
    _say(f"  open_id     {OPEN_ID}")
    _say(f"  grant_code  {GRANT_CODE}")
    _say(f"  open key    {OPEN_KEY_VARIABLE}={OPEN_KEY}")
    _say(f"  store code  {stores}")
    _announce_cards(base_url, key_files)
    _say("members and cards: posmember sandbox --list; Ctrl+C ends")


def _announce_cards(base_url: str, key_files: Sequence[Path]) -> None:
    if not key_files:
        _say("for WeChat brand cards, start it with --wechat-keys FOLDER")
        return
    private, public, rotated = key_files
    _say("for WeChat brand cards, at the same address")
    _say(f"  mchid        {MCHID}")
    _say(f"  brand_id     {BRAND_ID}")
    _say(f"  card_id      {CARD_ID}")
    _say(f"  private key  {private} (serial {MERCHANT_SERIAL})")
    _say(f"  public key   {public} ({PUBLIC_KEY_ID})")
    _say(f"  rotated key  {rotated} ({ROTATED_KEY_ID})")
    _say(f"  relay token  {RELAY_TOKEN} (at {base_url}/relay)")


def _list_members() -> None:
    rows = [("member code", "mobile", "name", "shows")]
    rows += [_row(member) for member in build_members(datetime.now(UTC))]
    _say_table(rows)
    _say(f"password of every member: {PASSWORD}; inner number of card VIP880001: INNER880001")
    _say("nobody: qm404empty is answered with [], qm404null with null, others are refused")


def _list_cards() -> None:
    rows = [("WeChat brand card", "openid", "level", "shows")]
    rows += [_card_row(card) for card in build_cards(datetime.now(UTC))]
    _say_table(rows)


def _say_table(rows: Sequence[tuple[str, str, str, str]]) -> None:
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=False)]
        _say("  ".join([*cells, row[3]]))


def _card_row(card: CardRecord) -> tuple[str, str, str, str]:
    level = str(card.fields.get("level") or "-")
    return card.code, card.openid, level, card.shows


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
    print(_visible(line).encode(encoding, "replace").decode(encoding), flush=True)


def _complain(line: str) -> None:
    print(f"posmember sandbox: {_visible(line)}", file=sys.stderr, flush=True)


def _visible(line: str) -> str:
    """The line as it can be shown: some members' names are made to lead terminals astray."""
    return "".join(character if character.isprintable() else "?" for character in line)


def _seconds(text: str) -> int:
    return (-1 if text.startswith("-") else 1) * _whole_number(
        text.removeprefix("-"), _MAX_OFFSET_S
    )


def _port(text: str) -> int:
    return _whole_number(text, 65_535)


def milliseconds(text: str) -> int:
    """An option's time. Raises ArgumentTypeError."""
    return _whole_number(text, 600_000)


def _whole_number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to {most}")
    return int(text)


def fault_spec(text: str) -> str:
    """An option's fault, as it was given. Raises ArgumentTypeError."""
    try:
        Fault.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text
