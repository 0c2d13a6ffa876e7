"""When a till asks for updates: never all tills of a chain at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from posmember.settings.updates import Hours

FIRST_WITHIN: Final = timedelta(hours=4)
"""After the program's start, as tills of a chain are started at the same minute."""
EVERY: Final = timedelta(hours=24)
SPREAD: Final = timedelta(hours=4)
"""Either way."""
_SOONEST: Final = timedelta(minutes=1)
_MINUTE: Final = timedelta(minutes=1)
_SECOND: Final = timedelta(seconds=1)
"""Which numbers just below 1 are rounded up by."""
_DAY_MIN: Final = 24 * 60


def next_check(
    now: datetime, last: datetime | None, hours: Hours, chance: Callable[[], float]
) -> datetime:
    """When to ask next.

    Args:
        now: of the till's own clock and zone.
        last: when it was asked before; None where it never was. What lies in the future, by a
            clock that was wrong, is never.
        hours: when it may be asked at all.
        chance: gives numbers from 0 up to, not including, 1.
    """
    if last is None or last > now:
        due = now + FIRST_WITHIN * chance()
    else:
        due = last + EVERY + SPREAD * (2 * chance() - 1)
        if due <= now:  # the till was off
            due = now + FIRST_WITHIN * chance()
    due = max(due, now + _SOONEST)
    if hours.contains(due.time()):
        return due
    return _opening(due, hours) + (_length(hours) - _SECOND) * chance()


def _opening(after: datetime, hours: Hours) -> datetime:
    """The next time that the hours begin."""
    begin = after.replace(hour=hours.begin // 60, minute=hours.begin % 60, second=0, microsecond=0)
    return begin if begin >= after else begin + timedelta(days=1)


def _length(hours: Hours) -> timedelta:
    return ((hours.end - hours.begin) % _DAY_MIN) * _MINUTE
