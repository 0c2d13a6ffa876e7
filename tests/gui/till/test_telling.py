"""What is told while answers are under way: nothing that the next one takes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from posmember.domain.context import Order, OrderType
from posmember.domain.money import Money
from posmember.domain.rules.assessment import Assessment
from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.errors import ApiTimeoutError
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState
from posmember.ui.models.grouping import grouped
from posmember.ui.till.session import Session
from posmember.ui.view.screen import View
from tests.gui.driving import NOW, identity, member_info
from tests.gui.till.sessions import ORDER, a_session
from tests.gui.till.tellings import cards, coupon_record, identity_coupon

LOCKED, FREE = 2, 1


def member() -> Loaded[object]:
    """Three coupons, of which the second saves most."""
    records = tuple(
        coupon_record(code, saves) for code, saves in (("c1", 5), ("c2", 20), ("c3", 9))
    )
    return Loaded(member_info("A", coupons=records), 5, NOW)


def identified(*, status: int = 1, locks: dict[str, int] | None = None) -> Loaded[object]:
    found = tuple(identity_coupon(code, lock) for code, lock in (locks or {}).items())
    return Loaded(replace(identity("A"), status=status, coupons=found), 5, NOW)


def codes(view: View) -> list[str]:
    return [each.coupon.redemption_code for each in view.assessment.coupons]


def begun() -> Session:
    session = a_session()
    session.take(Section.MEMBER, member())
    return session


def test_while_identity_is_asked_no_verdict_no_reason_and_no_suggestion_is_told() -> None:
    view = begun().view(ORDER, NOW)
    assert view.checks_coupons
    assert view.checks_gift_cards
    answers = [each.eligibility for each in view.assessment.coupons]
    answers += [each.eligibility for each in view.assessment.gift_cards]
    assert {answer.reasons for answer in answers} == {()}
    assert {answer.verdict for answer in answers} == {Verdict.CHECK}, "not known, on the row"
    assert view.assessment.suggestion is None
    assert view.nearly is None
    assert {each.saving for each in view.assessment.coupons} == {None}


def test_rows_stand_where_they_stay() -> None:
    session = begun()
    late = session.view(ORDER, NOW)
    assert codes(late) == ["c2", "c3", "c1"], "as they most likely stand"
    session.take(Section.IDENTITY, identified())
    known = session.view(ORDER, NOW)
    assert codes(known) == codes(late)
    assert known.assessment.suggestion is not None
    assert known.assessment.suggestion.coupon.redemption_code == "c2"


def test_a_row_keeps_its_place_also_where_it_turns_out_to_be_blocked() -> None:
    session = begun()
    late = session.view(ORDER, NOW)
    session.take(Section.IDENTITY, identified(locks={"c2": LOCKED, "new": FREE}))
    known = session.view(ORDER, NOW)
    assert codes(known) == [*codes(late), "new"], "what is new comes behind"
    (locked,) = (a for a in known.assessment.coupons if a.coupon.redemption_code == "c2")
    assert [reason.code for reason in locked.eligibility.reasons] == [ReasonCode.LOCKED]
    moved = session.view(Order(OrderType.DINE_IN, Money(9900)), NOW)
    assert codes(moved)[-1] == "c2", "with another order rows stand by their verdicts again"


def alike(*codes: str) -> Loaded[object]:
    """Coupons of one template, and one that saves less."""
    one = coupon_record("one", 9)
    several = tuple(replace(one, coupon_id=code, redemption_code=code) for code in codes)
    return Loaded(member_info("A", coupons=(*several, coupon_record("other", 5))), 5, NOW)


@pytest.mark.parametrize(
    ("locked", "order"),
    [
        ({}, ["a", "b", "c", "other"]),
        ({"b": LOCKED}, ["a", "c", "other", "b"]),
        ({"a": LOCKED}, ["b", "c", "other", "a"]),
        ({"a": LOCKED, "b": LOCKED, "c": LOCKED}, ["a", "b", "c", "other"]),
    ],
)
def test_what_leaves_a_row_of_several_moves_no_other_row(
    locked: dict[str, int], order: list[str]
) -> None:
    session = a_session()
    session.take(Section.MEMBER, alike("a", "b", "c"))
    assert codes(session.view(ORDER, NOW)) == ["a", "b", "c", "other"]
    session.take(Section.IDENTITY, identified(locks=locked))
    view = session.view(ORDER, NOW)
    assert codes(view) == order
    rows = [group[0].coupon.redemption_code for group in grouped(view.assessment.coupons)]
    assert rows.index("other") == 1, "it stays in its place"


def test_rows_stay_when_an_identity_that_failed_is_asked_again() -> None:
    session = a_session()
    doubtful = coupon_record("doubt", 50)
    assert doubtful.template is not None
    doubtful = replace(doubtful, template=replace(doubtful.template, scene_type=99))
    records = (doubtful, coupon_record("c1", 5), coupon_record("c2", 20))
    session.take(Section.MEMBER, Loaded(member_info("A", coupons=records), 5, NOW))
    session.take(Section.IDENTITY, Failed(ApiTimeoutError("late"), 5))
    session.take(Section.GIFT_CARDS, Loaded(cards("k1", "k2"), 5, NOW))
    failed = session.view(ORDER, NOW)
    assert codes(failed)[0] == "doubt", "where all are to check, by what they save"
    session.request(ORDER)
    assert session.take_again(Section.IDENTITY, Loading())
    again = session.view(ORDER, NOW)
    assert again.checks_coupons
    assert codes(again) == codes(failed)
    assert session.take_again(Section.IDENTITY, identified(locks={"c2": LOCKED}))
    session.settle()
    known = session.view(ORDER, NOW)
    assert not known.checks_coupons
    assert codes(known) == codes(failed)


def test_a_frozen_account_moves_no_row() -> None:
    session = begun()
    late = session.view(ORDER, NOW)
    session.take(Section.IDENTITY, identified(status=0))
    known = session.view(ORDER, NOW)
    assert codes(known) == codes(late)
    verdicts = {each.eligibility.verdict for each in known.assessment.coupons}
    assert verdicts == {Verdict.NOT_USABLE}


def test_gift_cards_wait_for_their_list_too() -> None:
    session = begun()
    session.take(Section.IDENTITY, identified())
    late = session.view(ORDER, NOW)
    assert not late.checks_coupons
    assert late.checks_gift_cards
    assert late.assessment.suggestion is not None, "coupons need no list of cards"
    assert all(card.eligibility.reasons == () for card in late.assessment.gift_cards)
    session.take(Section.GIFT_CARDS, Loaded(cards("k1", "k2"), 5, NOW))
    known = session.view(ORDER, NOW)
    assert not known.checks_gift_cards
    assert {card.eligibility.verdict for card in known.assessment.gift_cards} != set()


ANSWERS: dict[Section, tuple[SectionState, ...]] = {
    Section.MEMBER: (member(),),
    Section.IDENTITY: (
        identified(),
        identified(status=0),
        identified(locks={"c1": LOCKED, "c2": FREE}),
        Failed(ApiTimeoutError("late"), 5),
    ),
    Section.GIFT_CARDS: (Loaded(cards("k1"), 5, NOW), Failed(ApiTimeoutError("late"), 5)),
}


def tellings() -> Iterator[tuple[tuple[Section, SectionState], ...]]:
    """Every answer of each section, in every order in which they can come."""
    for who in ANSWERS[Section.IDENTITY]:
        for listed in ANSWERS[Section.GIFT_CARDS]:
            told = {**{Section.MEMBER: member()}, Section.IDENTITY: who, Section.GIFT_CARDS: listed}
            yield from permutations(told.items())


@pytest.mark.parametrize("answers", list(tellings()))
def test_nothing_is_told_that_the_next_answer_takes_back(
    answers: tuple[tuple[Section, SectionState], ...],
) -> None:
    session = a_session()
    views = []
    for section, state in answers:
        session.take(section, state)
        view = session.view(ORDER, NOW)
        if not isinstance(view.sections[Section.MEMBER], Loading):  # else there are only bars
            views.append(view)
    for view in views:
        assert_holds(view, views[-1])


def assert_holds(view: View, last: View) -> None:
    """All that a view tells is told by the last one as well."""
    if not view.checks_coupons:
        answers = {each.coupon: each.eligibility for each in last.assessment.coupons}
        assert all(answers[a.coupon] == a.eligibility for a in view.assessment.coupons)
        assert view.assessment.suggestion == last.assessment.suggestion
    if not view.checks_gift_cards:
        assert view.assessment.gift_cards == last.assessment.gift_cards
    shown = codes(view)
    assert codes(last)[: len(shown)] == shown, "no row moves"


def test_what_is_told_is_the_same_object_while_nothing_changes() -> None:
    session = begun()
    assert session.view(ORDER, NOW).assessment is session.view(ORDER, NOW).assessment
    session.take(Section.IDENTITY, identified())
    first = session.view(ORDER, NOW)
    session.take(Section.GIFT_CARDS, Loaded(cards("k1"), 5, NOW))
    second = session.view(ORDER, NOW)
    assert first.assessment.coupons is second.assessment.coupons


def test_what_is_nearly_usable_is_told_beside_what_is_usable() -> None:
    records = (coupon_record("c1", 5), coupon_record("c2", 20, needs=6400))
    session = a_session()
    session.take(Section.MEMBER, Loaded(member_info("A", coupons=records), 5, NOW))
    session.take(Section.IDENTITY, identified())
    view = session.view(Order(OrderType.DINE_IN, Money(5800)), NOW)
    assert view.assessment.suggestion is not None
    assert view.assessment.suggestion.coupon.redemption_code == "c1"
    assert view.nearly is not None
    assert view.nearly.coupon.redemption_code == "c2"
    assert view.nearly.remedy is not None
    assert view.nearly.remedy.gap == Money(600)


def test_nobody_has_nothing() -> None:
    view = a_session().view(ORDER, NOW)
    assert view.assessment == Assessment()
