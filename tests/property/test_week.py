"""Gift cards through a whole week, minute by minute, against a second opinion; and laws."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from posmember.domain.context import Context
from posmember.domain.eligibility import evaluate
from posmember.domain.giftcard import GiftCard
from posmember.domain.reasons import Eligibility, Verdict
from posmember.domain.rules_time import (
    gift_card_hours_unknown,
    outside_hours,
    schedule_of,
    weekday_not_allowed,
)
from tests.fakes.assets import CONTEXT, gift_card, moment
from tests.fakes.second_opinion import DAY, WEEK, SecondOpinion, second_opinion
from tests.fakes.unhurried import UNHURRIED

few = settings(UNHURRIED, max_examples=8)
some = settings(UNHURRIED, max_examples=60)
MONDAY = moment("2026-11-16 00:00:00")
A_MINUTE, A_SECOND = timedelta(minutes=1), timedelta(seconds=1)
EVERY_MINUTE = [replace(CONTEXT, now=MONDAY + minute * A_MINUTE) for minute in range(WEEK)]
PRIME = 211
"""A step through the week that meets other minutes of the hour each day."""
TIME_CODES = {"WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"}


def scope(*windows: str) -> str:
    pairs = [window.split("-") for window in windows]
    return json.dumps([{"begin": begin, "end": end} for begin, end in pairs])


HOURS = {
    "none": "",
    "empty list": "[]",
    "whole day": scope("00:00-24:00"),
    "whole day to 23:59": scope("00:00-23:59"),
    "seconds": scope("10:00:00-23:59:59"),
    "lunch": scope("11:00-14:00"),
    "lunch and dinner": scope("17:30-21:00", "11:00-14:00"),
    "overlapping": scope("10:00-15:00", "12:00-18:00"),
    "adjacent": scope("10:00-12:00", "12:00-14:00"),
    "overnight": scope("22:00-02:00"),
    "to midnight": scope("18:00-00:00"),
    "nearly all day": scope("00:01-00:00"),
    "all but a minute": scope("12:01-12:00"),
    "overnight and the morning": scope("22:00-02:00", "00:00-06:00"),
    "two overnight": scope("22:00-02:00", "23:00-09:00"),
    "last minute": scope("23:58-23:59"),
    "begin equal to end": scope("10:00-10:00"),
    "one unreadable": scope("11:00-14:00", "dawn-dusk"),
    "junk": "10:00~22:00",
}
WEEKS = ("", "5", "6", "7", "1", "1,7", "1,3,5", "1,2,3,4,5", "1,2,3,4,5,6,7", "8", "周末")
FIXED = [(WEEKS[row % len(WEEKS)], hours) for row, hours in enumerate(HOURS)] + [
    (weeks, hours)
    for weeks in ("5", "1,7", "周末")
    for hours in ("overnight", "overnight and the morning", "two overnight", "junk")
]

clock_texts = st.builds(
    "{:02d}:{:02d}{}".format, st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", ":00"])
)
end_texts = clock_texts | st.sampled_from(["24:00", "23:59:59", "24:00:00"])
windows = st.builds(lambda begin, end: f"{begin}-{end}", clock_texts, end_texts)
scopes = st.lists(windows, max_size=3).map(lambda chosen: scope(*chosen))
day_sets = st.sets(st.integers(1, 7), min_size=1)
minutes_of_week = st.integers(0, WEEK - 1)


def weeks_of(days: set[int]) -> str:
    return ",".join(str(day) for day in sorted(days))


all_weeks = st.just("") | day_sets.map(weeks_of)


def card_of(weeks: str, hours: str) -> GiftCard:
    return gift_card(weekdays=weeks, time_windows=hours)


def codes(eligibility: Eligibility) -> tuple[str, ...]:
    return tuple(reason.code.value for reason in eligibility.reasons)


def hour_codes(card: GiftCard, where: Context) -> tuple[str, ...]:
    """Rows 10 to 12 alone: the rest does not change through the week."""
    reasons = (
        *weekday_not_allowed(card, where),
        *outside_hours(card, where),
        *gift_card_hours_unknown(card, where),
    )
    return tuple(reason.code.value for reason in reasons)


def check_week(weeks: str, hours: str) -> None:
    card, opinion = card_of(weeks, hours), second_opinion(weeks, hours)
    schedule = schedule_of(card)
    for minute, where in enumerate(EVERY_MINUTE):
        found = hour_codes(card, where)
        expected = tuple(code for code in opinion.codes(minute) if code != "VALUE_UNKNOWN")
        assert found == expected, (weeks, hours, where.now)
        assert schedule.blocks(where.now) is opinion.is_blocked(minute)
        assert schedule.is_unclear(where.now) is ("HOURS_UNKNOWN" in expected)
    for minute in range(0, WEEK, PRIME):
        check_whole_answer(card, opinion, minute)


def check_whole_answer(card: GiftCard, opinion: SecondOpinion, minute: int) -> None:
    where = EVERY_MINUTE[minute]
    eligibility = evaluate(card, where)
    assert codes(eligibility) == opinion.codes(minute)
    wait = opinion.minutes_until_open(minute)
    assert eligibility.next_usable_at == (None if wait is None else where.now + wait * A_MINUTE)


@pytest.mark.parametrize(("weeks", "hours"), FIXED)
def test_a_week_of_a_fixed_card(weeks: str, hours: str) -> None:
    check_week(weeks, HOURS[hours])


@given(all_weeks, scopes)
@few
def test_a_week_of_any_card(weeks: str, hours: str) -> None:
    check_week(weeks, hours)


def test_the_second_opinion_by_hand() -> None:
    """Friday's 22:00-02:00, so that two programs do not agree on something wrong."""
    opinion = second_opinion("5", scope("22:00-02:00"))
    friday, saturday = 4 * DAY, 5 * DAY
    assert opinion.by_start == frozenset(range(friday + 22 * 60, saturday + 120))
    early = range(friday, friday + 120)
    assert opinion.by_calendar == {*early, *range(friday + 22 * 60, saturday)}
    assert opinion.codes(saturday + 119) == ("HOURS_UNKNOWN",)
    assert opinion.codes(saturday + 120) == ("WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS")


# --- laws ----------------------------------------------------------------------------------------

seconds_of_week = st.integers(0, WEEK * 60 - 1).map(lambda second: MONDAY + second * A_SECOND)


@given(all_weeks, scopes, seconds_of_week)
@some
def test_next_usable_at_is_the_first(weeks: str, hours: str, now: datetime) -> None:
    card, where = card_of(weeks, hours), replace(CONTEXT, now=now)
    eligibility = evaluate(card, where)
    found = eligibility.next_usable_at
    blocked = bool(set(codes(eligibility)) & TIME_CODES)
    assert (found is not None) is blocked
    if found is None:
        return
    assert now < found <= now + timedelta(days=7)
    assert not set(codes(evaluate(card, replace(where, now=found)))) & TIME_CODES
    before = evaluate(card, replace(where, now=found - A_SECOND))
    assert set(codes(before)) & TIME_CODES
    assert before.next_usable_at == found


# 23:59 is no end of its own: it is midnight.
boundaries = st.integers(0, DAY - 2).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")


@given(all_weeks, boundaries, boundaries, seconds_of_week)
@some
def test_a_window_and_its_complement_never_both_hold(
    weeks: str, begin: str, end: str, now: datetime
) -> None:
    assume(begin != end)
    where = replace(CONTEXT, now=now)
    verdicts = [
        evaluate(card_of(weeks, scope(window)), where).verdict
        for window in (f"{begin}-{end}", f"{end}-{begin}")
    ]
    assert verdicts.count(Verdict.USABLE) <= 1
    if not weeks:
        assert sorted(verdicts) == [Verdict.NOT_USABLE, Verdict.USABLE]


@given(day_sets, st.integers(1, 7), scopes | st.just("10:00~22:00"), seconds_of_week)
@some
def test_one_more_weekday_never_stands_in_the_way(
    days: set[int], more: int, hours: str, now: datetime
) -> None:
    where = replace(CONTEXT, now=now)
    before = set(codes(evaluate(card_of(weeks_of(days), hours), where)))
    after = set(codes(evaluate(card_of(weeks_of({*days, more}), hours), where)))
    assert not (after - before) & TIME_CODES
