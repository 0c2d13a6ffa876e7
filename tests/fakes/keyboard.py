"""A keyboard in time, and a text field behind a `ScanBuffer`: who gets which key, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import Fate, Misread, Outcome, Scan, ScanSettings

MS = 0.001


@dataclass(frozen=True)
class Stroke:
    """One key, struck and let go; seconds."""

    char: str
    at: float
    hold: float
    key: int


def burst(text: str, at: float, every: float = 5 * MS, hold: float | None = None) -> list[Stroke]:
    """A scanner's keys: each is let go before the next."""
    hold = every / 2 if hold is None else hold
    return [Stroke(char, at + n * every, hold, 1000 + ord(char)) for n, char in enumerate(text)]


def stalling(
    text: str, at: float, stalls: Mapping[int, float], every: float = 5 * MS
) -> list[Stroke]:
    """A scanner's keys with pauses, in seconds, each before the key of a number, from 0."""
    strokes: list[Stroke] = []
    for number, char in enumerate(text):
        at += stalls.get(number, every if number else 0)
        strokes.append(Stroke(char, at, every / 2, 1000 + ord(char)))
    return strokes


def typed(text: str, at: float, every: float, hold: float = 80 * MS) -> list[Stroke]:
    """A person's keys."""
    return [Stroke(char, at + n * every, hold, ord(char)) for n, char in enumerate(text)]


@dataclass
class Till:
    """A caller of the buffer that does what it says, with a field in place of all widgets."""

    settings: ScanSettings = field(default_factory=ScanSettings)
    hold: bool = True
    hold_first: bool = False

    def __post_init__(self) -> None:
        self.buffer = ScanBuffer(self.settings, hold=self.hold)
        self.field = ""
        self.scans: list[Scan] = []
        self.misread: list[Misread] = []
        self.nobodys = ""
        self.began = 0
        self.quiet_at = float("inf")
        self._held: dict[int, str] = {}
        self._passed: dict[int, str] = {}
        self._before = ""
        self._number = 0

    def play(self, *strokes: Iterable[Stroke]) -> Till:
        """Play keys in the order of their times, then let the keyboard rest."""
        ups_and_downs = sorted(
            [(stroke.at, True, n, stroke) for n, stroke in enumerate(s for g in strokes for s in g)]
            + [
                (stroke.at + stroke.hold, False, n, stroke)
                for n, stroke in enumerate(s for g in strokes for s in g)
            ],
            key=lambda each: each[:3],
        )
        for at, down, _, stroke in ups_and_downs:
            while at > self.quiet_at:
                self.fall_quiet()
            if down:
                self.press(stroke, at)
            else:
                self.buffer.let_go(stroke.key, at)
        while self.quiet_at < float("inf"):
            self.fall_quiet()
        assert not self._held, "a key was lost"
        return self

    def press(self, stroke: Stroke, at: float) -> Outcome:
        """Take one key as the window's filter does."""
        self._number += 1
        outcome = self.buffer.press(
            self._number, stroke.char, stroke.key, at, hold_first=self.hold_first
        )
        self._do(outcome)
        if outcome.fate is Fate.HOLD:
            self._held[self._number] = stroke.char
        elif outcome.fate is Fate.PASS:
            if self.buffer.is_fresh:
                self._passed, self._before = {}, self.field
            self._passed[self._number] = stroke.char
            self.field += stroke.char
        self.quiet_at = at
        self._wait()
        return outcome

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]

    def fall_quiet(self) -> None:
        """Take it that nothing was struck for as long as was to be waited."""
        self._do(self.buffer.fall_quiet())
        self._wait()

    def _wait(self) -> None:
        patience = self.buffer.patience_s
        if patience is None:
            self._passed = {}
        late = 5 * MS  # no clock wakes anybody in time
        self.quiet_at += float("inf") if patience is None else patience + late

    def _do(self, outcome: Outcome) -> None:
        if outcome.began:
            self.began += 1
            if self._passed:
                self.field = self._before
            self._held = {**self._passed, **self._held}
            self._passed = {}
        for number in outcome.release:
            char = self._held.pop(number)
            if self.buffer.may_go_on:
                self._before = self._before if self._passed else self.field
                self._passed[number] = char
            self.field += char
        if outcome.scan is not None:
            self.scans.append(outcome.scan)
        if outcome.misread is not None:
            self.misread.append(outcome.misread)
            self.nobodys += "".join(self._held.values())
        if outcome.scan or outcome.misread:
            self._held.clear()
