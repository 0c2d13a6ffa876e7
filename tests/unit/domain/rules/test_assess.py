"""Everything a member has, in the order to show it."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import Coupon
from posmember.domain.member import BenefitCard, PointsRule
from posmember.domain.money import Money
from posmember.domain.profile import Balances, Person, Profile
from posmember.domain.rules.assess import assess, context_of, stand_all
from posmember.domain.rules.points import PointsDeduction
from tests.fakes.assets import (
    NOW,
    ORDER,
    STORE,
    at,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    template,
)

PERSON = Person(account=AccountStatus.ACTIVE, password_enabled=True)
SOON = at("2026-11-23")


def named(name: str, **changes: Any) -> Coupon:
    return coupon(redemption_code=name, **changes)


IN_ORDER = (
    named("soon, saves 10", valid_until=SOON),
    named("soon, saves 5", valid_until=at("2026-11-22"), value=Decimal(5)),
    named("saves 20", value=Decimal(20)),
    named("ends first", valid_until=at("2026-12-01")),
    named("ends later", valid_until=at("2026-12-02")),
    named("never ends a", valid_until=at("2100-01-01")),
    named("never ends b", valid_until=at("2100-01-01")),
    named("no estimate", template=template(category=2)),
    named("check, soon", valid_until=SOON, lock=3),
    named("check", lock=3),
    named("check, no end", valid_until=None),
    named("check, no estimate", template=template(goods_range=1)),
    named("spend more", min_spend=min_spend(9900), value=Decimal(30)),
    named("order type", template=template(scene_type=1)),
    named("wait", valid_from=at("2026-11-25"), value=Decimal(99)),
    named("spend more and wait", valid_from=at("2026-11-25"), min_spend=min_spend(9900)),
    named("used", status=1, value=Decimal(100)),
    named("used, and could be bought", status=1, min_spend=min_spend(9900)),
)


def assessed_codes(coupons: tuple[Coupon, ...]) -> list[str]:
    profile = Profile(person=PERSON, coupons=coupons)
    shown = assess(profile, STORE, ORDER, NOW).coupons
    return [assessed.coupon.redemption_code for assessed in shown]


def test_coupons_in_order() -> None:
    expected = [asset.redemption_code for asset in IN_ORDER]
    assert assessed_codes(IN_ORDER[::-1]) == expected
    assert assessed_codes(IN_ORDER[1::2] + IN_ORDER[::2]) == expected


def test_gift_cards_in_order() -> None:
    cards = (
        gift_card(card_number="a", valid_until=SOON),
        gift_card(card_number="b", valid_until=at("2027-01-01")),
        gift_card(card_number="c"),
        gift_card(card_number="d"),
        gift_card(card_number="e", kind=99),
        gift_card(card_number="f", valid_from=at("2026-12-01")),
        gift_card(card_number="g", balance=Money(0)),
    )
    for some in permutations(cards[:4]):
        profile = Profile(person=PERSON, gift_cards=(*cards[4:][::-1], *some))
        shown = assess(profile, STORE, ORDER, NOW).gift_cards
        assert [assessed.card.card_number for assessed in shown] == list("abcdefg")


def test_context_of_a_member() -> None:
    where = context_of(Profile(person=PERSON), STORE, ORDER, NOW)
    assert (where.store, where.order, where.now) == (STORE, ORDER, NOW)
    assert where.account is AccountStatus.ACTIVE
    assert where.password_enabled is True


def test_context_of_nobody() -> None:
    where = context_of(Profile(), STORE, ORDER, NOW)
    assert where.account is AccountStatus.LATE
    assert where.password_enabled is None
    failed = context_of(Profile(account=AccountStatus.FAILED), STORE, ORDER, NOW)
    assert failed.account is AccountStatus.FAILED


RULE = PointsRule(2, Decimal(100), Decimal(20))


@pytest.mark.parametrize("takes_points", [True, False, None])
def test_points_are_a_payment_only_where_the_store_takes_them(takes_points: bool | None) -> None:
    profile = Profile(
        person=PERSON,
        balances=Balances(points=Decimal(1280)),
        points_payment=takes_points,
        points_rule=RULE,
    )
    expected = PointsDeduction(Money(1160), 1160) if takes_points else None
    assert assess(profile, STORE, ORDER, NOW).points_deduction == expected


def test_a_suggestion_and_its_saving() -> None:
    profile = Profile(person=PERSON, coupons=(coupon_of(category=2), coupon()))
    assessment = assess(profile, STORE, ORDER, NOW)
    assert assessment.suggestion is not None
    assert assessment.suggestion.saving == Money(1000)
    assert [a.saving for a in assessment.coupons] == [Money(1000), None]


def test_nothing() -> None:
    assessment = assess(Profile(), STORE, ORDER, NOW)
    assert (assessment.coupons, assessment.gift_cards) == ((), ())
    assert (assessment.suggestion, assessment.points_deduction) == (None, None)


def test_what_stands_is_not_asked_again() -> None:
    profile = Profile(PERSON, coupons=IN_ORDER, gift_cards=(gift_card(),))
    standings = stand_all(profile, STORE, NOW)
    prepared = assess(profile, STORE, ORDER, NOW, standings)
    assert prepared == assess(profile, STORE, ORDER, NOW)
    assert prepared.gift_cards is standings.gift_cards


def test_all_assets_of_a_member() -> None:
    card, benefit = gift_card(), BenefitCard("1", "月卡")
    person = Person(benefit_cards=(benefit,))
    assert Profile(person, coupons=IN_ORDER[:1], gift_cards=(card,)).assets() == (
        IN_ORDER[0],
        card,
        benefit,
    )
    assert Profile(gift_cards=(card,)).assets() == (card,)
