"""From when until when: a start, an end, and what is not certain of them (RULES, Dates)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from tests.fakes.opinion.reading import Json, Odd, When, raw_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SOON = timedelta(days=3)
LAST_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Validity:
    """What one entry, or all of them together, say of an asset's dates.

    Args:
        endless: said to last for ever without an end being given.
        told_by_time: the reason that its own status gives, when that is that it expired.
    """

    start: When | Odd | None
    end: When | Odd | None
    endless: bool = False

    @property
    def never(self) -> bool:
        return self.endless or (isinstance(self.end, When) and self.end.at.year >= 2099)

    @property
    def last(self) -> datetime | None:
        """The last second that may count; None is never, or nobody knows."""
        if self.never or not isinstance(self.end, When):
            return None
        midnight = self.end.at.time() == time()
        return (
            last_second(self.end)
            if not midnight
            else self.end.at.replace(hour=23, minute=59, second=59)
        )

    def not_started(self, now: datetime) -> bool:
        return isinstance(self.start, When) and now < self.start.at

    def expired(self, now: datetime) -> bool:
        return self.last is not None and now >= self.last + SECOND

    def unknown(self, now: datetime) -> list[Json]:
        """Row 9, told of the first field that it is about."""
        if isinstance(self.start, Odd):
            return [unknown("valid_from", self.start.raw)]
        if self.never:
            return []
        if isinstance(self.end, Odd):
            return [unknown("valid_until", self.end.raw)]
        if self.end is None:
            return [unknown("valid_until", None)]
        on_that_day = (
            self.end.timed and self.end.at.time() == time() and self.end.at.date() == now.date()
        )
        return [unknown("valid_until", self.end.raw)] if on_that_day else []

    def soon(self, now: datetime) -> list[Json]:
        """EXPIRING_SOON: within three days, by the earlier reading of an end at 00:00:00."""
        if self.never or not isinstance(self.end, When) or self.expired(now):
            return []
        over = last_second(self.end) + SECOND
        if over > now + SOON:
            return []
        return [{"code": "EXPIRING_SOON", "params": {"at": last_second(self.end).isoformat()}}]


def last_second(end: When) -> datetime:
    """The end as it is written: with a time that second, without one the day's last."""
    return end.at if end.timed else end.at.replace(hour=23, minute=59, second=59)


def unknown(field: str, raw: Any) -> Json:
    return {"code": "VALIDITY_UNKNOWN", "params": {"field": field}, "raw": raw and raw_of(raw)}
