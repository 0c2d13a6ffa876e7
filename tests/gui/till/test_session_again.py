"""One member on the screen, asked for again: by what, and what of the answers is taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Order, OrderType
from posmember.domain.coupon import IdentityCoupon
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import Whose
from posmember.domain.member import Identity
from posmember.domain.money import Money
from posmember.errors import MemberNotFoundError
from posmember.lookup.sections import Failed, Loaded, Loading, Section, Skipped, SkipReason
from tests.gui.driving import NOW, answer, by_id, gift_cards, identity, member_info
from tests.gui.till.sessions import CODE, LATE, ORDER, a_loaded_session, a_session, asked_again
from tests.gui.till.tellings import coupon_record, identity_coupon

FREE = 1

WORSE = [Loading(), LATE, Skipped(SkipReason.NOT_FOUND), Failed(MemberNotFoundError("gone"), 5)]


@pytest.mark.parametrize("state", WORSE, ids=["loading", "late", "skipped", "gone"])
@pytest.mark.parametrize("section", list(Section))
def test_what_was_loaded_stays_until_there_is_better(section: Section, state: Any) -> None:
    session = asked_again()
    before = session.view(ORDER, NOW)
    assert not session.take_again(section, state)
    after = session.view(ORDER, NOW)
    assert after.sections == before.sections
    assert after.profile is before.profile


@pytest.mark.parametrize("section", list(Section))
def test_what_failed_is_replaced_by_anything(section: Section) -> None:
    session = a_loaded_session()
    session.take(section, LATE)
    asked_again(session)
    for state in (Loading(), LATE, answer(section, "A")):
        assert session.take_again(section, state)
        session.settle()
        assert session.view(ORDER, NOW).sections[section] is state


def test_a_newer_answer_replaces_the_older() -> None:
    session = asked_again()
    newer = Loaded(member_info("A", points=Decimal(7)), 5, NOW)
    assert session.take_again(Section.MEMBER, newer)
    session.settle()
    assert session.view(ORDER, NOW).profile.balances.points == Decimal(7)


def test_a_part_of_now_is_not_told_beside_one_of_before() -> None:
    """A coupon that was used meanwhile: two answers of two moments differ, and nothing is wrong."""
    session = a_session()
    used = coupon_record("c1", 5)
    session.take(Section.MEMBER, Loaded(member_info("A", coupons=(used,)), 5, NOW))
    session.take(Section.IDENTITY, with_coupons(identity_coupon("c1", FREE)))
    session.take(Section.GIFT_CARDS, Loaded((), 5, NOW))
    before = session.view(ORDER, NOW)
    asked_again(session)
    without = Loaded(member_info("A", coupons=()), 5, NOW)
    assert session.take_again(Section.MEMBER, without)
    assert session.view(ORDER, NOW).assessment is before.assessment
    assert session.take_again(Section.IDENTITY, with_coupons())
    assert session.view(ORDER, NOW).assessment is before.assessment
    session.settle()
    assert session.view(ORDER, NOW).assessment.coupons == ()


def test_that_the_account_is_frozen_now_is_told_at_once() -> None:
    session = asked_again()
    told = answer(Section.IDENTITY, "A")
    session.take_again(Section.IDENTITY, replace(told, data=replace(told.data, status=0)))
    assert session.view(ORDER, NOW).profile.account is AccountStatus.FROZEN
    session.settle()
    assert session.view(ORDER, NOW).profile.account is AccountStatus.FROZEN


def test_what_was_held_of_a_refresh_is_dropped_by_the_next() -> None:
    session = asked_again()
    newer = Loaded(member_info("A", points=Decimal(7)), 5, NOW)
    assert session.take_again(Section.MEMBER, newer)
    asked_again(session)
    session.settle()
    assert session.view(ORDER, NOW).profile.balances.points != Decimal(7)


def test_what_is_taken_back_in_a_refresh_is_not_held() -> None:
    session = asked_again()
    before = session.view(ORDER, NOW)
    told = Loaded(replace(identity("A"), nickname="另一个"), 5, NOW)
    assert session.take_again(Section.IDENTITY, told)
    assert not session.take_again(Section.IDENTITY, Loading())
    session.settle()
    assert session.view(ORDER, NOW).profile is before.profile


def with_coupons(*coupons: IdentityCoupon) -> Loaded[Identity]:
    return Loaded(replace(identity("A"), coupons=coupons), 5, NOW)


@pytest.mark.parametrize("section", list(Section))
def test_someone_elses_answer_is_not_taken(section: Section) -> None:
    session = asked_again()
    before = session.view(ORDER, NOW)
    assert not session.take_again(section, answer(section, "B"))
    assert session.view(ORDER, NOW).profile is before.profile


@pytest.mark.parametrize(
    ("section", "data"),
    [
        (Section.MEMBER, member_info("B", user_id="", mobile="13900000002")),
        (Section.IDENTITY, Identity(nickname="B", mobile="+86 139-0000-0002")),
    ],
    ids=["member", "identity"],
)
def test_an_answer_without_an_id_and_with_another_phone_is_someone_elses(
    section: Section, data: object
) -> None:
    session = asked_again()
    assert not session.take_again(section, Loaded(data, 5, NOW, asked_by=by_id("A")))


@pytest.mark.parametrize(
    ("section", "data"),
    [
        (Section.MEMBER, member_info("A", user_id="")),
        (Section.MEMBER, member_info("A", user_id="", mobile="+86 138 0000 0001")),
        (Section.IDENTITY, Identity(nickname="A", mobile="86 13800000001")),
        (Section.IDENTITY, Identity(nickname="A")),
        (Section.GIFT_CARDS, ()),
    ],
)
def test_an_answer_without_an_id_is_whose_was_asked_for(section: Section, data: object) -> None:
    session = asked_again()
    assert session.take_again(section, Loaded(data, 5, NOW, asked_by=by_id("A")))


@pytest.mark.parametrize("mobile", ["", "0", "无", "null", "138****0001", "1380000"])
def test_member_infos_answer_by_an_id_that_names_nobody_may_be_anothers(mobile: str) -> None:
    """The id can be somebody's member code, which member-info takes in the same field."""
    session = asked_again()
    nameless = Loaded(member_info("A", user_id="", mobile=mobile), 5, NOW, asked_by=by_id("A"))
    assert not session.take_again(Section.MEMBER, nameless)


def test_the_cards_of_an_id_that_identity_was_asked_by() -> None:
    """Found by an id, member-info and identity agree by the phone, and neither names it."""
    session = a_session()
    nameless = member_info("A", user_id="")
    session.take(Section.MEMBER, Loaded(nameless, 5, NOW, asked_by=ID_A, found_by=ID_A))
    session.take(Section.IDENTITY, LATE)
    session.take(Section.GIFT_CARDS, Skipped(SkipReason.NO_USER_ID))
    session.request(ORDER)
    assert not session.take_again(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    told = Identity(mobile="13800000001")
    assert session.take_again(Section.IDENTITY, Loaded(told, 5, NOW, asked_by=ID_A))
    assert session.take_again(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))


@pytest.mark.parametrize("asked_by", [None, CODE[0]], ids=["by nothing known", "by another"])
def test_gift_cards_of_an_unknown_owner_are_not_taken(asked_by: Identifier | None) -> None:
    session = asked_again()
    cards = Loaded(gift_cards("A"), 5, NOW, asked_by=asked_by)
    assert not session.take_again(Section.GIFT_CARDS, cards)


def test_the_cards_of_an_id_that_a_refresh_told() -> None:
    """Member-info gives no id, and identity, which gives it, had failed."""
    session = a_session()
    nameless = Loaded(member_info("A", user_id=""), 5, NOW, asked_by=CODE[0], found_by=CODE[0])
    session.take(Section.MEMBER, nameless)
    session.take(Section.IDENTITY, LATE)
    session.take(Section.GIFT_CARDS, Skipped(SkipReason.NO_USER_ID))
    request = session.request(ORDER)
    assert request.identifiers == CODE
    told = Loaded(identity("A"), 5, NOW, asked_by=CODE[0])
    assert session.take_again(Section.IDENTITY, told)
    assert session.take_again(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    assert not session.take_again(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "B"))


def test_a_refresh_of_a_lookup_that_found_nobody_is_a_first_one() -> None:
    """What of another was delivered first is taken back: nobody was on the screen."""
    session = a_session()
    for section in Section:
        session.take(section, LATE)
    assert session.request(ORDER).shown is None
    assert session.take_again(Section.IDENTITY, answer(Section.IDENTITY, "B"))
    assert session.take_again(Section.IDENTITY, Loading())
    assert session.take_again(Section.MEMBER, answer(Section.MEMBER, "A"))
    person = session.view(ORDER, NOW).profile.person
    assert person is not None
    assert person.user_id == "id-A"


ID_A, MOBILE_A = by_id("A"), Identifier(IdentifierKind.MOBILE, "13800000001")


@pytest.mark.parametrize(
    ("found_by", "told", "ways"),
    [
        (CODE[1], {}, (ID_A, CODE[1], MOBILE_A)),
        (CODE[1], {"mobile": "+86 138-0000-0001"}, (ID_A, CODE[1], MOBILE_A)),
        (CODE[1], {"mobile": "138****0001"}, (ID_A, CODE[1])),
        (CODE[1], {"mobile": ""}, (ID_A, CODE[1])),
        (MOBILE_A, {}, (ID_A, MOBILE_A)),
        (ID_A, {"mobile": ""}, (ID_A,)),
        (None, {"mobile": ""}, (ID_A,)),
        (CODE[1], {"user_id": ""}, CODE),
    ],
)
def test_by_what_a_member_is_asked_for_again(
    found_by: Identifier | None, told: dict[str, str], ways: tuple[Identifier, ...]
) -> None:
    session = a_session()
    info = Loaded(member_info("A", **told), 5, NOW, asked_by=found_by, found_by=found_by)
    session.take(Section.MEMBER, info)
    request = session.request(Order(OrderType.DELIVERY, discount=Money(100)))
    assert request.identifiers == ways
    assert (request.order_type, request.discount) == (OrderType.DELIVERY, Money(100))
    mobile = told.get("mobile", "13800000001")
    assert request.shown == Whose(found_by, told.get("user_id", "id-A"), mobile)
