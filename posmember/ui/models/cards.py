"""From assessed coupons and gift cards to the words on their rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.rules.assessment import AssessedBenefitCard, AssessedCoupon, AssessedGiftCard
from posmember.domain.rules.reasons import (
    Eligibility,
    NoticeCode,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.texts import clean_code
from posmember.ui import messages
from posmember.ui.models.card import Action, ActionKind, Card

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ShownIn:
    """What rows are worded in.

    Args:
        context: what the verdicts were made in.
        checking: whether an answer that the verdicts need is still under way.
    """

    context: Context
    checking: bool = False


def coupon_card(assessed: AssessedCoupon, shown_in: ShownIn) -> Card:
    """Put a coupon into words."""
    coupon = assessed.coupon
    saving = ""
    usable = assessed.eligibility.verdict is not Verdict.NOT_USABLE
    if assessed.saving is not None and usable and not shown_in.checking:
        saving = messages.saving_text(assessed.saving, at_most=assessed.at_most)
    return _card(
        coupon,
        assessed.eligibility,
        shown_in,
        value=messages.coupon_value_text(coupon),
        kind=messages.coupon_kind_text(coupon),
        title=messages.one_line(coupon.title),
        saving=saving,
        code_label=translate("Messages", "核销码"),
        code=clean_code(coupon.redemption_code),
    )


def gift_card_card(assessed: AssessedGiftCard, shown_in: ShownIn) -> Card:
    """Put a gift card into words."""
    card = assessed.card
    return _card(
        card,
        assessed.eligibility,
        shown_in,
        value=messages.gift_card_value_text(card),
        kind=messages.gift_card_kind_text(card),
        title=messages.one_line(card.name),
        saving="",
        code_label=translate("Messages", "卡号"),
        code=clean_code(card.card_number),
    )


def benefit_card_text(assessed: AssessedBenefitCard, now: datetime) -> str:
    """Say a 付费权益卡 in a sentence: its verdict, its name, and why or until when.

    Args:
        now: when its verdict was made; aware, +08:00.
    """
    card, eligibility = assessed.card, assessed.eligibility
    reasons = [messages.reason_text(reason, now) for reason in eligibility.reasons]
    until = translate("Messages", "到期 {date}")
    return translate("Messages", "{verdict}  权益卡 {name}，{what}").format(
        verdict=messages.verdict_text(eligibility.verdict),
        name=messages.one_line(card.name),
        what=messages.joined(reasons) or until.format(date=messages.date_text(card.valid_until)),
    )


def _card(
    asset: Coupon | GiftCard,
    eligibility: Eligibility,
    shown_in: ShownIn,
    *,
    value: str,
    kind: str,
    title: str,
    saving: str,
    code_label: str,
    code: str,
) -> Card:
    context, now = shown_in.context, shown_in.context.now
    validity = messages.validity_text(asset.valid_from, asset.valid_until, now)
    is_money = isinstance(asset, GiftCard) and kind != value
    lead = (kind,) if is_money and title else ()
    words = (value, kind, title or kind, saving, validity)
    if shown_in.checking:
        return Card(None, messages.checking_text(), *words, (*lead, validity), code_label, code)
    remedy = what_helps(asset, context, eligibility) if eligibility.reasons else None
    return Card(
        eligibility.verdict,
        messages.verdict_text(eligibility.verdict),
        *words,
        _parts(eligibility, remedy, now, lead, validity),
        code_label,
        code,
        _action(eligibility, remedy),
    )


def _parts(
    eligibility: Eligibility,
    remedy: Remedy | None,
    now: datetime,
    lead: tuple[str, ...],
    validity: str,
) -> tuple[str, ...]:
    """The second line: why not and what would help first, then until when, then what to know."""
    why = _why(eligibility, remedy, now)
    dated = any(reason.code in _SAY_THE_DATES for reason in eligibility.reasons)
    until = () if dated else (validity,)
    tags = [
        messages.notice_text(notice, now)
        for notice in eligibility.notices
        if notice.code not in _SAID_BY_THE_DATE
    ]
    if eligibility.verdict is Verdict.NOT_USABLE:
        tags = []  # what to know of using it
    return tuple(dict.fromkeys((*why, *lead, *until, *tags)))


def _why(eligibility: Eligibility, remedy: Remedy | None, now: datetime) -> list[str]:
    """Every reason, in the words of one line; behind them what would help against all of them."""
    reasons = _without_many_fields(eligibility.reasons)
    blocking = [reason for reason in reasons if reason.blocks]
    alone = len(reasons) == 1
    found = [
        _reason(_beside(reason, remedy), now, alone=alone, hints=not blocking) for reason in reasons
    ]
    if not blocking or remedy is None:
        return found
    says_it_all = alone and blocking[0].code in _SAY_WHAT_IT_TAKES
    if says_it_all and not remedy.remaining:
        return found
    return [*found[:1], messages.remedy_hint(remedy, now), *found[1:]]


def _reason(reason: Reason, now: datetime, *, alone: bool, hints: bool) -> str:
    text = messages.reason_text(reason, now, alone=alone)
    hint = messages.reason_hint(reason) if hints else ""
    return f"{text} {hint}" if hint and reason.code not in _BUTTONS else text


def _without_many_fields(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Of fields that nobody can read the first; the sheet names them all."""
    kept: list[Reason] = []
    for reason in reasons:
        unreadable = reason.code is ReasonCode.VALUE_UNKNOWN
        unreadable = unreadable and reason.params.get("field") != "account"
        if not unreadable or not any(each.code is ReasonCode.VALUE_UNKNOWN for each in kept):
            kept.append(reason)
    return tuple(kept)


def _beside(reason: Reason, remedy: Remedy | None) -> Reason:
    """A reason without the time that what would help names too."""
    if reason.code is ReasonCode.NOT_STARTED and remedy is not None and remedy.at is not None:
        return replace(reason, params={})
    return reason


def _action(eligibility: Eligibility, remedy: Remedy | None) -> Action | None:
    """What the program can do: nothing that would not help."""
    if remedy is None:
        return None
    if remedy.order_type is not None:
        to = messages.order_type_text(remedy.order_type)
        words = translate("Messages", "切换为{order_type} →").format(order_type=to)
        return Action(ActionKind.ORDER_TYPE, words, remedy.order_type.value)
    if eligibility.verdict is not Verdict.CHECK:
        return None
    missing = {reason.code for reason in eligibility.reasons}
    return next((make() for code, make in _BUTTONS.items() if code in missing), None)


def _to_amount() -> Action:
    return Action(ActionKind.AMOUNT, translate("Messages", "填金额 F8"))


def _to_items() -> Action:
    return Action(ActionKind.ITEMS, translate("Messages", "填件数 F8"))


_BUTTONS: dict[ReasonCode, Callable[[], Action]] = {
    ReasonCode.SPEND_UNKNOWN: _to_amount,
    ReasonCode.ITEMS_UNKNOWN: _to_items,
}
"""What is missing is entered by the cashier; the button goes there."""

_SAY_WHAT_IT_TAKES = frozenset(
    {
        ReasonCode.MIN_SPEND_NOT_MET,
        ReasonCode.MIN_ITEMS_NOT_MET,
        ReasonCode.ORDER_TYPE_NOT_ALLOWED,
    }
)
"""Their own words, or their button, say what would help; a hint need not say it again."""

_SAY_THE_DATES = frozenset(
    {ReasonCode.NOT_STARTED, ReasonCode.EXPIRED, ReasonCode.VALIDITY_UNKNOWN}
)
_SAID_BY_THE_DATE = frozenset({NoticeCode.EXPIRING_SOON, NoticeCode.TEXT_RULES})
"""Notices that say no more than the date, or than that the sheet has a text to read."""
