"""What each entry of one asset blocks it by, and whether they all say so (row 24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from tests.fakes.opinion.dates import Validity
from tests.fakes.opinion.reading import Json, Odd, When
from tests.fakes.opinion.table import CARD_STATUS, reason

T = TypeVar("T")


def known(values: Sequence[T]) -> T | None:
    """The first that can be read, else the first that is there at all."""
    there = [value for value in values if value is not None]
    readable = [value for value in there if not isinstance(value, Odd)]
    return next(iter(readable or there), None)


@dataclass
class Entry:
    """One entry's own words on what may block its asset."""

    source: str
    status: int | Odd | None
    start: When | Odd | None
    end: When | Odd | None
    threshold: Any = None
    blocked_by_threshold: bool = False
    disabled: int | Odd | None = None
    bound: int | Odd | None = None
    is_card: bool = False


@dataclass
class Agreed:
    """The entries of one asset beside each other, at a moment."""

    entries: list[Entry]
    now: datetime

    def votes(self, row: str) -> list[bool]:
        """Whether each entry blocks by a row; those that say nothing of it do not count."""
        return [vote for entry in self.entries if (vote := self._vote(entry, row)) is not None]

    def _vote(self, entry: Entry, row: str) -> bool | None:
        dates = Validity(entry.start, entry.end)
        match row:
            case "disabled":
                return None if not isinstance(entry.disabled, int) else entry.disabled == 0
            case "not_started":
                return dates.not_started(self.now) if isinstance(entry.start, When) else None
            case "expired":
                by_status = entry.is_card and entry.status == 5
                told = isinstance(entry.end, When)
                return by_status or dates.expired(self.now) if told or by_status else None
            case "blocked_by_threshold":
                told = entry.threshold is not None and not isinstance(entry.threshold, Odd)
                return entry.blocked_by_threshold if told else None
            case "status":
                told = isinstance(entry.status, int) or entry.bound == 0
                return entry.status in CARD_STATUS or entry.bound == 0 if told else None
        raise AssertionError(row)

    def every(self, row: str) -> bool:
        votes = self.votes(row)
        return bool(votes) and all(votes)

    def split(self, row: str) -> bool:
        return len(set(self.votes(row))) == 2

    def tells(self, what: str) -> bool:
        return any(isinstance(getattr(entry, what), When) for entry in self.entries)

    def split_fields(self) -> set[str]:
        """The fields that some entries block by and others do not."""
        rows = {
            "template_status": "disabled",
            "valid_from": "not_started",
            "min_spend": "blocked_by_threshold",
        }
        fields = {field for field, row in rows.items() if self.split(row)}
        if self.split("expired"):
            fields |= {"status"} if self._any_status(5) else set()
            past = any(Validity(e.start, e.end).expired(self.now) for e in self.entries)
            fields |= {"valid_until"} if past else set()
        if self.split("status"):
            fields |= {"status"} if self._any_status(*CARD_STATUS) else set()
            fields |= {"bound"} if any(entry.bound == 0 for entry in self.entries) else set()
        elif self.every("status") and not self._any_status(*CARD_STATUS):
            fields |= {"bound"}  # bound by its status, and not bound by its bind_status
        return fields

    def _any_status(self, *numbers: int) -> bool:
        return any(entry.is_card and entry.status in numbers for entry in self.entries)

    def conflict(self) -> list[Json]:
        fields = sorted(self.split_fields())
        return [reason("SOURCES_CONFLICT", fields=fields)] if fields else []
