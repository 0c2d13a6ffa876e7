"""Coupons and cards that are alike are asked once, and get what each would get alone."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import Coupon, CouponRecord, IdentityCoupon
from posmember.domain.giftcard import GiftCard, ListedGiftCard, MemberGiftCard
from posmember.domain.profile import Person, Profile
from posmember.domain.rules.assess import assess
from posmember.domain.rules.eligibility import evaluate, evaluate_each, stand_each
from posmember.domain.rules.reasons import Verdict
from posmember.domain.rules.saving import estimate
from posmember.domain.values import PlatformTime
from tests.fakes.assets import (
    CARD,
    CONTEXT,
    COUPON,
    NOW,
    ORDER,
    STORE,
    at,
    coupon,
    gift_card,
    min_spend,
    template,
    times_card,
)
from tests.unit.domain.rules.rule_table import TABLE

PERSON = Person(account=AccountStatus.ACTIVE)
NO_RULE_LOOKS_AT: dict[str, Any] = {
    **{"redemption_code": "x", "coupon_id": "x", "title": "x", "sources": ()},
    **{"record": CouponRecord("x"), "identity": IdentityCoupon("x"), "entries": (COUPON,)},
}
LOOKED_AT: dict[str, Any] = {
    **{"template": template(category=2), "valid_from": at("2026-12-01"), "valid_until": None},
    **{"status": 1, "lock": 2, "min_spend": min_spend(1), "discount_kind": 1},
    **{"value": Decimal(9), "percent_paid": Decimal(9), "used_of_template": 1},
    **{"twin_unclear": True, "disagreements": ("status",), "versions": (coupon(status=1),)},
}
NO_RULE_LOOKS_AT_OF_CARDS: dict[str, Any] = {
    **{"card_number": "x", "name": "x", "face_value": Decimal(9), "sources": ()},
    **{"record": MemberGiftCard("x"), "listed": ListedGiftCard("x"), "entries": (CARD,)},
}
LOOKED_AT_OF_CARDS: dict[str, Any] = {
    **{"kind": 4, "balance": None, "uses_left": 1, "times_scope": 1, "valid_from": None},
    **{"valid_until": None, "validity_kind": 1, "status": 5, "bound": 0, "non_code": 1},
    **{"used_today": 1, "time_windows": "?", "weekdays": "7", "unclear": True},
    **{"disagreements": ("status",), "versions": (gift_card(status=5),)},
}


def test_every_field_is_looked_at_or_not() -> None:
    assert {each.name for each in fields(Coupon)} == {*NO_RULE_LOOKS_AT, *LOOKED_AT}
    of_cards = {*NO_RULE_LOOKS_AT_OF_CARDS, *LOOKED_AT_OF_CARDS}
    assert {each.name for each in fields(GiftCard)} == of_cards


@pytest.mark.parametrize("name", NO_RULE_LOOKS_AT)
def test_coupons_are_alike_whatever_no_rule_looks_at(name: str) -> None:
    other = replace(COUPON, **{name: NO_RULE_LOOKS_AT[name]})
    first, second = stand_each((COUPON, other), CONTEXT)
    assert first is second
    assert evaluate(COUPON, CONTEXT) == evaluate(other, CONTEXT)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_coupons_that_differ_in_what_is_looked_at_are_not_alike(name: str) -> None:
    first, second = stand_each((COUPON, replace(COUPON, **{name: LOOKED_AT[name]})), CONTEXT)
    assert first is not second


def test_dates_that_say_nothing_now_are_alike() -> None:
    later = replace(COUPON, valid_from=at("2026-11-02"), valid_until=at("2027-01-31"))
    first, second = stand_each((COUPON, later), CONTEXT)
    assert first is second


@pytest.mark.parametrize("name", NO_RULE_LOOKS_AT_OF_CARDS)
def test_cards_are_alike_whatever_no_rule_looks_at(name: str) -> None:
    other = replace(CARD, **{name: NO_RULE_LOOKS_AT_OF_CARDS[name]})
    first, second = evaluate_each((CARD, other), CONTEXT)
    assert first is second
    assert evaluate(CARD, CONTEXT) == evaluate(other, CONTEXT)


@pytest.mark.parametrize("name", LOOKED_AT_OF_CARDS)
def test_cards_that_differ_in_what_is_looked_at_are_not_alike(name: str) -> None:
    other = replace(CARD, **{name: LOOKED_AT_OF_CARDS[name]})
    first, second = evaluate_each((CARD, other), CONTEXT)
    assert first is not second


def test_of_several_entries_none_is_like_another() -> None:
    """Not even where all but the other entries is the same."""
    versions = (coupon(status=1),), (coupon(min_spend=min_spend(9900)),)
    first, second = stand_each([coupon(versions=each) for each in versions], CONTEXT)
    assert first is not second
    of_cards = (gift_card(status=5),), (gift_card(status=2),)
    one, other = evaluate_each([gift_card(versions=each) for each in of_cards], CONTEXT)
    assert one != other


SAME_TIMES = (
    *(at("2026-11-20 12:00:00"), at("2026-11-21 00:00:00"), at("2026-11-22"), at("2026-11-23")),
    *(at("2026-11-21 14:03:23"), at("2026-12-24 00:00:00"), at("2100-01-01"), None),
)
ONE_MEMBER = (
    *(coupon(valid_until=end) for end in SAME_TIMES),
    *(coupon(valid_from=start) for start in SAME_TIMES),
    *(coupon(valid_until=end, status=1, value=Decimal(5)) for end in SAME_TIMES),
    *(case.asset for lines in TABLE.values() for case in lines if isinstance(case.asset, Coupon)),
)


def test_each_coupon_of_a_member_gets_what_it_would_get_alone() -> None:
    """All of the table's coupons at once, each of them three times."""
    shown = assess(Profile(PERSON, coupons=ONE_MEMBER * 3), STORE, ORDER, NOW).coupons
    assert len(shown) == 3 * len(ONE_MEMBER)
    for each in shown:
        assert each.eligibility == evaluate(each.coupon, CONTEXT)
        blocked = each.eligibility.verdict is Verdict.NOT_USABLE
        assert each.saving == (None if blocked else estimate(each.coupon, ORDER))


def test_each_card_of_a_member_gets_what_it_would_get_alone() -> None:
    cards = [
        *(card(valid_until=end) for end in SAME_TIMES for card in (gift_card, times_card)),
        *(case.asset for lines in TABLE.values() for case in lines),
    ]
    mine = tuple(card for card in cards if isinstance(card, GiftCard))
    shown = assess(Profile(PERSON, gift_cards=mine * 3), STORE, ORDER, NOW).gift_cards
    assert len(shown) == 3 * len(mine)
    for each in shown:
        assert each.eligibility == evaluate(each.card, CONTEXT)


def test_equal_dates_may_be_written_in_two_ways() -> None:
    """A reason tells the platform's own text, so one is not told in the words of the other."""
    written = ("2026-11-21 00:00:00", "2026/11/21 00:00")
    ends = [PlatformTime(at(written[0]).at, text=text) for text in written]
    mine = Profile(PERSON, coupons=tuple(coupon(valid_until=end) for end in ends))
    shown = assess(mine, STORE, ORDER, NOW).coupons
    assert sorted(each.eligibility.reasons[0].raw for each in shown) == sorted(written)
