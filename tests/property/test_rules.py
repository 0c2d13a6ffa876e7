"""What the rules never do, whatever the platform told and wherever it is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.assess import assess
from posmember.domain.assessment import Assessment, Change
from posmember.domain.context import AccountStatus, Context, Order, Store
from posmember.domain.coupon import Coupon
from posmember.domain.eligibility import NEXT_USABLE_WITHIN, evaluate
from posmember.domain.giftcard import GiftCard
from posmember.domain.join import join
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Profile
from posmember.domain.reasons import Eligibility, ReasonCode, Verdict
from posmember.domain.spending import MinSpendUnit
from tests.fakes.assets import NOW, at
from tests.fakes.situations import (
    Sources,
    amounts,
    contexts,
    orders,
    profiles,
    sources,
    stores,
    units,
)
from tests.fakes.unhurried import UNHURRIED

T = TypeVar("T")

slow = settings(UNHURRIED, max_examples=30)
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
TABLE = {code: row for row, code in enumerate(ReasonCode)}
TIME_RULES = {
    ReasonCode.NOT_STARTED,
    ReasonCode.WEEKDAY_NOT_ALLOWED,
    ReasonCode.OUTSIDE_HOURS,
}


def assets(profile: Profile) -> list[Coupon | GiftCard]:
    return [*profile.coupons, *profile.gift_cards]


def codes(eligibility: Eligibility) -> list[ReasonCode]:
    return [reason.code for reason in eligibility.reasons]


def check(asset: Coupon | GiftCard, where: Context) -> None:
    eligibility = evaluate(asset, where)
    blocking = [reason for reason in eligibility.reasons if reason.blocks]
    if blocking:
        assert eligibility.verdict is Verdict.NOT_USABLE
    else:
        assert eligibility.verdict is (Verdict.CHECK if eligibility.reasons else Verdict.USABLE)
    rows = [TABLE[code] for code in codes(eligibility)]
    assert rows == sorted(rows)
    for reason in eligibility.reasons:
        reason.raw.encode()
        gap = reason.params.get("gap")
        assert not isinstance(gap, Money) or gap > ZERO
        assert not isinstance(gap, int) or gap > 0
    usable_at = eligibility.next_usable_at
    assert (usable_at is None) or {reason.code for reason in blocking} <= TIME_RULES
    if usable_at is not None:
        assert where.now < usable_at <= where.now + NEXT_USABLE_WITHIN
        then = set(codes(evaluate(asset, replace(where, now=usable_at))))
        before = replace(where, now=usable_at - timedelta(seconds=1))
        assert not then & {*TIME_RULES, ReasonCode.EXPIRED}
        assert set(codes(evaluate(asset, before))) & TIME_RULES


@given(profiles(), contexts)
@slow
def test_any_member_in_any_situation(profile: Profile, where: Context) -> None:
    for asset in assets(profile):
        check(asset, where)
    assessment = assess(profile, where.store, where.order, where.now)
    assert len(assessment.coupons) == len(profile.coupons)
    assert len(assessment.gift_cards) == len(profile.gift_cards)
    ranks = [RANK[each.eligibility.verdict] for each in assessment.coupons]
    assert ranks == sorted(ranks)
    check_money(assessment, where)


def check_money(assessment: Assessment, where: Context) -> None:
    order = where.order
    if order.amount is not None:
        left = max(order.amount - order.discount, ZERO)
        for each in assessment.coupons:
            assert each.saving is None or ZERO <= each.saving <= left
        points = assessment.points_deduction
        assert points is None or (ZERO <= points.amount <= left and points.points >= 0)
    suggestion = assessment.suggestion
    usable = [a for a in assessment.coupons if a.eligibility.verdict is Verdict.USABLE]
    if usable:
        assert suggestion is not None
        assert suggestion.change is Change.NOTHING
    elif suggestion is not None:
        assert suggestion.change is not Change.NOTHING


@given(sources(), units, stores, orders, st.randoms(use_true_random=False))
@slow
def test_the_order_of_the_lists_never_matters(
    told: Sources, unit: MinSpendUnit, store: Store, order: Order, random: Random
) -> None:
    info, who, listed = told

    def mixed(rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(rows, len(rows)))

    first = join(info, who, listed, unit=unit)
    second = join(
        replace(info, coupons=mixed(info.coupons), gift_cards=mixed(info.gift_cards)),
        replace(who, coupons=mixed(who.coupons)),
        mixed(listed),
        unit=unit,
    )
    shown = [assess(profile, store, order, NOW) for profile in (first, second)]
    assert shown[0].coupons == shown[1].coupons
    assert shown[0].gift_cards == shown[1].gift_cards
    assert shown[0].suggestion == shown[1].suggestion


@given(profiles(), contexts)
@slow
def test_a_blocking_fact_always_blocks(profile: Profile, where: Context) -> None:
    frozen = replace(where, account=AccountStatus.FROZEN)
    tomorrow = at(f"{where.now + timedelta(days=1):%Y-%m-%d %H:%M:%S}")
    yesterday = at(f"{where.now - timedelta(days=1):%Y-%m-%d %H:%M:%S}")
    for asset in assets(profile):
        blocked: list[Coupon | GiftCard] = [
            replace(asset, valid_from=tomorrow),
            replace(asset, valid_until=yesterday),
        ]
        if isinstance(asset, Coupon):
            blocked += [replace(asset, status=1), replace(asset, lock=2)]
            if asset.template is not None:
                blocked.append(replace(asset, template=replace(asset.template, status=0)))
                blocked.append(replace(asset, template=replace(asset.template, category=8)))
        else:
            blocked += [replace(asset, status=status) for status in (1, 2, 3, 5, 6, 7)]
            blocked.append(replace(asset, balance=Money(0)))
        for changed in blocked:
            assert evaluate(changed, where).verdict is Verdict.NOT_USABLE
            assert set(codes(evaluate(asset, where))) - set(codes(evaluate(changed, where))) <= {
                *TIME_RULES,
                ReasonCode.EXPIRED,
                ReasonCode.STATUS_UNKNOWN,
                ReasonCode.VALIDITY_UNKNOWN,
                ReasonCode.VALUE_UNKNOWN,
                *REPLACED,
            }
        assert evaluate(asset, frozen).verdict is Verdict.NOT_USABLE


REPLACED = {
    *(ReasonCode.NOT_BOUND, ReasonCode.GIFTING, ReasonCode.GIFTED_AWAY, ReasonCode.RECYCLED),
    *(ReasonCode.USED_UP, ReasonCode.ORDER_TYPE_NOT_ALLOWED, ReasonCode.NOT_FOR_ORDERS),
}
"""Codes of a fact that a test above puts another one in the place of."""


@given(profiles(), contexts, amounts, amounts)
@slow
def test_more_money_never_stands_in_the_way(
    profile: Profile, where: Context, one: Money, other: Money
) -> None:
    less, more = sorted((one, other))
    poor = replace(where, order=replace(where.order, amount=less))
    rich = replace(where, order=replace(where.order, amount=more))
    for coupon in profile.coupons:
        before, after = evaluate(coupon, poor), evaluate(coupon, rich)
        assert set(codes(after)) <= set(codes(before))
        assert RANK[after.verdict] <= RANK[before.verdict]


@given(profiles(), contexts, st.integers(0, 99), st.integers(0, 99))
@slow
def test_more_items_never_stand_in_the_way(
    profile: Profile, where: Context, one: int, other: int
) -> None:
    fewer, more = sorted((one, other))
    for coupon in profile.coupons:
        before = evaluate(coupon, replace(where, order=replace(where.order, item_count=fewer)))
        after = evaluate(coupon, replace(where, order=replace(where.order, item_count=more)))
        assert set(codes(after)) <= set(codes(before))


@given(profiles(), contexts)
@slow
def test_what_is_not_known_never_gives_a_yes(profile: Profile, where: Context) -> None:
    unknown = replace(where, account=AccountStatus.UNKNOWN)
    for asset in assets(profile):
        assert evaluate(asset, unknown).verdict is not Verdict.USABLE
        assert evaluate(replace(asset, status=None), where).verdict is not Verdict.USABLE
