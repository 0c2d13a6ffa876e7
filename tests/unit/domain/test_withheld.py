"""What is kept back of a member who was found by a phone number: all codes, and stored value."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime

import pytest

from posmember.domain.context import Order, OrderType, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.domain.rules.assess import assess
from posmember.domain.values import CHINA
from posmember.domain.withheld import any_by_phone, is_by_phone, without_codes
from tests.bench.members import LARGE, USUAL
from tests.bench.profiles import profile

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
K = IdentifierKind


def texts(value: object) -> set[str]:
    """Every text in a record and all that is in it."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple | list):
        return {text for each in value for text in texts(each)}
    if is_dataclass(value):
        return {text for each in fields(value) for text in texts(getattr(value, each.name))}
    return set()


def codes(of: Profile) -> set[str]:
    found = {coupon.redemption_code for coupon in of.coupons}
    found |= {card.card_number for card in of.gift_cards}
    found |= {coupon.record.card_id for coupon in of.coupons if coupon.record}
    found |= {c.record.third_party_number for c in of.gift_cards if c.record}
    return found - {""}


@pytest.fixture(scope="module", params=[USUAL, LARGE], ids=["usual", "large"])
def whole(request: pytest.FixtureRequest) -> Profile:
    return profile(request.param.code, request.param.user_id, NOW)


def test_no_code_is_left_anywhere(whole: Profile) -> None:
    assert len(codes(whole)) >= 10
    assets = (*without_codes(whole).coupons, *without_codes(whole).gift_cards)
    assert not codes(whole) & texts(assets)


def test_nor_in_other_tellings_of_the_same(whole: Profile) -> None:
    coupon, card = whole.coupons[0], whole.gift_cards[0]
    told = replace(
        whole,
        coupons=(replace(coupon, versions=(coupon,), entries=(coupon,)),),
        gift_cards=(replace(card, versions=(card,), entries=(card,)),),
    )
    kept = without_codes(told)
    assert not codes(told) & texts((*kept.coupons, *kept.gift_cards))


def test_stored_value_is_kept_back_and_points_are_not(whole: Profile) -> None:
    kept = without_codes(whole)
    assert kept.withheld
    assert not whole.withheld
    assert kept.balances.points == whole.balances.points is not None
    amounts = [
        getattr(kept.balances, name)
        for name in ("principal", "bonus", "total", "lifetime_principal", "lifetime_bonus")
    ]
    assert amounts == [None] * 5


def test_the_verdicts_are_the_same(whole: Profile) -> None:
    order = Order(OrderType.DINE_IN, Money(5800), Money(0), 3)

    def answers(of: Profile) -> list[str]:
        assessed = assess(of, Store("1001", "88001"), order, NOW)
        coupons = [repr(each.eligibility) for each in assessed.coupons]
        return sorted([*coupons, *(repr(each.eligibility) for each in assessed.gift_cards)])

    assert answers(without_codes(whole)) == answers(whole)


@pytest.mark.parametrize(
    ("identifier", "by_phone"),
    [
        (Identifier(K.MOBILE, "13800000001"), True),
        (Identifier(K.CARD_NUMBER, "13800000001"), True),
        (Identifier(K.MEMBER_CODE, "13800000001"), True),
        (Identifier(K.MEMBER_CODE, "qm0000001"), False),
        (Identifier(K.CARD_NUMBER, "VIP880005"), False),
        (Identifier(K.USER_ID, "100001"), False),
    ],
)
def test_what_is_by_a_phone_number(identifier: Identifier, by_phone: bool) -> None:
    assert is_by_phone(identifier) is by_phone


def test_one_phone_number_among_several_is_enough() -> None:
    code, phone = Identifier(K.MEMBER_CODE, "qm0000001"), Identifier(K.MOBILE, "13800000001")
    assert any_by_phone([code, phone])
    assert not any_by_phone([code])
    assert not any_by_phone([])
