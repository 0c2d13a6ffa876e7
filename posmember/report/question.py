"""A question about one member, as ``posmember lookup`` takes it: what is asked, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from posmember.domain.context import Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.join import join
from posmember.domain.rules.assess import assess
from posmember.domain.withheld import any_by_phone, is_by_phone, without_codes
from posmember.errors import MemberNotFoundError, PosMemberError
from posmember.lookup.sections import Failed, Loaded, Section, SectionState
from posmember.report.member import Report
from posmember.report.outcomes import Exit, exit_code, explain
from posmember.scanning.identifier import (
    Classification,
    Problem,
    classify,
    is_address,
    is_other_case,
)
from posmember.scanning.nobody import Guess, guess
from posmember.scanning.profile import CodeProfile
from posmember.settings.config import Settings
from posmember.settings.declared import PHONE_LOOKUP, PhoneLookup

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


class RefusedError(Exception):
    """It is not looked up; the text says why in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked for, and for what order.

    Args:
        identifier: as it was given. kind: the ``--type`` it is asked as.
        store: another store's code than the configuration's, or None.
        at: the moment to evaluate for, aware, +08:00; None is now.
        reveal: names and phones unmasked.
        explained: whether to tell every rule that was looked at.
    """

    identifier: str = field(repr=False)
    kind: str = "auto"
    store: str | None = None
    order: Order = Order()
    at: datetime | None = None
    reveal: bool = False
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What the platform answered.

    Args:
        now: the platform's time, aware, +08:00.
        offset_s: seconds that this machine's clock is behind the platform's.
    """

    sections: Mapping[Section, SectionState]
    now: datetime
    offset_s: int


def check_text(text: str, kind: IdentifierKind | None) -> None:
    """Refuse what no configuration makes an identifier. Raises RefusedError."""
    found = classify(text, kind)
    # An address may hold a code, as is configured.
    if found.problem is not None and not is_address(text):
        raise RefusedError(_problem_words(found.problem, found))


def identifiers_of(
    text: str, kind: IdentifierKind | None, settings: Settings
) -> tuple[Identifier, ...]:
    """What is tried, in this order, where a till's settings allow it. Raises RefusedError."""
    found = classify(text, kind, CodeProfile(settings.scanner.url_pattern))
    if found.problem is not None:
        raise RefusedError(_problem_words(found.problem, found))
    phone = settings.policy.value(PHONE_LOOKUP)
    if phone is PhoneLookup.OFF and any_by_phone(found.identifiers):
        raise RefusedError(_PHONE_OFF)
    return found.identifiers


def store_of(question: Question, settings: Settings) -> Store:
    """The configured store, or another one, of which only the code is known."""
    if question.store is None or question.store == settings.store.code:
        return settings.store
    return Store(code=question.store)


def report_of(answered: Answered, question: Question, settings: Settings) -> Report:
    """What is told of it, by the settings and the machine's policy."""
    store = store_of(question, settings)
    data = {
        section: state.data
        for section, state in answered.sections.items()
        if isinstance(state, Loaded)
    }
    profile = join(
        data.get(Section.MEMBER),
        data.get(Section.IDENTITY),
        data.get(Section.GIFT_CARDS) or (),
        unit=settings.platform.min_amount_use_unit,
    )
    member = answered.sections[Section.MEMBER]
    found_by = member.found_by if isinstance(member, Loaded) else None
    masked = settings.policy.value(PHONE_LOOKUP) is PhoneLookup.MASKED
    if masked and found_by is not None and is_by_phone(found_by):
        profile = without_codes(profile)
    at = question.at or answered.now
    return Report(
        identifier=question.identifier,
        kind=question.kind,
        store=store,
        order=question.order,
        at=at,
        sections=answered.sections,
        profile=profile,
        assessment=assess(profile, store, question.order, at),
        clear_text=settings.platform.clear_text,
        offset_s=answered.offset_s,
        reveal=question.reveal,
        explained=question.explained,
        unit=settings.platform.min_amount_use_unit,
    )


def outcome_of(answered: Answered, tried: tuple[Identifier, ...]) -> tuple[Exit, str]:
    """The exit code and a line of words, "" for none.

    Found is what member-info found; what else failed is said, and the code stays 0.
    """
    member = answered.sections[Section.MEMBER]
    if isinstance(member, Failed):
        return exit_code(member.error), _why_nobody(member.error, tried)
    for section, state in answered.sections.items():
        if isinstance(state, Failed):
            return Exit.FOUND, f"{section}: {explain(state.error)}"
    if isinstance(member, Loaded) and is_other_case(tried, member.found_by):
        return Exit.FOUND, _OTHER_CASE
    return Exit.FOUND, ""


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


def _why_nobody(error: PosMemberError, tried: tuple[Identifier, ...]) -> str:
    """What happened; where nobody was found, also what the code looks like."""
    looks_like = guess(tried[0].value) if isinstance(error, MemberNotFoundError) else None
    return explain(error) if looks_like is None else f"{explain(error)}; {_GUESSES[looks_like]}"
