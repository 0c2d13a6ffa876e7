"""The rules of weekdays and hours on whole gift cards (RULES, rows 10 to 12, next_usable_at)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.eligibility import evaluate
from posmember.domain.giftcard import GiftCard
from posmember.domain.hours import Schedule
from posmember.domain.money import Money
from posmember.domain.reasons import FixableBy, Params, ReasonCode, Verdict
from posmember.domain.rules_time import schedule_of
from tests.fakes.assets import CONTEXT, at, context, coupon, gift_card, moment, reasons_of

YES, CHECK, NO = Verdict.USABLE, Verdict.CHECK, Verdict.NOT_USABLE
Reasons = dict[str, Params]


def scope(*windows: str) -> str:
    """``useTimeScope`` of windows such as ``22:00-02:00``."""
    pairs = [window.split("-") for window in windows]
    return json.dumps([{"begin": begin, "end": end} for begin, end in pairs])


def wrong_day(*days: int) -> Reasons:
    return {"WEEKDAY_NOT_ALLOWED": {"weekdays": days}}


def wrong_hour(*windows: str) -> Reasons:
    return {"OUTSIDE_HOURS": {"windows": windows}}


def unclear(text: str) -> Reasons:
    return {"HOURS_UNKNOWN": {"text": text}}


UNREADABLE_DAYS: Reasons = {"VALUE_UNKNOWN": {"fields": ("weekdays",)}}
LUNCH, NIGHT, ODD = scope("10:00-12:00"), scope("22:00-02:00"), "10:00~22:00"
FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"
Row = tuple[str, str, str, Verdict, Reasons]
WEEKDAY_ONLY: list[Row] = [
    ("6", "", f"{FRIDAY} 23:59:59", NO, wrong_day(6)),
    ("6", "", f"{SATURDAY} 00:00:00", YES, {}),
    ("6", "", f"{SATURDAY} 23:59:59", YES, {}),
    ("6", "", f"{SUNDAY} 00:00:00", NO, wrong_day(6)),
    ("7", "", f"{SUNDAY} 23:59:59", YES, {}),
    ("7", "", f"{MONDAY} 00:00:00", NO, wrong_day(7)),
    ("5,3,3,1", "", f"{SATURDAY} 12:00:00", NO, wrong_day(1, 3, 5)),
    ("1,2,3,4,5,6,7", "", f"{SATURDAY} 12:00:00", YES, {}),
    ("6", "[]", f"{SUNDAY} 12:00:00", NO, wrong_day(6)),
    ("周末", "", f"{SATURDAY} 12:00:00", CHECK, UNREADABLE_DAYS),
    ("0", "", f"{SATURDAY} 12:00:00", CHECK, UNREADABLE_DAYS),
]
HOURS_ONLY: list[Row] = [
    ("", LUNCH, f"{SATURDAY} 09:59:59", NO, wrong_hour("10:00-12:00")),
    ("", LUNCH, f"{SATURDAY} 10:00:00", YES, {}),
    ("", LUNCH, f"{SATURDAY} 11:59:59", YES, {}),
    ("", LUNCH, f"{SATURDAY} 12:00:00", NO, wrong_hour("10:00-12:00")),
    ("", scope("00:00-23:59"), f"{SATURDAY} 23:59:59", YES, {}),
    ("", scope("00:00-23:59:59"), f"{SATURDAY} 23:59:59", YES, {}),
    ("", scope("00:00-24:00"), f"{SATURDAY} 00:00:00", YES, {}),
    ("", scope("10:00-23:58"), f"{SATURDAY} 23:58:00", NO, wrong_hour("10:00-23:58")),
    ("", scope("10:00-00:00"), f"{SATURDAY} 23:59:59", YES, {}),
    ("", scope("10:00-00:00"), f"{SATURDAY} 00:00:00", NO, wrong_hour("10:00-00:00")),
    ("", scope("17:00-20:00", "10:00-12:00"), f"{SATURDAY} 11:00:00", YES, {}),
    ("", scope("17:00-20:00", "10:00-12:00"), f"{SATURDAY} 19:59:59", YES, {}),
    (
        *("", scope("17:00-20:00", "10:00-23:59"), f"{SATURDAY} 09:00:00", NO),
        wrong_hour("17:00-20:00", "10:00-24:00"),
    ),
    ("", NIGHT, f"{SATURDAY} 21:59:59", NO, wrong_hour("22:00-02:00")),
    ("", NIGHT, f"{SATURDAY} 22:00:00", YES, {}),
    ("", NIGHT, f"{SATURDAY} 01:59:59", YES, {}),
    ("", NIGHT, f"{SATURDAY} 02:00:00", NO, wrong_hour("22:00-02:00")),
    ("", scope("10:00-10:00"), f"{SATURDAY} 10:00:00", CHECK, unclear(scope("10:00-10:00"))),
    ("", scope("23:59-23:59"), f"{SATURDAY} 12:00:00", CHECK, unclear(scope("23:59-23:59"))),
    ("", ODD, f"{SATURDAY} 12:00:00", CHECK, unclear(ODD)),
]
BOTH: list[Row] = [
    ("6", LUNCH, f"{SATURDAY} 11:59:59", YES, {}),
    ("6", LUNCH, f"{SATURDAY} 12:00:00", NO, wrong_hour("10:00-12:00")),
    ("7", LUNCH, f"{SATURDAY} 11:59:59", NO, wrong_day(7)),
    ("7", LUNCH, f"{SATURDAY} 12:00:00", NO, wrong_day(7) | wrong_hour("10:00-12:00")),
    ("周末", LUNCH, f"{SATURDAY} 11:00:00", CHECK, UNREADABLE_DAYS),
    (
        *("周末", LUNCH, f"{SATURDAY} 12:00:00", NO),
        wrong_hour("10:00-12:00") | UNREADABLE_DAYS,
    ),
    ("周末", NIGHT, f"{SATURDAY} 01:00:00", CHECK, UNREADABLE_DAYS),
    ("周末", ODD, f"{SATURDAY} 01:00:00", CHECK, unclear(ODD) | UNREADABLE_DAYS),
]
OVERNIGHT: list[Row] = [
    ("5", NIGHT, f"{FRIDAY} 00:00:00", CHECK, unclear(NIGHT)),
    ("5", NIGHT, f"{FRIDAY} 01:59:59", CHECK, unclear(NIGHT)),
    ("5", NIGHT, f"{FRIDAY} 02:00:00", NO, wrong_hour("22:00-02:00")),
    ("5", NIGHT, f"{FRIDAY} 21:59:59", NO, wrong_hour("22:00-02:00")),
    ("5", NIGHT, f"{FRIDAY} 22:00:00", YES, {}),
    ("5", NIGHT, f"{FRIDAY} 23:59:59", YES, {}),
    ("5", NIGHT, f"{SATURDAY} 00:00:00", CHECK, unclear(NIGHT)),
    ("5", NIGHT, f"{SATURDAY} 01:59:59", CHECK, unclear(NIGHT)),
    ("5", NIGHT, f"{SATURDAY} 02:00:00", NO, wrong_day(5) | wrong_hour("22:00-02:00")),
    ("5", NIGHT, f"{SATURDAY} 22:00:00", NO, wrong_day(5)),
    ("6", NIGHT, f"{FRIDAY} 21:59:59", NO, wrong_day(6) | wrong_hour("22:00-02:00")),
    ("6", NIGHT, f"{FRIDAY} 22:00:00", NO, wrong_day(6)),
    ("6", NIGHT, f"{FRIDAY} 23:59:59", NO, wrong_day(6)),
    ("6", NIGHT, f"{SATURDAY} 00:00:00", CHECK, unclear(NIGHT)),
    ("6", NIGHT, f"{SATURDAY} 01:59:59", CHECK, unclear(NIGHT)),
    ("6", NIGHT, f"{SATURDAY} 02:00:00", NO, wrong_hour("22:00-02:00")),
    ("7", NIGHT, f"{MONDAY} 01:59:59", CHECK, unclear(NIGHT)),
    ("7", NIGHT, f"{MONDAY} 02:00:00", NO, wrong_day(7) | wrong_hour("22:00-02:00")),
    ("5,6", NIGHT, f"{SATURDAY} 01:59:59", YES, {}),
]
ANY_WINDOW: list[Row] = [
    ("6", ODD, f"{SATURDAY} 12:00:00", CHECK, unclear(ODD)),
    ("5", ODD, f"{SATURDAY} 23:59:59", CHECK, unclear(ODD)),
    ("5,6", ODD, f"{SATURDAY} 12:00:00", CHECK, unclear(ODD)),
    ("5", ODD, f"{SUNDAY} 00:00:00", NO, wrong_day(5)),
    ("7", ODD, f"{SATURDAY} 12:00:00", NO, wrong_day(7)),
    ("7", ODD, f"{MONDAY} 12:00:00", CHECK, unclear(ODD)),
]


def card_and_context(weekdays: str, windows: str, now: str) -> tuple[GiftCard, Context]:
    return gift_card(weekdays=weekdays, time_windows=windows), context(now=moment(now))


@pytest.mark.parametrize(
    ("weekdays", "windows", "now", "verdict", "reasons"),
    [*WEEKDAY_ONLY, *HOURS_ONLY, *BOTH, *OVERNIGHT, *ANY_WINDOW],
)
def test_hours(weekdays: str, windows: str, now: str, verdict: Verdict, reasons: Reasons) -> None:
    eligibility = evaluate(*card_and_context(weekdays, windows, now))
    assert reasons_of(eligibility) == reasons
    assert eligibility.verdict is verdict


def test_every_reason_in_the_order_of_the_table() -> None:
    card = gift_card(
        weekdays="7",
        time_windows=LUNCH,
        valid_from=at("2026-11-22"),
        valid_until=None,
        balance=Money(0),
        kind=9,
    )
    found = reasons_of(evaluate(card, context(account=AccountStatus.FROZEN)))
    assert list(found) == [
        *("ACCOUNT_FROZEN", "NOT_STARTED", "VALIDITY_UNKNOWN", "WEEKDAY_NOT_ALLOWED"),
        *("OUTSIDE_HOURS", "ZERO_BALANCE", "VALUE_UNKNOWN"),
    ]


def test_who_can_do_something_and_the_platforms_own_text() -> None:
    blocked = evaluate(*card_and_context("5", NIGHT, f"{SATURDAY} 12:00:00")).reasons
    assert [reason.fixable_by for reason in blocked] == [FixableBy.TIME, FixableBy.TIME]
    assert all(reason.blocks for reason in blocked)
    (to_check,) = evaluate(*card_and_context("5", NIGHT, f"{SATURDAY} 01:00:00")).reasons
    assert to_check.code is ReasonCode.HOURS_UNKNOWN
    assert to_check.fixable_by is FixableBy.CASHIER
    assert to_check.raw == NIGHT


def test_a_coupon_has_no_schedule_of_its_own() -> None:
    assert schedule_of(coupon()) == Schedule()


# --- next_usable_at ------------------------------------------------------------------------------

FOREVER = "2100-01-01 00:00:00"
BEGUN = "2026-11-01 00:00:00"


def next_at(card: GiftCard, now: str = f"{SATURDAY} 14:03:22") -> datetime | None:
    """`next_usable_at`, after a look at the second before it."""
    where = context(now=moment(now))
    found = evaluate(card, where).next_usable_at
    if found is not None:
        before = evaluate(card, replace(where, now=found - timedelta(seconds=1)))
        assert before.verdict is NO
        then = evaluate(card, replace(where, now=found))
        assert then.verdict is not NO
        assert then.next_usable_at is None
    return found


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
    found = next_at(gift_card(weekdays=weekdays, time_windows=windows), now)
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
    card = gift_card(weekdays=weekdays, time_windows=windows, valid_from=start, valid_until=end)
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
    assert evaluate(card, where).next_usable_at is None


def test_what_is_only_to_check_does_not_stand_in_the_way() -> None:
    card = gift_card(weekdays="7", status=0, valid_from=None)
    where = context(account=AccountStatus.UNKNOWN)
    assert evaluate(card, where).next_usable_at == moment(f"{SUNDAY} 00:00:00")


def test_now_in_the_middle_of_a_second() -> None:
    now = moment(f"{SATURDAY} 12:00:00") + timedelta(microseconds=300_000)
    found = evaluate(gift_card(time_windows=LUNCH), context(now=now)).next_usable_at
    assert found == moment(f"{SUNDAY} 10:00:00")
