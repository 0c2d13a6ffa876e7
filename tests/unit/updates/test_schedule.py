"""When a till asks: spread over hours, within its hours, whatever its clock did."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.values import CHINA
from posmember.settings.updates import ANY_HOURS, Hours, parse_hours
from posmember.updates.schedule import EVERY, FIRST_WITHIN, SPREAD, next_check

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
NIGHT = parse_hours("22:00-06:00")
CHANCES = st.floats(0, 1, exclude_max=True)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=9_000)).map(lambda after: NOON + after)


def test_tills_that_are_started_together_do_not_ask_together() -> None:
    chance = random.Random(1).random
    asked = sorted(next_check(NOON, None, ANY_HOURS, chance) for _till in range(1_000))
    minutes = [int((at - NOON) / timedelta(minutes=1)) for at in asked]
    assert max(minutes.count(minute) for minute in range(1, 240)) < 15
    assert NOON < asked[0] < NOON + timedelta(minutes=5)
    assert asked[-1] <= NOON + FIRST_WITHIN


@given(st.timedeltas(timedelta(0), timedelta(hours=19)), CHANCES)
def test_daily_more_or_less(ago: timedelta, chance: float) -> None:
    due = next_check(NOON, NOON - ago, ANY_HOURS, lambda: chance)
    assert EVERY - SPREAD <= due - (NOON - ago) <= EVERY + SPREAD


def test_a_till_that_was_off_asks_within_hours_of_its_start() -> None:
    due = next_check(NOON, NOON - timedelta(days=9), ANY_HOURS, lambda: 0.5)
    assert due == NOON + FIRST_WITHIN / 2


def test_what_was_asked_in_the_future_was_never_asked() -> None:
    due = next_check(NOON, NOON + timedelta(days=400), ANY_HOURS, lambda: 0.5)
    assert due == NOON + FIRST_WITHIN / 2


@given(
    MOMENTS,
    st.none() | MOMENTS,
    st.builds(Hours, st.integers(0, 1439), st.integers(0, 1439)),
    CHANCES,
)
def test_always_later_always_soon_always_within_its_hours(
    now: datetime, last: datetime | None, hours: Hours, chance: float
) -> None:
    due = next_check(now, last, hours, lambda: chance)
    assert now < due <= now + EVERY + SPREAD + timedelta(days=2)
    assert hours.contains(due.time())


def test_outside_its_hours_it_is_anywhere_in_the_next_ones() -> None:
    begin = NOON.replace(hour=22)
    assert next_check(NOON, None, NIGHT, lambda: 0.0) == begin
    last = next_check(NOON, None, NIGHT, lambda: 0.9999999999999999)
    assert last == begin + timedelta(hours=8) - timedelta(seconds=1)
