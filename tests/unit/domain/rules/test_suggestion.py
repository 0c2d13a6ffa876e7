"""The one coupon to use, or the one that becomes usable by the least."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Context, OrderType
from posmember.domain.coupon import Coupon
from posmember.domain.money import Money
from posmember.domain.rules.assessment import Change, Suggestion
from posmember.domain.rules.remedy import Remedy
from posmember.domain.rules.suggestion import suggest
from tests.fakes.assets import (
    CONTEXT,
    assessed,
    at,
    context,
    coupon,
    min_spend,
    moment,
    template,
)


def named(name: str, **changes: Any) -> Coupon:
    return coupon(redemption_code=name, **changes)


def suggestion(*coupons: Coupon, where: Context = CONTEXT) -> Suggestion | None:
    return suggest([assessed(asset, where) for asset in coupons], where)


TEN = named("saves 10", valid_until=at("2026-12-10"))
EARLIER = named("saves 10, ends earlier", valid_until=at("2026-12-01"))
FIVE = named("saves 5", value=Decimal(5), valid_until=at("2026-11-22"))
NO_ESTIMATE = named("no estimate", template=template(category=2))
NEVER = named("saves 10, never ends", valid_until=at("2100-01-01"))
NEAR = named("near", min_spend=min_spend(6000), value=Decimal(1))
FAR = named("far", min_spend=min_spend(9900), value=Decimal(50))
DELIVERY = named("delivery", template=template(scene_type=1))
TOMORROW = named("tomorrow", valid_from=at("2026-11-22"))
NEXT_WEEK = named("next week", valid_from=at("2026-11-28"), value=Decimal(90))
USED = named("used", status=1)
CHECK = named("to check", lock=3)
FAR_AND_LATE = named("far and late", valid_from=at("2026-11-22"), min_spend=min_spend(5900))
NEED_CHECK = named("far, and to check", min_spend=min_spend(5900), lock=3)


@pytest.mark.parametrize(
    ("coupons", "expected"),
    [
        ([FIVE, TEN, NO_ESTIMATE], "saves 10"),
        ([NEVER, TEN, EARLIER], "saves 10, ends earlier"),
        ([NO_ESTIMATE, FIVE], "saves 5"),
        ([NO_ESTIMATE], "no estimate"),
        ([named("b"), named("a")], "a"),
        ([CHECK, USED, FAR, FIVE], "saves 5"),
    ],
    ids=["the most", "the earlier", "an estimate", "no estimate", "a tie", "only usable"],
)
def test_among_usable_coupons(coupons: list[Coupon], expected: str) -> None:
    found = suggestion(*coupons)
    assert found is not None
    assert (found.coupon.redemption_code, found.change) == (expected, Change.NOTHING)


def test_spend_more_with_the_saving_of_then() -> None:
    discount = named(
        "percent",
        discount_kind=1,
        percent_paid=Decimal(85),
        min_spend=min_spend(6000),
    )
    assert suggestion(FAR, discount, DELIVERY) == Suggestion(
        discount, Money(900), Remedy(amount=Money(6000), gap=Money(200))
    )


def test_the_other_order_type() -> None:
    assert suggestion(TOMORROW, DELIVERY) == Suggestion(
        DELIVERY, Money(1000), Remedy(order_type=OrderType.DELIVERY)
    )


@pytest.mark.parametrize(
    ("remedy", "change"),
    [
        (None, Change.NOTHING),
        (Remedy(amount=Money(6000), gap=Money(200)), Change.SPEND_MORE),
        (Remedy(order_type=OrderType.DELIVERY), Change.ORDER_TYPE),
        (Remedy(at=moment("2026-11-22 00:00:00")), Change.WAIT),
    ],
)
def test_the_kind_of_change(remedy: Remedy | None, change: Change) -> None:
    assert Suggestion(DELIVERY, remedy=remedy).change is change


def test_wait() -> None:
    assert suggestion(NEXT_WEEK, TOMORROW, USED) == Suggestion(
        TOMORROW, Money(1000), Remedy(at=moment("2026-11-22 00:00:00"))
    )


@pytest.mark.parametrize(
    ("coupons", "code"),
    [
        ([FAR, NEAR, DELIVERY, TOMORROW], "near"),
        ([DELIVERY, TOMORROW], "delivery"),
        ([NEXT_WEEK, TOMORROW], "tomorrow"),
    ],
    ids=["the smaller gap first", "then the order type", "then the nearer time"],
)
def test_by_the_least(coupons: list[Coupon], code: str) -> None:
    for order in (coupons, coupons[::-1]):
        found = suggestion(*order)
        assert found is not None
        assert found.coupon.redemption_code == code


@pytest.mark.parametrize(
    "coupons",
    [
        [],
        [USED],
        [CHECK],
        [FAR_AND_LATE],
        [NEED_CHECK],
        [named("nowhere", template=template(scene_type=2, category=6))],
        [named("items", template=template(min_items=9))],
        [named("a start of a doubtful end", valid_from=at("2026-11-25"), valid_until=at(
            "2026-11-25 00:00:00"))],
    ],
    ids=[
        *("nothing", "used", "check", "two changes", "one change and a doubt"),
        *("no order type at all", "more items", "a doubt after the wait"),
    ],
)  # fmt: skip
def test_no_suggestion(coupons: list[Coupon]) -> None:
    assert suggestion(*coupons) is None


@pytest.mark.parametrize("asset", [NEAR, DELIVERY, TOMORROW], ids=["gap", "order type", "time"])
def test_only_what_the_rules_confirm(asset: Coupon) -> None:
    """A verdict of a moment ago: the account has been frozen since."""
    before = assessed(asset)
    assert suggest([before], CONTEXT) is not None
    assert suggest([before], context(account=AccountStatus.FROZEN)) is None


def test_the_first_that_is_confirmed() -> None:
    """The nearer gap is no longer to be had, the farther is."""
    gone = replace(NEAR, valid_until=at("2026-11-21 14:03:21"))
    stale = replace(assessed(NEAR), coupon=gone)
    found = suggest([stale, assessed(FAR)], CONTEXT)
    assert found is not None
    assert found.coupon is FAR
