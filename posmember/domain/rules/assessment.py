"""All of a member's assets evaluated for one order: what the window and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.rules.points import PointsDeduction
from posmember.domain.rules.reasons import Eligibility, Notice, Reason
from posmember.domain.rules.remedy import Remedy
from posmember.domain.rules.saving import may_be_capped


@dataclass(frozen=True, slots=True)
class AssessedCoupon:
    """A coupon with its verdict.

    Args:
        saving: what it would save on this order, an estimate; None where there is none, and
            for what is not usable.
    """

    coupon: Coupon
    eligibility: Eligibility
    saving: Money | None = None

    @property
    def at_most(self) -> bool:
        """Whether it may save less than the estimate: the platform may cap a percent."""
        return self.saving is not None and may_be_capped(self.coupon)


@dataclass(frozen=True, slots=True)
class AssessedGiftCard:
    """A gift card with its verdict."""

    card: GiftCard
    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class AssessedBenefitCard:
    """A 付费权益卡 with its verdict."""

    card: BenefitCard
    eligibility: Eligibility


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
        saving: the estimate, after the change.
        remedy: one change that makes it usable; None where it is usable now.
        beside: a free-delivery coupon that is usable, too: it has no estimate to compare.
    """

    coupon: Coupon
    saving: Money | None = None
    remedy: Remedy | None = None
    beside: Coupon | None = None

    @property
    def at_most(self) -> bool:
        """Whether it may save less than the estimate: the platform may cap a percent."""
        return self.saving is not None and may_be_capped(self.coupon)

    @property
    def change(self) -> Change:
        """What kind of change the remedy is."""
        if self.remedy is None:
            return Change.NOTHING
        if self.remedy.amount is not None:
            return Change.SPEND_MORE
        return Change.ORDER_TYPE if self.remedy.order_type is not None else Change.WAIT


@dataclass(frozen=True, slots=True)
class Assessment:
    """Coupons and cards in the order to show them, and what follows for the order.

    Args:
        reasons: what is to check of the member, and so of every asset: an account that is not
            known. notices: what to know of the member.
    """

    coupons: tuple[AssessedCoupon, ...] = ()
    gift_cards: tuple[AssessedGiftCard, ...] = ()
    suggestion: Suggestion | None = None
    points_deduction: PointsDeduction | None = None
    benefit_cards: tuple[AssessedBenefitCard, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notices: tuple[Notice, ...] = ()
