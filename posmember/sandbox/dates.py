"""Dates of the invented members, told from a given moment, in the platform's own form.

The platform writes ``YYYY-MM-DD HH:MM:SS`` without a zone and means China Standard Time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "CST")
NEVER_EXPIRES: Final = "2100-01-01 00:00:00"
NO_DATE: Final = "0000-00-00 00:00:00"

_OPEN_HOURS: Final = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names moments relative to `now` (aware, any zone); a negative number is in the past."""

    now: datetime

    @classmethod
    def at_unix(cls, seconds: float) -> Calendar:
        """The calendar of a Unix second, in China Standard Time."""
        return cls(datetime.fromtimestamp(seconds, UTC).astimezone(CHINA))

    def at(self, *, days: int = 0, hours: int = 0) -> str:
        """The moment this many days and hours from now."""
        moment = self._local() + timedelta(days=days, hours=hours)
        return f"{moment:%Y-%m-%d %H:%M:%S}"

    def day(self, days: int = 0) -> str:
        """The date this many days from today, without a time."""
        return (self._local().date() + timedelta(days=days)).isoformat()

    def day_start(self, days: int = 0) -> str:
        """00:00:00 of the day this many days from today."""
        return f"{self.day(days)} 00:00:00"

    def day_end(self, days: int = 0) -> str:
        """23:59:59 of the day this many days from today."""
        return f"{self.day(days)} 23:59:59"

    def unix_day_start(self, days: int = 0) -> int:
        """Unix seconds of `day_start`."""
        day = self._local().date() + timedelta(days=days)
        return int(datetime.combine(day, time(), CHINA).timestamp())

    def next_first_of_march(self) -> str:
        """The first 1 March that is at least 60 days ahead: a year's tier ends then."""
        earliest = self._local().date() + timedelta(days=60)
        march = earliest.replace(month=3, day=1)
        year = march.year if march >= earliest else march.year + 1
        return f"{march.replace(year=year).isoformat()} 23:59:59"

    def todays_weekday(self) -> str:
        """Today as `useWeeks` has it: 1 is Monday."""
        return str(self._local().isoweekday())

    def yesterdays_weekday(self) -> str:
        """Yesterday as `useWeeks` has it."""
        return str((self._local() - timedelta(days=1)).isoweekday())

    def other_weekdays(self) -> str:
        """Every weekday but today, as `useWeeks` has it."""
        today = self._local().isoweekday()
        return ",".join(str(number) for number in range(1, 8) if number != today)

    def hours_open_now(self) -> str:
        """A `useTimeScope` with one window that holds now and does not cross midnight."""
        hour = self._local().hour
        return time_scope((f"{max(0, hour - 2):02d}:00", _full_hour(hour + _OPEN_HOURS)))

    def hours_later(self) -> str:
        """A `useTimeScope` whose next window opens in one to two hours, or tomorrow at 10:00."""
        hour = self._local().hour
        begin = hour + 2 if hour + 2 < 22 else 10
        return time_scope((f"{begin:02d}:00", _full_hour(begin + _OPEN_HOURS)))

    def hours_closed_twice(self) -> str:
        """A `useTimeScope` of two windows on either side of now, neither of which holds now."""
        hour = self._local().hour
        if hour < 2 or hour >= 22:
            return time_scope(("10:00", "12:00"), ("14:00", "20:30"))
        earlier = (f"{hour - 2:02d}:00", f"{hour - 1:02d}:30")
        return time_scope(earlier, (f"{hour + 1:02d}:00", _full_hour(hour + 3)))

    def _local(self) -> datetime:
        return self.now.astimezone(CHINA)


def time_scope(*windows: tuple[str, str]) -> str:
    """`useTimeScope`: a JSON text of windows."""
    return json.dumps([{"begin": begin, "end": end} for begin, end in windows])


def _full_hour(hour: int) -> str:
    return "23:59" if hour >= 24 else f"{hour:02d}:00"
