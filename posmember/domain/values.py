"""Values as the platform gives them: there, not there, or there and unreadable.

A field of the domain is a value, ``None`` (empty or missing), or `Unreadable` with the
platform's own text. A rule that needs an unreadable field answers "check", never yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal

CHINA = timezone(timedelta(hours=8), "+08:00")
"""China Standard Time: fixed +08:00; the platform's texts name no zone."""

NEVER_EXPIRES_FROM_YEAR = 2099
"""RULES, Dates: an end in this year or later means that it never expires."""

EARLIEST = datetime.min.replace(tzinfo=CHINA)
LATEST = datetime.max.replace(tzinfo=CHINA)
"""What stands for a moment before or after all that can be written."""

_MIDNIGHT = time(0, 0)
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


def moved(at: datetime, by: timedelta) -> datetime:
    """A moment earlier or later; EARLIEST or LATEST where the calendar ends before it.

    The platform may write the year 1 as well as 9999, and a till's clock may say either.

    Args:
        at: aware, in `CHINA`.
    """
    try:
        return at + by
    except OverflowError:
        return LATEST if by > _NOTHING else EARLIEST


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A field that holds something, but nothing that can be understood.

    The text is for the details a cashier may open; it stays out of every repr and so of logs.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlatformTime:
    """A date, or a date with a time, in +08:00.

    Args:
        at: aware; for a date without a time its 00:00:00.
        has_time: whether the platform gave a time of day.
        over_at: as an end: the first instant at which it is certainly past; None is never.
            A date without a time runs through 23:59:59; with a time, that second still
            counts; 00:00:00 may mean either end of its day, so the whole day may count.
        may_be_over_at: as an end: the first instant at which it may be past; another one than
            `over_at` only for 00:00:00.
        text: the platform's own text, for the details.
    """

    at: datetime
    has_time: bool = True
    text: str = field(default="", compare=False, repr=False)
    over_at: datetime | None = field(init=False, compare=False, repr=False)
    may_be_over_at: datetime | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        over = self._over_at()
        may_be_over = self.at + _ONE_SECOND if over is not None and self.is_midnight else over
        object.__setattr__(self, "over_at", over)
        object.__setattr__(self, "may_be_over_at", may_be_over)

    @property
    def never(self) -> bool:
        """As an end: never expires (member-info: 永久有效 is 2100-01-01 00:00:00)."""
        return self.at.year >= NEVER_EXPIRES_FROM_YEAR

    @property
    def is_midnight(self) -> bool:
        """Whether it is a time of exactly 00:00:00, which as an end may mean two days."""
        return self.has_time and self.at.time() == _MIDNIGHT

    @property
    def last_second(self) -> datetime:
        """As an end: the last second that counts; one at 00:00:00 is told as it is written."""
        return self.at if self.has_time else self.at + (_ONE_DAY - _ONE_SECOND)

    def _over_at(self) -> datetime | None:
        if self.never:
            return None
        whole_day = not self.has_time or self.is_midnight
        return self.at + (_ONE_DAY if whole_day else _ONE_SECOND)


Int = int | Unreadable | None
Number = Decimal | Unreadable | None
Time = PlatformTime | Unreadable | None
