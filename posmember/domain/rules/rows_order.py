"""The usage rules about the order: rows 15 to 20 and 26 to 29 of the table in RULES."""

# Amounts are compared by their 分 where that is done for a thousand coupons at every key.

from __future__ import annotations

from typing import Final

from posmember.domain.context import Context, OrderType
from posmember.domain.coupon import Category, Coupon, CouponTemplate, MinSpend
from posmember.domain.money import ZERO, Money
from posmember.domain.rules.reasoning import NONE, Reasons, number, one
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.rules.saving import estimate_alone
from posmember.domain.values import Int

_NO_TEMPLATE = CouponTemplate()
_YES = 1
# Kept beside the rules; see `rows`.
_FREE_DELIVERY, _BUY_M_GET_N = Category.FREE_DELIVERY, Category.BUY_M_GET_N
_NOT_FOR_ORDERS = frozenset({int(Category.SKIP_QUEUE), int(Category.PARKING)})

SCENES: Final[dict[Int, tuple[OrderType, ...]]] = {
    1: (OrderType.DELIVERY,),
    2: (OrderType.DINE_IN,),
    3: (OrderType.DINE_IN, OrderType.DELIVERY),
    4: (OrderType.PAY_BILL,),
    5: (OrderType.DELIVERY, OrderType.PAY_BILL),
    6: (OrderType.DINE_IN, OrderType.PAY_BILL),
    7: (OrderType.DINE_IN, OrderType.DELIVERY, OrderType.PAY_BILL),
}
"""Which order types a ``template.scene_type`` holds (RULES, Scenes)."""


# --- rows 15 and 16: the kind of order -----------------------------------------------------------


def order_type_not_allowed(coupon: Coupon, context: Context) -> Reasons:
    """15: ``template.scene_type``; free-delivery coupons (``category`` 6) outside delivery."""
    allowed = allowed_order_types(coupon)
    if allowed is None or context.order.order_type in allowed:
        return NONE
    return one(ReasonCode.ORDER_TYPE_NOT_ALLOWED, allowed=tuple(t.value for t in allowed))


def allowed_order_types(coupon: Coupon) -> tuple[OrderType, ...] | None:
    """The order types a coupon may be used on; None is unknown."""
    template = coupon.template or _NO_TEMPLATE
    scene = SCENES.get(template.scene_type)
    if template.category != _FREE_DELIVERY:
        return scene
    return tuple(t for t in scene or (OrderType.DELIVERY,) if t is OrderType.DELIVERY)


def limits_order_type(coupon: Coupon) -> bool:
    """Whether there is an order type that row 15 does not allow."""
    allowed = allowed_order_types(coupon)
    return allowed is not None and len(allowed) < len(OrderType)


def not_for_orders(coupon: Coupon, _context: Context) -> Reasons:
    """16: ``template.category`` 7 (queue) and 8 (parking): nothing to redeem on an order."""
    if not is_not_for_orders(coupon):
        return NONE
    return one(
        ReasonCode.NOT_FOR_ORDERS, category=number((coupon.template or _NO_TEMPLATE).category)
    )


def is_not_for_orders(coupon: Coupon) -> bool:
    """Whether row 16 has something against it."""
    return (coupon.template or _NO_TEMPLATE).category in _NOT_FOR_ORDERS


# --- rows 17, 26, 27 and 18: the amount ----------------------------------------------------------


def min_spend_not_met(coupon: Coupon, context: Context) -> Reasons:
    """17: order amount below ``min_amount_use``; equal passes.

    Of a guessed unit it is row 26's where the other unit answers otherwise.
    """
    need, have = _needed_spend(coupon), context.order.amount
    if need is None or have is None or have.fen >= need.fen or _units_differ(coupon, context):
        return NONE
    return one(ReasonCode.MIN_SPEND_NOT_MET, need=need, have=have, gap=need - have)


def spend_unit_unknown(coupon: Coupon, context: Context) -> Reasons:
    """26: whether ``min_amount_use`` is in 分 or in 元 is a guess, and decides here."""
    threshold = coupon.min_spend
    if not isinstance(threshold, MinSpend) or threshold.other is None:
        return NONE
    if not _units_differ(coupon, context):
        return NONE
    in_fen, in_yuan = sorted((threshold.amount, threshold.other))
    return one(ReasonCode.SPEND_UNIT_UNKNOWN, need_if_fen=in_fen, need_if_yuan=in_yuan)


def spend_basis_unknown(coupon: Coupon, context: Context) -> Reasons:
    """27: met before the discount, not after it: which counts is not documented."""
    need, have = _needed_spend(coupon), context.order.amount
    discount = context.order.discount
    if need is None or have is None or not have.fen - discount.fen < need.fen <= have.fen:
        return NONE
    after_discount = have - discount
    return one(ReasonCode.SPEND_BASIS_UNKNOWN, need=need, have=have, after_discount=after_discount)


def spend_unknown(coupon: Coupon, context: Context) -> Reasons:
    """18: a threshold, and no amount entered."""
    need = _needed_spend(coupon)
    if need is None or context.order.amount is not None:
        return NONE
    return one(ReasonCode.SPEND_UNKNOWN, need=need)


def has_min_spend(coupon: Coupon) -> bool:
    """Whether rows 17, 18, 26 and 27 have a threshold to go by."""
    return _needed_spend(coupon) is not None


def _needed_spend(coupon: Coupon) -> Money | None:
    threshold = coupon.min_spend
    if not isinstance(threshold, MinSpend):
        return None
    return threshold.amount if threshold.amount.fen > 0 else None


def _units_differ(coupon: Coupon, context: Context) -> bool:
    """Whether the amount does with the threshold in one unit what it does not in the other."""
    threshold, have = coupon.min_spend, context.order.amount
    if not isinstance(threshold, MinSpend) or threshold.other is None or have is None:
        return False
    after_discount = have - context.order.discount

    def answer(need: Money) -> tuple[bool, bool]:
        return need <= have, need <= after_discount

    return answer(threshold.amount) != answer(threshold.other)


# --- rows 19, 20, 28 and 29: how many, with what, and how often ----------------------------------


def min_items_not_met(coupon: Coupon, context: Context) -> Reasons:
    """19: item count below ``min_num_use``, or ``goods_range_num`` of 买M送N; equal passes."""
    need, have = needed_items(coupon), context.order.item_count
    if need is None or have is None or have >= need:
        return NONE
    return one(ReasonCode.MIN_ITEMS_NOT_MET, need=need, have=have, gap=need - have)


def items_unknown(coupon: Coupon, context: Context) -> Reasons:
    """20: a threshold, and no count entered."""
    need = needed_items(coupon)
    if need is None or context.order.item_count is not None:
        return NONE
    return one(ReasonCode.ITEMS_UNKNOWN, need=need)


def has_min_items(coupon: Coupon) -> bool:
    """Whether rows 19 and 20 have a threshold to go by."""
    return needed_items(coupon) is not None


def needed_items(coupon: Coupon) -> int | None:
    """The least number of items, where there is a limit; the larger of two counts."""
    template = coupon.template or _NO_TEMPLATE
    least = template.min_items if isinstance(template.min_items, int) else 0
    if template.category == _BUY_M_GET_N and isinstance(template.buy_count, int):
        least = max(least, template.buy_count)
    return least if least > 0 else None


def exclusive_with_discount(coupon: Coupon, context: Context) -> Reasons:
    """28: ``template.only_coupon`` 1 and a discount on the order: one of both is lost.

    The saving is that without the discount.
    """
    discount = context.order.discount
    if not is_exclusive(coupon) or discount <= ZERO:
        return NONE
    saving = estimate_alone(coupon, context.order)
    return one(ReasonCode.EXCLUSIVE_WITH_DISCOUNT, saving=saving, discount=discount)


def is_exclusive(coupon: Coupon) -> bool:
    """Whether row 28 has something against it where there is a discount."""
    return (coupon.template or _NO_TEMPLATE).exclusive == _YES


def daily_limit_possible(coupon: Coupon, _context: Context) -> Reasons:
    """29: ``template.use_per_person_per_day``, and as many of one ``template.id`` are used.

    Whether that was today is not told.
    """
    used = coupon.used_of_template
    limit = (coupon.template or _NO_TEMPLATE).daily_limit if used else None
    if not isinstance(limit, int) or not 0 < limit <= used:
        return NONE
    return one(ReasonCode.DAILY_LIMIT_POSSIBLE, limit=limit, used=used)
