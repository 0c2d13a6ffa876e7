"""Tells a scanner's burst of keys from a person's typing, by time alone. Pure.

Measured: scanners send a key each 1 to 20 ms and let go of each before they press the next; a
person, even rolling over the keys, hardly ever strikes four in a row less than 35 ms apart, and
holds each for longer than that. Real scanners stall, too, for up to half a second within a code.
So where a code has an end, nothing but its end makes a code of a burst: what fell quiet before it
is kept for half a second, and then it is nobody's.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

from posmember.scanning.around import (
    ENTERS,
    LINE_FEED,
    TAB,
    begins_with_prefix,
    code_of,
    ends_with_suffix,
    is_end,
    may_begin_prefix,
)
from posmember.scanning.burst import (
    LONGEST_CODE,
    STALLED_S,
    Fate,
    Flaw,
    Misread,
    Outcome,
    Scan,
    ScanSettings,
    State,
)
from posmember.scanning.start import Start, start_of
from posmember.scanning.touch import (
    FASTER_THAN_PEOPLE_S,
    Struck,
    is_held_longer,
    numbers_of,
    was_typed,
)

_LOOKED_AT = 64
"""So many keys tell who struck them, however many there are."""
_ROUNDING_S = 1e-6
"""Times come in whole milliseconds, and their sums are a little off."""


class ScanBuffer:
    """Takes every key with its time; the caller brings the clock and numbers the keys.

    Args:
        hold: whether doubtful keys are held until it is known what they are; else they pass,
            and are taken back out when a burst is recognised.
    """

    def __init__(self, settings: ScanSettings | None = None, *, hold: bool = True) -> None:
        self._settings = settings or ScanSettings()
        self._hold = hold
        self._last: Struck | None = None
        self._down: dict[int, list[Struck]] = {}
        self._now = 0.0
        self._ended_at = self._gave_up_at = -inf
        self.reset()

    def reset(self) -> None:
        """Forget every key."""
        self._run: list[Struck] = []
        self._late: list[Struck] = []
        """Keys struck where a burst stands still: its own, or a person's."""
        self._is_open = False
        """Whether nobody has looked yet at what stands still."""
        self._persons: Struck | None = None
        """The last key of a person there."""
        self._start: Start | None = None
        self._is_typed = False
        self._code_at = 0.0
        self._codes = 0
        self._is_doubtful_code = self._is_too_long = False
        self.state = State.IDLE

    @property
    def patience_s(self) -> float | None:
        """How long to wait for the next key before `fall_quiet`; None where nothing is open."""
        due_at = self._due_at()
        return None if due_at is None else max(0.0, due_at - self._now)

    @property
    def is_fresh(self) -> bool:
        """Whether the last key began a run, so that nothing was done by the one before."""
        return len(self._run) == 1 and not self.may_go_on

    @property
    def may_go_on(self) -> bool:
        """Whether a burst may go on with keys that were released: they look like a scanner's."""
        return self._start is not None and bool(self._start.keys)

    def keeps_pace(self, at: float) -> bool:
        """Return whether a key that goes down now follows as fast as a scanner's."""
        gap_s = at - self._last.at if self._last is not None else inf
        return 0 <= gap_s <= self._settings.max_gap_s + _ROUNDING_S

    def claims(self, char: str, at: float) -> bool:
        """Return whether a key that goes down now is the scanner's, for all that is known.

        Where it stands still, a function key and Ctrl with a letter are rather a person's.
        """
        a_codes = char and (char.isprintable() or is_end(char) or char in self._settings.suffix)
        return self.state is State.BURST and (self.keeps_pace(at) or bool(a_codes))

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
        before = self._catch_up(at)
        struck, last = Struck(number, char, key, at, held=hold_first), self._last
        if last is not None:
            last.overlapped = last.down
        gap_s = inf if last is None else at - last.at
        self._last, self._now = struck, at
        self._down.setdefault(key, []).append(struck)
        return before.then(self._take(struck, gap_s))

    def let_go(self, key: int, at: float | None) -> None:
        """Take a key that went up; `at` is None where nobody knows when it did."""
        for struck in self._down.pop(key, ()):
            struck.down, struck.up_at = False, at

    def fall_quiet(self) -> Outcome:
        """Take it that nothing was struck for as long as `patience_s` said."""
        self._now = max(self._now, self._due_at() or 0.0)
        return self._close()

    def distrust(self) -> None:
        """Take the present burst for no whole code, whatever its end."""
        self._is_doubtful_code = self.state is State.BURST

    def interrupt(self) -> Outcome:
        """Close the present run as a person's, who did something else now.

        Where a scanner's first keys came before, what follows soon is still no whole code.
        """
        run, start = self._run, self._start
        self.reset()
        self._start = Start(start.at) if start else None
        return Outcome(release=numbers_of(run))

    # --- time -----------------------------------------------------------------------------------

    def _due_at(self) -> float | None:
        """When something is over if nothing is struck until then."""
        last_at = self._last.at if self._last else 0.0
        if self._is_open or (self.state is not State.BURST and (self._run or self._codes)):
            return last_at + self._settings.max_gap_s
        if self.state is State.BURST:
            has_end = self._settings.has_end
            return self._code_at + (STALLED_S if has_end else self._settings.quiet_s)
        return self._start.at + STALLED_S if self._start else None

    def _catch_up(self, at: float) -> Outcome:
        """Close all that was over when a key was struck, whenever it is read."""
        outcome = Outcome()
        # Backwards go the keys of two clocks, which have nothing to do with each other.
        other_clock = self._last is not None and at < self._last.at
        while (due_at := self._due_at()) is not None:
            if at <= due_at + _ROUNDING_S and not other_clock:
                break
            outcome = outcome.then(self._close())
        return outcome

    def _close(self) -> Outcome:
        """Close what is due."""
        if self._is_open:
            return self._settle()
        if self.state is State.BURST:
            return self._give_up()
        run, start = self._run, start_of(self._run, self._start, self._settings)
        self.reset()
        self._start = start
        return Outcome(release=numbers_of(run))

    # --- before it is a burst -------------------------------------------------------------------

    def _take(self, struck: Struck, gap_s: float) -> Outcome:
        if self.state is State.BURST:
            in_time = gap_s <= self._settings.max_gap_s + _ROUNDING_S
            return self._go_on(struck, gap_s) if in_time else self._resume(struck)
        is_tab = struck.char == TAB and (self._codes or self.may_go_on)
        if struck.char in ENTERS or is_tab:
            return self._end_start() or self._end_typing(struck)
        return self._doubt(struck) if struck.char else self.interrupt()

    def _end_start(self) -> Outcome | None:
        """Take the end of a short code that stood still before it was a burst."""
        start = self._start.keys if self._start else ()
        enough = start and len(start) + len(self._run) >= self._settings.recognised_at
        if not enough or any(key.down or key.lingered for key in self._run):
            return None
        self._begin()
        return replace(self._complete(), began=True)

    def _end_typing(self, struck: Struck) -> Outcome:
        """Take an Enter or a line feed that ends no burst."""
        if self._codes and not self._run:
            return Outcome(Fate.SWALLOW)  # of CR LF the second
        # People have no key for a line feed: it is the second of a CR LF that stood still.
        feeds = struck.char == LINE_FEED and struck.at - self._ended_at <= STALLED_S
        outcome = replace(self.interrupt(), fate=Fate.SWALLOW if feeds else Fate.PASS)
        self._start = None  # an Enter has ended whatever it was
        return outcome

    def _doubt(self, struck: Struck) -> Outcome:
        follows = bool(self._run or self._codes) or self.may_go_on
        doubted = follows or may_begin_prefix(struck.char, self._settings)
        struck.held |= bool(self._codes) or (self._hold and doubted)
        self._run.append(struck)
        if not self._is_recognised():
            self.state = State.DOUBTFUL
            return Outcome(Fate.HOLD if struck.held else Fate.PASS)
        self._begin()
        return replace(self._end_by_suffix() or Outcome(Fate.HOLD), began=True)

    def _is_recognised(self) -> bool:
        count = len(self._run)
        if count > 1:
            # What goes on behind a code is the next one of the same burst.
            count += self._settings.recognised_at if self._codes else 0
            count += len(self._start.keys) if self._start else 0
        return count >= self._settings.recognised_at or begins_with_prefix(
            self._run, self._settings
        )

    def _begin(self) -> None:
        if self._start is not None:
            self._run[:0] = self._start.keys
            self._is_doubtful_code = not self._start.keys
            self._start = None
        # Struck in time, and read only when its beginning was given up.
        self._is_doubtful_code |= 0 <= self._run[0].at - self._gave_up_at <= STALLED_S
        for struck in self._run:
            struck.held = True
        self.state, self._is_open, self._code_at = State.BURST, True, self._run[-1].at

    # --- a burst --------------------------------------------------------------------------------

    def _go_on(self, struck: Struck, gap_s: float) -> Outcome:
        """Take a key that followed the last one at a scanner's pace."""
        ends = is_end(struck.char)
        if self._late and is_end(self._late[-1].char):
            return self._settle_end(self._late.pop(), gap_s).then(self._take(struck, gap_s))
        if self._late:
            if self._late[-1].down and gap_s > FASTER_THAN_PEOPLE_S and not ends:
                return self._wait_and_see(struck)  # people's fingers roll over like that
            self._join()
        return self._end(struck) if ends else self._add(struck)

    def _resume(self, struck: Struck) -> Outcome:
        """Take a key that was struck while the burst stood still."""
        if not struck.char:
            return Outcome()
        if not is_end(struck.char) or self._persons is not None:  # it may be theirs, too
            return self._wait_and_see(struck)
        self._join()
        return self._end(struck)

    def _wait_and_see(self, struck: Struck) -> Outcome:
        struck.held = True
        self._late.append(struck)
        self._is_open = True
        last = self._run[-max(1, len(self._settings.suffix)) :]
        if ends_with_suffix(last + self._late, self._settings):
            self._join()
        return self._end_by_suffix() or Outcome(Fate.HOLD)

    def _settle(self) -> Outcome:
        """Look whose the keys are, now that a burst stands still."""
        self._is_open = False
        return self._settle_late() if self._late else self._settle_run()

    def _settle_run(self) -> Outcome:
        return self.interrupt() if was_typed(self._run[-_LOOKED_AT:]) else Outcome()

    def _settle_late(self) -> Outcome:
        """Decide whose a key is that stands alone where the burst stood still."""
        late, last = self._late, self._late[-1]
        if is_end(last.char):
            return self._settle_end(late.pop())
        rolled_over = len(late) > 1 and late[-2].overlapped
        if not (rolled_over or is_held_longer(last, self._run)):
            self._code_at = last.at
            return Outcome()
        # A person's. Whose the ones before it were nobody can tell: it is no whole code then.
        told = [key.down or key.lingered or key.overlapped for key in late]
        self._is_doubtful_code |= not all(told)
        self._late, self._persons, self._is_typed = [], last, True
        return Outcome(release=numbers_of(late))

    def _settle_end(self, end: Struck, gap_s: float = inf) -> Outcome:
        """Decide whose an Enter is, behind a person's keys; `gap_s` until the next key."""
        self._is_open = False
        if gap_s <= FASTER_THAN_PEOPLE_S or not is_held_longer(end, self._run):
            self._join()
            return self._complete()
        outcome = self._give_up()
        return replace(outcome, release=(*outcome.release, end.number))

    def _join(self) -> None:
        """Take what was struck where the burst stood still for its own."""
        if self._late and self._persons is not None and self._persons.up_at is not None:
            # Let go just before: it may be the scanner's, which stood still over that key.
            since_s = self._late[0].at - self._persons.up_at
            self._is_doubtful_code |= 0 <= since_s <= FASTER_THAN_PEOPLE_S
        self._run += self._late
        if self._late:
            self._code_at = self._late[-1].at
        self._late, self._is_open, self._persons = [], False, None

    def _add(self, struck: Struck) -> Outcome:
        struck.held = True
        if len(self._run) >= LONGEST_CODE:
            self._is_too_long = True
            self._run = []
        self._run.append(struck)
        self._code_at, self._is_open = struck.at, True
        fate = Fate.SWALLOW if self._is_too_long else Fate.HOLD
        return self._end_by_suffix() or Outcome(fate)

    # --- its end --------------------------------------------------------------------------------

    def _end_by_suffix(self) -> Outcome | None:
        """Take a code whose suffix is complete, where that ends it."""
        if not ends_with_suffix(self._run, self._settings) or not self._is_a_scan():
            return None
        self._run[-1].down = False  # only just: it is the scanner's
        return self._complete()

    def _end(self, struck: Struck) -> Outcome:
        """Take the Enter, the line feed or the Tab of a burst."""
        return self._complete() if self._is_a_scan() else self._end_typing(struck)

    def _is_a_scan(self) -> bool:
        """Whether the present burst is a scanner's, now that it is over."""
        if self._is_too_long:
            return True
        if was_typed(self._run):
            return False
        return any(key.char and key.char.isprintable() for key in self._run) or begins_with_prefix(
            self._run, self._settings
        )

    def _complete(self) -> Outcome:
        """Take a whole code; the next one may follow in the same burst."""
        outcome, place = self._finished(), self._codes + 1
        self.reset()
        self._codes, self._ended_at = place, self._now
        return replace(outcome, fate=Fate.SWALLOW)

    def _give_up(self) -> Outcome:
        """Close a burst that fell quiet."""
        if not self._settings.has_end:
            self._join()
        else:
            self._is_doubtful_code = True
        late, run = self._late, self._run
        if not self._is_a_scan():
            self.reset()
            return Outcome(release=numbers_of(run + late))
        self._is_typed |= bool(late)
        outcome = self._finished()
        if outcome.misread is not None:
            self._gave_up_at = self._code_at
        self.reset()
        return replace(outcome, release=outcome.release + numbers_of(late))

    def _finished(self) -> Outcome:
        """A burst without the keys that a person struck in it: those were down for longer."""
        run, place = self._run, self._codes + 1
        if self._is_too_long:
            return Outcome(misread=Misread(Flaw.TOO_LONG, place, self._is_typed))
        strays = [key for key in run if key.is_a_persons]
        if 3 * len(strays) > len(run):
            strays = []  # it is the scanner that lets go late
        if self._is_doubtful_code:
            misread = Misread(Flaw.UNFINISHED, place, self._is_typed or bool(strays))
            return Outcome(release=numbers_of(strays), misread=misread)
        own = [key for key in run if not (strays and key.is_a_persons)]
        text = code_of(own, self._settings)
        return Outcome(release=numbers_of(strays), scan=Scan(text, place) if text else None)
