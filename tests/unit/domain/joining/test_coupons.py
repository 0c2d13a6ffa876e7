"""Member-info's coupons and identity's, joined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.coupon import Coupon, CouponRecord, IdentityCoupon, UnitBasis
from posmember.domain.joining.coupons import join_coupons
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import Money
from posmember.domain.sources import Source
from posmember.domain.values import Unreadable
from tests.fakes.assets import TEMPLATE, at, min_spend, template

ODD = Unreadable("x")
RECORD = CouponRecord(
    coupon_id="501",
    valid_from=at("2026-11-01"),
    valid_until=at("2026-12-31"),
    status=0,
    redemption_code="8601",
    card_id="8601",
    template=TEMPLATE,
)
OTHER = IdentityCoupon(
    coupon_id="501",
    redemption_code="8601",
    valid_from=at("2026-11-01 00:00:00"),
    valid_until=at("2026-12-31 23:59:59"),
    status=0,
    lock=2,
    title="10元",
    discount_kind=0,
    value=Decimal(10),
)
BOTH = (Source.MEMBER_INFO, Source.IDENTITY)


def joined(*parts: CouponRecord | IdentityCoupon) -> tuple[Coupon, ...]:
    records = [part for part in parts if isinstance(part, CouponRecord)]
    others = [part for part in parts if isinstance(part, IdentityCoupon)]
    return join_coupons(records, others, unit=MinSpendUnit.AUTO)


def record(**changes: Any) -> CouponRecord:
    return replace(RECORD, **changes)


def other(**changes: Any) -> IdentityCoupon:
    return replace(OTHER, **changes)


def one(left: CouponRecord, right: IdentityCoupon) -> Coupon:
    (coupon,) = joined(left, right)
    return coupon


def test_both_tell_the_same() -> None:
    coupon = one(RECORD, OTHER)
    assert coupon == Coupon(
        redemption_code="8601",
        coupon_id="501",
        title="10元券",
        valid_from=at("2026-11-01"),
        valid_until=at("2026-12-31"),
        status=0,
        lock=2,
        discount_kind=0,
        value=Decimal(10),
        template=TEMPLATE,
        record=RECORD,
        identity=OTHER,
        sources=BOTH,
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (record(coupon_id="9"), other(coupon_id="7")),
        (record(redemption_code=""), other(coupon_id="7")),
        (record(redemption_code="8609"), other(coupon_id="7")),
        (record(redemption_code="", card_id=""), other()),
        (record(), other(redemption_code="")),
        (record(redemption_code="", card_id=""), other(redemption_code="")),
    ],
    ids=["by code", "by card id", "by card id, another code", "by id 1", "by id 2", "by id 3"],
)
def test_joined(left: CouponRecord, right: IdentityCoupon) -> None:
    coupon = one(left, right)
    assert coupon.sources == BOTH
    assert coupon.lock == 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (record(), other(redemption_code="8602")),
        (record(redemption_code="", card_id="", coupon_id=""), other(redemption_code="")),
        (
            record(redemption_code="", card_id="", coupon_id=""),
            other(redemption_code="", coupon_id=""),
        ),
    ],
    ids=["one id, two codes", "nothing to join by", "nothing at all"],
)
def test_not_joined(left: CouponRecord, right: IdentityCoupon) -> None:
    first, second = joined(left, right)
    assert first.sources == (Source.MEMBER_INFO,)
    assert second.sources == (Source.IDENTITY,)
    assert (first.identity, second.record) == (None, None)


def test_a_code_is_shown_wherever_it_is_from() -> None:
    assert one(record(redemption_code=""), other()).redemption_code == "8601"
    assert one(record(redemption_code="", card_id=""), other()).redemption_code == "8601"


def test_no_record_takes_the_partner_of_anothers_code() -> None:
    nameless = record(redemption_code="", card_id="")
    for records in permutations([nameless, record()]):
        coupons = joined(*records, other())
        partners = {coupon.record: coupon.identity for coupon in coupons}
        assert partners == {nameless: None, record(): OTHER}


def test_one_id_without_codes_is_one_coupon() -> None:
    nameless = record(redemption_code="", card_id="")
    (coupon,) = joined(nameless, nameless, other())
    assert coupon == one(nameless, other())


def test_the_order_is_member_infos_then_the_others() -> None:
    records = [record(redemption_code=code, card_id="", coupon_id="") for code in "cab"]
    others = [other(redemption_code=code, coupon_id="") for code in "xbya"]
    codes = [coupon.redemption_code for coupon in joined(*records, *others)]
    assert codes == ["c", "a", "b", "x", "y"]


def test_only_identity_knows_it() -> None:
    (coupon,) = joined(other(discount_kind=1, value=Decimal("8.5"), min_spend=Money(3000)))
    assert coupon.percent_paid == Decimal(85)
    assert coupon.min_spend == min_spend(3000, UnitBasis.DOCUMENTED)
    assert (coupon.template, coupon.title, coupon.lock) == (None, "10元", 2)
    (cash,) = joined(other())
    assert cash.percent_paid is None


def test_own_dates_come_before_the_templates() -> None:
    dated = template(valid_from=at("2026-01-01"), valid_until=at("2026-02-02"))
    coupon = one(record(template=dated), other())
    assert (coupon.valid_from, coupon.valid_until) == (at("2026-11-01"), at("2026-12-31"))
    coupon = one(record(template=dated, valid_from=None, valid_until=ODD), other())
    assert (coupon.valid_from, coupon.valid_until) == (OTHER.valid_from, OTHER.valid_until)
    (coupon,) = joined(record(template=dated, valid_from=None, valid_until=ODD))
    assert (coupon.valid_from, coupon.valid_until) == (at("2026-01-01"), at("2026-02-02"))


@pytest.mark.parametrize(
    ("expiry_kind", "valid_until"),
    [(None, at("2026-02-02")), (0, at("2026-02-02")), (1, None), (2, None), (99, None)],
)
def test_relative_validity_has_no_template_dates(
    expiry_kind: int | None, valid_until: object
) -> None:
    dated = template(expiry_kind=expiry_kind, valid_until=at("2026-02-02"))
    (coupon,) = joined(record(template=dated, valid_until=None))
    assert coupon.valid_until == valid_until


@pytest.mark.parametrize(
    ("title", "display_title", "shown"),
    [("券", "展示", "券"), ("", "展示", "展示"), ("", "", "10元")],
)
def test_title(title: str, display_title: str, shown: str) -> None:
    named = template(title=title, display_title=display_title)
    assert one(record(template=named), other()).title == shown


def test_a_record_without_template_takes_what_identity_tells() -> None:
    coupon = one(record(template=None), other(min_spend=Money(3000)))
    assert (coupon.value, coupon.discount_kind) == (Decimal(10), 0)
    assert coupon.min_spend == min_spend(3000, UnitBasis.DOCUMENTED)
    assert coupon.template is None
    assert coupon.disagreements == ()


def test_percent_paid_belongs_to_discounts() -> None:
    percent = template(discount_kind=1, value=Decimal("8.5"))
    assert one(record(template=percent), other()).percent_paid == Decimal(85)


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (Decimal("8.5"), Decimal(85), False),
        (Decimal(85), Decimal("0.85"), False),
        (Decimal("8.5"), Decimal(80), True),
        (Decimal("8.5"), ODD, False),
    ],
)
def test_a_discount_in_two_encodings_is_one(left: Decimal, right: Any, *, differ: bool) -> None:
    of_percent = record(template=template(discount_kind=1, value=left))
    found = one(of_percent, other(discount_kind=1, value=right))
    assert found.disagreements == (("value",) if differ else ())
    assert found.percent_paid == 85


def test_as_cash_they_are_two() -> None:
    cash = one(record(template=template(value=Decimal("8.5"))), other(value=Decimal(85)))
    assert cash.disagreements == ("value",)


SPENDING = template(min_spend=Decimal(3000))


@pytest.mark.parametrize(
    ("left", "right", "fields"),
    [
        (record(status=0), other(status=1), ("status",)),
        (record(valid_from=at("2026-11-02")), other(), ("valid_from",)),
        (record(valid_until=at("2026-12-30")), other(), ("valid_until",)),
        (record(valid_until=at("2100-01-01 00:00:00")), other(), ("valid_until",)),
        (record(), other(valid_until=at("2100-01-01 00:00:00")), ("valid_until",)),
        (record(valid_until=None), other(), ()),
        (record(), other(discount_kind=1), ("discount_kind",)),
        (record(), other(value=Decimal(9)), ("value",)),
        (record(), other(value=Decimal("10.00")), ()),
        (record(template=SPENDING), other(min_spend=Money(3000)), ()),
        (record(template=SPENDING), other(min_spend=Money(5000)), ("min_spend",)),
        (record(template=SPENDING), other(min_spend=Money(0)), ("min_spend",)),
        (
            record(template=template(min_spend=Decimal(0))),
            other(min_spend=Money(3000)),
            ("min_spend",),
        ),
        (record(template=template(min_spend=Decimal(0))), other(min_spend=Money(0)), ()),
        (record(template=template(min_spend=ODD)), other(min_spend=Money(3000)), ()),
        (record(template=template(min_spend=Decimal("0.305"))), other(min_spend=Money(5)), ()),
        (record(status=0), other(status=1, value=Decimal(1)), ("status", "value")),
    ],
    ids=[
        *("status", "start", "end", "never and a date", "a date and never", "only one end"),
        *("kind", "value", "the same value", "the same threshold", "another threshold"),
        *("a threshold and none", "none and a threshold", "none and none"),
        *("an unreadable threshold", "a threshold finer than a 分", "two fields"),
    ],
)
def test_disagreements(left: CouponRecord, right: IdentityCoupon, fields: tuple[str, ...]) -> None:
    assert one(left, right).disagreements == fields
