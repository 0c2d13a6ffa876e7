"""积分抵现: what the member's points would take off an order (RULES, Amounts)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from posmember.domain.context import Order
from posmember.domain.member import PointsRule
from posmember.domain.money import Money
from posmember.domain.values import Number, Unreadable

_WHOLE = Fraction(100)
_YUAN_PER_POINT, _POINTS_PER_YUAN = 1, 2


@dataclass(frozen=True, slots=True)
class PointsDeduction:
    """积分抵现 on this order: the largest deduction, and the points that it takes."""

    amount: Money
    points: int


def points_deduction(
    points: Number, rule: PointsRule | None, order: Order
) -> PointsDeduction | None:
    """The largest deduction by points on this order, and the points that it takes.

    Identity, ``pay_rule``: type 1, one point is ``points_num`` 元; type 2, one 元 takes
    ``points_num`` points; at most ``exchange_astrict`` percent of what is left to pay (0 or
    missing is no limit). The deduction is rounded down to 0.01, the points up. None where any
    of it is unknown.
    """
    amount = order.amount
    ratio = _points_per_yuan(rule)
    percent = _max_percent(rule)
    if amount is None or ratio is None or percent is None or not isinstance(points, Decimal):
        return None
    left = max(amount.fen - order.discount.fen, 0)
    by_limit = floor(left * min(percent, _WHOLE) / 100)
    by_points = floor(max(floor(points), 0) * 100 / ratio)
    fen = min(by_limit, by_points)
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
    return Fraction(percent or _WHOLE)
