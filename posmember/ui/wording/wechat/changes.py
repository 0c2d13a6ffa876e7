"""Changes to a 微信会员卡 in the cashier's words: before and after, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication

from posmember.domain.masking import mask_phone, mask_whole
from posmember.domain.wechat.card import FormField, ValidityKind, WechatCard, mask_entry
from posmember.domain.wechat.change import CardChange, CardField, ChangeProblem, Fault, NewValidity
from posmember.errors import PinRejectedError
from posmember.ui.view.wechat import ChangeLine
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.values import list_text
from posmember.ui.wording.wechat.card import (
    card_validity_text,
    days_text,
    form_field_text,
    local_text,
    moment_or_unknown,
    secret_text,
)

translate = QCoreApplication.translate


def lines_of(card: WechatCard, change: CardChange) -> tuple[ChangeLine, ...]:
    """Say before and after of every field that a change names."""
    lines: list[ChangeLine] = []
    for name in change.named():
        if name in _FORM:
            told = _answers(card, change, name)
            lines += [ChangeLine(title, now, asked) for title, asked, now in told]
        else:
            lines.append(
                ChangeLine(card_field_text(name), is_now(card, name), _asked(change, name))
            )
    return tuple(lines)


def otherwise_of(
    card: WechatCard, change: CardChange, names: Sequence[CardField]
) -> tuple[ChangeLine, ...]:
    """Say what was asked for, and what the platform kept instead."""
    lines: list[ChangeLine] = []
    for name in names:
        if name in _FORM:
            lines += [ChangeLine(*told) for told in _answers(card, change, name)]
        else:
            lines.append(
                ChangeLine(card_field_text(name), _asked(change, name), is_now(card, name))
            )
    return tuple(lines)


def _answers(card: WechatCard, change: CardChange, name: CardField) -> list[tuple[str, str, str]]:
    """The answers that are not the card's: question, what is asked for, the card's; masked."""
    if name is CardField.COMMON_FIELDS:
        known = {entry.name: entry.value for entry in card.common_fields}
        return [
            (form_field_text(field), mask_entry(field, value), common_now(card, field))
            for field, value in change.common_fields or ()
            if known.get(field) != value
        ]
    held = {entry.name: entry.values for entry in card.custom_fields}
    return [
        (one_line(question), list_text(map(mask_whole, values)), custom_now(card, question))
        for question, values in change.custom_fields or ()
        if held.get(question) != values
    ]


def common_now(card: WechatCard, name: FormField) -> str:
    """Say what a card has for a field of the platform's form, masked."""
    values = [entry.value for entry in card.common_fields if entry.name is name]
    text = secret_text(values[-1], partial(mask_entry, name)) if values else ""
    return text or translate("WechatCard", "（无）")


def custom_now(card: WechatCard, question: str) -> str:
    """Say what a card has for one of the merchant's questions, masked."""
    held = {entry.name: entry.values for entry in card.custom_fields}
    texts = [secret_text(value, mask_whole) for value in held.get(question, ())]
    return list_text(filter(None, texts)) or translate("WechatCard", "（无）")


def is_now(card: WechatCard, name: CardField) -> str:
    """Say what a card has in a field that is no list of answers; phones masked."""
    text = _NOW[name](card)
    return text or translate("WechatCard", "（无）")


_NOW: Mapping[CardField, Callable[[WechatCard], str]] = {
    CardField.LEVEL: lambda card: one_line(card.level),
    CardField.COLOR: lambda card: one_line(card.color),
    CardField.PICTURE_URL: lambda card: one_line(card.picture_url),
    CardField.PHONE: lambda card: secret_text(card.phone, mask_phone),
    CardField.VALIDITY: lambda card: card_validity_text(card.validity),
    CardField.PICKED_UP_AT: lambda card: moment_or_unknown(card.picked_up_at),
    CardField.ATTACH: lambda card: one_line(card.attach),
}
"""All but the form, which is told answer by answer."""
_FORM: Final = (CardField.COMMON_FIELDS, CardField.CUSTOM_FIELDS)


def _asked(change: CardChange, name: CardField) -> str:
    value = getattr(change, name)
    if isinstance(value, NewValidity):
        return new_validity_text(value)
    if isinstance(value, datetime):
        return local_text(value)
    text = one_line(str(value))
    return mask_phone(text) if name is CardField.PHONE else text


def new_validity_text(validity: NewValidity) -> str:
    """Say a validity that is to be set."""
    if validity.kind is ValidityKind.FIXED_TERM:
        return days_text(validity.days or 0)
    if validity.kind is ValidityKind.PERMANENT:
        return translate("WechatCard", "永久有效")
    text = translate("WechatCard", "{begin} 至 {end}")
    return text.format(begin=local_text(validity.begin), end=local_text(validity.end))


def card_field_text(name: CardField) -> str:
    """Say what is changed."""
    match name:
        case CardField.LEVEL:
            return translate("WechatCard", "等级")
        case CardField.COLOR:
            return translate("WechatCard", "卡颜色")
        case CardField.PICTURE_URL:
            return translate("WechatCard", "卡图片")
        case CardField.PHONE:
            return translate("WechatCard", "手机号")
        case CardField.VALIDITY:
            return translate("WechatCard", "有效期")
        case CardField.PICKED_UP_AT:
            return translate("WechatCard", "领卡时间")
        case CardField.COMMON_FIELDS | CardField.CUSTOM_FIELDS:
            return translate("WechatCard", "开卡资料")
        case CardField.ATTACH:
            return translate("WechatCard", "商家备注")


def change_problem_text(problem: ChangeProblem) -> str:
    """Say why a value is not sent, and what it should be."""
    match problem.fault:
        case Fault.EMPTY:
            return translate("WechatCard", "不能为空")
        case Fault.TOO_LONG:
            return translate("WechatCard", "最多 {most} 个字").format(most=problem.most)
        case Fault.NOT_PLAIN:
            return translate("WechatCard", "前后不能有空格，也不能有换行")
        case Fault.COLOR:
            return translate("WechatCard", "颜色要写成 #RRGGBB，例如 #FFCC00")
        case Fault.PICTURE_URL:
            return translate("WechatCard", "图片地址要以 https:// 开头，不超过 256 个字")
        case Fault.PHONE:
            return translate("WechatCard", "手机号应为 11 位数字")
        case Fault.END_BEFORE_BEGIN:
            return translate("WechatCard", "结束时间要晚于开始时间")
        case Fault.RANGE_INCOMPLETE:
            return translate("WechatCard", "开始和结束日期要填成 2026-12-31 这样")
        case Fault.DAYS:
            return translate("WechatCard", "天数应为 1 到 36500")
        case Fault.MOMENT:
            return translate("WechatCard", "时间要填成 2026-01-31 18:00 这样")
        case Fault.TWICE:
            return translate("WechatCard", "同一个问题填了两次")
        case Fault.PAYMENT_DATA:
            return translate("WechatCard", "不能填付款码或银行卡")
        case Fault.FORM_UNREADABLE:
            return translate("WechatCard", "原有的开卡资料有读不出来的，改了会丢失，所以不能改")


def pin_text(error: PinRejectedError) -> str:
    """Say that a PIN was not right, and when there is another try."""
    if error.wait_s:
        minutes = -(-error.wait_s // 60)
        text = translate("WechatCard", "密码错误次数太多，请 {minutes} 分钟后再试")
        return text.format(minutes=minutes)
    text = translate("WechatCard", "工号或密码不对，还可以试 {left} 次")
    return text.format(left=error.tries_left)
