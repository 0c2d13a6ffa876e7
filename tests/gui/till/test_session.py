"""One member on the screen: what its parts become, and what stays the same object."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Order, OrderType, Store
from posmember.domain.coupon import CouponRecord, IdentityCoupon
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.member import BenefitCard, Identity, PointsRule
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Eligibility, NoticeCode, ReasonCode, Verdict
from posmember.errors import (
    ApiTimeoutError,
    OtherMemberError,
    PosMemberError,
)
from posmember.lookup.sections import (
    Failed,
    Idle,
    Loaded,
    Loading,
    Section,
    Skipped,
    SkipReason,
)
from posmember.lookup.units import UnitsSeen
from posmember.ui.till.session import Session
from tests.fakes.assets import TEMPLATE
from tests.gui import samples
from tests.gui.driving import NOW, answer, identity, member_info
from tests.gui.till.sessions import CODE, LATE, ORDER, a_loaded_session, a_session, asked_again


def test_nobody_yet() -> None:
    session = Session(Store(), UnitsSeen(MinSpendUnit.AUTO))
    view = session.view(ORDER, NOW)
    assert (view.run, session.user_id, session.identifiers) == (0, "", ())
    assert set(view.sections.values()) == {Idle()}
    assert not session.waiting


def test_it_is_waiting_until_everything_is_answered() -> None:
    session = a_session()
    for section in Section:
        assert session.waiting
        session.take(section, answer(section, "A"))
    assert not session.waiting


def test_the_parts_become_one_profile() -> None:
    view = a_loaded_session().view(ORDER, NOW)
    assert view.profile.person is not None
    assert view.profile.person.user_id == "id-A"
    assert [one.coupon.title for one in view.assessment.coupons] == ["A的券"]
    assert [one.card.name for one in view.assessment.gift_cards] == ["A的卡"]


@pytest.mark.parametrize("source", [Section.MEMBER, Section.IDENTITY])
def test_the_user_id_is_known_from_either(source: Section) -> None:
    session = a_session()
    assert list(session.identifiers) == list(CODE)
    session.take(Section.MEMBER, Failed(ApiTimeoutError("late"), 5))
    session.take(source, answer(source, "A"))
    assert session.user_id == "id-A"
    assert session.identifiers[0] == Identifier(IdentifierKind.USER_ID, "id-A")


def test_nothing_is_joined_before_member_info_has_answered() -> None:
    session = a_session()
    session.take(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    session.take(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    assert session.view(ORDER, NOW).profile.person is None
    session.take(Section.MEMBER, answer(Section.MEMBER, "A"))
    profile = session.view(ORDER, NOW).profile
    assert profile.person is not None
    assert [card.name for card in profile.gift_cards] == ["A的卡"]


def test_without_a_user_id_it_is_asked_for_as_before() -> None:
    session = a_session()
    session.take(Section.MEMBER, Loaded(member_info("A", user_id=""), 5, NOW))
    assert session.identifiers == CODE


def test_giving_up_ends_what_is_waited_for_and_nothing_else() -> None:
    session = a_session()
    session.take(Section.MEMBER, answer(Section.MEMBER, "A"))
    session.refreshing = True
    given_up = Failed(PosMemberError("a bug"), 0)
    session.give_up(given_up)
    view = session.view(ORDER, NOW)
    assert isinstance(view.sections[Section.MEMBER], Loaded)
    assert view.sections[Section.IDENTITY] is view.sections[Section.GIFT_CARDS] is given_up
    assert not view.refreshing


# --- the same objects --------------------------------------------------------------------------


def test_the_same_view_again_is_made_of_the_same_objects() -> None:
    session = a_loaded_session()
    first, second = session.view(ORDER, NOW), session.view(Order(), NOW)
    assert first.profile is second.profile
    assert first.assessment is second.assessment
    assert first.member_panel is second.member_panel
    assert first.coupons_panel is second.coupons_panel
    assert first.gift_cards_panel is second.gift_cards_panel


def test_another_order_changes_the_assessment_alone() -> None:
    session = a_loaded_session()
    first = session.view(ORDER, NOW)
    second = session.view(Order(OrderType.DINE_IN, Money(5800)), NOW)
    assert first.profile is second.profile
    assert first.coupons_panel is second.coupons_panel
    assert first.assessment is not second.assessment
    assert second.assessment.coupons[0].saving == Money(1000)


def test_gift_cards_that_come_later_leave_the_coupons() -> None:
    session = a_session()
    session.take(Section.MEMBER, answer(Section.MEMBER, "A"))
    session.take(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    first = session.view(ORDER, NOW)
    session.take(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    second = session.view(ORDER, NOW)
    assert first.assessment.coupons is second.assessment.coupons
    assert first.profile.person is second.profile.person
    assert [one.card.name for one in second.assessment.gift_cards] == ["A的卡"]
    at_once = a_loaded_session().view(ORDER, NOW)
    assert second.assessment == at_once.assessment
    assert second.profile == at_once.profile


def test_a_view_does_not_change_after_it_was_made() -> None:
    session = a_session()
    first = session.view(ORDER, NOW)
    session.take(Section.MEMBER, answer(Section.MEMBER, "A"))
    assert first.sections[Section.MEMBER] == Loading()
    assert first.profile.person is None


def test_a_refresh_that_changes_nothing_leaves_the_panels() -> None:
    session = asked_again()
    first = session.view(ORDER, NOW)
    for section in Section:
        session.take_again(section, answer(section, "A"))
    second = session.view(ORDER, NOW)
    assert second.member_panel is first.member_panel
    assert second.assessment == first.assessment


# --- paid benefit cards ------------------------------------------------------------------------

MONTH = BenefitCard("1", "月卡", samples.day("2026-11-01"), samples.day("2026-12-01"))


def with_a_benefit_card(**more: Any) -> Loaded[Any]:
    return Loaded(member_info("A", benefit_cards=(MONTH,), **more), 5, NOW)


@pytest.mark.parametrize(
    ("state", "account"),
    [
        (Loading(), AccountStatus.LATE),
        (LATE, AccountStatus.FAILED),
        (Failed(OtherMemberError("another"), 5), AccountStatus.FAILED),
        (Skipped(SkipReason.NO_USER_ID), AccountStatus.FAILED),
        (Loaded(Identity(user_id="id-A"), 5, NOW), AccountStatus.UNREADABLE),
        (Loaded(Identity(user_id="id-A", status=7), 5, NOW), AccountStatus.UNREADABLE),
        (Loaded(Identity(user_id="id-A", status=0), 5, NOW), AccountStatus.FROZEN),
        (answer(Section.IDENTITY, "A"), AccountStatus.ACTIVE),
    ],
)
def test_an_account_is_late_failed_unreadable_or_known(state: Any, account: AccountStatus) -> None:
    """Where it is not known, everything is to be checked; while it is asked, without a reason."""
    session = a_session()
    session.take(Section.MEMBER, with_a_benefit_card())
    session.take(Section.IDENTITY, state)
    view = session.view(ORDER, NOW)
    assert view.profile.person is not None
    assert view.profile.person.account is view.context.account is account
    (card,) = view.assessment.benefit_cards
    if account.known:
        frozen = account is AccountStatus.FROZEN
        assert card.eligibility.verdict is (Verdict.NOT_USABLE if frozen else Verdict.USABLE)
        return
    assert card.eligibility.verdict is Verdict.CHECK
    assert card.eligibility.reasons == ()
    assert view.checks_coupons is (account is AccountStatus.LATE)
    if view.checks_coupons:
        assert view.assessment.reasons == ()
        assert NoticeCode.ACCOUNT_UNCHECKED not in {n.code for n in view.assessment.notices}
        return
    (reason,) = view.assessment.reasons
    assert reason.code is ReasonCode.VALUE_UNKNOWN
    assert reason.params == {"field": "account", "state": account.value}
    told = [notice.code for notice in view.assessment.notices]
    assert told.count(NoticeCode.ACCOUNT_UNCHECKED) == 1


@pytest.mark.parametrize(
    ("state", "account"), [(Loading(), AccountStatus.LATE), (LATE, AccountStatus.FAILED)]
)
def test_gift_cards_of_nobody_are_judged_by_the_same_states(
    state: Any, account: AccountStatus
) -> None:
    session = a_session()
    session.take(Section.MEMBER, LATE)
    session.take(Section.IDENTITY, state)
    session.take(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    view = session.view(ORDER, NOW)
    assert (view.profile.person, view.context.account) == (None, account)
    (card,) = view.assessment.gift_cards
    assert view.checks_gift_cards is (account is AccountStatus.LATE)
    if view.checks_gift_cards:
        assert card.eligibility == Eligibility(Verdict.CHECK)
        return
    assert card.eligibility.verdict is Verdict.CHECK
    assert [reason.params.get("state") for reason in view.assessment.reasons] == [account.value]


@pytest.mark.parametrize("more", [{}, {"coupons": ()}], ids=["coupons", "no coupons"])
def test_a_benefit_card_waits_for_the_account(more: dict[str, Any]) -> None:
    session = a_session()
    session.take(Section.MEMBER, with_a_benefit_card(**more))
    (before,) = session.view(ORDER, NOW).assessment.benefit_cards
    assert before.eligibility.verdict is Verdict.CHECK
    session.take(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    (after,) = session.view(ORDER, NOW).assessment.benefit_cards
    assert after.eligibility.verdict is Verdict.USABLE


@pytest.mark.parametrize("more", [{}, {"coupons": ()}], ids=["coupons", "no coupons"])
def test_gift_cards_that_come_later_leave_the_benefit_cards(more: dict[str, Any]) -> None:
    session = a_session()
    session.take(Section.MEMBER, with_a_benefit_card(**more))
    session.take(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    first = session.view(ORDER, NOW).assessment
    session.take(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    second = session.view(ORDER, NOW).assessment
    assert second.benefit_cards is first.benefit_cards
    assert len(second.gift_cards) == 1


@pytest.mark.parametrize("more", [{}, {"coupons": ()}], ids=["coupons", "no coupons"])
def test_a_benefit_card_ends_by_itself(more: dict[str, Any]) -> None:
    session = a_session()
    session.take(Section.MEMBER, with_a_benefit_card(**more))
    session.take(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    last_day = samples.moment("2026-12-01 23:00:00").at
    over = samples.day("2026-12-02").at
    session.view(ORDER, last_day)
    assert session.holds_until(last_day) == over
    assert session.holds_until(over) is None
    (card,) = session.view(ORDER, over).assessment.benefit_cards
    assert [reason.code for reason in card.eligibility.reasons] == [ReasonCode.EXPIRED]


def test_the_next_members_threshold_is_read_as_the_till_has_seen_it_proven() -> None:
    """Their coupon's unit nothing of their own proves: identity does not know it."""
    units = UnitsSeen(MinSpendUnit.AUTO)
    order = Order(OrderType.DINE_IN, Money(2000))

    def verdict(identity_knows: Money | None) -> Verdict:
        session = Session(Store("1001", "88001"), units, CODE, run=1)
        coupons = (IdentityCoupon(redemption_code="code-A", min_spend=identity_knows),)
        told = replace(identity("A"), coupons=coupons if identity_knows is not None else ())
        template = replace(TEMPLATE, min_spend=Decimal(30))
        record = CouponRecord(redemption_code="code-A", status=0, template=template)
        record = replace(record, valid_until=samples.day("2100-01-01"))
        session.take(Section.MEMBER, Loaded(member_info("A", coupons=(record,)), 5, NOW))
        session.take(Section.IDENTITY, Loaded(told, 5, NOW))
        session.take(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
        return session.view(order, NOW).assessment.coupons[0].eligibility.verdict

    assert verdict(None) is Verdict.CHECK, "30 元 or 0.30 元"
    assert verdict(Money(3000)) is Verdict.NOT_USABLE
    assert verdict(None) is Verdict.NOT_USABLE


def test_points_of_a_member_without_coupons_follow_identity() -> None:
    session = a_session()
    session.take(Section.MEMBER, Loaded(member_info("A", coupons=()), 5, NOW))
    order = Order(OrderType.DINE_IN, Money(5800))
    assert session.view(order, NOW).assessment.points_deduction is None
    rule = PointsRule(1, Decimal("0.01"), Decimal(50))
    known = replace(identity("A"), points_payment=True, points_rule=rule)
    session.take(Section.IDENTITY, Loaded(known, 5, NOW))
    assert session.view(order, NOW).assessment.points_deduction is not None
