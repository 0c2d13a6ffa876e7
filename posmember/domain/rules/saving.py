"""What a coupon would take off an order (RULES, Amounts)."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from posmember.domain.context import Order
from posmember.domain.coupon import Category, Coupon, DiscountKind
from posmember.domain.money import ZERO, Money
from posmember.domain.values import Number

_HUNDRED = Decimal(100)
# Plain numbers: they are looked up for a thousand coupons at every key of an amount.
_ALL_GOODS = frozenset([None, 0])
_WITH_ESTIMATE = frozenset([None, int(Category.CASH_OR_DISCOUNT)])
_CASH, _PERCENT = int(DiscountKind.CASH), int(DiscountKind.PERCENT)


def estimate(coupon: Coupon, order: Order) -> Money | None:
    """What a coupon would save, always an estimate; None where there is none.

    A cash coupon saves its amount, but no more than is left to pay; a discount coupon the
    rest of the percent paid, rounded half up to 0.01. Goods-restricted, free-item, exchange,
    buy-M-get-N and free-delivery coupons have no estimate, and neither has a discount
    without an amount.
    """
    template = coupon.template
    if template is None or template.category not in _WITH_ESTIMATE:
        return None
    if template.goods_range not in _ALL_GOODS:
        return None
    left = None if order.amount is None else max(order.amount.fen - order.discount.fen, 0)
    if coupon.discount_kind == _CASH:
        return _cash(coupon.value, left)
    if coupon.discount_kind == _PERCENT and left is not None:
        return _discount(coupon.percent_paid, left)
    return None


def estimate_alone(coupon: Coupon, order: Order) -> Money | None:
    """What a coupon would save where there were no discount on the order."""
    return estimate(coupon, replace(order, discount=ZERO))


def may_be_capped(coupon: Coupon) -> bool:
    """Whether an estimate is the most it can be: the platform may cap what a percent saves."""
    return coupon.discount_kind == _PERCENT


def _cash(value: Number, left: int | None) -> Money | None:
    if not isinstance(value, Decimal) or value <= 0:
        return None
    fen = int(value * _HUNDRED)
    return Money(fen if left is None else min(fen, left))


def _discount(percent: Number, left: int) -> Money | None:
    if not isinstance(percent, Decimal):
        return None
    saved = left * (_HUNDRED - percent) / _HUNDRED
    return Money(int(saved.to_integral_value(ROUND_HALF_UP)))
