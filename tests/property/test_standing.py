"""What was asked once holds for every order, until the clock says otherwise."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import Context, Order
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Person, Profile
from posmember.domain.rules.assess import assess, stand_all
from posmember.domain.rules.calendar import next_change_at
from posmember.domain.rules.eligibility import evaluate, evaluate_for_order, stand
from posmember.domain.rules.reasons import Verdict
from posmember.domain.rules.saving import estimate
from tests.fakes.situations import contexts, coupons, gift_cards_of_any_kind, orders, profiles
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


@st.composite
def _alike(draw: st.DrawFn, assets: st.SearchStrategy[Any]) -> tuple[Any, ...]:
    """Some that have many of their fields from one another, and so are alike in some of them."""
    first, second = draw(assets), draw(assets)
    names = st.sets(st.sampled_from([each.name for each in fields(first)]))
    parts = draw(st.lists(names, min_size=2, max_size=8))
    return tuple(replace(first, **{name: getattr(second, name) for name in each}) for each in parts)


@given(_alike(coupons), _alike(gift_cards_of_any_kind), contexts)
@settings(UNHURRIED, max_examples=150)
def test_who_is_asked_with_others_gets_what_it_would_get_alone(
    mine: tuple[Coupon, ...], cards: tuple[GiftCard, ...], where: Context
) -> None:
    person = Person(account=where.account, password_enabled=where.password_enabled)
    profile = Profile(person, coupons=mine, gift_cards=cards)
    shown = assess(profile, where.store, where.order, where.now)
    assert (len(shown.coupons), len(shown.gift_cards)) == (len(mine), len(cards))
    for each in shown.coupons:
        assert each.eligibility == evaluate(each.coupon, where)
        blocked = each.eligibility.verdict is Verdict.NOT_USABLE
        assert each.saving == (None if blocked else estimate(each.coupon, where.order))
    for card in shown.gift_cards:
        assert card.eligibility == evaluate(card.card, where)
