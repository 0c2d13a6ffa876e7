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
    nothing_left: bool | None = None


@dataclass
class Agreed:
    """The entries of one asset beside each other, at a moment."""

    entries: list[Entry]
    now: datetime
    left_field: str = "balance"

    def votes(self, row: str) -> list[bool]:
        """Whether each entry blocks by a row; those that say nothing of it do not count."""
        return [vote for entry in self.entries if (vote := self._vote(entry, row)) is not None]

    def _vote(self, entry: Entry, row: str) -> bool | None:
        dates = Validity(entry.start, entry.end)
        told_status = entry.is_card and isinstance(entry.status, int)
        match row:
            case "disabled":
                return None if not isinstance(entry.disabled, int) else entry.disabled == 0
            case "not_started":
                return dates.not_started(self.now) if isinstance(entry.start, When) else None
            case "expired":
                return dates.expired(self.now) if isinstance(entry.end, When) else None
            case "expired_by_status":
                return entry.status == 5 if told_status else None
            case "blocked_by_threshold":
                told = entry.threshold is not None and not isinstance(entry.threshold, Odd)
                return entry.blocked_by_threshold if told else None
            case "nothing_left":
                return entry.nothing_left
            case "status":
                return entry.status in CARD_STATUS if told_status else None
        raise AssertionError(row)

    def every(self, row: str) -> bool:
        votes = self.votes(row)
        return bool(votes) and all(votes)

    def split(self, row: str) -> bool:
        return len(set(self.votes(row))) == 2

    def tells(self, what: str) -> bool:
        return any(isinstance(getattr(entry, what), When) for entry in self.entries)

    def maybe_over(self) -> Json | None:
        """Row 9 of the first entry whose end is exactly 00:00:00 today."""
        for entry in self.entries:
            if isinstance(entry.end, When):
                for each in Validity(None, entry.end).unknown(self.now):
                    return each
        return None

    def split_fields(self) -> set[str]:
        """The fields that some entries block by and others do not."""
        rows = {
            "disabled": "template_status",
            "not_started": "valid_from",
            "expired": "valid_until",
            "expired_by_status": "status",
            "status": "status",
            "blocked_by_threshold": "min_spend",
            "nothing_left": self.left_field,
        }
        fields = {field for row, field in rows.items() if self.split(row)}
        blocked = self.every("status") or self.every("expired_by_status")
        unbound = any(entry.bound == 0 for entry in self.entries)
        return fields | {"bound"} if unbound and not blocked else fields

    @property
    def all_block(self) -> bool:
        """Whether every entry blocks it by something, be it each by something else."""
        rows = (
            *("disabled", "not_started", "expired", "expired_by_status"),
            *("blocked_by_threshold", "status", "nothing_left"),
        )
        return all(any(self._vote(entry, row) for row in rows) for entry in self.entries)

    def conflict(self) -> list[Json]:
        fields = sorted(self.split_fields())
        if not fields:
            return []
        each = [reason("EVERY_ENTRY_BLOCKS")] if self.all_block else []
        return [reason("SOURCES_CONFLICT", fields=fields), *each]
