"""What would help: the least change, told only as far as the rules confirm it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import Coupon, MinSpend, UnitBasis
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.domain.rules.remedy import Remedy, changed_order, enough_for_certain, what_helps
from posmember.domain.values import Unreadable
from tests.fakes.assets import (
    CONTEXT,
    ORDER,
    at,
    context,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    moment,
    ordering,
    template,
)

NO_ORDER = ordering(amount=None, item_count=None)
DELIVERY = OrderType.DELIVERY
TOMORROW = "2026-11-22 00:00:00"


def helps(asset: Asset, where: Context = CONTEXT) -> Remedy | None:
    return what_helps(asset, where, evaluate(asset, where))


def dear(fen: int = 8000, **changes: Any) -> Coupon:
    """A coupon from 80.00 元 on, with other fields in its template."""
    return coupon(min_spend=min_spend(fen), template=template(**changes))


@pytest.mark.parametrize(
    ("asset", "where", "remedy"),
    [
        (dear(), CONTEXT, Remedy(amount=Money(8000), gap=Money(2200))),
        (dear(5801), CONTEXT, Remedy(amount=Money(5801), gap=Money(1))),
        (dear(), NO_ORDER, Remedy(amount=Money(8000))),
        (coupon_of(min_items=5), CONTEXT, Remedy(items=5, items_gap=2)),
        (coupon_of(min_items=5), NO_ORDER, Remedy(items=5)),
        (coupon_of(scene_type=1), CONTEXT, Remedy(order_type=DELIVERY)),
        (coupon_of(category=6), CONTEXT, Remedy(order_type=DELIVERY)),
        (coupon_of(scene_type=3), ordering(order_type=OrderType.PAY_BILL),
         Remedy(order_type=OrderType.DINE_IN)),
        (coupon_of(scene_type=5), CONTEXT, Remedy(order_type=DELIVERY)),
        (coupon(valid_from=at(TOMORROW)), CONTEXT, Remedy(at=moment(TOMORROW))),
        (gift_card(weekdays="1"), CONTEXT, Remedy(at=moment("2026-11-23 00:00:00"))),
        (gift_card(time_windows='[{"begin": "18:00", "end": "20:00"}]'), CONTEXT,
         Remedy(at=moment("2026-11-21 18:00:00"))),
        (BenefitCard(valid_from=at(TOMORROW), valid_until=at("2026-12-31")), CONTEXT,
         Remedy(at=moment(TOMORROW))),
        (dear(scene_type=1, min_items=4), CONTEXT,
         Remedy(Money(8000), Money(2200), 4, 1, DELIVERY)),
        (coupon(valid_from=at(TOMORROW), template=template(scene_type=1)), CONTEXT,
         Remedy(order_type=DELIVERY, at=moment(TOMORROW))),
    ],
)  # fmt: skip
def test_the_least_change(asset: Asset, where: Context, remedy: Remedy) -> None:
    assert helps(asset, where) == remedy


@pytest.mark.parametrize(
    ("asset", "change", "remaining"),
    [
        (dear(goods_range=1), {"amount": Money(8000), "gap": Money(2200)}, ["GOODS_RESTRICTED"]),
        (dear(has_time_range=1), {"amount": Money(8000), "gap": Money(2200)}, ["HOURS_UNKNOWN"]),
        (coupon_of(scene_type=1, goods_range=7), {"order_type": DELIVERY}, ["VALUE_UNKNOWN"]),
    ],
)  # fmt: skip
def test_what_is_still_to_check_is_no_promise(
    asset: Coupon, change: dict[str, Any], remaining: list[str]
) -> None:
    remedy = helps(asset)
    assert remedy is not None
    assert remedy.verdict is Verdict.CHECK
    assert [reason.code for reason in remedy.remaining] == remaining
    assert remedy == Remedy(**change, verdict=Verdict.CHECK, remaining=remedy.remaining)


@pytest.mark.parametrize(
    ("asset", "where"),
    [
        (coupon(), CONTEXT),
        (coupon(status=1), CONTEXT),
        (coupon(status=1, min_spend=min_spend(8000)), CONTEXT),
        (coupon(valid_until=at("2026-11-20")), CONTEXT),
        (coupon_of(category=8), CONTEXT),
        (coupon_of(category=6, scene_type=2), CONTEXT),
        (coupon_of(goods_range=1), CONTEXT),
        (coupon_of(scene_type=99), CONTEXT),
        (coupon(valid_until=Unreadable("soon")), CONTEXT),
        (gift_card(balance=ZERO), CONTEXT),
        (gift_card(weekdays="1", valid_until=at("2026-11-22")), CONTEXT),
        (dear(), context(account=AccountStatus.FROZEN)),
    ],
    ids=[
        "usable already", "used", "used, and too little", "over", "parking",
        "delivery coupon for dine-in", "goods alone", "scene unknown", "end unknown",
        "empty", "over before it is Monday", "frozen",
    ],
)  # fmt: skip
def test_nothing_helps(asset: Asset, where: Context) -> None:
    assert helps(asset, where) is None


ASSUMED = UnitBasis.ASSUMED
LISTED = template(store_range=1, store_ids=("77",), scene_type=1)


def at_best_a_check(asset: Coupon, where: Context, **change: Any) -> None:
    """The best to be had, and the change that takes it, with nothing more."""
    remedy = helps(asset, where)
    assert remedy is not None
    assert remedy == Remedy(**change, verdict=Verdict.CHECK, remaining=remedy.remaining)


def test_no_part_is_told_that_is_not_needed() -> None:
    """Where check is the best to be had, an amount that would be to check as well is none."""
    here = replace(NO_ORDER, store=Store("1001"))
    asset = coupon(min_spend=min_spend(3000), template=LISTED)
    at_best_a_check(asset, here, order_type=DELIVERY)
    at_best_a_check(replace(asset, template=replace(LISTED, min_items=3)), here,
                    order_type=DELIVERY)  # fmt: skip
    at_best_a_check(asset, replace(here, order=ORDER), order_type=DELIVERY)
    both = replace(asset, min_spend=min_spend(8000))
    at_best_a_check(both, replace(here, order=ORDER), order_type=DELIVERY, amount=Money(8000),
                    gap=Money(2200))  # fmt: skip


def test_enough_before_and_after_the_discount() -> None:
    """Before alone would be to check; after is certain."""
    where = ordering(discount=Money(300))
    assert helps(dear(6000), where) == Remedy(amount=Money(6300), gap=Money(500))
    assert helps(dear(5800), where) == Remedy(amount=Money(6100), gap=Money(300))
    no_amount = ordering(amount=None, discount=Money(300))
    assert helps(dear(6000), no_amount) == Remedy(amount=Money(6300))
    at_best_a_check(dear(6000, goods_range=1), where, amount=Money(6000), gap=Money(200))


def test_a_guessed_unit_is_no_promise_and_no_fortune() -> None:
    """80.00 may be 8,000.00: 80.00 are enough for a check, and only then more does any better."""
    in_fen = coupon(min_spend=MinSpend(Money(8000), ASSUMED, Money(800000)))
    at_best_a_check(in_fen, CONTEXT, amount=Money(8000), gap=Money(2200))
    for enough in (8000, 799999):
        remedy = Remedy(amount=Money(800000), gap=Money(800000 - enough))
        assert helps(in_fen, ordering(amount=Money(enough))) == remedy
    assert helps(in_fen, NO_ORDER) == Remedy(amount=Money(800000))
    discounted = ordering(amount=Money(800000), discount=Money(1))
    assert helps(in_fen, discounted) == Remedy(amount=Money(800001), gap=Money(1))
    elsewhere = replace(in_fen, template=template(scene_type=1))
    at_best_a_check(elsewhere, ordering(amount=Money(8000)), order_type=DELIVERY)
    restricted = replace(in_fen, template=template(goods_range=1))
    assert helps(restricted, ordering(amount=Money(8000))) is None


def test_a_unit_taken_from_a_text_is_certain_once_both_are_met() -> None:
    in_yuan = coupon(min_spend=MinSpend(Money(8000), UnitBasis.TEXT, Money(80)))
    assert helps(in_yuan) == Remedy(amount=Money(8000), gap=Money(2200))
    restricted = replace(in_yuan, template=template(goods_range=1))
    at_best_a_check(restricted, ordering(amount=Money(50)), amount=Money(80), gap=Money(30))


def test_enough_for_certain() -> None:
    """In either unit, by every entry, and after the discount; without a threshold nothing is."""
    discounted = replace(ORDER, discount=Money(300))
    guessed = coupon(min_spend=MinSpend(Money(300), ASSUMED, Money(30000)))
    told_twice = coupon(min_spend=min_spend(6000), versions=(coupon(min_spend=min_spend(8000)),))
    for asset, fen in ((coupon(), 0), (guessed, 30000), (told_twice, 8000)):
        assert enough_for_certain(asset, ORDER) == Money(fen)
        assert enough_for_certain(asset, discounted) == Money(fen + 300)


def test_every_version_of_a_coupon_is_met() -> None:
    """One entry asks for 60.00 and three items, another for 80.00 and four."""
    one, other = (
        coupon(min_spend=min_spend(fen), template=template(min_items=count))
        for fen, count in ((6000, 4), (8000, 5))
    )
    for first, second in ((one, other), (other, one)):
        told_twice = replace(first, versions=(second,))
        assert helps(told_twice) == Remedy(Money(8000), Money(2200), 5, 2)
    for numbers in ((2, 1), (1, 2)):
        scenes = [coupon_of(scene_type=number) for number in numbers]
        told_twice = replace(scenes[0], versions=(scenes[1],))
        assert helps(told_twice, ordering(order_type=OrderType.PAY_BILL)) is not None


def test_what_one_entry_alone_says_may_be_left_to_check() -> None:
    """Over by one, too dear by the other: not usable; with enough, only in dispute."""
    over = coupon(valid_until=at("2026-11-20"))
    told_twice = replace(over, versions=(coupon(min_spend=min_spend(8000)),))
    at_best_a_check(told_twice, CONTEXT, amount=Money(8000), gap=Money(2200))


def test_a_missing_amount_is_no_help_where_more_is_to_check() -> None:
    """From one thing to check to another would be no better verdict."""
    assert helps(dear(goods_range=1), NO_ORDER) is None


def test_wait_until_it_is_certain() -> None:
    """From Friday's 00:00 on it may be Friday's window; from 22:00 on it is."""
    card = gift_card(weekdays="5", time_windows='[{"begin": "22:00", "end": "02:00"}]')
    eligibility = evaluate(card, CONTEXT)
    assert eligibility.next_usable_at == moment("2026-11-27 00:00:00")
    assert helps(card) == Remedy(at=moment("2026-11-27 22:00:00"))


def test_wait_for_an_answer_where_none_is_certain() -> None:
    card = gift_card(weekdays="1", time_windows="10:00~22:00")
    remedy = helps(card)
    assert remedy is not None
    assert (remedy.at, remedy.verdict) == (moment("2026-11-23 00:00:00"), Verdict.CHECK)
    assert [reason.code for reason in remedy.remaining] == [ReasonCode.HOURS_UNKNOWN]


def test_the_order_with_the_changes() -> None:
    remedy = Remedy(amount=Money(8000), items=5, order_type=DELIVERY)
    assert changed_order(ORDER, remedy) == Order(DELIVERY, Money(8000), ORDER.discount, 5)
    assert changed_order(ORDER, Remedy(at=moment(TOMORROW))) == ORDER


@pytest.mark.parametrize(
    "asset",
    [coupon(lock=2), gift_card(status=1), gift_card(status=2), coupon_of(platform=2)],
    ids=["an open order holds it", "not bound", "being given", "another system"],
)
def test_what_somebody_else_has_to_do_is_no_change_to_the_order(asset: Asset) -> None:
    assert helps(asset) is None


def test_a_card_is_one_of_the_assets() -> None:
    asset: Coupon | GiftCard | BenefitCard = BenefitCard()
    assert helps(asset) is None
