"""``posmember lookup``: one member as text or JSON, without a window."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from posmember.cli.exits import Exit, exit_code, explain, fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import say, say_json
from posmember.cli.options import moment
from posmember.cli.report import Report, to_json
from posmember.cli.text import to_lines
from posmember.domain.context import Order, OrderType, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.join import join
from posmember.domain.money import ZERO, Money
from posmember.domain.rules.assess import assess
from posmember.errors import PosMemberError
from posmember.lookup.sections import Failed, Loaded, Section, SectionState
from posmember.lookup.service import Request
from posmember.scanning.identifier import Classification, Problem, classify
from posmember.scanning.profile import CodeProfile
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.trust.credentials import KeyringStore, open_key

_PROBLEMS = {
    Problem.EMPTY: "请输入会员码、手机号或卡号 / no identifier",
    Problem.TOO_SHORT: "内容不完整 / cut off",
    Problem.TOO_LONG: "内容太长,不是会员码 / too long for an identifier",
    Problem.URL: "这是网址,请让顾客打开会员码 / an address, not a member code",
    Problem.NOT_A_CODE: "不是会员码 / not a code: use letters, digits and signs",
    Problem.PAYMENT_CODE: (
        "这是付款码,请让顾客打开会员码 / a payment code, not a member code; it was not sent"
    ),
}

_KINDS = {
    IdentifierKind.MEMBER_CODE: "会员码",
    IdentifierKind.MOBILE: "手机号",
    IdentifierKind.CARD_NUMBER: "会员卡号",
    IdentifierKind.ALIPAY_USER_ID: "支付宝用户ID",
    IdentifierKind.WECHAT_OPENID: "微信 openid",
    IdentifierKind.WECHAT_UNIONID: "微信 unionid",
    IdentifierKind.USER_ID: "会员ID",
}

_MOST_YUAN = 9_999_999


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    kinds = ["auto", *IdentifierKind]
    parser.add_argument("identifier", metavar="IDENTIFIER", help="as scanned or typed")
    parser.add_argument("--type", choices=kinds, default="auto", help="(%(default)s)")
    parser.add_argument("--store", metavar="CODE", help="another store than the configuration's")
    parser.add_argument("--order-type", choices=[*OrderType], default="dine_in")
    parser.add_argument("--amount", type=_yuan, metavar="Y", help="order amount in 元")
    parser.add_argument("--discount", type=_yuan, default=ZERO, metavar="Y", help="in 元")
    parser.add_argument("--items", type=_count, metavar="N", help="number of items")
    parser.add_argument("--at", type=moment, metavar="ISO", help="evaluate for this moment")
    parser.add_argument("--reveal", action="store_true", help="names and phones unmasked")
    parser.add_argument(
        "--explain", action="store_true", help="every rule, and what the platform says"
    )
    parser.add_argument("--json", action="store_true", help="as JSON (documented, schema 1)")


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    kind = None if args.type == "auto" else IdentifierKind(args.type)
    found = classify(args.identifier, kind)
    if found.problem not in (None, Problem.URL):  # an address may be a code, as is configured
        return fail(_problem_words(found.problem, found), Exit.WRONG_USE)
    order = Order(OrderType(args.order_type), args.amount, args.discount, args.items)
    try:
        settings = config.load()
        found = classify(args.identifier, kind, CodeProfile(settings.scanner.url_pattern))
        if found.problem is not None:
            return fail(_problem_words(found.problem, found), Exit.WRONG_USE)
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        store = _store(settings, args.store)
        answer = asyncio.run(_look_up(settings, key, store, found.identifiers, order))
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    report = _report(answer, settings, store, order, args)
    if args.json:
        say_json(to_json(report))
    else:
        say(*to_lines(report))
    return _exit(answer)


def _problem_words(problem: Problem, found: Classification) -> str:
    """Why the text is not looked up; a wrong length in numbers, the text itself masked."""
    if found.expected is None:
        return _PROBLEMS[problem]
    return (
        f"收到 {found.received_length} 位({found.received}),"
        f"{_KINDS[found.expected]}应为 {found.expected_length} 位"
        f" / {found.received_length} characters ({found.received}),"
        f" but {found.expected} has {found.expected_length}"
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    sections: dict[Section, SectionState]
    now: datetime
    offset_s: int


async def _look_up(
    settings: Settings,
    key: str,
    store: Store,
    identifiers: tuple[Identifier, ...],
    order: Order,
) -> _Answer:
    # Not before there is something to ask: it brings the network.
    from posmember.lookup.backend import Backend

    sections: dict[Section, SectionState] = {}
    backend = Backend(settings, key, store)
    try:
        request = Request(identifiers, order.order_type, order.discount)
        await backend.lookup.run(request, sections.__setitem__)
        return _Answer(sections, backend.clock.now(), backend.clock.offset_s)
    finally:
        await backend.aclose()


def _store(settings: Settings, code: str | None) -> Store:
    """The configured store, or another one, of which only the code is known."""
    if code is None or code == settings.store.code:
        return settings.store
    return Store(code=code)


def _report(
    answer: _Answer, settings: Settings, store: Store, order: Order, args: argparse.Namespace
) -> Report:
    data = {
        section: state.data
        for section, state in answer.sections.items()
        if isinstance(state, Loaded)
    }
    profile = join(
        data.get(Section.MEMBER),
        data.get(Section.IDENTITY),
        data.get(Section.GIFT_CARDS) or (),
        unit=settings.platform.min_amount_use_unit,
    )
    at = args.at or answer.now
    return Report(
        identifier=args.identifier,
        kind=args.type,
        store=store,
        order=order,
        at=at,
        sections=answer.sections,
        profile=profile,
        assessment=assess(profile, store, order, at),
        clear_text=settings.platform.clear_text,
        offset_s=answer.offset_s,
        reveal=args.reveal,
        explained=args.explain,
    )


def _exit(answer: _Answer) -> int:
    """Found is what member-info found; what else failed is said, and the code stays 0."""
    member = answer.sections[Section.MEMBER]
    if isinstance(member, Failed):
        return fail(explain(member.error), exit_code(member.error))
    for section, state in answer.sections.items():
        if isinstance(state, Failed):
            return fail(f"{section}: {explain(state.error)}", Exit.FOUND)
    return Exit.FOUND


def _yuan(text: str) -> Money:
    try:
        yuan = Decimal(text)
        if abs(yuan) > _MOST_YUAN:
            raise ValueError("more than any order")
        amount = Money.from_yuan(yuan)
    except (ArithmeticError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"not an amount in 元: {text}") from error
    if amount < ZERO:
        raise argparse.ArgumentTypeError(f"below zero: {text}")
    return amount


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise argparse.ArgumentTypeError(f"not a number of items: {text}")
    return int(text)
