"""Values as the JSON gives them: money, numbers, times, parameters."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from posmember.domain.coupon import Coupon, DiscountKind
from posmember.domain.money import Money
from posmember.domain.values import CHINA, PlatformTime, Time, Unreadable
from posmember.report.values import (
    coupon_value,
    end_time,
    money,
    number,
    param,
    readable,
    start_time,
)

ODD = Unreadable("abc")


def at(text: str, *, has_time: bool = True) -> PlatformTime:
    return PlatformTime(datetime.fromisoformat(text).replace(tzinfo=CHINA), has_time)


@pytest.mark.parametrize(
    ("value", "told"),
    [(Money(0), "0.00"), (Money(5), "0.05"), (Money(-150), "-1.50"), (None, None), (ODD, None)],
    ids=str,
)
def test_money(value: Money | Unreadable | None, told: str | None) -> None:
    assert money(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Decimal(1280), 1280),
        (Decimal("1280.00"), 1280),
        (Decimal("1E+3"), 1000),
        (Decimal("0.5"), "0.5"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal(-3), -3),
        (None, None),
        (ODD, None),
    ],
    ids=str,
)
def test_numbers(value: Decimal | Unreadable | None, told: int | str | None) -> None:
    assert number(value) == told
    assert type(number(value)) is type(told)


@pytest.mark.parametrize(("value", "told"), [(3, 3), (None, None), (ODD, None)], ids=str)
def test_readable(value: int | Unreadable | None, told: int | None) -> None:
    assert readable(value) == told


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        (at("2026-11-20", has_time=False), "2026-11-20T00:00:00", "2026-11-20T23:59:59"),
        (at("2026-11-20T10:30:00"), "2026-11-20T10:30:00", "2026-11-20T10:30:00"),
        (at("2026-11-20T23:59:59"), "2026-11-20T23:59:59", "2026-11-20T23:59:59"),
        # Which of the two days is meant is not known: the earlier end is told.
        (at("2026-11-20T00:00:00"), "2026-11-20T00:00:00", "2026-11-20T00:00:00"),
        (at("2100-01-01T00:00:00"), "2100-01-01T00:00:00", "2100-01-01T00:00:00"),
        (None, None, None),
        (ODD, None, None),
    ],
    ids=["date", "time", "last second", "midnight", "never", "missing", "unreadable"],
)
def test_times(value: Time, start: str | None, end: str | None) -> None:
    assert start_time(value) == (start and f"{start}+08:00")
    assert end_time(value) == (end and f"{end}+08:00")


def test_parameters() -> None:
    assert param(Money(600)) == "6.00"
    assert param(("1", "2")) == ["1", "2"]
    assert param(datetime(2026, 11, 20, 12, tzinfo=CHINA)) == "2026-11-20T12:00:00+08:00"
    assert param(8) == 8
    assert param(None) is None


@pytest.mark.parametrize(
    ("coupon", "told"),
    [
        (Coupon(discount_kind=DiscountKind.CASH, value=Decimal(10)), "10.00"),
        (Coupon(discount_kind=DiscountKind.CASH, value=Decimal("0.5")), "0.50"),
        (Coupon(discount_kind=DiscountKind.CASH, value=ODD), None),
        (Coupon(discount_kind=DiscountKind.PERCENT, percent_paid=Decimal(85)), "85%"),
        (Coupon(discount_kind=DiscountKind.PERCENT, percent_paid=Decimal("90.0")), "90%"),
        (Coupon(discount_kind=DiscountKind.PERCENT, percent_paid=Decimal("66.6")), "66.6%"),
        (Coupon(discount_kind=DiscountKind.PERCENT, percent_paid=None), None),
        (Coupon(discount_kind=9, value=Decimal(1)), None),
        (Coupon(), None),
    ],
    ids=str,
)
def test_what_a_coupon_is_worth(coupon: Coupon, told: str | None) -> None:
    assert coupon_value(coupon) == told
