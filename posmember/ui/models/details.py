"""From assessed coupons and gift cards to the words of their details: every rule, every text."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.rules.assessment import AssessedCoupon, AssessedGiftCard
from posmember.domain.rules.explanation import explain
from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.sources import Source
from posmember.ui import messages
from posmember.ui.models.detail import Details

translate = QCoreApplication.translate


def coupon_details(assessed: AssessedCoupon, context: Context) -> Details:
    """Put everything that is known of a coupon into words.

    Args:
        context: what its verdict was made in.
    """
    coupon = assessed.coupon
    return _details(
        coupon,
        assessed.eligibility,
        context,
        title=messages.one_line(coupon.title) or messages.coupon_kind_text(coupon),
        worth=_worth(messages.coupon_value_text(coupon), messages.coupon_kind_text(coupon)),
        texts=_said(_coupon_texts(coupon), coupon.sources, (Source.MEMBER_INFO, Source.IDENTITY)),
    )


def gift_card_details(assessed: AssessedGiftCard, context: Context) -> Details:
    """Put everything that is known of a gift card into words.

    Args:
        context: what its verdict was made in.
    """
    card = assessed.card
    return _details(
        card,
        assessed.eligibility,
        context,
        title=messages.one_line(card.name) or messages.gift_card_kind_text(card),
        worth=_worth(messages.gift_card_value_text(card), messages.gift_card_kind_text(card)),
        texts=_said(
            _gift_card_texts(card), card.sources, (Source.MEMBER_INFO, Source.GIFT_CARD_LIST)
        ),
    )


def _details(
    asset: Coupon | GiftCard,
    eligibility: Eligibility,
    context: Context,
    *,
    title: str,
    worth: str,
    texts: tuple[str, ...],
) -> Details:
    now = context.now
    remedy = what_helps(asset, context, eligibility)
    hopeless = remedy is None and eligibility.verdict is Verdict.NOT_USABLE
    return Details(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        title=title,
        worth=worth,
        validity=messages.validity_text(asset.valid_from, asset.valid_until, now),
        helps=() if hopeless else _helps(eligibility, remedy, now),
        no_help=(_no_help(),) if hopeless else (),
        notices=messages.notice_texts(eligibility, now),
        rules=messages.rule_rows(explain(asset, context), now),
        texts=texts,
    )


def _worth(value: str, kind: str) -> str:
    return value if kind == value else f"{value} {kind}"


def _no_help() -> str:
    return translate("Messages", "这单用不了，改单、等待都不行")


def _helps(eligibility: Eligibility, remedy: Remedy | None, now: datetime) -> tuple[str, ...]:
    """What would help, then how to settle what the data cannot tell; each beginning with →."""
    found = [messages.remedy_hint(remedy, now)] if remedy is not None else []
    found += [messages.reason_hint(reason) for reason in eligibility.reasons]
    return tuple(dict.fromkeys(hint for hint in found if hint))


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
            (translate("Messages", "会员系统状态"), card.listed.status_text),
        ]
    return tuple(texts)


def _said(
    texts: tuple[tuple[str, str], ...],
    sources: tuple[Source, ...],
    expected: tuple[Source, ...],
) -> tuple[str, ...]:
    said = [
        translate("Messages", "{label}：{text}").format(label=label, text=messages.one_line(text))
        for label, text in texts
        if text.strip()
    ]
    if len(sources) == 1 and sources[0] in expected:
        text = translate("Messages", "只有「{source}」查询给出这一张")
        said.append(text.format(source=messages.source_text(sources[0])))
    return tuple(said)
