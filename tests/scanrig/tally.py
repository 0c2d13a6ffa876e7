"""Counts what came of a run, and makes tables of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.scanrig.desktop import Ime
from tests.scanrig.part import Record

_COUNTS = ("sent", "right", "lost", "mangled", "doubled", "misplaced")
_NO_SCANS = ("typing", "late")


@dataclass(slots=True)
class Tally:
    """All records of a run."""

    records: list[Record] = field(default_factory=list)

    @property
    def failures(self) -> list[Record]:
        """Return what was not as it should be, and was no fault of a busy machine."""
        return [record for record in self.records if record.is_failure]

    @property
    def scans(self) -> list[Record]:
        """Return the bursts of codes."""
        return [record for record in self.records if record.kind not in _NO_SCANS]

    @property
    def codes(self) -> int:
        """How many codes were scanned."""
        return sum(record.sent for record in self.scans)

    def totals(self) -> str:
        """Return the sums, in words."""
        judged = [record for record in self.scans if not record.untimely]
        counted = {name: sum(getattr(record, name) for record in judged) for name in _COUNTS}
        counted["untimely"] = len(self.scans) - len(judged)
        typed = [record for record in self.records if record.kind == "typing"]
        whole = sum(record.right for record in typed)
        words = ", ".join(f"{name} {count}" for name, count in counted.items())
        return f"codes: {words}; a person's texts: {len(typed)}, whole {whole}"

    def tables(self) -> str:
        """Return how many of all steps were right: by place, speed and kind of code."""
        return "\n\n".join(
            (
                _table(self.records, lambda record: record.place),
                _table(self.scans, lambda record: f"{record.gap_ms:2} ms a key"),
                _table(self.records, lambda record: record.kind),
            )
        )


def _table(records: Sequence[Record], row: Callable[[Record], str]) -> str:
    """Return a table with a column for each input method; "!" where something was wrong."""
    present = {record.ime for record in records}
    columns = [ime.value for ime in Ime if ime.value in present]
    cells: list[tuple[str, ...]] = [("", *columns)]
    for name in sorted({row(record) for record in records}):
        of_row = [record for record in records if row(record) == name and not record.untimely]
        cells.append((name, *(_cell(of_row, column) for column in columns)))
    return _aligned(cells)


def _cell(records: Sequence[Record], column: str) -> str:
    judged = [record for record in records if record.ime == column]
    wrong = sum(record.is_failure for record in judged)
    return f"{len(judged) - wrong}/{len(judged)}" + (" !" if wrong else "")


def _aligned(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
