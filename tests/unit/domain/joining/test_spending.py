"""The unit of a threshold, and the encodings of a discount (api/README: Values as they come)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.coupon import (
    CouponTemplate,
    IdentityCoupon,
    MinSpend,
    UnitBasis,
    UnitProof,
)
from posmember.domain.joining.spending import (
    MinSpendUnit,
    Units,
    documented_min_spend,
    min_spend,
    percent_paid,
    unit_proof,
)
from posmember.domain.money import Money
from posmember.domain.values import Unreadable

AUTO, FEN, YUAN = MinSpendUnit.AUTO, MinSpendUnit.FEN, MinSpendUnit.YUAN
ODD = Unreadable("x")


def raw(value: str | None, **texts: Any) -> CouponTemplate:
    return CouponTemplate(min_spend=None if value is None else Decimal(value), **texts)


def told(fen: int) -> IdentityCoupon:
    return IdentityCoupon(min_spend=Money(fen))


def spend(fen: int, basis: UnitBasis, other: int | None = None) -> MinSpend:
    return MinSpend(Money(fen), basis, None if other is None else Money(other))


@pytest.mark.parametrize(
    ("template", "identity", "unit", "expected"),
    [
        (raw("3000"), None, AUTO, spend(3000, UnitBasis.ASSUMED, 300000)),
        (raw("30.5"), None, AUTO, spend(3050, UnitBasis.ASSUMED)),
        (raw("30.505"), None, AUTO, Unreadable("30.505")),
        (raw("3000"), told(3000), FEN, spend(3000, UnitBasis.SETTING)),
        (raw("3000"), told(3000), YUAN, spend(300000, UnitBasis.SETTING)),
        (raw("0.5"), None, FEN, Unreadable("0.5")),
        (raw("3000"), told(3000), AUTO, spend(3000, UnitBasis.IDENTITY)),
        (raw("30"), told(3000), AUTO, spend(3000, UnitBasis.IDENTITY)),
        (raw("30"), told(5000), AUTO, spend(30, UnitBasis.ASSUMED, 3000)),
        (raw("30"), IdentityCoupon(), AUTO, spend(30, UnitBasis.ASSUMED, 3000)),
        (raw("30"), IdentityCoupon(min_spend=ODD), AUTO, spend(30, UnitBasis.ASSUMED, 3000)),
        (raw("30", label="满30元可用"), told(5000), AUTO, spend(3000, UnitBasis.TEXT, 30)),
        (raw("3000", display_title="满30减10"), None, AUTO, spend(3000, UnitBasis.TEXT, 300000)),
        (raw("30", display_value="满 30.00 元减5"), None, AUTO, spend(3000, UnitBasis.TEXT, 30)),
        (raw("30.5", label="满30.5元可用"), None, AUTO, spend(3050, UnitBasis.TEXT)),
        (
            raw("50", explain_text="满30元减5,满50元减9"),
            None,
            AUTO,
            spend(5000, UnitBasis.TEXT, 50),
        ),
        (
            raw("3000", explain_text="满20元可用"),
            None,
            AUTO,
            spend(3000, UnitBasis.ASSUMED, 300000),
        ),
        (raw("2", explain_text="满2件可用"), None, AUTO, spend(2, UnitBasis.ASSUMED, 200)),
        (raw("30", title="满30元可用"), None, AUTO, spend(30, UnitBasis.ASSUMED, 3000)),
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
        *("identity: unreadable", "label", "title", "value", "a fraction in a text"),
        "the second text fits",
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
    assert min_spend(template, identity, Units(unit)) == expected


IN_FEN, IN_YUAN, BOTH = UnitProof(fen=1), UnitProof(yuan=2), UnitProof(1, 1)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (Units(AUTO, IN_FEN), spend(30, UnitBasis.SIBLING)),
        (Units(AUTO, IN_YUAN), spend(3000, UnitBasis.SIBLING)),
        (Units(AUTO, IN_YUAN, IN_FEN), spend(3000, UnitBasis.SIBLING)),
        (Units(AUTO, UnitProof(), IN_FEN), spend(30, UnitBasis.SEEN)),
        (Units(AUTO, UnitProof(), IN_YUAN), spend(3000, UnitBasis.SEEN)),
        (Units(AUTO, UnitProof(), BOTH), spend(30, UnitBasis.ASSUMED, 3000)),
        (Units(AUTO, BOTH), spend(30, UnitBasis.ASSUMED, 3000)),
        (Units(AUTO, BOTH, IN_YUAN), spend(30, UnitBasis.ASSUMED, 3000)),
        (Units(FEN, IN_YUAN, IN_YUAN), spend(30, UnitBasis.SETTING)),
    ],
    ids=[
        *("siblings: 分", "siblings: 元", "siblings before others", "others: 分", "others: 元"),
        *("others contradict", "siblings contradict", "and others do not help", "the setting"),
    ],
)
def test_a_unit_that_other_coupons_prove(units: Units, expected: MinSpend) -> None:
    assert min_spend(raw("30"), None, units) == expected
    assert min_spend(raw("30"), told(5000), units) == expected


def test_the_coupon_itself_comes_before_others() -> None:
    known = Units(AUTO, IN_FEN, IN_FEN)
    assert min_spend(raw("30"), told(3000), known) == spend(3000, UnitBasis.IDENTITY)
    in_text = raw("30", label="满30元可用")
    assert min_spend(in_text, None, known) == spend(30, UnitBasis.SIBLING)


@pytest.mark.parametrize(
    ("template", "identity", "proof"),
    [
        (raw("3000"), told(3000), UnitProof(fen=1)),
        (raw("30"), told(3000), UnitProof(yuan=1)),
        (raw("30.5"), told(3050), UnitProof(yuan=1)),
        (raw("30"), told(5000), UnitProof()),
        (raw("0"), told(0), UnitProof()),
        (raw("-1"), told(-1), UnitProof()),
        (raw(None), told(3000), UnitProof()),
        (CouponTemplate(min_spend=ODD), told(3000), UnitProof()),
        (raw("30"), IdentityCoupon(), UnitProof()),
        (raw("30"), IdentityCoupon(min_spend=ODD), UnitProof()),
        (raw("30"), None, UnitProof()),
        (None, told(3000), UnitProof()),
    ],
)
def test_what_proves_a_unit(
    template: CouponTemplate | None, identity: IdentityCoupon | None, proof: UnitProof
) -> None:
    assert unit_proof([(template, identity)]) == proof


def test_proofs_add_up() -> None:
    pairs = [(raw("3000"), told(3000)), (raw("20"), told(2000)), (raw("5"), told(5))]
    assert unit_proof(pairs) == UnitProof(fen=2, yuan=1)
    assert UnitProof(1, 2) == IN_FEN + IN_YUAN
    assert [proof.in_yuan for proof in (IN_FEN, IN_YUAN, BOTH, UnitProof())] == [
        *(False, True, None, None)
    ]
    assert [proof.nothing for proof in (IN_FEN, IN_YUAN, UnitProof())] == [False, False, True]


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
