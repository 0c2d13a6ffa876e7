"""What the rules are written with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.rules.reasons import Param, Reason, ReasonCode
from posmember.domain.values import Int, Unreadable

A = TypeVar("A", Coupon, GiftCard, BenefitCard)
Reasons = tuple[Reason, ...]
NONE: Final[Reasons] = ()


@dataclass(frozen=True, slots=True)
class Rule(Generic[A]):
    """One row of the table in RULES, for one kind of asset.

    Args:
        row: its number there.
        codes: the codes it may give.
        check: asks it; it gives its reasons, mostly none.
        fields: what it looks at of the asset, in the words of VALUE_UNKNOWN.
        unsure: codes of other rows that say that this one could not be told.
        asks_order: of a rule about the order: whether it can say anything of this asset,
            for some order. All other rules say the same for any order.
        of_template: whether it looks at nothing of a coupon but its template, so that all
            coupons of one template get one answer.
        of_dates: whether it looks at nothing of a coupon but its start and its end.
    """

    row: int
    codes: tuple[ReasonCode, ...]
    check: Callable[[A, Context], Reasons]
    fields: tuple[str, ...]
    unsure: frozenset[ReasonCode] = frozenset()
    asks_order: Callable[[A], bool] | None = None
    of_template: bool = False
    of_dates: bool = False


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
