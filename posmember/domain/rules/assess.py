"""From a profile and an order to what there is to show: verdicts, their order, a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from posmember.domain.context import Context, Order, Store
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.pick import NEVER, end_instant
from posmember.domain.profile import Person, Profile
from posmember.domain.rules.assessment import (
    AssessedBenefitCard,
    AssessedCoupon,
    AssessedGiftCard,
    Assessment,
)
from posmember.domain.rules.eligibility import (
    Standing,
    evaluate,
    evaluate_each,
    evaluate_for_order,
    stand_each,
)
from posmember.domain.rules.member import member_notices, member_reasons
from posmember.domain.rules.points import points_deduction
from posmember.domain.rules.reasons import (
    CHECKS,
    VERDICT_RANK,
    Eligibility,
    FixableBy,
    NoticeCode,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.domain.rules.saving import estimate
from posmember.domain.rules.suggestion import suggest

# Kept here; see `rows`.
_NOT_USABLE = Verdict.NOT_USABLE
_EXPIRING_SOON = NoticeCode.EXPIRING_SOON
_FIXABLE_RANK = {
    FixableBy.CUSTOMER: 0,
    FixableBy.CASHIER: 0,
    FixableBy.TIME: 1,
    FixableBy.NOBODY: 2,
}
_RANK = {code: _FIXABLE_RANK[Reason(code).fixable_by] for code in ReasonCode if code not in CHECKS}
"""What it would take against each code that blocks."""
_code = attrgetter("code")
_SortKey = tuple[int, int, bool, int, datetime, str]


def context_of(profile: Profile, store: Store, order: Order, now: datetime) -> Context:
    """The context to evaluate a member's assets in; now is aware, +08:00.

    Of a store whose number is not configured, it is the one that identity told, which was asked
    with the store's code.
    """
    person = profile.person or Person(account=profile.account)
    if store.id is None and store.code is not None and profile.store_id:
        store = replace(store, id=profile.store_id)
    return Context(store, order, now, person.account, person.password_enabled)


@dataclass(frozen=True, slots=True)
class Standings:
    """What holds of a member's assets for any order, until `next_change_at`.

    Args:
        coupons: of each coupon, in the profile's order.
        gift_cards, benefit_cards: in the order to show them; no order changes them.
    """

    coupons: tuple[Standing, ...]
    gift_cards: tuple[AssessedGiftCard, ...]
    benefit_cards: tuple[AssessedBenefitCard, ...]


def stand_all(profile: Profile, store: Store, now: datetime) -> Standings:
    """Ask of all assets what does not hang on the order; now is aware, +08:00."""
    context = context_of(profile, store, Order(), now)
    return Standings(
        tuple(stand_each(profile.coupons, context)),
        assess_gift_cards(profile.gift_cards, context),
        _assess_benefit_cards(profile.person, context),
    )


def assess(
    profile: Profile,
    store: Store,
    order: Order,
    now: datetime,
    standings: Standings | None = None,
) -> Assessment:
    """Evaluate everything a member has for one order.

    Usable first, then what is to check, then what is not usable; inside a group what expires
    soon, then what saves more, then what ends earlier; of what is not usable, what someone
    could still do something about comes first.

    Args:
        standings: of the same profile in the same store, where nothing has changed since.
    """
    if standings is None:
        standings = stand_all(profile, store, now)
    context = context_of(profile, store, order, now)
    coupons = _assess_coupons(profile.coupons, standings.coupons, context)
    return Assessment(
        coupons=tuple(coupons),
        gift_cards=standings.gift_cards,
        suggestion=suggest(coupons, context),
        points_deduction=(
            points_deduction(profile.balances.points, profile.points_rule, order)
            if profile.points_payment
            else None
        ),
        benefit_cards=standings.benefit_cards,
        reasons=member_reasons(profile),
        notices=member_notices(profile),
    )


def _assess_coupons(
    coupons: Sequence[Coupon], standings: Sequence[Standing], context: Context
) -> list[AssessedCoupon]:
    """In the order to show them; those of one standing have one verdict and one saving."""
    firsts: dict[Standing, AssessedCoupon] = {}
    assessed: list[AssessedCoupon] = []
    for coupon, standing in zip(coupons, standings, strict=True):
        first = firsts.get(standing)
        if first is None:
            each = firsts[standing] = _assessed(coupon, standing, context)
        else:
            each = AssessedCoupon(coupon, first.eligibility, first.saving)
        assessed.append(each)
    assessed.sort(key=_coupon_key)
    return assessed


def _assessed(coupon: Coupon, standing: Standing, context: Context) -> AssessedCoupon:
    """What is blocked saves nothing."""
    eligibility = evaluate_for_order(coupon, context, standing)
    blocked = eligibility.verdict is _NOT_USABLE
    return AssessedCoupon(coupon, eligibility, None if blocked else estimate(coupon, context.order))


def assess_gift_cards(cards: Sequence[GiftCard], context: Context) -> tuple[AssessedGiftCard, ...]:
    """Evaluate gift cards alone, in the order to show them; see `assess`."""
    answers = evaluate_each(cards, context)
    assessed = [AssessedGiftCard(*each) for each in zip(cards, answers, strict=True)]
    assessed.sort(key=lambda each: _key(each.card, each.eligibility))
    return tuple(assessed)


def _assess_benefit_cards(
    person: Person | None, context: Context
) -> tuple[AssessedBenefitCard, ...]:
    """Those in force first, else in the order they came."""
    cards = person.benefit_cards if person is not None else ()
    assessed = [AssessedBenefitCard(card, evaluate(card, context)) for card in cards]
    return tuple(sorted(assessed, key=lambda each: VERDICT_RANK[each.eligibility.verdict]))


def _coupon_key(assessed: AssessedCoupon) -> _SortKey:
    saving = assessed.saving.fen if assessed.saving else 0
    return _key(assessed.coupon, assessed.eligibility, saving)


def _key(asset: Coupon | GiftCard, eligibility: Eligibility, saving: int = 0) -> _SortKey:
    return (
        VERDICT_RANK[eligibility.verdict],
        _fixable_rank(eligibility),
        not _expires_soon(eligibility),
        -saving,
        _end(asset),
        asset.own_id,
    )


def _expires_soon(eligibility: Eligibility) -> bool:
    return _EXPIRING_SOON in map(_code, eligibility.notices)


def _fixable_rank(eligibility: Eligibility) -> int:
    """What it would take, by its hardest blocking reason."""
    if eligibility.verdict is not _NOT_USABLE:
        return 0
    return max([_RANK.get(reason.code, 0) for reason in eligibility.reasons])


def _end(asset: Coupon | GiftCard) -> datetime:
    return end_instant(asset.valid_until) or NEVER
