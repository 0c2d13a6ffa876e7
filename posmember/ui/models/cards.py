"""From assessed coupons and gift cards to the words on their cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import Context
from posmember.domain.rules.assessment import AssessedBenefitCard, AssessedCoupon, AssessedGiftCard
from posmember.domain.rules.reasons import Eligibility, Reason, ReasonCode, Verdict
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.texts import clean_code
from posmember.ui import messages
from posmember.ui.models.card import Card, CardLine

translate = QCoreApplication.translate


def coupon_card(assessed: AssessedCoupon, context: Context) -> Card:
    """Put a coupon into words.

    Args:
        context: what its verdict was made in.
    """
    coupon, eligibility, now = assessed.coupon, assessed.eligibility, context.now
    remedy = what_helps(coupon, context, eligibility)
    saving = ""
    if assessed.saving is not None:
        saving = messages.saving_text(assessed.saving, at_most=assessed.at_most)
    return Card(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        value=messages.coupon_value_text(coupon),
        kind=messages.coupon_kind_text(coupon),
        title=messages.one_line(coupon.title) or messages.coupon_kind_text(coupon),
        saving=saving,
        validity=messages.validity_text(coupon.valid_from, coupon.valid_until, now),
        code_label=translate("Messages", "核销码"),
        code=clean_code(coupon.redemption_code),
        lines=_lines(eligibility, remedy, now),
        remedy=_summary(eligibility, remedy, now),
        tags=messages.notice_texts(eligibility, now),
    )


def gift_card_card(assessed: AssessedGiftCard, context: Context) -> Card:
    """Put a gift card into words.

    Args:
        context: what its verdict was made in.
    """
    card, eligibility, now = assessed.card, assessed.eligibility, context.now
    remedy = what_helps(card, context, eligibility)
    return Card(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        value=messages.gift_card_value_text(card),
        kind=messages.gift_card_kind_text(card),
        title=messages.one_line(card.name) or messages.gift_card_kind_text(card),
        saving="",
        validity=messages.validity_text(card.valid_from, card.valid_until, now),
        code_label=translate("Messages", "卡号"),
        code=clean_code(card.card_number),
        lines=_lines(eligibility, remedy, now),
        remedy=_summary(eligibility, remedy, now),
        tags=messages.notice_texts(eligibility, now),
    )


def benefit_card_text(assessed: AssessedBenefitCard, now: datetime) -> str:
    """Say a 付费权益卡 on one line: its verdict, its name, and why or until when.

    Args:
        now: when its verdict was made; aware, +08:00.
    """
    card, eligibility = assessed.card, assessed.eligibility
    reasons = [messages.reason_text(reason, now) for reason in eligibility.reasons]
    until = translate("Messages", "到期 {date}")
    return translate("Messages", "{verdict}  权益卡 {name}，{what}").format(
        verdict=messages.verdict_text(eligibility.verdict),
        name=messages.one_line(card.name),
        what="；".join(reasons) or until.format(date=messages.date_text(card.valid_until)),
    )


def _lines(eligibility: Eligibility, remedy: Remedy | None, now: datetime) -> tuple[CardLine, ...]:
    """Every reason; beside the only one that blocks, what would help."""
    reasons = eligibility.reasons
    alone = len(reasons) == 1
    blocking = _blocking(eligibility)
    return tuple(
        CardLine(
            messages.reason_text(_beside(reason, remedy), now, alone=alone),
            _way_out(reason, remedy, now, alone=alone)
            if reason.blocks and len(blocking) == 1
            else messages.reason_hint(reason),
            reason.blocks,
        )
        for reason in reasons
    )


def _summary(eligibility: Eligibility, remedy: Remedy | None, now: datetime) -> str:
    """Say once, for several reasons that block, what would help against all of them."""
    if remedy is None or len(_blocking(eligibility)) < 2:
        return ""
    return messages.remedy_hint(remedy, now)


def _blocking(eligibility: Eligibility) -> list[Reason]:
    return [reason for reason in eligibility.reasons if reason.blocks]


def _beside(reason: Reason, remedy: Remedy | None) -> Reason:
    """A reason without the time that what would help names too."""
    if reason.code is ReasonCode.NOT_STARTED and remedy is not None and remedy.at is not None:
        return replace(reason, params={})
    return reason


def _way_out(reason: Reason, remedy: Remedy | None, now: datetime, *, alone: bool) -> str:
    if remedy is None:
        return ""
    if alone and reason.code in _SAY_WHAT_IT_TAKES and remedy.verdict is Verdict.USABLE:
        return translate("Messages", "→ 可请顾客加点")
    return messages.remedy_hint(remedy, now)


_SAY_WHAT_IT_TAKES = frozenset({ReasonCode.MIN_SPEND_NOT_MET, ReasonCode.MIN_ITEMS_NOT_MET})
"""Their own words say how much is missing; the hint need not say it again."""
