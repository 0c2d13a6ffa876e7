"""What was asked once holds for every order, until the clock says otherwise."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import Context, Order
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import assess, stand_all
from posmember.domain.rules.calendar import next_change_at
from posmember.domain.rules.eligibility import evaluate, evaluate_for_order, stand
from tests.fakes.situations import contexts, orders, profiles
from tests.fakes.unhurried import UNHURRIED

slow = settings(UNHURRIED, max_examples=40)


@given(profiles(), contexts, orders, st.floats(0, 1, exclude_max=True))
@slow
def test_a_standing_holds_for_any_order_until_the_next_change(
    profile: Profile, where: Context, order: Order, part: float
) -> None:
    for coupon in profile.coupons:
        standing = stand(coupon, where)
        until = next_change_at([coupon], where.now)
        later = replace(where, order=order, now=where.now + (until - where.now) * part)
        assert evaluate_for_order(coupon, later, standing) == evaluate(coupon, later)


@given(profiles(), contexts, orders)
@slow
def test_prepared_or_not_a_member_gets_the_same_answer(
    profile: Profile, where: Context, order: Order
) -> None:
    standings = stand_all(profile, where.store, where.now)
    prepared = assess(profile, where.store, order, where.now, standings)
    assert prepared == assess(profile, where.store, order, where.now)
