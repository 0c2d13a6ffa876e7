"""``posmember lookup``: one member as text or JSON, without a window."""

from __future__ import annotations

import argparse
import asyncio
import time

from posmember.cli.by_secret import NUMBERS, SecretKind, ask_secret, nobody, request_for
from posmember.cli.exits import fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import complain, say, say_json
from posmember.cli.options import count, moment, store_code, words, yuan
from posmember.cli.standard_input import given
from posmember.cli.streams import flush_output
from posmember.cli.text import to_lines
from posmember.domain.context import Order, OrderType, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import ZERO
from posmember.errors import ApiError, PosMemberError
from posmember.lookup.identify import Secret
from posmember.lookup.sections import Section, SectionState
from posmember.lookup.service import PlatformApi, Request
from posmember.report.member import to_json
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.report.question import (
    Answered,
    Question,
    RefusedError,
    check_text,
    identifiers_of,
    outcome_of,
    report_of,
    store_of,
)
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.trust.credentials import KeyringStore, open_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    add_question(parser, [*words(IdentifierKind), *words(SecretKind)])


def add_question(parser: argparse.ArgumentParser, kinds: list[str]) -> None:
    """Add what `question` reads.

    Args:
        kinds: what ``--type`` may be, beside automatic.
    """
    parser.add_argument(
        "identifier",
        metavar="IDENTIFIER",
        help="as scanned or typed; -: from standard input",
    )
    parser.add_argument(
        "--type",
        choices=["auto", *kinds],
        default="auto",
        help="(%(default)s); account and entity_card: password or inner number on standard input",
    )
    parser.add_argument(
        "--store", type=store_code, metavar="CODE", help="another store than the configuration's"
    )
    parser.add_argument("--order-type", choices=words(OrderType), default="dine_in")
    parser.add_argument("--amount", type=yuan, metavar="Y", help="order amount in 元")
    parser.add_argument("--discount", type=yuan, default=ZERO, metavar="Y", help="in 元")
    parser.add_argument("--items", type=count, metavar="N", help="number of items")
    parser.add_argument("--at", type=moment, metavar="ISO", help="evaluate for this moment")
    parser.add_argument("--reveal", action="store_true", help="names and phones unmasked")
    parser.add_argument(
        "--explain", action="store_true", help="every rule, and what the platform says"
    )
    parser.add_argument("--json", action="store_true", help="as JSON (documented, schema 1)")


def question(args: argparse.Namespace) -> Question:
    """What is asked by these arguments."""
    order = Order(OrderType(args.order_type), args.amount, args.discount, args.items)
    return Question(
        args.identifier, args.type, args.store, order, args.at, args.reveal, args.explain
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    args.identifier = given(args.identifier, "IDENTIFIER")
    with_secret = SecretKind(args.type) if args.type in words(SecretKind) else None
    kind = None if args.type == "auto" else NUMBERS.get(args.type) or IdentifierKind(args.type)
    asks = question(args)
    try:
        check_text(args.identifier, kind)
        settings = config.load()
        tried = identifiers_of(args.identifier, kind, settings)
        asked = ask_secret(with_secret, args.identifier) if with_secret else tried
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        store = store_of(asks, settings)
        answer = asyncio.run(_look_up(settings, key, store, asked, asks.order))
    except RefusedError as refused:
        return fail(str(refused), Exit.WRONG_USE)
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    report = report_of(answer, asks, settings)
    if args.json:
        say_json(to_json(report))
    else:
        say(*to_lines(report))
    flush_output()
    code, told = outcome_of(answer, tried)
    if told:
        complain(told)
    return code


async def _look_up(
    settings: Settings,
    key: str,
    store: Store,
    asked: tuple[Identifier, ...] | Secret,
    order: Order,
) -> Answered:
    # Not before there is something to ask: it brings the network.
    from posmember.lookup.backend import Backend

    sections: dict[Section, SectionState] = {}
    backend = Backend(settings, key, store)
    try:
        request = await _request(backend.platform, asked, order, sections)
        if request is not None:
            await backend.lookup.run(request, sections.__setitem__)
        return Answered(sections, backend.clock.now(), backend.clock.offset_s)
    finally:
        await backend.aclose()


async def _request(
    platform: PlatformApi,
    asked: tuple[Identifier, ...] | Secret,
    order: Order,
    sections: dict[Section, SectionState],
) -> Request | None:
    """What to look up; None where nobody was identified, and then the sections say so."""
    if isinstance(asked, tuple):
        return Request(asked, order.order_type, order.discount)
    started = time.monotonic()
    try:
        return await request_for(platform, asked, order)
    except ApiError as error:
        sections.update(nobody(error, round((time.monotonic() - started) * 1000)))
        return None
