"""Tells a scanner's burst of keys from a person's typing, by time alone.

Measured: scanners send a key each 1 to 20 ms; a person, even rolling over the keys, hardly
ever strikes four in a row less than 35 ms apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

TERMINATORS = frozenset("\r\n")


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How a burst is told.

    Args:
        max_gap_s: seconds between two keys of one burst, at most.
        recognised_at: the number of fast keys after which it is a burst.
        min_length: a shorter burst is no scan.
    """

    max_gap_s: float = 0.035
    recognised_at: int = 4
    min_length: int = 6


@dataclass(frozen=True, slots=True)
class Scan:
    """A whole burst with its terminator taken off. Its text may be personal data."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A run that was taken for a burst and turned out to be none: all of its keys, in order.

    Those before its recognition had gone through, and were taken back out at it.
    """

    text: str = field(repr=False)


class BufferState(Enum):
    """What the keys so far look like."""

    IDLE = auto()
    DOUBTFUL = auto()
    BURST = auto()


class ScanBuffer:
    """Collects keys with their times; pure: the caller brings the clock.

    In state BURST the caller keeps keys from everyone else; before it they pass through.
    """

    def __init__(self, settings: ScanSettings | None = None) -> None:
        self._settings = settings or ScanSettings()
        self._keys: list[str] = []
        self._last_at = 0.0
        self.state = BufferState.IDLE

    @property
    def text(self) -> str:
        """The keys of the present run: in state BURST, all that is held back."""
        return "".join(self._keys)

    def feed(self, char: str, at: float) -> Scan | Rejected | None:
        """Take one key.

        Args:
            char: the character of the key; a terminator is CR or LF.
            at: seconds of any steady clock.

        Returns:
            A `Scan` when this key ended one. `Rejected` when a burst broke off before this
            key, which then begins a new run. None while nothing is decided.
        """
        broken = self._break_off(at)
        if char in TERMINATORS:
            return broken or self._finish()
        self._keys.append(char)
        self._last_at = at
        burst = len(self._keys) >= self._settings.recognised_at
        self.state = BufferState.BURST if burst else BufferState.DOUBTFUL
        return broken

    def expire(self) -> Rejected | None:
        """Break the run off, as no further key came; what was held back is given back."""
        return self._give_back()

    def reset(self) -> None:
        """Forget the present run."""
        self._keys.clear()
        self.state = BufferState.IDLE

    def _break_off(self, at: float) -> Rejected | None:
        if not self._keys or at - self._last_at <= self._settings.max_gap_s:
            return None
        return self._give_back()

    def _finish(self) -> Scan | Rejected | None:
        if self.state is BufferState.BURST and len(self._keys) >= self._settings.min_length:
            scan = Scan(self.text)
            self.reset()
            return scan
        return self._give_back()

    def _give_back(self) -> Rejected | None:
        held = self.state is BufferState.BURST
        rejected = Rejected(self.text) if held else None
        self.reset()
        return rejected
