"""微信会员卡 in the cashier's words: state, validity, and what its person entered, masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QCoreApplication

from posmember.domain.masking import mask_phone, mask_whole
from posmember.domain.values import CHINA, PlatformTime, Time, Unreadable
from posmember.domain.wechat.card import (
    CardState,
    CardType,
    CardValidity,
    FormField,
    Text,
    ValidityKind,
    WechatCard,
    mask_entry,
)
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.values import list_text

translate = QCoreApplication.translate

_LAST_SECOND = time(23, 59, 59)


def card_state_text(state: CardState | Unreadable | None) -> str:
    """Say the state; why and since when a card is void is said by `card_facts`."""
    match state:
        case CardState.UNACTIVATED:
            return translate("WechatCard", "未激活")
        case CardState.EFFECTIVE:
            return translate("WechatCard", "有效")
        case CardState.EXPIRED:
            return translate("WechatCard", "已过期")
        case CardState.INVALID:
            return translate("WechatCard", "已作废")
        case None:
            return translate("WechatCard", "状态未提供")
    return translate("WechatCard", "状态未知，请升级程序")


def card_type_text(kind: CardType | Unreadable | None) -> str:
    """Say what kind of card it is; "" where it is not told."""
    match kind:
        case CardType.PURCHASE:
            return translate("WechatCard", "付费卡")
        case CardType.NORMAL:
            return translate("WechatCard", "普通卡")
        case CardType.BALANCE:
            return translate("WechatCard", "储值卡")
        case None:
            return ""
    return translate("WechatCard", "未知类型")


def card_validity_text(validity: CardValidity) -> str:
    """Say how long a card is valid, as far as it is told."""
    match validity.kind:
        case ValidityKind.PERMANENT:
            return translate("WechatCard", "永久有效")
        case ValidityKind.FIXED_TERM if isinstance(validity.days, int):
            return days_text(validity.days)
        case ValidityKind.FIXED_RANGE:
            text = translate("WechatCard", "{begin} 至 {end}")
            return text.format(
                begin=_day_or_unknown(validity.begin), end=_day_or_unknown(validity.end)
            )
        case None:
            return translate("WechatCard", "有效期未提供")
    return translate("WechatCard", "有效期未知")


def days_text(days: int) -> str:
    """Say that a card is valid for so many days."""
    return translate("WechatCard", "生效后 {days} 天内有效").format(days=days)


def form_field_text(name: FormField | Unreadable | None) -> str:
    """Say what the platform's own form asked for."""
    match name:
        case FormField.SEX:
            return translate("WechatCard", "性别")
        case FormField.NAME:
            return translate("WechatCard", "姓名")
        case FormField.BIRTHDAY:
            return translate("WechatCard", "生日")
        case FormField.ADDRESS:
            return translate("WechatCard", "地址")
        case FormField.EMAIL:
            return translate("WechatCard", "邮箱")
        case FormField.CITY:
            return translate("WechatCard", "城市")
    return translate("WechatCard", "其他资料")


def card_facts(card: WechatCard, *, revealed: bool) -> tuple[tuple[str, str], ...]:
    """Say everything of a card but what its tile shows: names and values.

    Args:
        revealed: whether personal data is shown in clear.
    """
    show = _shown if revealed else secret_text
    facts = [
        (translate("WechatCard", "作废原因"), one_line(card.invalid_reason)),
        (translate("WechatCard", "作废时间"), moment_or_unknown(card.invalid_at)),
        (translate("WechatCard", "有效期"), card_validity_text(card.validity)),
        (translate("WechatCard", "卡号"), one_line(card.code)),
        (translate("WechatCard", "手机号"), show(card.phone, mask_phone)),
        (translate("WechatCard", "领卡时间"), moment_or_unknown(card.picked_up_at)),
    ]
    facts += [
        (form_field_text(entry.name), show(entry.value, partial(mask_entry, entry.name)))
        for entry in card.common_fields
    ]
    facts += [
        (one_line(entry.name), list_text(show(value, mask_whole) for value in entry.values))
        for entry in card.custom_fields
    ]
    facts.append((translate("WechatCard", "商家备注"), one_line(card.attach)))
    return tuple((name, value) for name, value in facts if value)


def _shown(value: Text, _mask: Callable[[str], str]) -> str:
    return _unreadable() if isinstance(value, Unreadable) else one_line(value)


def secret_text(value: Text, mask: Callable[[str], str]) -> str:
    """Say a value that was encrypted, masked; "" where there is none."""
    if isinstance(value, Unreadable):
        return _unreadable()
    return mask(one_line(value)) if value else ""


def _unreadable() -> str:
    return translate("WechatCard", "无法解密")


def moment_or_unknown(at: Time) -> str:
    """Say a time that may be missing ("") or unreadable."""
    if isinstance(at, Unreadable):
        return translate("WechatCard", "时间无法识别")
    return local_text(at.at) if isinstance(at, PlatformTime) else ""


def _day_or_unknown(at: Time) -> str:
    if isinstance(at, PlatformTime):
        return local_text(at.at)
    return translate("WechatCard", "未知")


def local_text(at: datetime | None) -> str:
    """A day, with its time where that is neither its first nor its last second."""
    if at is None:
        return ""
    local = at.astimezone(CHINA)
    whole_day = local.time().replace(microsecond=0) in (time(), _LAST_SECOND)
    return local.strftime("%Y-%m-%d" if whole_day else "%Y-%m-%d %H:%M")
