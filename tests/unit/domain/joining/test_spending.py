"""The unit of a threshold, and the encodings of a discount (api/README: Values as they come)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.coupon import CouponTemplate, IdentityCoupon, MinSpend, UnitBasis
from posmember.domain.joining.spending import (
    MinSpendUnit,
    documented_min_spend,
    min_spend,
    percent_paid,
)
from posmember.domain.money import Money
from posmember.domain.values import Unreadable

AUTO, FEN, YUAN = MinSpendUnit.AUTO, MinSpendUnit.FEN, MinSpendUnit.YUAN
ODD = Unreadable("x")


def raw(value: str | None, **texts: Any) -> CouponTemplate:
    return CouponTemplate(min_spend=None if value is None else Decimal(value), **texts)


def told(fen: int) -> IdentityCoupon:
    return IdentityCoupon(min_spend=Money(fen))


def spend(fen: int, basis: UnitBasis) -> MinSpend:
    return MinSpend(Money(fen), basis)


@pytest.mark.parametrize(
    ("template", "identity", "unit", "expected"),
    [
        (raw("3000"), None, AUTO, spend(3000, UnitBasis.ASSUMED)),
        (raw("30.5"), None, AUTO, spend(3050, UnitBasis.ASSUMED)),
        (raw("30.505"), None, AUTO, Unreadable("30.505")),
        (raw("3000"), told(3000), FEN, spend(3000, UnitBasis.SETTING)),
        (raw("3000"), told(3000), YUAN, spend(300000, UnitBasis.SETTING)),
        (raw("0.5"), None, FEN, Unreadable("0.5")),
        (raw("3000"), told(3000), AUTO, spend(3000, UnitBasis.IDENTITY)),
        (raw("30"), told(3000), AUTO, spend(3000, UnitBasis.IDENTITY)),
        (raw("30"), told(5000), AUTO, spend(30, UnitBasis.ASSUMED)),
        (raw("30"), IdentityCoupon(), AUTO, spend(30, UnitBasis.ASSUMED)),
        (raw("30"), IdentityCoupon(min_spend=ODD), AUTO, spend(30, UnitBasis.ASSUMED)),
        (raw("30", label="满30元可用"), told(5000), AUTO, spend(3000, UnitBasis.TEXT)),
        (raw("3000", display_title="满30减10"), None, AUTO, spend(3000, UnitBasis.TEXT)),
        (raw("30", display_value="满 30.00 元减5"), None, AUTO, spend(3000, UnitBasis.TEXT)),
        (raw("50", explain_text="满30元减5,满50元减9"), None, AUTO, spend(5000, UnitBasis.TEXT)),
        (raw("3000", explain_text="满20元可用"), None, AUTO, spend(3000, UnitBasis.ASSUMED)),
        (raw("2", explain_text="满2件可用"), None, AUTO, spend(2, UnitBasis.ASSUMED)),
        (raw("30", title="满30元可用"), None, AUTO, spend(30, UnitBasis.ASSUMED)),
        (raw("0"), told(3000), AUTO, None),
        (raw("-1"), None, AUTO, None),
        (raw(None), None, AUTO, None),
        (raw(None), told(0), AUTO, None),
        (raw(None), told(3000), AUTO, spend(3000, UnitBasis.DOCUMENTED)),
        (raw(None), told(3000), YUAN, spend(3000, UnitBasis.DOCUMENTED)),
        (raw(None), IdentityCoupon(min_spend=ODD), AUTO, ODD),
        (CouponTemplate(min_spend=ODD), None, AUTO, ODD),
        (CouponTemplate(min_spend=ODD), told(3000), AUTO, spend(3000, UnitBasis.DOCUMENTED)),
    ],
    ids=[
        *("nothing tells: 分", "nothing tells: a fraction is 元", "finer than a 分"),
        *("setting: 分", "setting: 元", "setting: half a 分"),
        *("identity: equal", "identity: 100 times", "identity: another", "identity: none"),
        *("identity: unreadable", "label", "title", "value", "the second text fits"),
        *("no text fits", "items are no 元", "the internal title is no text for it"),
        *("0 is none", "below 0 is none", "missing", "missing, identity 0"),
        *("missing, identity tells", "missing, identity's unit is certain"),
        *("missing, identity unreadable", "unreadable", "unreadable, identity tells"),
    ],
)
def test_min_spend(
    template: CouponTemplate,
    identity: IdentityCoupon | None,
    unit: MinSpendUnit,
    expected: MinSpend | Unreadable | None,
) -> None:
    assert min_spend(template, identity, unit) == expected


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (None, None),
        (IdentityCoupon(), None),
        (told(0), None),
        (told(-5), None),
        (told(1), spend(1, UnitBasis.DOCUMENTED)),
        (IdentityCoupon(min_spend=ODD), ODD),
    ],
    ids=["no identity", "missing", "0", "below 0", "1 分", "unreadable"],
)
def test_documented_min_spend(
    identity: IdentityCoupon | None, expected: MinSpend | Unreadable | None
) -> None:
    assert documented_min_spend(identity) == expected


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        ("0.85", "85"),
        ("0.5", "50"),
        ("1", "100"),
        ("1.01", "10.1"),
        ("8.5", "85"),
        ("9", "90"),
        ("10", "100"),
        ("10.01", "10.01"),
        ("85", "85"),
        ("100", "100"),
    ],
)
def test_percent_paid(value: str, percent: str) -> None:
    assert percent_paid(Decimal(value)) == Decimal(percent)


@pytest.mark.parametrize("value", ["0", "-0.85", "100.01", "850"])
def test_a_discount_that_cannot_be_one(value: str) -> None:
    assert percent_paid(Decimal(value)) == Unreadable(value)


def test_a_discount_that_is_not_there() -> None:
    assert percent_paid(None) is None
    assert percent_paid(ODD) is ODD
