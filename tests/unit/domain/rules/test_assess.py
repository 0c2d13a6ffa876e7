"""Everything a member has, in the order to show it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Store
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
    benefit_card,
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
    named("locked", lock=2),
    named("order type", template=template(scene_type=1)),
    named("spend more", min_spend=min_spend(9900), value=Decimal(30)),
    named("a wait", valid_from=at("2026-11-25"), value=Decimal(99)),
    named("a wait, and spend more", valid_from=at("2026-11-25"), min_spend=min_spend(9900)),
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


def test_what_is_blocked_saves_nothing() -> None:
    coupons = (coupon(status=1), coupon(lock=3), coupon(min_spend=min_spend(9900)))
    shown = assess(Profile(person=PERSON, coupons=coupons), STORE, ORDER, NOW).coupons
    assert [(a.eligibility.verdict.value, a.saving) for a in shown] == [
        ("check", Money(1000)),
        ("not_usable", None),
        ("not_usable", None),
    ]


def test_a_percent_saves_at_most_its_estimate() -> None:
    percent = coupon(discount_kind=1, percent_paid=Decimal(85))
    coupons = (percent, replace(percent, status=1), coupon())
    assessment = assess(Profile(person=PERSON, coupons=coupons), STORE, ORDER, NOW)
    assert [a.at_most for a in assessment.coupons] == [False, True, False]
    assert [a.saving for a in assessment.coupons] == [Money(1000), Money(870), None]
    only = assess(Profile(person=PERSON, coupons=(percent,)), STORE, ORDER, NOW).suggestion
    assert only is not None
    assert only.at_most


STORED = Balances(principal=Money(1), bonus=Money(0), total=Money(1))
LATE, FAILED, UNREADABLE = (AccountStatus(name) for name in ("late", "failed", "unreadable"))


@pytest.mark.parametrize("account", AccountStatus)
def test_an_account_is_told_once_for_all_assets(account: AccountStatus) -> None:
    person = Person(account=account, benefit_cards=(benefit_card(),))
    profile = Profile(person, coupons=(coupon(),), gift_cards=(gift_card(),), account=account)
    assessment = assess(profile, STORE, ORDER, NOW)
    of_assets = [each.eligibility for each in assessment.coupons]
    of_assets += [each.eligibility for each in assessment.gift_cards]
    of_assets += [each.eligibility for each in assessment.benefit_cards]
    told = [(reason.code.value, dict(reason.params)) for reason in assessment.reasons]
    noted = [(notice.code.value, dict(notice.params)) for notice in assessment.notices]
    if account.known:
        assert (told, noted) == ([], [])
        return
    assert told == [("VALUE_UNKNOWN", {"field": "account", "state": account.value})]
    assert noted == ([] if account is LATE else [("ACCOUNT_UNCHECKED", {"state": account.value})])
    assert {(e.verdict.value, e.reasons, e.notices) for e in of_assets} == {("check", (), ())}


@pytest.mark.parametrize(
    ("profile", "noted"),
    [
        (Profile(account=FAILED), []),
        (Profile(account=FAILED, gift_cards=(gift_card(),)), ["ACCOUNT_UNCHECKED"]),
        (Profile(account=LATE, gift_cards=(gift_card(),)), []),
        (Profile(PERSON, account=AccountStatus.ACTIVE), []),
        (Profile(PERSON, STORED, account=AccountStatus.ACTIVE), ["NEEDS_PASSWORD"]),
        (Profile(PERSON, STORED, account=UNREADABLE), ["NEEDS_PASSWORD", "ACCOUNT_UNCHECKED"]),
        (Profile(PERSON, Balances(bonus=Money(5)), account=AccountStatus.ACTIVE),
         ["NEEDS_PASSWORD"]),
        (Profile(PERSON, Balances(principal=Money(5)), account=AccountStatus.ACTIVE),
         ["NEEDS_PASSWORD"]),
        (Profile(PERSON, Balances(total=Money(0)), account=AccountStatus.ACTIVE), []),
        (Profile(Person(password_enabled=False), STORED, account=AccountStatus.ACTIVE), []),
        (Profile(Person(), STORED, account=AccountStatus.ACTIVE), []),
    ],
    ids=[
        *("nobody", "cards alone", "cards alone, late", "no stored value", "stored value"),
        *("both", "bonus alone", "principal alone", "nothing left", "no password", "nobody knows"),
    ],
)  # fmt: skip
def test_what_to_know_of_a_member(profile: Profile, noted: list[str]) -> None:
    assessment = assess(profile, STORE, ORDER, NOW)
    assert [notice.code.value for notice in assessment.notices] == noted
    assert bool(assessment.reasons) is (profile.account in (LATE, FAILED, UNREADABLE)
                                        and profile != Profile(account=FAILED))  # fmt: skip


@pytest.mark.parametrize(
    ("configured", "told", "known"),
    [
        (Store("1001"), "88001", Store("1001", "88001")),
        (Store("1001", "88009"), "88001", Store("1001", "88009")),
        (Store("1001"), "", Store("1001")),
        (Store(id="88009"), "88001", Store(id="88009")),
        (Store(), "88001", Store()),
    ],
    ids=["no number configured", "one configured", "none told", "no code", "nothing known"],
)
def test_the_number_of_the_store(configured: Store, told: str, known: Store) -> None:
    profile = Profile(PERSON, store_id=told)
    assert context_of(profile, configured, ORDER, NOW).store == known


def test_the_number_that_identity_told_judges_coupons() -> None:
    here = coupon_of(store_range=1, store_ids=("88001",))
    for told, verdict in (("88001", "usable"), ("88002", "not_usable"), ("", "check")):
        profile = Profile(PERSON, coupons=(here,), store_id=told)
        (shown,) = assess(profile, Store("1001"), ORDER, NOW).coupons
        assert shown.eligibility.verdict.value == verdict


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
