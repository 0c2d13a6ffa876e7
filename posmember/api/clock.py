"""The platform's clock: a till's own clock may be wrong, and signatures and verdicts hang on it.

Three clocks: the till's *own*, which may be off by an hour, a day or twenty years and may be set
while the program runs; the *platform's*, told by the ``Date`` of its answers, one of which may
lie; and a *steady* one, which tells no time but is never set. An answer tells what to add to the
steady clock to have the platform's time (a *base*); a few of them are kept, and the one in the
middle counts. So neither setting the till's clock nor one odd header moves the time.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from threading import Lock

from posmember.domain.values import CHINA, moved

MIN_OFFSET_S = 2
"""A Date header is whole seconds; a smaller difference is not known to be one."""

RELEASE_YEAR = 2026
"""Of this version; a test holds it to ``__version__``."""

YEARS_BEFORE, YEARS_AFTER = 1, 10
"""No platform answers this version from before it was made, but that a training platform may be
behind; and no version is used for longer. What tells another time is wrong.
"""

KEPT_ANSWERS = 5
"""Two of them may lie, whatever the till's own clock says. More would be slower to see that the
time is another one.
"""

AGREED_S = 60.0
"""Two clocks so near to each other tell the same time."""

ALONE_S = 2 * 86_400.0
"""So far from the till's own clock one answer is believed alone: a wrong zone, a wrong day.

Further off either may be the wrong one: what is signed, and verdicts, wait for a second answer
that agrees, or for one that refuses what was signed by the own clock.
"""

LONGEST_CALL_S = 60.0
"""An answer that took longer tells nothing: the computer slept, or was stopped, meanwhile."""

JUMP_S = 2.0
SLEWED = 0.001
"""The own clock was set, not only led to the right time, where it moves further than both."""

_A_DAY_S = 86_400.0
_LONGEST_HEADER = 80
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA)


class PlatformClock:
    """The local clock, corrected by what the platform's answers said the time was.

    May be asked and told from several threads.

    Args:
        local: Unix seconds by the till's own clock.
        steady: seconds since whenever, never set, going on while the computer sleeps; where only
            `local` is given, one hand turns both.
    """

    def __init__(
        self,
        local: Callable[[], float] = time.time,
        steady: Callable[[], float] | None = None,
    ) -> None:
        self._local = local
        self._steady = steady or (steady_clock() if local is time.time else local)
        self._lock = Lock()
        self._told: deque[float] = deque(maxlen=KEPT_ANSWERS)
        self._signs_by: float | None = None
        self._parted_at: float | None = None
        self._looked_at = self._steady()
        self._own = local() - self._looked_at

    @property
    def calibrated(self) -> bool:
        """Whether `now` is by the platform's answers.

        Not before the first one, nor from when the own clock was set until the next one: that the
        computer slept, and the steady clock with it, looks the same.
        """
        with self._lock:
            steady, _own = self._look()
            return self._parted_at is None and self._believed(steady) is not None

    @property
    def offset_s(self) -> int:
        """Whole seconds that the till's clock is behind (+) or ahead (-), by what answers tell.

        Of an answer that is not believed yet, too: see `ALONE_S`.
        """
        with self._lock:
            _steady, own = self._look()
            return round(self._finest(self._middle(), own) - own)

    @property
    def signs_by(self) -> float:
        """Which of its times `timestamp` tells; to compare, and for `sign_otherwise`."""
        with self._lock:
            return self._signing_base(*self._look())

    def timestamp(self) -> int:
        """Unix seconds to sign with: `now`, until the platform refuses it."""
        with self._lock:
            steady, own = self._look()
            return int(steady + self._signing_base(steady, own))

    def now(self) -> datetime:
        """The platform's time, aware, +08:00: what verdicts are made for."""
        with self._lock:
            steady, own = self._look()
            seconds = steady + self._finest(self._believed(steady), own)
        return moved(_EPOCH, timedelta(seconds=seconds))

    def own_now(self) -> datetime:
        """What the till's own clock says, aware, +08:00: what its owner sees on it."""
        return moved(_EPOCH, timedelta(seconds=self.own_time()))

    def own_is_off(self, told: str | None = None) -> bool | None:
        """Whether the till's own clock, which certificates are judged by, is off by a day or more.

        By what can be, by the answers so far, else by `told`; None where none of them says.

        Args:
            told: a ``Date`` of somebody who has not proved who he is.
        """
        with self._lock:
            steady, own = self._look()
            if not _is_plausible(steady + own):
                return True
            base, seconds = self._believed(steady), _told_by(told)
            if base is None and seconds is not None:
                base = seconds - steady
            return None if base is None else abs(base - own) >= _A_DAY_S

    def own_time(self) -> float:
        """Unix seconds by the till's own clock, whatever any answer told."""
        with self._lock:
            return sum(self._look())

    def local_time(self) -> float:
        """A reading of a clock of this machine, to pass to `observe`."""
        with self._lock:
            return self._look()[0]

    def observe(self, date_header: str | None, sent_at: float, received_at: float) -> None:
        """Learn from an answer's ``Date`` header; one that cannot be right is passed over.

        Args:
            sent_at, received_at: `local_time` before and after the call.
        """
        told = _told_by(date_header)
        if told is None or not 0 <= received_at - sent_at <= LONGEST_CALL_S:
            return
        # The header is cut to the second, so the middle of that second is the best guess.
        base = told + 0.5 - (sent_at + received_at) / 2
        with self._lock:
            _steady, own = self._look()
            if self._parted_at is not None:
                if sent_at < self._parted_at:
                    return  # nobody knows whether it was made before or after
                self._settle(base, own)
            self._told.append(base)

    def sign_otherwise(self, tried: Sequence[float]) -> bool:
        """Sign by another time from now on, as the platform refused a signature.

        By what the latest answer told, most likely the refusal itself; else by the till's own
        clock, as what stands between may put a wrong ``Date`` on every answer.

        Args:
            tried: what the call was signed by already; see `signs_by`.

        Returns:
            Whether there is another time to sign by.
        """
        with self._lock:
            _steady, own = self._look()
            for base in (*[*self._told][-1:], own):
                if all(abs(base - other) >= MIN_OFFSET_S for other in tried):
                    self._signs_by = base
                    return True
        return False

    # --- with the lock held ---------------------------------------------------------------------

    def _look(self) -> tuple[float, float]:
        """The steady clock, and the own clock's base; notes where the two have parted."""
        steady = self._steady()
        own = self._local() - steady
        led = JUMP_S + abs(steady - self._looked_at) * SLEWED
        self._looked_at = steady
        if self._parted_at is None:
            if self._told and abs(own - self._own) > led:
                self._parted_at = steady
            else:
                self._own = own
        return steady, own

    def _settle(self, base: float, own: float) -> None:
        """An answer since the clocks parted: it says which of the two was right.

        The steady one, where it agrees with the middle of those before; else it slept, which puts
        the own clock ahead of it, never back. Where it agrees with neither, nothing is settled: it
        may be the one that lies.
        """
        middle, slept_s = self._middle(), own - self._own
        if middle is not None and _agree(middle, base):
            slept_s = 0.0
        elif slept_s < 0:
            return
        elif middle is None or not _agree(middle + slept_s, base):
            if not _agree(own, base):
                return
            self._told.clear()  # it slept, and was set rightly: what was told before tells nothing
        self._told = deque([told + slept_s for told in self._told], maxlen=KEPT_ANSWERS)
        self._signs_by, self._parted_at, self._own = None, None, own

    def _middle(self) -> float | None:
        """The base in the middle of those told; of two, the one nearer to the own clock's.

        While they are few, one that the own clock agrees with counts twice. Of five it does not:
        there two that lie, and a wrong clock that agrees with one, would outvote the other three.
        """
        if not self._told:
            return None
        nearest = min(self._told, key=self._from_own)
        counts_twice = len(self._told) < KEPT_ANSWERS and _agree(nearest, self._own)
        votes = sorted([*self._told, nearest] if counts_twice else self._told)
        last = len(votes) - 1
        return min(votes[last // 2 : (last + 1) // 2 + 1], key=self._from_own)

    def _from_own(self, base: float) -> float:
        return abs(base - self._own)

    def _believed(self, steady: float) -> float | None:
        """The base for verdicts; see `ALONE_S`."""
        base = self._middle()
        if base is None:
            return None
        near = self._from_own(base) <= ALONE_S
        agreed = sum(_agree(told, base) for told in self._told) > 1
        refused = self._signs_by is not None and _agree(self._signs_by, base)
        own_is_right = _is_plausible(steady + self._own) and not refused
        return base if near or agreed or not own_is_right else None

    def _signing_base(self, steady: float, own: float) -> float:
        was_refused = self._signs_by is not None
        return self._finest(self._signs_by if was_refused else self._believed(steady), own)

    @staticmethod
    def _finest(base: float | None, own: float) -> float:
        """A base that was told; the own clock's where it tells the same, and finer."""
        return own if base is None or abs(base - own) < MIN_OFFSET_S else base


def steady_clock() -> Callable[[], float]:
    """The system's clock that nobody sets and that goes on while the computer sleeps.

    Python's own does not say whether it does: on Linux it stops, on Windows it depends on
    Python's version.
    """
    if sys.platform == "win32":
        import ctypes  # not for every headless lookup elsewhere

        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return lambda: float(ticks()) / 1000
    since_boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic if since_boot is None else partial(time.clock_gettime, since_boot)


def _agree(base: float, other: float) -> bool:
    return abs(base - other) <= AGREED_S


def _told_by(header: str | None) -> float | None:
    """The Unix seconds of a ``Date`` header; None for no date, or one that cannot be right."""
    if not header or len(header) > _LONGEST_HEADER:
        return None
    try:
        told = parsedate_to_datetime(header)
        if told.tzinfo is None:  # asctime's form and -0000 name no zone; HTTP means UTC
            told = told.replace(tzinfo=UTC)
        seconds = told.timestamp()
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
    return seconds if _is_plausible(seconds) else None


def _is_plausible(seconds: float) -> bool:
    """Whether Unix seconds can be the time at which this version runs."""
    return _FIRST <= seconds < _LAST


def _new_year(year: int) -> float:
    return datetime(year, 1, 1, tzinfo=CHINA).timestamp()


_FIRST = _new_year(RELEASE_YEAR - YEARS_BEFORE)
_LAST = _new_year(RELEASE_YEAR + YEARS_AFTER)
