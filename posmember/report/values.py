"""Values as they are told, in JSON and in text.

Money is text in 元 with two decimals, times are ISO 8601 with +08:00; what is unknown is None.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from posmember.domain.coupon import Category, Coupon, DiscountKind
from posmember.domain.member import Amount
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Param
from posmember.domain.values import Number, PlatformTime, Time


def param(value: Param) -> object:
    """A reason's or a notice's parameter."""
    if isinstance(value, Money):
        return value.text()
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def money(value: Amount) -> str | None:
    """An amount in 元 with two decimals; None where it is unknown."""
    return value.text() if isinstance(value, Money) else None


def number(value: Number) -> int | str | None:
    """A whole number as it is, another as text, None where it is unknown."""
    if not isinstance(value, Decimal):
        return None
    return int(value) if value == value.to_integral_value() else f"{value:f}"


def readable(value: object) -> int | None:
    """A whole number, or None where it is missing or unreadable."""
    return value if isinstance(value, int) else None


def time(value: datetime | None) -> str | None:
    """A moment, or None."""
    return value.isoformat() if value is not None else None


def start_time(value: Time) -> str | None:
    """The first moment at which a start holds."""
    return value.at.isoformat() if isinstance(value, PlatformTime) else None


def end_time(value: Time) -> str | None:
    """The last second that may count; see `never_expires` for whether it ever comes."""
    return value.last_second.isoformat() if isinstance(value, PlatformTime) else None


def category(coupon: Coupon) -> str | None:
    """The coupon's category by name, or None where it is unknown."""
    template = coupon.template
    if template is None or (template.category is not None and template.category not in [*Category]):
        return None
    return Category(template.category or 0).name.lower()  # type: ignore[arg-type]


def coupon_value(coupon: Coupon) -> str | None:
    """元 of a cash coupon, e.g. "10.00"; the percent paid of a discount one, e.g. "85%"."""
    if coupon.discount_kind == DiscountKind.PERCENT and isinstance(coupon.percent_paid, Decimal):
        return f"{coupon.percent_paid.normalize():f}%"
    if coupon.discount_kind == DiscountKind.CASH and isinstance(coupon.value, Decimal):
        return f"{coupon.value:.2f}"
    return None
