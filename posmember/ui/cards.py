"""From assessed coupons and gift cards to the words on their cards, and to their details."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.assessment import AssessedCoupon, AssessedGiftCard
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.reasons import Eligibility, FixableBy, Reason
from posmember.domain.sources import Source
from posmember.ui import messages
from posmember.ui.widgets.card import Card, CardLine

translate = QCoreApplication.translate


def coupon_card(assessed: AssessedCoupon, now: datetime) -> Card:
    """Put a coupon into words.

    Args:
        now: when its verdict was made; aware, +08:00.
    """
    coupon, eligibility = assessed.coupon, assessed.eligibility
    saving = ""
    if assessed.saving is not None:
        amount = messages.money_text(assessed.saving)
        saving = translate("Messages", "约省 {saving}").format(saving=amount)
    return Card(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        value=messages.coupon_value_text(coupon),
        kind=messages.coupon_kind_text(coupon),
        title=messages.one_line(coupon.title) or messages.coupon_kind_text(coupon),
        saving=saving,
        validity=messages.validity_text(coupon.valid_from, coupon.valid_until, now),
        code_label=translate("Messages", "核销码"),
        code=messages.one_line(coupon.redemption_code),
        lines=_lines(eligibility, now),
        tags=_tags(eligibility, now),
    )


def gift_card_card(assessed: AssessedGiftCard, now: datetime) -> Card:
    """Put a gift card into words.

    Args:
        now: when its verdict was made; aware, +08:00.
    """
    card, eligibility = assessed.card, assessed.eligibility
    return Card(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        value=messages.gift_card_value_text(card),
        kind=messages.gift_card_kind_text(card),
        title=messages.one_line(card.name) or messages.gift_card_kind_text(card),
        saving="",
        validity=messages.validity_text(card.valid_from, card.valid_until, now),
        code_label=translate("Messages", "卡号"),
        code=messages.one_line(card.card_number),
        lines=_lines(eligibility, now),
        tags=_tags(eligibility, now),
    )


def coupon_details(assessed: AssessedCoupon) -> str:
    """Say what is not on a coupon's card: its own text, where it is from, what was unreadable."""
    coupon = assessed.coupon
    return "\n".join(
        _said(
            (*_coupon_texts(coupon), *_unreadable(assessed.eligibility)),
            coupon.sources,
            (Source.MEMBER_INFO, Source.IDENTITY),
        )
    )


def gift_card_details(assessed: AssessedGiftCard) -> str:
    """Say what is not on a gift card's card."""
    card = assessed.card
    return "\n".join(
        _said(
            (*_gift_card_texts(card), *_unreadable(assessed.eligibility)),
            card.sources,
            (Source.MEMBER_INFO, Source.GIFT_CARD_LIST),
        )
    )


def _lines(eligibility: Eligibility, now: datetime) -> tuple[CardLine, ...]:
    reasons = eligibility.reasons
    alone = len(reasons) == 1
    last_wait = max(
        (row for row, reason in enumerate(reasons) if reason.fixable_by is FixableBy.TIME),
        default=-1,
    )
    lines = []
    for row, reason in enumerate(reasons):
        hint = messages.reason_hint(reason, alone=alone)
        if row == last_wait and eligibility.next_usable_at is not None:
            usable = messages.usable_from_text(eligibility.next_usable_at, now)
            hint = translate("Messages", "→ {when}").format(when=usable)
        lines.append(CardLine(messages.reason_text(reason, now), hint, reason.blocks))
    return tuple(lines)


def _tags(eligibility: Eligibility, now: datetime) -> tuple[str, ...]:
    return tuple(messages.notice_text(notice, now) for notice in eligibility.notices)


def _coupon_texts(coupon: Coupon) -> tuple[tuple[str, str], ...]:
    template, identity = coupon.template, coupon.identity
    texts: list[tuple[str, str]] = []
    if template is not None:
        texts += [
            (translate("Messages", "使用说明"), template.explain_text),
            (translate("Messages", "优惠说明"), template.display_value),
            (translate("Messages", "券标签"), template.label),
            (translate("Messages", "券模板编码"), template.code),
        ]
    if identity is not None:
        texts += [
            (translate("Messages", "券说明"), identity.description),
            (translate("Messages", "有效期说明"), identity.validity_text),
        ]
    return tuple(texts)


def _gift_card_texts(card: GiftCard) -> tuple[tuple[str, str], ...]:
    texts: list[tuple[str, str]] = []
    if card.face_value is not None:
        texts.append((translate("Messages", "面值"), messages.number_text(card.face_value)))
    if card.used_today is not None:
        texts.append((translate("Messages", "今天已用"), messages.number_text(card.used_today)))
    if card.record is not None:
        texts.append((translate("Messages", "三方卡号"), card.record.third_party_number))
    if card.listed is not None:
        texts += [
            (translate("Messages", "有效期说明"), card.listed.validity_text),
            (translate("Messages", "平台状态"), card.listed.status_text),
        ]
    return tuple(texts)


def _unreadable(eligibility: Eligibility) -> tuple[tuple[str, str], ...]:
    """Say what the platform wrote where it could not be understood."""
    return tuple((_raw_label(reason), reason.raw) for reason in eligibility.reasons if reason.raw)


def _raw_label(reason: Reason) -> str:
    field = reason.params.get("field")
    if isinstance(field, str) and field:
        text = translate("Messages", "平台写的「{field}」")
        return text.format(field=messages.field_text(field))
    return translate("Messages", "平台写的是")


def _said(
    texts: tuple[tuple[str, str], ...],
    sources: tuple[Source, ...],
    expected: tuple[Source, ...],
) -> list[str]:
    said = [
        translate("Messages", "{label}：{text}").format(label=label, text=messages.one_line(text))
        for label, text in texts
        if text.strip()
    ]
    if len(sources) == 1 and sources[0] in expected:
        text = translate("Messages", "只有「{source}」查询给出这一张")
        said.append(text.format(source=messages.source_text(sources[0])))
    return said
