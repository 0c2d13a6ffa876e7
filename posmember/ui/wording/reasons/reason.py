"""A verdict, and a reason of the rules, in words; and how to settle what the data cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.rules.reasons import Params, Reason, ReasonCode, Verdict
from posmember.ui.wording.reasons import asset, order, time

translate = QCoreApplication.translate


def verdict_text(verdict: Verdict) -> str:
    """Say a verdict: 可用, 需确认, 不可用."""
    match verdict:
        case Verdict.USABLE:
            return translate("Messages", "可用")
        case Verdict.CHECK:
            return translate("Messages", "需确认")
        case Verdict.NOT_USABLE:
            return translate("Messages", "不可用")


def checking_text() -> str:
    """Say that a verdict is not known yet, as an answer that it needs is under way."""
    return translate("Messages", "核对中")


def unshown_text() -> str:
    """Say of a coupon or card that it could not be put into words, and what to do."""
    return translate("Messages", "这一张没能显示，请在收银系统核对")


def reason_text(reason: Reason, now: datetime, *, alone: bool = True) -> str:
    """Say a reason, short enough for a card.

    Args:
        now: when the verdict was made; aware, +08:00.
        alone: whether it is all there is against the asset, so that what it asks for makes
            the asset usable; else nothing is promised.
    """
    say = _SAID_WITH_PARAMS.get(reason.code)
    if not alone:
        say = _SAID_AMONG_OTHERS.get(reason.code, say)
    return say(reason.params, now) if say is not None else asset.plain_reason(reason.code)


def reason_hint(reason: Reason) -> str:
    """Say how to settle what the data cannot tell, beginning with →.

    Nothing for a reason that blocks, as what would help then is a `Remedy`; nor where the reason's
    own words say what to do.
    """
    match reason.code:
        case ReasonCode.SPEND_UNKNOWN:
            return translate("Messages", "→ 按 F8 填订单金额")
        case ReasonCode.ITEMS_UNKNOWN:
            return translate("Messages", "→ 按 F8 填件数")
        case ReasonCode.GOODS_RESTRICTED:
            return translate("Messages", "→ 请核对所点商品")
        case ReasonCode.EXCLUSIVE_WITH_DISCOUNT:
            return translate("Messages", "→ 请顾客二选一")
        case ReasonCode.VALUE_UNKNOWN if reason.params.get("field") == "account":
            return ""
        case ReasonCode.HOURS_UNKNOWN | ReasonCode.VALIDITY_UNKNOWN | ReasonCode.VALUE_UNKNOWN:
            return translate("Messages", "→ 请看券面说明")
        case ReasonCode.STORE_UNKNOWN:
            return translate("Messages", "→ 请看适用门店")
        case ReasonCode.STATUS_UNKNOWN | ReasonCode.DAILY_LIMIT_POSSIBLE:
            return translate("Messages", "→ 请在收银系统核对")
    return ""


_SAID_WITH_PARAMS: dict[ReasonCode, Callable[[Params, datetime], str]] = {
    ReasonCode.STATUS_UNKNOWN: asset.status_unknown,
    ReasonCode.SOURCES_CONFLICT: asset.sources_conflict,
    ReasonCode.OTHER_SYSTEM: asset.other_system,
    ReasonCode.NOT_STARTED: time.not_started,
    ReasonCode.EXPIRED: time.expired,
    ReasonCode.VALIDITY_UNKNOWN: time.validity_unknown,
    ReasonCode.WEEKDAY_NOT_ALLOWED: time.weekdays,
    ReasonCode.OUTSIDE_HOURS: time.hours,
    ReasonCode.ORDER_TYPE_NOT_ALLOWED: order.order_type,
    ReasonCode.NOT_FOR_ORDERS: order.not_for_orders,
    ReasonCode.MIN_SPEND_NOT_MET: order.min_spend,
    ReasonCode.SPEND_UNIT_UNKNOWN: order.spend_unit_unknown,
    ReasonCode.SPEND_BASIS_UNKNOWN: order.spend_basis_unknown,
    ReasonCode.SPEND_UNKNOWN: order.spend_unknown,
    ReasonCode.MIN_ITEMS_NOT_MET: order.min_items,
    ReasonCode.ITEMS_UNKNOWN: order.items_unknown,
    ReasonCode.EXCLUSIVE_WITH_DISCOUNT: order.exclusive_with_discount,
    ReasonCode.DAILY_LIMIT_POSSIBLE: order.daily_limit_possible,
    ReasonCode.VALUE_UNKNOWN: asset.value_unknown,
}

_SAID_AMONG_OTHERS: dict[ReasonCode, Callable[[Params, datetime], str]] = {
    ReasonCode.MIN_SPEND_NOT_MET: order.below_min_spend,
    ReasonCode.SPEND_UNKNOWN: order.amount_missing,
    ReasonCode.MIN_ITEMS_NOT_MET: order.below_min_items,
    ReasonCode.ITEMS_UNKNOWN: order.items_missing,
}
"""Those whose usual words promise 可用, without that promise."""
