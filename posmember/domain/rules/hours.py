"""On which days and at which hours (RULES, Hours). Pure; times of day in seconds, +08:00."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from posmember.domain.values import LATEST, Unreadable, moved, plain_text, unpacked

DAY_S = 86_400
_DAYS_A_WEEK = 7
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_LAST_MINUTE = (DAY_S - 60, DAY_S - 1)  # 23:59 and 23:59:59 mean midnight
_WEEKDAYS = re.compile(r"[,、]?\s*[1-7](?:(?:\s*[,、]\s*|\s+)[1-7])*\s*[,、]?")

_NOTHING: tuple[object, ...] = (None, "", [], {})
"""What JSON writes where nothing is told, such as the text ``null``."""

Weekdays = frozenset[int]


@dataclass(frozen=True, slots=True)
class Window:
    """A window [begin, end) of a day; begin later than end crosses midnight.

    Args:
        begin, end: seconds since 00:00; an end of 86,400 is midnight.
    """

    begin: int
    end: int

    def begun_today(self, second: int) -> bool:
        """Whether it holds at a second of the day on which it began."""
        if self.begin > self.end:
            return second >= self.begin
        return self.begin <= second < self.end

    def over_midnight(self, second: int) -> bool:
        """Whether it still holds at a second of the day after."""
        return self.begin > self.end and second < self.end

    def text(self) -> str:
        """The window as people write it, e.g. ``22:00-02:00``."""
        return f"{_clock(self.begin)}-{_clock(self.end)}"


@lru_cache(maxsize=256)
def read_weekdays(text: str) -> Weekdays | Unreadable | None:
    """``useWeeks``: ``"1,2,3"``, or a list of them, 1 is Monday; empty is any day (None)."""
    days: set[int] = set()
    for item in _rows(_held_in(text)):
        if item in _NOTHING:
            continue
        found = _WEEKDAYS.fullmatch(str(item)) if type(item) in (int, str) else None
        if found is None:
            return Unreadable(text)
        days |= {int(day) for day in found[0] if day.isdigit()}
    return frozenset(days) or None


@dataclass(frozen=True, slots=True)
class Windows:
    """``useTimeScope`` as far as it can be read.

    Args:
        whole: whether nothing is left that cannot be read, such as a begin that equals its end.
    """

    readable: tuple[Window, ...] = ()
    whole: bool = True


@lru_cache(maxsize=256)
def read_windows(text: str) -> Windows | None:
    """``useTimeScope``: windows, in a list or one alone; empty is any time (None).

    Each is an object with begin and end, also as a JSON text.
    """
    value = _held_in(text)
    if value in _NOTHING:
        return None
    windows = [_window(row) for row in ([value] if _is_window(value) else _rows(value))]
    readable = tuple(window for window in windows if window is not None)
    return Windows(readable, whole=len(readable) == len(windows))


def _held_in(text: str) -> object:
    return unpacked(plain_text(text))


def _rows(value: object) -> list[object]:
    """What is in a list, or in an object, as PHP sends a list with holes; one alone is a list."""
    if isinstance(value, dict):
        return [*value.values()]
    return value if isinstance(value, list) else [value]


def _is_window(row: object) -> bool:
    return isinstance(row, dict) and not row.keys().isdisjoint(("begin", "end"))


def _window(row: object) -> Window | None:
    value = unpacked(row)
    if not isinstance(value, dict):
        return None
    begin, end = _seconds(value.get("begin")), _seconds(value.get("end"))
    if begin is None or end is None or begin in (end, DAY_S):
        return None
    return Window(begin, DAY_S if end in _LAST_MINUTE else end)


def _seconds(value: object) -> int | None:
    text = unpacked(value)
    match = _TIME.fullmatch(plain_text(text)) if isinstance(text, str) else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if minutes < 60 and seconds < 60 and total <= DAY_S else None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weekdays and windows together; None is no rule.

    An overnight window belongs to the day it began, so Friday's 22:00-02:00 still holds on
    Saturday at 01:00. Because the platform may count by calendar day instead, there are two
    readings; where they differ, nobody knows. A window that cannot be read may hold at any hour
    of an allowed weekday.

    Args:
        windows: those that can be read.
        unknown_windows: whether there are any that cannot.
    """

    weekdays: Weekdays | None = None
    windows: tuple[Window, ...] | None = None
    unknown_windows: bool = False

    def blocks(self, now: datetime) -> bool:
        """Whether it is certainly not now: no reading holds, and nothing unreadable may."""
        return not (
            self.by_the_day_it_began(now) or self.by_calendar_day(now) or self._may_hold(now)
        )

    def is_unclear(self, now: datetime) -> bool:
        """Whether it may be now or not: the readings differ, or something cannot be read."""
        if self.windows is None:  # nothing runs past midnight
            return False
        one, other = self.by_the_day_it_began(now), self.by_calendar_day(now)
        return one is not other or (not one and self._may_hold(now))

    def by_the_day_it_began(self, now: datetime) -> bool:
        """The first reading: what began yesterday counts by yesterday's weekday."""
        second = _second_of_day(now)
        today, yesterday = self._allowed(_weekday(now)), self._allowed(_weekday_before(now))
        return any(
            (today and window.begun_today(second)) or (yesterday and window.over_midnight(second))
            for window in self._windows()
        )

    def by_calendar_day(self, now: datetime) -> bool:
        """The second reading: only today's weekday counts."""
        return self.allows_weekday(now) and self._window_holds(now)

    def allows_weekday(self, now: datetime) -> bool:
        """Whether today's weekday is allowed, whatever the hour."""
        return self._allowed(_weekday(now))

    def allows_hour(self, now: datetime) -> bool:
        """Whether a window holds by the clock, whatever the day; unknown windows may."""
        return self.windows is None or self.unknown_windows or self._window_holds(now)

    def changes_after(self, now: datetime) -> Iterator[datetime]:
        """The instants from now on, in order, at which an answer may change, for a week.

        After a week everything comes again, so there is nothing new to look for; and after the
        last day of the calendar nothing comes.
        """
        seconds = {0}
        for window in self.windows or ():
            seconds |= {window.begin, window.end % DAY_S}
        in_order = sorted(seconds)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for days in range(_DAYS_A_WEEK + 1):
            midnight = moved(today, timedelta(days=days))
            if midnight == LATEST:
                return
            for second in in_order:
                at = midnight + timedelta(seconds=second)
                if at >= now:
                    yield at

    def _window_holds(self, now: datetime) -> bool:
        second = _second_of_day(now)
        return any(
            window.begun_today(second) or window.over_midnight(second) for window in self._windows()
        )

    def _may_hold(self, now: datetime) -> bool:
        return self.unknown_windows and self.allows_weekday(now)

    def _windows(self) -> tuple[Window, ...]:
        return _ALL_DAY if self.windows is None else self.windows

    def _allowed(self, weekday: int) -> bool:
        return self.weekdays is None or weekday in self.weekdays


_ALL_DAY = (Window(0, DAY_S),)


def _weekday(now: datetime) -> int:
    return now.isoweekday()


def _weekday_before(now: datetime) -> int:
    return (now.isoweekday() - 2) % _DAYS_A_WEEK + 1


def _second_of_day(now: datetime) -> int:
    return now.hour * 3600 + now.minute * 60 + now.second


def _clock(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
