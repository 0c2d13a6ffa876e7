"""From assessed coupons and gift cards to the words of their details: every rule, every text."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.rules.assessment import AssessedCoupon, AssessedGiftCard
from posmember.domain.rules.explanation import explain
from posmember.domain.rules.reasons import Eligibility, Reason, Verdict
from posmember.domain.rules.remedy import Remedy, what_helps
from posmember.domain.sources import Source
from posmember.domain.texts import clean_code
from posmember.ui import messages
from posmember.ui.models.cards import ShownIn
from posmember.ui.models.detail import Details

translate = QCoreApplication.translate


def coupon_details(assessed: AssessedCoupon, shown_in: ShownIn) -> Details:
    """Put everything that is known of a coupon into words."""
    coupon = assessed.coupon
    return _details(
        coupon,
        assessed.eligibility,
        shown_in,
        title=messages.one_line(coupon.title) or messages.coupon_kind_text(coupon),
        worth=_worth(messages.coupon_value_text(coupon), messages.coupon_kind_text(coupon)),
        texts=_said(_coupon_texts(coupon), coupon.sources, (Source.MEMBER_INFO, Source.IDENTITY)),
        code=(translate("Messages", "核销码"), clean_code(coupon.redemption_code)),
    )


def gift_card_details(assessed: AssessedGiftCard, shown_in: ShownIn) -> Details:
    """Put everything that is known of a gift card into words."""
    card = assessed.card
    return _details(
        card,
        assessed.eligibility,
        shown_in,
        title=messages.one_line(card.name) or messages.gift_card_kind_text(card),
        worth=_worth(messages.gift_card_value_text(card), messages.gift_card_kind_text(card)),
        texts=_said(
            _gift_card_texts(card), card.sources, (Source.MEMBER_INFO, Source.GIFT_CARD_LIST)
        ),
        code=(translate("Messages", "卡号"), clean_code(card.card_number)),
    )


def _details(
    asset: Coupon | GiftCard,
    eligibility: Eligibility,
    shown_in: ShownIn,
    *,
    title: str,
    worth: str,
    texts: tuple[str, ...],
    code: tuple[str, str],
) -> Details:
    context, now = shown_in.context, shown_in.context.now
    under = messages.conditions(asset, context)
    if shown_in.checking:
        word, sentence = messages.checking_text(), _sentence(None, (), now)
        return Details(
            None, word, title, worth, sentence, conditions=under, texts=texts,
            code_label=code[0], code=code[1],
        )  # fmt: skip
    remedy = what_helps(asset, context, eligibility) if eligibility.reasons else None
    hopeless = remedy is None and eligibility.verdict is Verdict.NOT_USABLE
    return Details(
        verdict=eligibility.verdict,
        verdict_word=messages.verdict_text(eligibility.verdict),
        title=title,
        worth=worth,
        sentence=_sentence(eligibility.verdict, eligibility.reasons, now),
        helps=(_no_help(),) if hopeless else _helps(eligibility, remedy, now),
        conditions=under,
        notices=messages.notice_texts(eligibility, now),
        rules=messages.rule_rows(explain(asset, context), now),
        texts=texts,
        code_label=code[0],
        code=code[1],
    )


def _sentence(verdict: Verdict | None, reasons: tuple[Reason, ...], now: datetime) -> str:
    """Say why in one sentence: what blocks, else what is to be checked, else that it can be."""
    if verdict is None:
        return translate("Messages", "正在核对，马上就好")
    if verdict is Verdict.USABLE:
        return translate("Messages", "这一单现在可以用")
    blocks = verdict is Verdict.NOT_USABLE
    why = [reason for reason in reasons if reason.blocks is blocks]
    if not why:
        return translate("Messages", "没能核对账号是否冻结，用前请在收银系统确认")
    said = messages.reason_text(why[0], now, alone=len(reasons) == 1)
    if len(why) > 1:
        text = translate("Messages", "{first}，另有 {count} 个原因")
        said = text.format(first=said, count=len(why) - 1)
    return said if blocks else translate("Messages", "先确认：{what}").format(what=said)


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
