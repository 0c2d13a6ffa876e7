"""Reasons about the order: its type, amount, count of items, and what else is on it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.coupon import Category
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Params
from posmember.ui.wording.reasons.params import money_of, short_money_of, texts_of
from posmember.ui.wording.values import (
    category_text,
    list_text,
    order_type_text,
    short_money_text,
)

translate = QCoreApplication.translate


def order_type(params: Params, _now: datetime) -> str:
    """Say ORDER_TYPE_NOT_ALLOWED."""
    allowed = list_text(tuple(order_type_text(name) for name in texts_of(params.get("allowed"))))
    if not allowed:
        return translate("Messages", "这种订单不可用")
    return translate("Messages", "仅限{order_types}").format(order_types=allowed)


def not_for_orders(params: Params, _now: datetime) -> str:
    """Say NOT_FOR_ORDERS."""
    category = params.get("category")
    if category in (Category.SKIP_QUEUE, Category.PARKING) and isinstance(category, int):
        text = translate("Messages", "{kind}，不用于订单")
        return text.format(kind=category_text(category))
    return translate("Messages", "不用于订单")


# --- the amount ----------------------------------------------------------------------------------


def min_spend(params: Params, _now: datetime) -> str:
    """Say MIN_SPEND_NOT_MET, where meeting it makes the coupon usable."""
    need, gap = money_of(params.get("need")), money_of(params.get("gap"))
    if gap and need:
        return translate("Messages", "还差 {gap} 可用（满 {need}）").format(gap=gap, need=need)
    if gap:
        return translate("Messages", "还差 {gap} 可用").format(gap=gap)
    if need:
        return translate("Messages", "未满 {need}").format(need=need)
    return translate("Messages", "未到金额门槛")


def below_min_spend(params: Params, now: datetime) -> str:
    """Say it without a promise."""
    return min_spend({"need": params.get("need")}, now)


def spend_unit_unknown(params: Params, _now: datetime) -> str:
    """Say SPEND_UNIT_UNKNOWN, the amount first that the unit 元 would mean."""
    in_yuan = short_money_of(params.get("need_if_yuan"))
    in_fen = short_money_of(params.get("need_if_fen"))
    if in_yuan and in_fen:
        text = translate("Messages", "门槛可能是 {in_yuan} 或 {in_fen}，以收银系统为准")
        return text.format(in_yuan=in_yuan, in_fen=in_fen)
    return translate("Messages", "门槛可能不准，以收银系统为准")


def spend_basis_unknown(params: Params, _now: datetime) -> str:
    """Say SPEND_BASIS_UNKNOWN: how much is missing after the discount, if that is what counts."""
    need, after_discount = params.get("need"), params.get("after_discount")
    if isinstance(need, Money) and isinstance(after_discount, Money):
        text = translate("Messages", "已优惠后差 {gap}，可能要补")
        return text.format(gap=short_money_text(need - after_discount))
    return translate("Messages", "已优惠后可能不够门槛")


def spend_unknown(params: Params, _now: datetime) -> str:
    """Say SPEND_UNKNOWN, where an amount is all that is missing."""
    need = money_of(params.get("need"))
    if need:
        return translate("Messages", "满 {need} 可用，还没填金额").format(need=need)
    return translate("Messages", "有金额门槛，还没填金额")


def amount_missing(params: Params, now: datetime) -> str:
    """Say it without a promise."""
    need = money_of(params.get("need"))
    if need:
        return translate("Messages", "要满 {need}，还没填金额").format(need=need)
    return spend_unknown(params, now)


# --- items, and what else is on the order --------------------------------------------------------


def min_items(params: Params, _now: datetime) -> str:
    """Say MIN_ITEMS_NOT_MET, where meeting it makes the coupon usable."""
    need, gap = params.get("need"), params.get("gap")
    if isinstance(need, int) and isinstance(gap, int):
        return translate("Messages", "还差 {gap} 件可用（满 {need} 件）").format(gap=gap, need=need)
    if isinstance(gap, int):
        return translate("Messages", "还差 {gap} 件可用").format(gap=gap)
    if isinstance(need, int):
        return translate("Messages", "未满 {need} 件").format(need=need)
    return translate("Messages", "未到件数门槛")


def below_min_items(params: Params, now: datetime) -> str:
    """Say it without a promise."""
    return min_items({"need": params.get("need")}, now)


def items_unknown(params: Params, _now: datetime) -> str:
    """Say ITEMS_UNKNOWN, where a count is all that is missing."""
    need = params.get("need")
    if isinstance(need, int):
        return translate("Messages", "满 {need} 件可用，还没填件数").format(need=need)
    return translate("Messages", "有件数门槛，还没填件数")


def items_missing(params: Params, now: datetime) -> str:
    """Say it without a promise."""
    need = params.get("need")
    if isinstance(need, int):
        return translate("Messages", "要满 {need} 件，还没填件数").format(need=need)
    return items_unknown(params, now)


def exclusive_with_discount(params: Params, _now: datetime) -> str:
    """Say EXCLUSIVE_WITH_DISCOUNT: what either of both is worth."""
    saving, discount = short_money_of(params.get("saving")), short_money_of(params.get("discount"))
    if saving and discount:
        text = translate("Messages", "与其他优惠同享不了：这张省 {saving}，单上已优惠 {discount}")
        return text.format(saving=saving, discount=discount)
    if discount:
        text = translate("Messages", "与其他优惠同享不了：单上已优惠 {discount}")
        return text.format(discount=discount)
    return translate("Messages", "与其他优惠同享不了")


def daily_limit_possible(params: Params, _now: datetime) -> str:
    """Say DAILY_LIMIT_POSSIBLE: when a coupon was used is not told."""
    limit = params.get("limit")
    if isinstance(limit, int):
        return translate("Messages", "今天可能已用过（每天限 {limit} 张）").format(limit=limit)
    return translate("Messages", "今天可能已用过（每天限张数）")
