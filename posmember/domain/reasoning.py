"""What the rules are written with."""

from __future__ import annotations

from typing import Final

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.reasons import Param, Reason, ReasonCode
from posmember.domain.values import Int, Unreadable

Asset = Coupon | GiftCard
Reasons = tuple[Reason, ...]
NONE: Final[Reasons] = ()


def one(code: ReasonCode, raw: str = "", **params: Param) -> Reasons:
    """One reason; `raw` is the platform's own text of what it is about."""
    return (Reason(code, params, raw),)


def unknown_value(field: str, value: object) -> Reasons:
    """VALUE_UNKNOWN for a field, named in the words of its class."""
    return one(ReasonCode.VALUE_UNKNOWN, raw_text(value), field=field)


def raw_text(value: object) -> str:
    """The platform's own text of a value; "" for none."""
    if isinstance(value, Unreadable):
        return value.text
    return "" if value is None else str(value)


def number(value: Int) -> int | None:
    """The number, where there is a readable one."""
    return value if isinstance(value, int) else None
