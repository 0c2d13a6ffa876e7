"""Estimates of what a coupon saves, and the deduction by points (RULES, Amounts)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from posmember.domain.context import Order
from posmember.domain.coupon import Coupon
from posmember.domain.member import PointsRule
from posmember.domain.money import ZERO, Money
from posmember.domain.rules.points import PointsDeduction, points_deduction
from posmember.domain.rules.saving import estimate, estimate_alone, may_be_capped
from posmember.domain.values import Number, Unreadable
from tests.fakes.assets import coupon, coupon_of, template

ODD = Unreadable("x")


def order(amount: int | None, discount: int = 0) -> Order:
    return Order(amount=None if amount is None else Money(amount), discount=Money(discount))


def cash(value: object) -> Coupon:
    return coupon(value=value)


def discount(percent: object) -> Coupon:
    paid = Decimal(percent) if isinstance(percent, str) else percent
    return coupon(discount_kind=1, percent_paid=paid)


@pytest.mark.parametrize(
    ("asset", "ordered", "fen"),
    [
        (cash(Decimal("10.00")), order(5800), 1000),
        (cash(Decimal("10.00")), order(999), 999),
        (cash(Decimal("10.00")), order(5800, 5000), 800),
        (cash(Decimal("10.00")), order(5800, 5800), 0),
        (cash(Decimal("10.00")), order(5800, 9000), 0),
        (cash(Decimal("10.00")), order(None), 1000),
        (cash(Decimal("0.019")), order(5800), 1),
        (cash(Decimal(0)), order(5800), None),
        (cash(Decimal(-1)), order(5800), None),
        (cash(None), order(5800), None),
        (cash(ODD), order(5800), None),
        (discount("85"), order(5800), 870),
        (discount("85"), order(5800, 800), 750),
        (discount("85"), order(5800, 9000), 0),
        (discount("50"), order(1), 1),
        (discount("50"), order(3), 2),
        (discount("85"), order(3), 0),
        (discount("85"), order(10), 2),
        (discount("33.333333333"), order(5800), 3867),
        (discount("100"), order(5800), 0),
        (discount("85"), order(None), None),
        (discount(ODD), order(5800), None),
        (discount(None), order(5800), None),
        (coupon(discount_kind=99), order(5800), None),
        (coupon(discount_kind=None), order(5800), None),
        (coupon(template=None), order(5800), None),
        (coupon_of(category=None, goods_range=None), order(5800), 1000),
        (coupon_of(goods_range=1), order(5800), None),
        (coupon_of(goods_range=ODD), order(5800), None),
        *[(coupon_of(category=number), order(5800), None) for number in (2, 3, 4, 5, 6, 7, 8, 99)],
        (coupon(template=template(category=ODD)), order(5800), None),
    ],
    ids=[
        *("cash", "cash, order smaller", "cash, after discount", "cash, nothing left to pay"),
        *("cash, more off than ordered", "cash, amount unknown", "cash, below a 分"),
        *("cash of 0", "cash below 0", "cash missing", "cash unreadable"),
        *("percent", "percent of what is left", "percent of less than nothing"),
        *("half a 分 rounds up", "a 分 and a half rounds up", "0.45 分 rounds down"),
        *("1.5 分 rounds up", "a long percent", "100 percent paid", "percent, amount unknown"),
        *("percent unreadable", "percent missing", "kind 99", "kind missing"),
        *("no template", "nothing restricts", "named goods", "goods unreadable"),
        *[f"category {number}" for number in (2, 3, 4, 5, 6, 7, 8, 99)],
        "category unreadable",
    ],
)
def test_estimate(asset: Coupon, ordered: Order, fen: int | None) -> None:
    assert estimate(asset, ordered) == (None if fen is None else Money(fen))


def yuan_per_point(ratio: str, percent: str | None = None) -> PointsRule:
    return PointsRule(1, Decimal(ratio), None if percent is None else Decimal(percent))


def points_per_yuan(ratio: str, percent: str | None = None) -> PointsRule:
    return PointsRule(2, Decimal(ratio), None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("points", "rule", "ordered", "fen", "taken"),
    [
        ("1280", points_per_yuan("100", "20"), order(5800), 1160, 1160),
        ("1280", points_per_yuan("100"), order(5800), 1280, 1280),
        ("1280", points_per_yuan("100", "0"), order(5800), 1280, 1280),
        ("1280", points_per_yuan("100", "200"), order(500), 500, 500),
        ("45600", yuan_per_point("0.01", "50"), order(5800), 2900, 2900),
        ("3", yuan_per_point("0.5"), order(5800), 150, 3),
        ("3", yuan_per_point("0.003"), order(5800), 0, 0),
        ("4", yuan_per_point("0.003"), order(5800), 1, 4),
        ("1000", points_per_yuan("3"), order(100), 100, 3),
        ("1000", points_per_yuan("3"), order(101), 101, 4),
        ("10", points_per_yuan("3"), order(5800), 333, 10),
        ("9.9", points_per_yuan("1"), order(5800), 900, 9),
        ("-5", points_per_yuan("1"), order(5800), 0, 0),
        ("1280", points_per_yuan("100", "33.3"), order(1001), 333, 333),
        ("1280", points_per_yuan("100", "20"), order(5800, 5000), 160, 160),
        ("1280", points_per_yuan("100", "100"), order(5800, 5000), 800, 800),
        ("1280", points_per_yuan("100"), order(5800, 5000), 800, 800),
        ("1280", points_per_yuan("100", "20"), order(5800, 9000), 0, 0),
        ("1280", points_per_yuan("100", "20"), order(0), 0, 0),
        ("1280", points_per_yuan("100"), order(5800, 9000), 0, 0),
    ],
    ids=[
        *("at most 20 percent", "no limit", "a limit of 0 is none", "a limit above the order"),
        *("one point is 0.01 元", "one point is 0.50 元", "three points are no 分"),
        *(
            "four points are one 分",
            "points divide",
            "points rounded up",
            "by the points there are",
        ),
        *("part of a point", "negative points", "percent rounded down"),
        *("percent of what is left", "all of what is left", "no limit, what is left"),
        *("nothing left to pay", "an order of nothing", "no limit, and nothing left to pay"),
    ],
)
def test_points_deduction(
    points: str, rule: PointsRule, ordered: Order, fen: int, taken: int
) -> None:
    expected = PointsDeduction(Money(fen), taken)
    assert points_deduction(Decimal(points), rule, ordered) == expected


@pytest.mark.parametrize(
    ("points", "rule", "ordered"),
    [
        (Decimal(5), points_per_yuan("1"), order(None)),
        (None, points_per_yuan("1"), order(100)),
        (ODD, points_per_yuan("1"), order(100)),
        (Decimal(5), None, order(100)),
        (Decimal(5), PointsRule(1, None), order(100)),
        (Decimal(5), PointsRule(1, ODD), order(100)),
        (Decimal(5), points_per_yuan("0"), order(100)),
        (Decimal(5), points_per_yuan("-1"), order(100)),
        (Decimal(5), PointsRule(3, Decimal(1)), order(100)),
        (Decimal(5), PointsRule(ODD, Decimal(1)), order(100)),
        (Decimal(5), PointsRule(2, Decimal(1), ODD), order(100)),
        (Decimal(5), points_per_yuan("1", "-1"), order(100)),
    ],
    ids=[
        *("no amount", "no points", "points unreadable", "no rule", "no ratio", "ratio unreadable"),
        *("ratio 0", "ratio negative", "kind 3", "kind unreadable", "limit unreadable"),
        "limit negative",
    ],
)
def test_no_deduction(points: Number, rule: PointsRule | None, ordered: Order) -> None:
    assert points_deduction(points, rule, ordered) is None


@pytest.mark.parametrize(
    ("asset", "capped"),
    [(cash(Decimal(10)), False), (discount("85"), True), (coupon(discount_kind=None), False)],
    ids=["cash", "percent", "nobody knows"],
)
def test_a_percent_may_be_capped_by_the_platform(asset: Coupon, *, capped: bool) -> None:
    assert may_be_capped(asset) is capped


def test_what_it_would_save_without_the_discount() -> None:
    assert estimate_alone(cash(Decimal(10)), order(1500, 900)) == Money(1000)
    assert estimate_alone(discount("50"), order(1500, 900)) == Money(750)


def test_an_estimate_is_never_below_nothing() -> None:
    assert estimate(cash(Decimal(10)), order(0)) == ZERO
