"""A gift card's weekdays and hours: each reading looked at second by second, nothing cached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from tests.fakes.opinion.reading import Json, Odd, empty, raw_of, text, unwrapped, weekdays

DAY = timedelta(days=1)
MIDNIGHT = 24 * 3600


@dataclass(frozen=True)
class Window:
    """Seconds of the day; an end at or below the begin lies in the next day."""

    begin: int
    end: int
    written: str

    @property
    def length(self) -> int:
        return (self.end - self.begin) % MIDNIGHT or MIDNIGHT


@dataclass(frozen=True)
class Hours:
    """What a card allows.

    Args:
        days: allowed weekdays; None is any, also where they cannot be read.
        windows: those that can be read; unread: how many cannot.
        ruled: whether there are hours at all.
    """

    days: set[int] | None
    odd_days: Odd | None
    windows: tuple[Window, ...]
    unread: int
    ruled: bool
    written: str

    def by_start(self, now: datetime) -> bool:
        """Whether a window of an allowed day has begun and is not over."""
        if not self.ruled:
            return self._allowed(now)
        for window in self.windows:
            for day in (now, now - DAY):
                begun = _midnight(day) + timedelta(seconds=window.begin)
                over = begun + timedelta(seconds=window.length)
                if self._allowed(day) and begun <= now < over:
                    return True
        return False

    def by_calendar(self, now: datetime) -> bool:
        """Whether today is allowed and a window holds at this time of day."""
        return self._allowed(now) and (not self.ruled or self._in_window(now))

    def _in_window(self, now: datetime) -> bool:
        second = (now - _midnight(now)).total_seconds()
        return any((second - each.begin) % MIDNIGHT < each.length for each in self.windows)

    def _allowed(self, day: datetime) -> bool:
        return self.days is None or day.isoweekday() in self.days

    def reasons(self, now: datetime) -> list[Json]:
        """Rows 10, 11 and 12 at a moment."""
        readings = (self.by_start(now), self.by_calendar(now))
        if all(readings):
            return []
        unknown = {"code": "HOURS_UNKNOWN", "params": {"text": self.written}, "raw": self.written}
        if any(readings):
            return [unknown]
        found: list[Json] = []
        if not self._allowed(now):
            days = sorted(self.days or ())
            found.append({"code": "WEEKDAY_NOT_ALLOWED", "params": {"weekdays": days}})
        if self.unread:
            return found if found else [unknown]
        if self.ruled and not self._in_window(now):
            windows = [window.written for window in self.windows]
            found.append({"code": "OUTSIDE_HOURS", "params": {"windows": windows}})
        return found

    def blocks(self, now: datetime) -> bool:
        return any(reason["code"] != "HOURS_UNKNOWN" for reason in self.reasons(now))

    def boundaries(self, now: datetime) -> Iterator[datetime]:
        """Every moment after now, in order, at which an answer of the hours can change."""
        for ahead in range(-1, 368):
            day = _midnight(now) + ahead * DAY
            seconds = {0, *(w.begin for w in self.windows), *(w.end for w in self.windows)}
            yield from (
                day + timedelta(seconds=second)
                for second in sorted(seconds)
                if day + timedelta(seconds=second) > now
            )


def read_hours(weeks: Any, scope: Any) -> Hours:
    """From ``useWeeks`` and ``useTimeScope`` as they came."""
    days = weekdays(weeks)
    odd_days = days if isinstance(days, Odd) else None
    rows = _rows(scope)
    windows = [_window(row) for row in rows]
    read = tuple(window for window in windows if window is not None)
    return Hours(
        days=None if isinstance(days, Odd) else days,
        odd_days=odd_days,
        windows=read,
        unread=len(windows) - len(read),
        ruled=bool(rows),
        written=raw_of(scope) if not empty(scope) else "",
    )


def _rows(scope: Any) -> list[Any]:
    inner = unwrapped(scope)
    if empty(inner):
        return []
    if isinstance(inner, dict) and inner and all(key.isdigit() for key in inner):
        return list(inner.values())
    return inner if isinstance(inner, list) else [inner]


def _window(row: Any) -> Window | None:
    row = unwrapped(row)
    if not isinstance(row, dict):
        return None
    begin, end = (_second(text(unwrapped(row.get(key)))) for key in ("begin", "end"))
    if begin is None or end is None or (begin % MIDNIGHT == end % MIDNIGHT and begin == end):
        return None
    if begin >= MIDNIGHT:
        return None
    if end in (MIDNIGHT - 60, MIDNIGHT - 1):
        end = MIDNIGHT
    return Window(begin, end % MIDNIGHT, f"{text(row['begin'])}-{text(row['end'])}")


def _second(written: str) -> int | None:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", written)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > MIDNIGHT:
        return None
    return hour * 3600 + minute * 60 + second


def _midnight(day: datetime) -> datetime:
    return datetime.combine(day.date(), time(), day.tzinfo)
