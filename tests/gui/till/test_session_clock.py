"""Laws of what is on the screen while time passes: never a verdict that does not hold now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import Order, Store
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.domain.rules.assess import assess
from posmember.domain.rules.assessment import Assessment
from posmember.lookup.sections import Loaded, Section
from posmember.lookup.units import UnitsSeen
from posmember.ui.till.session import Session
from posmember.ui.till.telling import by_what_helps
from posmember.ui.view.screen import View
from tests.fakes.assets import NOW
from tests.fakes.situations import Sources, moments, sources
from tests.fakes.unhurried import UNHURRIED

STORE = Store("1001", "88001")
ORDERS = (Order(), Order(amount=Money(5800)), Order(amount=Money(9900), item_count=2))
steps = st.one_of(
    moments,
    st.integers(-3, 90).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(-100, 100).map(lambda hours: timedelta(hours=hours)),
)
"""To a moment, or so far from the one before: passing, set, asleep."""


def loaded(data: MemberInfo | Identity | tuple[object, ...]) -> Loaded[object]:
    return Loaded(data, 5, NOW)


def verdicts(of: Assessment) -> list[object]:
    """What is said of every asset, in the order to show them."""
    answers = [
        *(each.eligibility for each in of.coupons),
        *(each.eligibility for each in of.gift_cards),
        *(each.eligibility for each in of.benefit_cards),
    ]
    return [(answer.verdict, answer.reasons, answer.notices) for answer in answers]


def anew(view: View, now: datetime) -> list[object]:
    assessment = assess(view.profile, STORE, view.order, now)
    return verdicts(replace(assessment, coupons=by_what_helps(assessment)))


@given(sources(), st.lists(st.tuples(steps, st.sampled_from(ORDERS)), max_size=8))
@settings(UNHURRIED, max_examples=150)
def test_what_is_shown_holds_at_every_moment(
    told: Sources, moves: list[tuple[datetime | timedelta, Order]]
) -> None:
    info, who, listed = told
    session = Session(STORE, UnitsSeen(MinSpendUnit.AUTO), run=1)
    session.take(Section.MEMBER, loaded(info))
    session.take(Section.IDENTITY, loaded(who))
    now = NOW
    view = session.view(ORDERS[0], now)
    for number, (step, order) in enumerate(moves):
        now = step if isinstance(step, datetime) else now + step
        until = session.holds_until(now)
        if until is not None:
            assert until > now
            assert verdicts(view.assessment) == anew(view, now)
        if number == 3:
            session.take(Section.GIFT_CARDS, loaded(listed))
        view = session.view(order, now)
        assert verdicts(view.assessment) == anew(view, view.now)
        assert session.holds_until(now) is not None
