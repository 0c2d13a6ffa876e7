"""Reasons about the coupon or card itself: what state it is in, and whose system it is of."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.rules.reasons import Params, ReasonCode
from posmember.ui.wording.account import account_unknown_text
from posmember.ui.wording.fields import field_text, fields_text
from posmember.ui.wording.reasons.params import texts_of

translate = QCoreApplication.translate


def plain_reason(code: ReasonCode) -> str:
    """Say a reason whose words need no params; in neutral words one that has none of its own."""
    match code:
        case ReasonCode.ACCOUNT_FROZEN:
            return translate("Messages", "会员账号已冻结")
        case ReasonCode.USED:
            return translate("Messages", "已使用过")
        case ReasonCode.LOCKED:
            return translate("Messages", "已被锁定，可能正用于另一单")
        case ReasonCode.DISABLED:
            return translate("Messages", "此券已停用")
        case ReasonCode.NOT_BOUND:
            return translate("Messages", "卡还没绑定")
        case ReasonCode.GIFTING:
            return translate("Messages", "卡正在转赠中")
        case ReasonCode.GIFTED_AWAY:
            return translate("Messages", "卡已转赠他人")
        case ReasonCode.RECYCLED:
            return translate("Messages", "卡已被回收")
        case ReasonCode.USED_UP:
            return translate("Messages", "卡已用完")
        case ReasonCode.STORE_NOT_ALLOWED:
            return translate("Messages", "本店不可用")
        case ReasonCode.STORE_UNKNOWN:
            return translate("Messages", "不确定本店能不能用")
        case ReasonCode.HOURS_UNKNOWN:
            return translate("Messages", "可用时段不明确")
        case ReasonCode.GOODS_RESTRICTED:
            return translate("Messages", "仅限指定商品")
        case ReasonCode.ZERO_BALANCE:
            return translate("Messages", "卡里没有余额")
    return translate("Messages", "原因不明，请在收银系统核对")


def status_unknown(params: Params, _now: datetime) -> str:
    """Say STATUS_UNKNOWN."""
    value = params.get("value")
    if isinstance(value, int) and value != 0:
        return translate("Messages", "状态不明（会员系统状态 {value}）").format(value=value)
    return translate("Messages", "状态不明")


def sources_conflict(params: Params, _now: datetime) -> str:
    """Say SOURCES_CONFLICT: what only some of its entries say against it."""
    fields = texts_of(params.get("fields"))
    if "coupon_id" in fields:
        return translate("Messages", "分不清是同编号的哪一张，以收银系统为准")
    return conflict_text(fields)


def conflict_text(fields: tuple[str, ...]) -> str:
    """Say that data do not match, and of what."""
    if not fields:
        return translate("Messages", "数据对不上，以收银系统为准")
    text = translate("Messages", "数据对不上（{fields}），以收银系统为准")
    return text.format(fields=fields_text(fields))


def other_system(params: Params, _now: datetime) -> str:
    """Say OTHER_SYSTEM: it is redeemed elsewhere."""
    match params.get("system"):
        case "koubei":
            return translate("Messages", "口碑券，请在对应系统核销")
        case "non_code":
            return translate("Messages", "非码卡，请在对应系统核销")
        case "erp":
            return translate("Messages", "线下券，请在对应系统核销")
    return translate("Messages", "别的系统的券，请在对应系统核销")


def value_unknown(params: Params, _now: datetime) -> str:
    """Say VALUE_UNKNOWN; of the account in words of its own."""
    if params.get("field") == "account":
        return account_unknown_text(str(params.get("state", "")))
    without = translate("Messages", "有一项无法识别")
    return with_field(without, translate("Messages", "「{field}」无法识别"), params)


def with_field(without: str, with_it: str, params: Params) -> str:
    """Say the one or the other, by whether a field is named."""
    field = params.get("field")
    if isinstance(field, str) and field:
        return with_it.format(field=field_text(field))
    return without
