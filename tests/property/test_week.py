"""Gift cards through a whole week, minute by minute, against a second opinion; and laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Eligibility, Verdict
from tests.fakes.assets import CONTEXT, hours_card, moment, scope
from tests.fakes.second_opinion import DAY, WEEK, second_opinion
from tests.fakes.unhurried import UNHURRIED

few = settings(UNHURRIED, max_examples=8)
some = settings(UNHURRIED, max_examples=60)
more = settings(UNHURRIED, max_examples=300)
MONDAY = moment("2026-11-16 00:00:00")
A_MINUTE, A_SECOND = timedelta(minutes=1), timedelta(seconds=1)
EVERY_MINUTE = [replace(CONTEXT, now=MONDAY + minute * A_MINUTE) for minute in range(WEEK)]
RANK = {Verdict.USABLE: 0, Verdict.CHECK: 1, Verdict.NOT_USABLE: 2}
TIME_CODES = {"WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"}


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


def codes(eligibility: Eligibility) -> tuple[str, ...]:
    return tuple(reason.code.value for reason in eligibility.reasons)


def check_week(weeks: str, hours: str) -> None:
    """The whole answer at every minute: reasons, verdict, and how long to wait."""
    card, opinion = hours_card(weeks, hours), second_opinion(weeks, hours)
    waits = opinion.minutes_until_open()
    for minute, where in enumerate(EVERY_MINUTE):
        eligibility = evaluate(card, where)
        expected = opinion.codes(minute)
        assert codes(eligibility) == expected, (weeks, hours, where.now)
        blocked = opinion.is_blocked(minute)
        assert (eligibility.verdict is Verdict.NOT_USABLE) is blocked
        assert (eligibility.verdict is Verdict.USABLE) is (not expected)
        opens = where.now + waits[minute] * A_MINUTE if blocked else None
        assert eligibility.next_usable_at == opens


@pytest.mark.parametrize(("weeks", "hours"), FIXED)
def test_a_week_of_a_fixed_card(weeks: str, hours: str) -> None:
    """Hours as merchants set them, odd ones too."""
    check_week(weeks, HOURS[hours])


@given(all_weeks, scopes)
@few
def test_a_week_of_any_card(weeks: str, hours: str) -> None:
    """Any weekdays and up to three windows."""
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
    """Within a week, to the second: it is the first second that no rule of the hours blocks."""
    card, where = hours_card(weeks, hours), replace(CONTEXT, now=now)
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
    """And on any day exactly one of them does."""
    assume(begin != end)
    where = replace(CONTEXT, now=now)
    verdicts = [
        evaluate(hours_card(weeks, scope(window)), where).verdict
        for window in (f"{begin}-{end}", f"{end}-{begin}")
    ]
    assert verdicts.count(Verdict.USABLE) <= 1
    if not weeks:
        assert sorted(verdicts) == [Verdict.NOT_USABLE, Verdict.USABLE]


@given(day_sets, st.integers(1, 7), scopes | st.just("10:00~22:00"), seconds_of_week)
@more
def test_one_more_weekday_never_stands_in_the_way(
    days: set[int], more: int, hours: str, now: datetime
) -> None:
    """A card of more weekdays is blocked by its hours at no other time."""
    where = replace(CONTEXT, now=now)
    before = set(codes(evaluate(hours_card(weeks_of(days), hours), where)))
    after = set(codes(evaluate(hours_card(weeks_of({*days, more}), hours), where)))
    assert not (after - before) & TIME_CODES


@given(all_weeks, st.lists(windows, min_size=1, max_size=2), windows, seconds_of_week)
@some
def test_one_more_window_never_stands_in_the_way(
    weeks: str, hours: list[str], more: str, now: datetime
) -> None:
    """What a window allows, a second window does not take away."""
    assume(second_opinion("", scope(*hours, more)).clock is not None)
    where = replace(CONTEXT, now=now)
    before = evaluate(hours_card(weeks, scope(*hours)), where).verdict
    after = evaluate(hours_card(weeks, scope(*hours, more)), where).verdict
    assert RANK[after] <= RANK[before]


@given(day_sets, st.lists(windows, max_size=3), seconds_of_week, st.randoms(use_true_random=False))
@some
def test_the_order_of_days_and_windows_never_matters(
    days: set[int], hours: list[str], now: datetime, random: Random
) -> None:
    """The same days and windows in another order give the same codes and the same next instant."""
    where = replace(CONTEXT, now=now)
    mixed_days = random.sample(sorted(days), len(days))
    mixed = hours_card(",".join(map(str, mixed_days)), scope(*random.sample(hours, len(hours))))
    before, after = (
        evaluate(card, where) for card in (hours_card(weeks_of(days), scope(*hours)), mixed)
    )
    assert codes(after) == codes(before)
    assert after.next_usable_at == before.next_usable_at


@given(all_weeks, boundaries, seconds_of_week)
@some
def test_midnight_has_four_names(weeks: str, begin: str, now: datetime) -> None:
    """An end of 23:59, 23:59:59, 24:00 and 24:00:00 is the same."""
    where = replace(CONTEXT, now=now)
    ends = ("23:59", "23:59:59", "24:00", "24:00:00")
    answers = [evaluate(hours_card(weeks, scope(f"{begin}-{end}")), where) for end in ends]
    assert [codes(answer) for answer in answers] == [codes(answers[0])] * 4
    assert {answer.next_usable_at for answer in answers} == {answers[0].next_usable_at}


@given(all_weeks, scopes, seconds_of_week, st.integers(1, 3000))
@some
def test_every_week_is_the_same(weeks: str, hours: str, now: datetime, later: int) -> None:
    """Over month ends, leap days and years."""
    card = hours_card(weeks, hours)
    here, there = (replace(CONTEXT, now=now + n * timedelta(weeks=1)) for n in (0, later))
    before, after = evaluate(card, here), evaluate(card, there)
    assert codes(after) == codes(before)
    if before.next_usable_at is not None:
        assert after.next_usable_at == before.next_usable_at + (there.now - here.now)
