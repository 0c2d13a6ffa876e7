"""The hours of a gift card, worked out a second time and in another way than the program's.

The week is a ring of 10,080 minutes, and each reading paints the minutes at which it holds. Only
whole minutes; written from RULES, Hours, and member-info's ``useWeeks`` and ``useTimeScope``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

DAY = 24 * 60
WEEK = 7 * DAY
TO_MIDNIGHT = {"23:59", "23:59:59", "24:00", "24:00:00"}
Minutes = frozenset[int]


class NotReadableError(Exception):
    """A text from which nobody can tell the hours."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a card allows; minutes count from Monday 00:00.

    Args:
        days: allowed weekdays, 1 is Monday.
        days_readable: whether the text of the weekdays could be read.
        unread: whether there are hours that nobody can read; they may be any of an allowed day.
        clock: minutes of a day at which a window holds.
        by_start: the minutes of the week of which the day it began is allowed.
        by_calendar: the minutes of the week of which the day itself is allowed.
    """

    days: frozenset[int]
    days_readable: bool
    unread: bool
    clock: Minutes
    by_start: Minutes
    by_calendar: Minutes

    def codes(self, minute: int) -> tuple[str, ...]:
        """The codes of every reason against the card at a minute of the week."""
        unreadable_days = () if self.days_readable else ("VALUE_UNKNOWN",)
        return (*self._codes_of_hours(minute), *unreadable_days)

    def is_blocked(self, minute: int) -> bool:
        """Whether neither reading holds, nor may anything unreadable."""
        held = minute in self.by_start or minute in self.by_calendar
        return not held and not (self.unread and self._is_allowed_day(minute))

    def minutes_until_open(self) -> dict[int, int]:
        """For every blocked minute, how many until the next that is not."""
        waits: dict[int, int] = {}
        wait = 0
        for minute in reversed(range(2 * WEEK)):  # twice round: the week after is the same
            wait = wait + 1 if self.is_blocked(minute % WEEK) else 0
            if minute < WEEK and wait:
                waits[minute] = wait
        return waits

    def _codes_of_hours(self, minute: int) -> tuple[str, ...]:
        held = [minute in self.by_start, minute in self.by_calendar]
        if any(held):
            return () if all(held) else ("HOURS_UNKNOWN",)
        if not self.is_blocked(minute):
            return ("HOURS_UNKNOWN",)
        wrong_day = not self._is_allowed_day(minute)
        wrong_hour = not self.unread and minute % DAY not in self.clock
        found = {"WEEKDAY_NOT_ALLOWED": wrong_day, "OUTSIDE_HOURS": wrong_hour}
        return tuple(code for code, wrong in found.items() if wrong)

    def _is_allowed_day(self, minute: int) -> bool:
        return minute // DAY + 1 in self.days


def second_opinion(weeks: str, scope: str) -> SecondOpinion:
    """From the texts of ``useWeeks`` and ``useTimeScope``."""
    try:
        days, days_readable = _days(weeks), True
    except NotReadableError:
        days, days_readable = frozenset(range(1, 8)), False
    starts = [(day - 1) * DAY for day in days]
    spans = _spans(scope)
    readable = [span for span in spans if span is not None]
    minutes = [minute for span in readable for minute in span]
    clock = frozenset(minute % DAY for minute in minutes)
    return SecondOpinion(
        days,
        days_readable,
        len(readable) < len(spans),
        clock,
        by_start=_ring(start + minute for start in starts for minute in minutes),
        by_calendar=_ring(start + minute for start in starts for minute in clock),
    )


def _ring(minutes: Iterable[int]) -> Minutes:
    return frozenset(minute % WEEK for minute in minutes)


def _days(weeks: str) -> frozenset[int]:
    if not weeks.strip():
        return frozenset(range(1, 8))
    names = {str(day): day for day in range(1, 8)}
    try:
        return frozenset(names[part.strip()] for part in weeks.split(","))
    except KeyError:
        raise NotReadableError from None


def _spans(scope: str) -> list[range | None]:
    """Minutes from 00:00 of the day on which each window begins, on into the next day.

    None for a window that nobody can read.
    """
    if scope.strip() in ("", "[]", "null"):
        return [range(DAY)]
    try:
        return [_span(row) for row in json.loads(scope)]
    except ValueError:
        return [None]


def _span(row: dict[str, str]) -> range | None:
    begin, end = row["begin"].strip(), row["end"].strip()
    try:
        first, last = _minute(begin), DAY if end in TO_MIDNIGHT else _minute(end)
    except ValueError:
        return None
    if begin == end or first == last:
        return None
    return range(first, last if last > first else last + DAY)


def _minute(text: str) -> int:
    hours, minutes, *_seconds = (int(part) for part in text.split(":"))
    return hours * 60 + minutes
