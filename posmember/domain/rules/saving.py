"""What a coupon or the member's points would take off an order (RULES, Amounts)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

from posmember.domain.context import Order
from posmember.domain.coupon import Category, Coupon, DiscountKind
from posmember.domain.member import PointsRule
from posmember.domain.money import Money
from posmember.domain.rules.assessment import PointsDeduction
from posmember.domain.values import Number, Unreadable

_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_YUAN_PER_POINT, _POINTS_PER_YUAN = 1, 2
_ALL_GOODS = (None, 0)


def estimate(coupon: Coupon, order: Order) -> Money | None:
    """What a coupon would save, always an estimate; None where there is none.

    A cash coupon saves its amount, but no more than is left to pay; a discount coupon the
    rest of the percent paid, rounded half up to 0.01. Goods-restricted, free-item, exchange,
    buy-M-get-N and free-delivery coupons have no estimate, and neither has a discount
    without an amount.
    """
    template = coupon.template
    if template is None or template.category not in (None, Category.CASH_OR_DISCOUNT):
        return None
    if template.goods_range not in _ALL_GOODS:
        return None
    left = None if order.amount is None else max(order.amount.fen - order.discount.fen, 0)
    if coupon.discount_kind == DiscountKind.CASH:
        return _cash(coupon.value, left)
    if coupon.discount_kind == DiscountKind.PERCENT and left is not None:
        return _discount(coupon.percent_paid, left)
    return None


def _cash(value: Number, left: int | None) -> Money | None:
    if not isinstance(value, Decimal) or value <= 0:
        return None
    fen = int(value * _HUNDRED)
    return Money(fen if left is None else min(fen, left))


def _discount(percent: Number, left: int) -> Money | None:
    if not isinstance(percent, Decimal):
        return None
    saved = left * (_HUNDRED - percent) / _HUNDRED
    return Money(int(saved.quantize(_ONE, ROUND_HALF_UP)))


def points_deduction(
    points: Number, rule: PointsRule | None, order: Order
) -> PointsDeduction | None:
    """The largest deduction by points on this order, and the points that it takes.

    Identity, ``pay_rule``: type 1, one point is ``points_num`` 元; type 2, one 元 takes
    ``points_num`` points; at most ``exchange_astrict`` percent of the order amount (0 or
    missing is no limit), and never more than is left to pay. The deduction is rounded down
    to 0.01, the points up. None where any of it is unknown.
    """
    amount = order.amount
    ratio = _points_per_yuan(rule)
    percent = _max_percent(rule)
    if amount is None or ratio is None or percent is None or not isinstance(points, Decimal):
        return None
    left = amount - order.discount
    by_limit = floor(amount.fen * percent / 100)
    by_points = floor(max(floor(points), 0) * 100 / ratio)
    fen = max(min(left.fen, by_limit, by_points), 0)
    return PointsDeduction(Money(fen), ceil(fen * ratio / 100))


def _points_per_yuan(rule: PointsRule | None) -> Fraction | None:
    if rule is None or not isinstance(rule.ratio, Decimal) or rule.ratio <= 0:
        return None
    ratio = Fraction(rule.ratio)
    if rule.kind == _YUAN_PER_POINT:
        return 1 / ratio
    return ratio if rule.kind == _POINTS_PER_YUAN else None


def _max_percent(rule: PointsRule | None) -> Fraction | None:
    percent = rule.max_percent if rule else None
    if isinstance(percent, Unreadable) or (percent is not None and percent < 0):
        return None
    return Fraction(percent or 100)
