"""The first instant from now on at which no time rule blocks (RULES, next_usable_at)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.profile import Asset
from posmember.domain.rules.calendar import unblocked_instants
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Verdict
from posmember.domain.rules.rows_time import never_expires
from posmember.domain.values import Unreadable
from tests.fakes.assets import (
    CONTEXT,
    at,
    benefit_card,
    context,
    coupon,
    gift_card,
    hours_card,
    min_spend,
    moment,
    ordering,
    scope,
)

LUNCH, NIGHT, ODD = scope("10:00-12:00"), scope("22:00-02:00"), "10:00~22:00"
FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"
FOREVER = "2100-01-01 00:00:00"


def next_at(card: GiftCard, now: str = f"{SATURDAY} 14:03:22") -> datetime | None:
    """`next_usable_at`, after a look at the second before it."""
    where = context(now=moment(now))
    found = evaluate(card, where).next_usable_at
    if found is not None:
        before = evaluate(card, replace(where, now=found - timedelta(seconds=1)))
        assert before.verdict is Verdict.NOT_USABLE
        then = evaluate(card, replace(where, now=found))
        assert then.verdict is not Verdict.NOT_USABLE
        assert then.next_usable_at is None
    return found


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "status", "expected"),
    [
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 4, "2026-11-25 08:00:00"),
        ("2026-11-25", "2026-11-25", 4, "2026-11-25 00:00:00"),
        ("2026-11-25 08:00:00", "2026-11-25 07:59:59", 4, None),
        ("2026-11-25 08:00:00", "2026-11-25 08:00:00", 4, "2026-11-25 08:00:00"),
        ("2027-11-22 14:03:22", "2100-01-01 00:00:00", 4, "2027-11-22 14:03:22"),
        ("2027-11-22 14:03:23", "2100-01-01 00:00:00", 4, None),
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 2, None),
        ("2026-11-21 14:03:22", "2100-01-01 00:00:00", 4, None),
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 0, "2026-11-25 08:00:00"),
    ],
    ids=[
        *("at its start", "one day, without time", "over before it starts", "one second"),
        *("366 days", "366 days and a second", "given away, too", "started", "and one to check"),
    ],
)
def test_next_by_the_start(
    valid_from: str, valid_until: str, status: int, expected: str | None
) -> None:
    card = gift_card(valid_from=at(valid_from), valid_until=at(valid_until), status=status)
    assert next_at(card) == (None if expected is None else moment(expected))


@pytest.mark.parametrize(
    ("weekdays", "windows", "now", "expected"),
    [
        ("7", "", f"{SATURDAY} 14:03:22", f"{SUNDAY} 00:00:00"),
        ("5", "", f"{SATURDAY} 00:00:00", "2026-11-27 00:00:00"),
        ("5", LUNCH, f"{FRIDAY} 12:00:00", "2026-11-27 10:00:00"),
        ("5", LUNCH, f"{FRIDAY} 09:59:59", f"{FRIDAY} 10:00:00"),
        ("", LUNCH, f"{SATURDAY} 12:00:00", f"{SUNDAY} 10:00:00"),
        ("", scope("17:00-20:00", "10:00-12:00"), f"{SATURDAY} 14:00:00", f"{SATURDAY} 17:00:00"),
        ("", NIGHT, f"{SATURDAY} 21:59:59", f"{SATURDAY} 22:00:00"),
        # From here on it may be: by the calendar the card's Friday begins at 00:00:00.
        ("5", NIGHT, f"{SATURDAY} 02:00:00", "2026-11-27 00:00:00"),
        ("6", NIGHT, f"{FRIDAY} 12:00:00", f"{SATURDAY} 00:00:00"),
        ("6", NIGHT, f"{SATURDAY} 02:00:00", f"{SATURDAY} 22:00:00"),
        ("1", ODD, f"{SATURDAY} 12:00:00", f"{MONDAY} 00:00:00"),
        ("周末", LUNCH, f"{SATURDAY} 12:00:00", f"{SUNDAY} 10:00:00"),
        ("6", LUNCH, f"{SATURDAY} 11:00:00", None),
        ("5", NIGHT, f"{SATURDAY} 01:00:00", None),
        ("", ODD, f"{SATURDAY} 12:00:00", None),
    ],
)
def test_next_by_hours(weekdays: str, windows: str, now: str, expected: str | None) -> None:
    found = next_at(hours_card(weekdays, windows), now)
    assert found == (None if expected is None else moment(expected))


@pytest.mark.parametrize(
    ("weekdays", "windows", "valid_from", "expected"),
    [
        ("1", "", "2026-11-24", "2026-11-30 00:00:00"),
        ("2", "", "2026-11-24 08:00:00", "2026-11-24 08:00:00"),
        ("", LUNCH, "2026-11-24 11:00:00", "2026-11-24 11:00:00"),
        ("", LUNCH, "2026-11-24 12:00:00", "2026-11-25 10:00:00"),
        ("2", LUNCH, "2026-11-24 12:00:00", "2026-12-01 10:00:00"),
        ("5", NIGHT, "2026-11-28 01:00:00", "2026-11-28 01:00:00"),
        ("5", NIGHT, "2026-11-28 02:00:00", "2026-12-04 00:00:00"),
        ("6", "", "2026-11-24", "2026-11-28 00:00:00"),
        # 366 days from now are over on Monday, 2027-11-22, at 14:03:22.
        ("1", "", "2027-11-20", "2027-11-22 00:00:00"),
        ("", scope("14:03:22-20:00"), "2027-11-22", "2027-11-22 14:03:22"),
        ("", scope("14:03:23-20:00"), "2027-11-22", None),
        ("2", "", "2027-11-20", None),
        ("", LUNCH, "9999-12-31 23:00:00", None),
    ],
)
def test_next_after_the_start(
    weekdays: str, windows: str, valid_from: str, expected: str | None
) -> None:
    start, end = at(valid_from), at("9999-12-31 23:59:59")
    card = hours_card(weekdays, windows, valid_from=start, valid_until=end)
    assert next_at(card) == (None if expected is None else moment(expected))


@pytest.mark.parametrize(
    ("valid_until", "expected"),
    [
        (f"{SUNDAY} 09:59:59", None),
        (f"{SUNDAY} 10:00:00", f"{SUNDAY} 10:00:00"),
        (SATURDAY, None),
        (SUNDAY, f"{SUNDAY} 10:00:00"),
        # 00:00:00 may mean either end of its day, so it may still be then.
        (f"{SUNDAY} 00:00:00", f"{SUNDAY} 10:00:00"),
        (FOREVER, f"{SUNDAY} 10:00:00"),
    ],
)
def test_next_within_the_validity(valid_until: str, expected: str | None) -> None:
    card = gift_card(time_windows=LUNCH, valid_until=at(valid_until))
    assert next_at(card) == (None if expected is None else moment(expected))


@pytest.mark.parametrize(
    ("card", "where"),
    [
        (gift_card(weekdays="7", balance=Money(0)), CONTEXT),
        (gift_card(weekdays="7", status=2), CONTEXT),
        (gift_card(weekdays="7", status=5), CONTEXT),
        (gift_card(weekdays="7", valid_until=at(FRIDAY)), CONTEXT),
        (gift_card(time_windows=LUNCH), context(account=AccountStatus.FROZEN)),
    ],
    ids=["nothing left", "given away", "expired", "over", "frozen"],
)
def test_none_where_something_else_blocks(card: GiftCard, where: Context) -> None:
    eligibility = evaluate(card, where)
    assert eligibility.next_usable_at is None
    assert list(unblocked_instants(card, where, eligibility.reasons)) == []


def test_what_may_hold_now_is_not_waited_for() -> None:
    """Friday's night on Saturday at 01:00: one reading holds, so nothing blocks."""
    card, where = hours_card("5", NIGHT), context(now=moment(f"{SATURDAY} 01:00:00"))
    eligibility = evaluate(card, where)
    assert eligibility.verdict is Verdict.CHECK
    assert list(unblocked_instants(card, where, eligibility.reasons)) == []


def test_what_is_only_to_check_does_not_stand_in_the_way() -> None:
    card = gift_card(weekdays="7", status=0, valid_from=None)
    where = context(account=AccountStatus.FAILED)
    assert evaluate(card, where).next_usable_at == moment(f"{SUNDAY} 00:00:00")


def test_now_in_the_middle_of_a_second() -> None:
    now = moment(f"{SATURDAY} 12:00:00") + timedelta(microseconds=300_000)
    found = evaluate(gift_card(time_windows=LUNCH), context(now=now)).next_usable_at
    assert found == moment(f"{SUNDAY} 10:00:00")


def test_what_the_order_leaves_to_check_does_not_stand_in_the_way() -> None:
    """No amount is entered for a threshold: that may be seen to then."""
    later = coupon(valid_from=at("2026-11-25"), min_spend=min_spend(3000))
    eligibility = evaluate(later, ordering(amount=None))
    assert [reason.code.value for reason in eligibility.reasons] == ["NOT_STARTED", "SPEND_UNKNOWN"]
    assert eligibility.next_usable_at == moment("2026-11-25 00:00:00")


def test_next_of_a_coupon_that_is_told_twice() -> None:
    one, other = (coupon(valid_from=at(day)) for day in ("2026-11-25", "2026-11-23"))
    for first, second in ((one, other), (other, one)):
        eligibility = evaluate(replace(first, versions=(second,)), CONTEXT)
        assert eligibility.next_usable_at == moment(f"{MONDAY} 00:00:00")


def told_twice(one: GiftCard, other: GiftCard) -> GiftCard:
    return replace(one, versions=(other,))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"valid_from": "2026-11-25"}, {"valid_from": "2026-11-23"}, "2026-11-23 00:00:00"),
        ({"valid_from": "2026-11-25"}, {"valid_until": "2026-11-20"}, "2026-11-25 00:00:00"),
        ({"valid_until": "2026-11-20"}, {"valid_from": "2026-11-25"}, None),
        ({"valid_from": "2026-11-25"}, {}, None),
        ({"valid_from": "2026-11-25"}, {"valid_from": "2026-11-25", "status": 6},
         "2026-11-25 00:00:00"),
    ],
    ids=[
        *("the earlier start", "over by the other", "over by the first", "in dispute now"),
        "and the other is recycled: then in dispute",
    ],
)  # fmt: skip
def test_next_of_a_card_that_is_told_twice(
    one: dict[str, Any], other: dict[str, Any], expected: str | None
) -> None:
    cards = [
        gift_card(**{name: at(v) if isinstance(v, str) else v for name, v in fields.items()})
        for fields in (one, other)
    ]
    found = next_at(told_twice(*cards))
    assert found == (None if expected is None else moment(expected))


@pytest.mark.parametrize(
    ("asset", "never"),
    [
        (gift_card(valid_until=at("2100-01-01 00:00:00")), True),
        (gift_card(valid_until=at("2099-01-01")), True),
        (gift_card(valid_until=at("2098-12-31 23:59:59")), False),
        (gift_card(valid_until=None), None),
        (gift_card(valid_until=None, validity_kind=1), True),
        (gift_card(valid_until=None, validity_kind=3), None),
        (gift_card(valid_until=at("2026-12-31"), validity_kind=1), False),
        (gift_card(valid_until=Unreadable("长期"), validity_kind=1), None),
        (coupon(valid_until=at("2099-12-31 23:59:59")), True),
        (coupon(valid_until=None), None),
        (benefit_card(), False),
    ],
    ids=[
        *("2100", "2099", "2098", "unknown", "long-term", "a fixed date, unknown"),
        *("long-term with an end", "unreadable", "a coupon", "a coupon's unknown", "another card"),
    ],
)
def test_never_is_not_unknown(asset: Asset, never: bool | None) -> None:
    assert never_expires(asset) is never


def test_a_card_without_an_end() -> None:
    card = gift_card(valid_from=at("2026-11-25"), valid_until=None, validity_kind=1)
    assert next_at(card) == moment("2026-11-25 00:00:00")
