"""All of a member's assets evaluated for one order: what the window and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posmember.domain.context import OrderType
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.reasons import Eligibility


@dataclass(frozen=True, slots=True)
class AssessedCoupon:
    """A coupon with its verdict.

    Args:
        saving: what it would save on this order, an estimate; None where there is none.
    """

    coupon: Coupon
    eligibility: Eligibility
    saving: Money | None = None


@dataclass(frozen=True, slots=True)
class AssessedGiftCard:
    """A gift card with its verdict."""

    card: GiftCard
    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class PointsDeduction:
    """积分抵现 on this order: the largest deduction, and the points that it takes."""

    amount: Money
    points: int


class Change(StrEnum):
    """What would have to change for a suggested coupon to become usable."""

    NOTHING = "nothing"
    SPEND_MORE = "spend_more"
    ORDER_TYPE = "order_type"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one coupon to use, or the one that becomes usable by the least (RULES, Suggestion).

    Args:
        change: what it takes; NOTHING means that it is usable now.
        gap: for SPEND_MORE, how much more.
        order_type: for ORDER_TYPE, which.
        at: for WAIT, when; aware, +08:00.
    """

    coupon: Coupon
    change: Change
    saving: Money | None = None
    gap: Money | None = None
    order_type: OrderType | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Coupons and gift cards in the order to show them, and what follows for the order."""

    coupons: tuple[AssessedCoupon, ...] = ()
    gift_cards: tuple[AssessedGiftCard, ...] = ()
    suggestion: Suggestion | None = None
    points_deduction: PointsDeduction | None = None
