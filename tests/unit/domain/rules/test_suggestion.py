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
    on,
    ordering,
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
TOO_FAR = named("too far", min_spend=min_spend(6001), value=Decimal("0.5"))
DELIVERY = named("delivery", template=template(scene_type=1))
NOTHING_TO_SAVE = named("nothing to save", discount_kind=1, percent_paid=Decimal(100))
TONIGHT = named("tonight", valid_from=at("2026-11-21 22:00:00"))
AFTER_MIDNIGHT = named("after midnight", valid_from=at("2026-11-22"), value=Decimal(90))
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
        ([EARLIER, named("percent", discount_kind=1, percent_paid=Decimal(80))], "percent"),
        ([NOTHING_TO_SAVE, NO_ESTIMATE], "no estimate"),
    ],
    ids=[
        *("the most", "the earlier", "an estimate", "no estimate", "a tie", "only usable"),
        *("a percent", "none that saves nothing"),
    ],
)
def test_among_usable_coupons(coupons: list[Coupon], expected: str) -> None:
    found = suggestion(*coupons)
    assert found is not None
    assert (found.coupon.redemption_code, found.change) == (expected, Change.NOTHING)


TWELVE, FIFTY = named("12", value=Decimal(12)), named("50", value=Decimal(50))
SMALL = ordering(amount=Money(1200))


def test_on_a_tie_the_least_face_value() -> None:
    """Both save all of 12.00: the one of 50 would be wasted."""
    soon = replace(FIFTY, valid_until=at("2026-11-22"))
    for coupons in ([TWELVE, soon], [soon, TWELVE]):
        found = suggestion(*coupons, where=SMALL)
        assert found is not None
        assert (found.coupon, found.saving) == (TWELVE, Money(1200))


def test_a_percent_wastes_nothing() -> None:
    """Its face value is what it saves, 60.00 here, and no number of its own."""
    half = named("half", discount_kind=1, percent_paid=Decimal(50), value=Decimal(50))
    sixty = named("sixty", value=Decimal(60), valid_until=at("2026-12-01"))
    soon = replace(half, valid_until=at("2026-11-30"))
    for coupons, first in (([half, sixty], sixty), ([sixty, soon], soon)):
        found = suggestion(*coupons, where=ordering(amount=Money(12000)))
        assert found is not None
        assert found.coupon is first


def test_nothing_is_saved_where_nothing_is_left_to_pay() -> None:
    paid = ordering(discount=Money(5800))
    assert suggestion(TEN, FIVE, where=paid) is None
    assert suggestion(TEN, NO_ESTIMATE, where=paid) == Suggestion(NO_ESTIMATE)


FREE = named("free delivery", template=template(category=6))
FREE_SOON = named(
    "free delivery, soon", valid_until=at("2026-11-22"), template=template(category=6)
)
OUTSIDE = ordering(order_type=OrderType.DELIVERY)


def test_free_delivery_is_named_beside_what_saves() -> None:
    assert suggestion(FREE, TEN, FREE_SOON, where=OUTSIDE) == Suggestion(
        TEN, Money(1000), beside=FREE_SOON
    )
    assert suggestion(FREE, TEN) == Suggestion(TEN, Money(1000))
    assert suggestion(FIVE, TEN, where=OUTSIDE) == Suggestion(TEN, Money(1000))
    assert suggestion(FREE, where=OUTSIDE) == Suggestion(FREE)


def test_an_exclusive_coupon_is_not_suggested_with_a_discount() -> None:
    """It would cost the discount of 12.00 to save 10.00."""
    only = named("only", template=template(exclusive=1))
    assert suggestion(only) == Suggestion(only, Money(1000))
    assert suggestion(only, where=ordering(discount=Money(1200))) is None
    assert suggestion(only, where=ordering(discount=Money(1))) is None


@pytest.mark.parametrize(
    ("fen", "need", "value", "advised"),
    [
        (5000, 8000, "10", True),
        (5000, 8001, "10", False),
        (1000, 2000, "10", True),
        (1000, 2001, "10", False),
        (2000, 300000, "10", False),
        (5000, 8000, "9.99", False),
    ],
    ids=[
        *(
            "three times what it saves",
            "one 分 more",
            "the order's own amount",
            "one 分 above that",
        ),
        *("2,980.00 to save 10.00", "one 分 less saved"),
    ],
)
def test_how_much_more_is_advice(fen: int, need: int, value: str, *, advised: bool) -> None:
    far = named("far", min_spend=min_spend(need), value=Decimal(value))
    assert (suggestion(far, where=ordering(amount=Money(fen))) is not None) is advised


@pytest.mark.parametrize(("need", "advised"), [(8500, True), (8501, False)])
def test_how_much_more_counts_the_discount(need: int, *, advised: bool) -> None:
    """3.00 off: 30.00 more are three times what it saves."""
    far = named("far", min_spend=min_spend(need))
    assert (suggestion(far, where=ordering(discount=Money(300))) is not None) is advised


def test_how_much_more_is_weighed_against_what_it_saves_then() -> None:
    """15 % of 87.00 are 13.05, and 29.00 less than three times that; of 58.00 they would not."""
    percent = named("percent", discount_kind=1, percent_paid=Decimal(85), min_spend=min_spend(8700))
    remedy = Remedy(amount=Money(8700), gap=Money(2900))
    assert suggestion(percent) == Suggestion(percent, Money(1305), remedy)


def test_more_for_nothing_to_compare_is_no_advice() -> None:
    free_item = named("free item", min_spend=min_spend(5900), template=template(category=2))
    assert suggestion(free_item) is None


def test_more_that_counts_after_the_discount_too() -> None:
    near = named("near", min_spend=min_spend(6000))
    found = suggestion(near, where=ordering(discount=Money(300)))
    assert found == Suggestion(near, Money(1000), Remedy(amount=Money(6300), gap=Money(500)))


@pytest.mark.parametrize(
    ("now", "start", "advised"),
    [
        ("2026-11-21 14:00:00", "2026-11-21 22:00:00", True),
        ("2026-11-21 14:00:00", "2026-11-22 03:59:59", True),
        ("2026-11-21 14:00:00", "2026-11-22 04:00:00", False),
        ("2026-11-22 01:00:00", "2026-11-22 03:59:59", True),
        ("2026-11-22 01:00:00", "2026-11-22 10:00:00", False),
        ("2026-11-22 04:00:00", "2026-11-22 10:00:00", True),
    ],
    ids=[
        *("in the evening", "before 04:00", "at 04:00", "tonight", "after this night", "this day"),
    ],
)
def test_a_time_still_today(now: str, start: str, *, advised: bool) -> None:
    later = named("later", valid_from=at(start))
    found = suggestion(later, where=on(now))
    expected = Suggestion(later, Money(1000), Remedy(at=moment(start))) if advised else None
    assert found == expected


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
    assert suggestion(TONIGHT, DELIVERY) == Suggestion(
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
    assert suggestion(NEXT_WEEK, AFTER_MIDNIGHT, TONIGHT, USED) == Suggestion(
        TONIGHT, Money(1000), Remedy(at=moment("2026-11-21 22:00:00"))
    )


@pytest.mark.parametrize(
    ("coupons", "code"),
    [
        ([FAR, NEAR, DELIVERY, TONIGHT], "near"),
        ([FAR, TOO_FAR, DELIVERY, TONIGHT], "far"),
        ([DELIVERY, TONIGHT], "delivery"),
        ([AFTER_MIDNIGHT, TONIGHT], "tonight"),
    ],
    ids=[
        *("the smaller gap first", "that is worth it", "then the order type"),
        "then the nearer time",
    ],
)
def test_by_the_least(coupons: list[Coupon], code: str) -> None:
    for order in (coupons, coupons[::-1]):
        found = suggestion(*order)
        assert found is not None
        assert found.coupon.redemption_code == code


@pytest.mark.parametrize(
    "change",
    [{"min_spend": min_spend(6000)}, {"valid_from": at("2026-11-21 22:00:00")}],
    ids=["the same gap", "the same time"],
)
def test_of_two_alike_the_order_of_the_list_does_not_matter(change: dict[str, Any]) -> None:
    one, other = named("a", **change), named("b", **change)
    for coupons in ([one, other], [other, one]):
        found = suggestion(*coupons)
        assert found is not None
        assert found.coupon is one


@pytest.mark.parametrize(
    "coupons",
    [
        [],
        [USED],
        [CHECK],
        [FAR_AND_LATE],
        [NEXT_WEEK],
        [TOO_FAR],
        [named("delivery, saves nothing", discount_kind=1, percent_paid=Decimal(100),
               template=template(scene_type=1))],
        [NEED_CHECK],
        [named("nowhere", template=template(scene_type=2, category=6))],
        [named("items", template=template(min_items=9))],
        [named("a start of a doubtful end", valid_from=at("2026-11-25"), valid_until=at(
            "2026-11-25 00:00:00"))],
    ],
    ids=[
        *("nothing", "used", "check", "two changes", "not today", "not worth it"),
        *("nothing to save", "one change and a doubt"),
        *("no order type at all", "more items", "a doubt after the wait"),
    ],
)  # fmt: skip
def test_no_suggestion(coupons: list[Coupon]) -> None:
    assert suggestion(*coupons) is None


@pytest.mark.parametrize("asset", [NEAR, DELIVERY, TONIGHT], ids=["gap", "order type", "time"])
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
