"""Scans and typing, one after the other, in one window of the rig; each is judged at once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.scanrig.control import TYPED, has_chinese
from tests.scanrig.desktop import Ime
from tests.scanrig.keyboard import Keyboard
from tests.scanrig.program import Program
from tests.scanrig.scanner import Manner, Person, Scanner, Suffix
from tests.scanrig.verdict import Difference, Verdict, differing, judge

TIMELY_MS = 34
"""A scanner that was held up for longer by a busy machine is no scanner: not judged."""
BUSY_MS = 300
_SCANS_WITHIN_S = 20.0
"""Then it is lost: a busy machine may let the window stand still for longer than a moment."""
_AT_REST_MS = 60
"""Nobody scans the next customer's code sooner; what follows sooner is of the same burst."""
_STALLED_MS = 500
"""Behind a burst that stalled, its rest may still be on its way."""
_COMPOSING_MS = 120
"""An input method answers in its own time."""
_TYPED_MS = 200
"""What was taken for a burst is given back after a tenth of a second."""
_CHINESE = ("chinese", "chinese_text")
PLACES_TO_TYPE_IN = ("line", "money", "count", "text", "scan_field", "dialog", *_CHINESE)


@dataclass(frozen=True, slots=True)
class Burst:
    """Codes to scan.

    Args:
        kind: of the codes, by name.
        place: where the keyboard is.
        busy_after_ms: from then on the window's event loop stands still; None for never.
        prefix_known: whether the program was told of the scanner's prefix.
    """

    kind: str
    codes: tuple[str, ...] = field(repr=False)
    manner: Manner = Manner()
    place: str = "line"
    busy_after_ms: int | None = None
    prefix_known: bool = False

    @property
    def arriving(self) -> list[str]:
        """Return what is to arrive."""
        unknown = "" if self.prefix_known else self.manner.prefix
        return [unknown + self.manner.sends(code) for code in self.codes]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a burst.

    Args:
        seen: the texts that came.
        longest_gap_ms: between two keys, as the server sent them.
    """

    verdict: Verdict
    seen: tuple[str, ...]
    longest_gap_ms: int

    @property
    def is_untimely(self) -> bool:
        """Return whether it says nothing, as the machine was too busy to scan in time."""
        return not self.verdict.is_right and self.longest_gap_ms > TIMELY_MS


class Session:
    """One window and one keyboard."""

    def __init__(self, ime: Ime, program: Program, keyboard: Keyboard, random: Random) -> None:
        self._ime = ime
        self._program = program
        self._scanner = Scanner(keyboard)
        self._person = Person(keyboard, random)
        self._quiet_ms = _AT_REST_MS
        self._left: Mapping[str, Any] | None = None
        self.late: list[Difference] = []
        """What bursts did only after they were judged."""

    def scan(self, burst: Burst) -> Result:
        """Scan a burst of codes with the keyboard in some place."""
        before = self._enter(burst.place)
        if burst.busy_after_ms is not None:
            self._program.be_busy(burst.busy_after_ms, BUSY_MS)
        longest_gap_ms = self._scanner.scan(burst.codes, burst.manner)
        seen = self._program.scans(len(burst.codes), _SCANS_WITHIN_S)
        # A burst that stalled was cut in two: nothing may follow before its rest is over.
        stalled = longest_gap_ms > TIMELY_MS
        after = self._program.state(_STALLED_MS if stalled else self._quiet_ms)
        seen += self._program.further_scans()
        self._left = after
        verdict = judge(burst.arriving, seen, before, after)
        return Result(verdict, tuple(scan.text for scan in seen), longest_gap_ms)

    def type(self, place: str, text: str) -> str:
        """Have a person type; returns what is wrong with it, or ""."""
        before = self._enter(place)
        self._person.type(text)
        after = self._program.state(_TYPED_MS)
        scans = self._program.further_scans()
        if scans:
            return f"typed {text!r} in {place}: was a scan"
        wanted = _with_typed(before[place], text)
        got = after[place]["text"]
        if got != wanted:
            return f"typed {text!r} in {place}: {got!r}, not {wanted!r}"
        others = {name for name in differing(before, after) if name != place}
        return f"typed {text!r} in {place}: changed {others}" if others else ""

    def compose(self, place: str) -> str:
        """Have a person write Chinese in a field for it; returns what is wrong, or ""."""
        self._enter(place)
        self._person.type(TYPED)
        until = time.monotonic() + _SCANS_WITHIN_S
        text = self._program.state(_TYPED_MS)[place]["text"]
        while not (right := self._is_composed(text)) and time.monotonic() < until:
            text = self._program.state(_TYPED_MS)[place]["text"]  # a busy machine answers later
        scans = self._program.further_scans()
        return "" if right and not scans else f"{TYPED!r} in {place} became {text!r}, {scans}"

    def _is_composed(self, text: str) -> bool:
        inside = text.replace("备注", "")
        return has_chinese(inside) if self._ime.is_chinese else TYPED in inside

    def use(self, prefix: str, suffix: Suffix) -> None:
        """Tell the program of a scanner's settings."""
        self._program.use(prefix, enter_follows=suffix is not Suffix.NONE)

    def finish(self) -> None:
        """Look at the window once more."""
        self._look_for_late_changes()

    def _enter(self, place: str) -> Mapping[str, Any]:
        self._quiet_ms = _COMPOSING_MS if place in _CHINESE else _AT_REST_MS
        self._look_for_late_changes()
        return self._program.enter(place)

    def _look_for_late_changes(self) -> None:
        if self._left is not None:
            changed = dict(differing(self._left, self._program.state(0)))
            scans = {scan.text: ("", "scanned") for scan in self._program.further_scans()}
            if changed or scans:
                self.late.append({**changed, **scans})
        self._left = None


def _with_typed(state: Mapping[str, Any], text: str) -> str:
    before: str = state["text"]
    at: int = state["position"] if "position" in state else state["cursor"]
    return before[:at] + text + before[at:]
