"""``posmember lookup``: one member as text or JSON, without a window."""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import dataclass
from datetime import datetime

from posmember.cli.by_secret import NUMBERS, SecretKind, ask_secret, nobody, request_for
from posmember.cli.exits import fail
from posmember.cli.keyring_wait import from_keyring
from posmember.cli.lines import say, say_json
from posmember.cli.options import moment, shortened, store_code, words
from posmember.cli.standard_input import given
from posmember.cli.streams import flush_output
from posmember.cli.text import to_lines
from posmember.domain.context import Order, OrderType, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.join import join
from posmember.domain.money import ZERO, Money
from posmember.domain.rules.assess import assess
from posmember.domain.withheld import any_by_phone, is_by_phone, without_codes
from posmember.errors import ApiError, MemberNotFoundError, PosMemberError
from posmember.lookup.identify import Secret
from posmember.lookup.sections import Failed, Loaded, Section, SectionState
from posmember.lookup.service import PlatformApi, Request
from posmember.report.member import Report, to_json
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.scanning.entry import EntryProblem, read_amount, read_count
from posmember.scanning.identifier import (
    Classification,
    Problem,
    classify,
    is_address,
    is_other_case,
)
from posmember.scanning.nobody import Guess, guess
from posmember.scanning.profile import CodeProfile
from posmember.settings import config
from posmember.settings.config import Settings
from posmember.settings.declared import PHONE_LOOKUP, PhoneLookup
from posmember.trust.credentials import KeyringStore, open_key

_GOODS = "这是商品条码,请扫会员码 / a barcode of goods, not a member code"
_PROBLEMS = {
    Problem.EMPTY: "请输入会员码、手机号或卡号 / no identifier",
    Problem.TOO_SHORT: "内容不完整 / cut off",
    Problem.TOO_LONG: "内容太长,不是会员码 / too long for an identifier",
    Problem.URL: "这是网址,请让顾客打开会员码 / an address, not a member code",
    Problem.NOT_A_CODE: "不是会员码 / not a code: use letters, digits and signs",
    Problem.GOODS: _GOODS,
    Problem.PAYMENT_CODE: (
        "这是付款码,请让顾客打开会员码 / a payment code, not a member code; it was not sent"
    ),
    Problem.NOT_IN_TRAINING: "培训模式里没有这位会员 / nobody of the training members",
    Problem.BANK_CARD: "这是银行卡,没有查询 / a bank card, not a member code; it was not sent",
}

_GUESSES = {
    Guess.MOBILE_TOO_SHORT: "手机号少 1 位 / a phone number that lacks a digit",
    Guess.MOBILE_TOO_LONG: "手机号多 1 位 / a phone number with a digit too many",
    Guess.GOODS: _GOODS,
    Guess.LIKE_GOODS: "这像是商品条码,请扫会员码 / perhaps a barcode of goods",
}
_NO_AMOUNT = {
    EntryProblem.NOT_A_NUMBER: "",
    EntryProblem.UNCLEAR_COMMA: " (a comma stands for thousands only, as in 1,280.00)",
    EntryProblem.TOO_PRECISE: " (at most two decimals)",
    EntryProblem.TOO_LARGE: " (too large)",
}
_OTHER_CASE = (
    "换了字母大小写才查到,请检查大写锁定"
    " / found with its letters in the other case: is Caps Lock on?"
)

_PHONE_OFF = "总部规定不能用手机号查,请扫会员码 / head office lets nobody be found by phone"

_KINDS = {
    IdentifierKind.MEMBER_CODE: "会员码",
    IdentifierKind.MOBILE: "手机号",
    IdentifierKind.CARD_NUMBER: "会员卡号",
    IdentifierKind.ALIPAY_USER_ID: "支付宝用户ID",
    IdentifierKind.WECHAT_OPENID: "微信 openid",
    IdentifierKind.WECHAT_UNIONID: "微信 unionid",
    IdentifierKind.USER_ID: "会员ID",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    kinds = ["auto", *words(IdentifierKind), *words(SecretKind)]
    parser.add_argument(
        "identifier",
        metavar="IDENTIFIER",
        help="as scanned or typed; -: from standard input",
    )
    parser.add_argument(
        "--type",
        choices=kinds,
        default="auto",
        help="(%(default)s); account and entity_card: password or inner number on standard input",
    )
    parser.add_argument(
        "--store", type=store_code, metavar="CODE", help="another store than the configuration's"
    )
    parser.add_argument("--order-type", choices=words(OrderType), default="dine_in")
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
    args.identifier = given(args.identifier, "IDENTIFIER")
    with_secret = SecretKind(args.type) if args.type in words(SecretKind) else None
    kind = None if args.type == "auto" else NUMBERS.get(args.type) or IdentifierKind(args.type)
    found = classify(args.identifier, kind)
    # An address may hold a code, as is configured.
    if found.problem is not None and not is_address(args.identifier):
        return fail(_problem_words(found.problem, found), Exit.WRONG_USE)
    order = Order(OrderType(args.order_type), args.amount, args.discount, args.items)
    try:
        settings = config.load()
        found = classify(args.identifier, kind, CodeProfile(settings.scanner.url_pattern))
        if found.problem is not None:
            return fail(_problem_words(found.problem, found), Exit.WRONG_USE)
        phone = settings.policy.value(PHONE_LOOKUP)
        if phone is PhoneLookup.OFF and any_by_phone(found.identifiers):
            return fail(_PHONE_OFF, Exit.WRONG_USE)
        asked = ask_secret(with_secret, args.identifier) if with_secret else found.identifiers
        key = from_keyring(lambda: open_key(settings.platform.open_id, KeyringStore()))
        store = _store(settings, args.store)
        answer = asyncio.run(_look_up(settings, key, store, asked, order))
    except PosMemberError as error:
        return fail(explain(error), exit_code(error))
    report = _report(answer, settings, store, order, args)
    if args.json:
        say_json(to_json(report))
    else:
        say(*to_lines(report))
    flush_output()
    return _exit(answer, found.identifiers)


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
    asked: tuple[Identifier, ...] | Secret,
    order: Order,
) -> _Answer:
    # Not before there is something to ask: it brings the network.
    from posmember.lookup.backend import Backend

    sections: dict[Section, SectionState] = {}
    backend = Backend(settings, key, store)
    try:
        request = await _request(backend.platform, asked, order, sections)
        if request is not None:
            await backend.lookup.run(request, sections.__setitem__)
        return _Answer(sections, backend.clock.now(), backend.clock.offset_s)
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
    member = answer.sections[Section.MEMBER]
    found_by = member.found_by if isinstance(member, Loaded) else None
    masked = settings.policy.value(PHONE_LOOKUP) is PhoneLookup.MASKED
    if masked and found_by is not None and is_by_phone(found_by):
        profile = without_codes(profile)
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
        unit=settings.platform.min_amount_use_unit,
    )


def _exit(answer: _Answer, tried: tuple[Identifier, ...]) -> int:
    """Found is what member-info found; what else failed is said, and the code stays 0."""
    member = answer.sections[Section.MEMBER]
    if isinstance(member, Failed):
        return fail(_why_nobody(member.error, tried), exit_code(member.error))
    for section, state in answer.sections.items():
        if isinstance(state, Failed):
            return fail(f"{section}: {explain(state.error)}", Exit.FOUND)
    if isinstance(member, Loaded) and is_other_case(tried, member.found_by):
        return fail(_OTHER_CASE, Exit.FOUND)
    return Exit.FOUND


def _why_nobody(error: PosMemberError, tried: tuple[Identifier, ...]) -> str:
    """What happened; where nobody was found, also what the code looks like."""
    looks_like = guess(tried[0].value) if isinstance(error, MemberNotFoundError) else None
    return explain(error) if looks_like is None else f"{explain(error)}; {_GUESSES[looks_like]}"


def _yuan(text: str) -> Money:
    amount = read_amount(text)
    if not isinstance(amount, Money):
        shown = shortened(text)
        if isinstance(read_amount(text.strip().removeprefix("-")), Money):
            raise argparse.ArgumentTypeError(f"below zero: {shown}")
        why = "" if amount is None else _NO_AMOUNT[amount]
        raise argparse.ArgumentTypeError(f"not an amount in 元{why}: {shown}")
    return amount


def _count(text: str) -> int:
    count = read_count(text)
    if not isinstance(count, int):
        raise argparse.ArgumentTypeError(f"not a number of items: {shortened(text)}")
    return count
