"""Tells a scanner's burst of keys from a person's typing, by time alone. Pure.

Measured: scanners send a key each 1 to 20 ms and let go of each before they press the next; a
person, even rolling over the keys, hardly ever strikes four in a row less than 35 ms apart, and
holds each for longer than that.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

TERMINATORS = frozenset("\r\n")
_TAB, _LINE_FEED = "\t", "\n"
_ROLLED_OVER_S = 0.015
"""A scanner that lets go of keys late still strikes them faster than any person."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How a burst is told.

    Args:
        max_gap_s: seconds between two keys of one burst, at most.
        recognised_at: the number of fast keys after which it is a burst.
        min_length: a shorter burst is no scan, unless it has the prefix.
        prefix: what the scanner sends before each code, "" for nothing. Its first key is held
            back for `max_gap_s`, so that the burst is recognised at the next one.
        suffix: what it sends behind each code, before its Enter; "" for nothing. Without an
            Enter it ends the code.
        enter_follows: whether the scanner sends Enter, Tab or a line feed after each code;
            else a burst is over when it falls quiet.
        quiet_s: seconds after which a burst that fell quiet is over.
    """

    max_gap_s: float = 0.035
    recognised_at: int = 4
    min_length: int = 6
    prefix: str = ""
    suffix: str = ""
    enter_follows: bool = True
    quiet_s: float = 0.1


@dataclass(frozen=True, slots=True)
class Scan:
    """A code, without its prefix and its terminator. Its text may be personal data.

    Args:
        place: 1 for the first code of a burst, 2 for one that followed it in the same burst.
    """

    text: str = field(repr=False)
    place: int = 1


class Fate(Enum):
    """What becomes of a key that was struck."""

    PASS = auto()
    """Everyone else gets it, at once."""
    HOLD = auto()
    """Nobody gets it until it is known what it is."""
    SWALLOW = auto()
    """Nobody gets it: it ended a code."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the caller has to do about a key, in this order.

    Args:
        began: a burst was recognised: what its passed keys did is to be put back, and they are
            held from now on as well.
        release: the numbers of held keys that were a person's: to be sent on, in this order.
        scan: a code that is complete; all keys that were held until now were its.
        fate: what becomes of the key itself.
    """

    fate: Fate = Fate.PASS
    began: bool = False
    release: tuple[int, ...] = ()
    scan: Scan | None = None


@dataclass(slots=True)
class _Struck:
    """One key of the present run.

    Args:
        key: which key of the keyboard it is, so that its release can be told.
        at: when it went down. gap_s: since the key before it.
        down: whether it is down. overlapped: whether it was so when another was struck.
        lingered: whether it was so for longer than a scanner's.
    """

    number: int
    char: str
    key: int
    at: float
    gap_s: float
    held: bool
    down: bool = True
    overlapped: bool = False
    lingered: bool = False

    @property
    def is_a_persons(self) -> bool:
        """Whether it was down for longer than a scanner's; to be asked when the run is over.

        A scanner lets go of each key before it presses the next.
        """
        return self.down or (self.overlapped and self.lingered)


class State(Enum):
    """What the keys so far look like."""

    IDLE = auto()
    DOUBTFUL = auto()
    BURST = auto()


class ScanBuffer:
    """Takes every key with its time; the caller brings the clock and numbers the keys.

    Args:
        hold: whether doubtful keys are held until it is known what they are; else they pass,
            and are taken back out when a burst is recognised.
    """

    def __init__(self, settings: ScanSettings | None = None, *, hold: bool = True) -> None:
        self._settings = settings or ScanSettings()
        self._hold = hold
        self._run: list[_Struck] = []
        self._last_at = 0.0
        self._codes = 0
        self.state = State.IDLE

    @property
    def patience_s(self) -> float | None:
        """How long to wait for the next key before `fall_quiet`; None where nothing is open."""
        if self.state is State.BURST:
            return self._settings.quiet_s
        return self._settings.max_gap_s if self._run or self._codes else None

    @property
    def is_fresh(self) -> bool:
        """Whether the last key began a run, so that nothing was done by the one before."""
        return len(self._run) == 1

    def press(
        self, number: int, char: str, key: int, at: float, *, hold_first: bool = False
    ) -> Outcome:
        """Take a key that went down.

        Args:
            number: the caller's number of it, growing.
            char: its character, CR for both Enter keys, "" for a key that gives none.
            key: which key it is.
            at: seconds of any steady clock.
            hold_first: whether to hold it even if it begins a run, as what it does here could
                not be put back.
        """
        gap_s = at - self._last_at
        broken = self.fall_quiet() if self._is_over(gap_s) else Outcome()
        self._last_at = at
        for struck in self._run:
            struck.overlapped |= struck.down
        outcome = self._take(_Struck(number, char, key, at, gap_s, held=hold_first))
        # A run that had been over released its keys first, and may have been a scan itself.
        return replace(
            outcome,
            release=broken.release + outcome.release,
            scan=broken.scan or outcome.scan,
        )

    def let_go(self, key: int, at: float | None) -> None:
        """Take a key that went up; `at` is None where nobody knows when it did."""
        for struck in self._run:
            if struck.key == key and struck.down:
                struck.down = False
                struck.lingered = at is not None and at - struck.at > self._settings.max_gap_s

    def fall_quiet(self) -> Outcome:
        """Close the present run, as nothing followed for a while."""
        run, codes = self._run, self._codes
        whole = bool(codes) or not self._settings.enter_follows
        scanned = whole and self._is_a_scan()
        self.reset()
        return self._finished(run, codes + 1) if scanned else Outcome(release=_numbers(run))

    def reset(self) -> None:
        """Forget the present run."""
        self._run, self._codes, self.state = [], 0, State.IDLE

    def _is_over(self, gap_s: float) -> bool:
        patience_s = self.patience_s
        # Below zero are the keys of two clocks, which have nothing to do with each other.
        return patience_s is not None and not 0 <= gap_s <= patience_s

    def _take(self, struck: _Struck) -> Outcome:
        char, burst = struck.char, self.state is State.BURST
        if char in TERMINATORS or (char == _TAB and burst):
            return self._end(char)
        if not char and not burst:
            return self._interrupted()
        follows = bool(self._run or self._codes)
        struck.gap_s = struck.gap_s if follows else 0.0
        struck.held |= burst or (self._hold and (follows or self._may_be_prefix(char)))
        self._run.append(struck)
        began = not burst and self._is_recognised()
        self.state = State.BURST if burst or began else State.DOUBTFUL
        if began:
            for each in self._run:
                each.held = True
        if self._ends_by_itself():
            struck.down = False  # only just: it is the scanner's
            return replace(self._complete(), began=began)
        return Outcome(Fate.HOLD if struck.held else Fate.PASS, began=began)

    def _ends_by_itself(self) -> bool:
        """Whether the last key completed the suffix of a scanner that sends no Enter."""
        suffix = self._settings.suffix
        if not suffix or self._settings.enter_follows:
            return False
        return _text(self._run).endswith(suffix) and self._is_a_scan()

    def _complete(self) -> Outcome:
        """Take a whole code; the next one may follow in the same burst."""
        run, place = self._run, self._codes + 1
        self._run, self._codes, self.state = [], place, State.IDLE
        return replace(self._finished(run, place), fate=Fate.SWALLOW)

    def _may_be_prefix(self, char: str) -> bool:
        return char == self._settings.prefix[:1]

    def _is_recognised(self) -> bool:
        # What goes on behind a code is the next one of the same burst.
        fast = len(self._run) >= self._settings.recognised_at
        return bool(self._codes) or fast or self._has_prefix()

    def _end(self, char: str) -> Outcome:
        """Take an Enter, a line feed, or the Tab of a burst."""
        run, codes = self._run, self._codes
        if self._is_a_scan():
            return self._complete()
        if codes and not run:
            return Outcome(Fate.SWALLOW)  # of CR LF the second
        self.reset()
        feeds = codes and char == _LINE_FEED  # people have no key for it
        return Outcome(Fate.SWALLOW if feeds else Fate.PASS, release=_numbers(run))

    def _is_a_scan(self) -> bool:
        """Whether the present run is a scanner's, now that it is over."""
        if self.state is not State.BURST or _is_a_persons(self._run, self._settings.max_gap_s):
            return False
        letters = sum(struck.char.isprintable() for struck in self._run if struck.char)
        return letters >= self._settings.min_length or self._has_prefix()

    def _has_prefix(self) -> bool:
        prefix = self._settings.prefix
        return bool(prefix) and len(self._run) > len(prefix) and _text(self._run).startswith(prefix)

    def _interrupted(self) -> Outcome:
        """Take a key that no code holds, such as F2."""
        run = self._run
        self.reset()
        return Outcome(Fate.PASS, release=_numbers(run))

    def _finished(self, run: list[_Struck], place: int) -> Outcome:
        """A burst without the keys that a person struck in it: those were down for longer."""
        strays = [struck for struck in run if struck.is_a_persons]
        if 3 * len(strays) > len(run):
            strays = []  # it is the scanner that lets go late
        own = [struck for struck in run if struck not in strays]
        text = _text(own).removeprefix(self._settings.prefix).removesuffix(self._settings.suffix)
        return Outcome(release=_numbers(strays), scan=Scan(text, place) if text else None)


def _text(run: list[_Struck]) -> str:
    return "".join(struck.char for struck in run)


def _numbers(run: list[_Struck]) -> tuple[int, ...]:
    return tuple(struck.number for struck in run if struck.held)


def _is_a_persons(run: list[_Struck], max_gap_s: float) -> bool:
    """Whether a run that looked like a burst was typed after all.

    Only its beginning was fast; or most of its keys were still down at the next one, which a
    person's are at that speed, and a scanner's hardly ever.
    """
    gaps = sorted(struck.gap_s for struck in run[1:])
    if not gaps:
        return False
    slow = sum(gap > max_gap_s for gap in gaps)
    persons = sum(struck.is_a_persons for struck in run)
    rolled_over = 2 * persons > len(run) and gaps[len(gaps) // 2] > _ROLLED_OVER_S
    return 4 * slow > len(run) or rolled_over
