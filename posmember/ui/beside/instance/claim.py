"""The lock by which one process is the instance of its session. Brings QtCore alone.

`QLockFile` goes by process ids and, where the file system has them, by the system's locks, which
end with the process. Neither tells everything: a dead program's id may be another's by now, and
some file systems have no locks. So who holds it is also noted with the moment at which it began.
"""

from __future__ import annotations

import os
import time
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QLockFile

from posmember.link.places import make_private
from posmember.link.processes import process_started

if TYPE_CHECKING:
    from posmember.link.places import Places
    from posmember.link.requests import Handed

_TRIES: Final = 5
_YOUNG_S: Final = 5.0
"""A lock without a name in it is being written, unless its writer was killed long ago."""
_LONGEST: Final = 1024


class Taken(Enum):
    """What came of an attempt."""

    MINE = auto()
    ANOTHERS = auto()
    IMPOSSIBLE = auto()
    """There can be no lock here; the window works without."""


class _Holder(Enum):
    LIVES = auto()
    DEAD = auto()
    UNSURE = auto()


class Instance(NamedTuple):
    """A process's place as the one of its session.

    Args:
        claim: holds it. handed: what was given at its start; None is nothing.
    """

    claim: Claim
    handed: Handed | None = None

    @property
    def where(self) -> Places:
        """Where others find it."""
        return self.claim.where

    @property
    def is_quiet(self) -> bool:
        """Whether the window is to come without the keyboard."""
        return self.handed is not None and self.handed.quiet


class Claim:
    """The lock of one session.

    Args:
        where: where it is.
    """

    def __init__(self, where: Places) -> None:
        self.where = where
        self._lock = QLockFile(where.lock)
        self._lock.setStaleLockTime(0)  # a window is open all day

    @property
    def is_held(self) -> bool:
        """Whether this process is the instance."""
        return self._lock.isLocked()

    def take(self) -> Taken:
        """Try to be the instance; never waits."""
        if not make_private(self.where.folder):
            return Taken.IMPOSSIBLE
        for _ in range(_TRIES):
            if self._lock.tryLock(0):
                self._note()
                return Taken.MINE
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return Taken.IMPOSSIBLE
            holder = self._holder()
            if holder is _Holder.LIVES:
                return Taken.ANOTHERS
            # The system's lock, where there is one, is asked in any case.
            if not self._lock.removeStaleLockFile():
                if holder is _Holder.UNSURE:
                    return Taken.ANOTHERS
                self._take_away()
        return Taken.ANOTHERS

    def since_s(self) -> float:
        """How long the present holder has it, in seconds; 0 where that is not known."""
        try:
            return max(time.time() - Path(self.where.lock).stat().st_mtime, 0.0)
        except OSError:
            return 0.0

    def release(self) -> None:
        """Be the instance no longer."""
        if self._lock.isLocked():
            Path(self.where.holder).unlink(missing_ok=True)
            self._lock.unlock()

    def _note(self) -> None:
        pid = os.getpid()
        try:
            Path(self.where.holder).write_text(f"{pid} {process_started(pid)}\n", encoding="utf-8")
        except OSError:  # a full disk: Qt's own ways of telling are left
            Path(self.where.holder).unlink(missing_ok=True)

    def _holder(self) -> _Holder:
        pid = _first_number(_read(self.where.lock))
        if not pid:
            return _Holder.UNSURE if self.since_s() < _YOUNG_S else _Holder.DEAD
        now = process_started(pid)
        noted_pid, _, noted = _read(self.where.holder).strip().partition(" ")
        if now and noted and noted_pid == str(pid):
            return _Holder.LIVES if noted == now else _Holder.DEAD
        return _Holder.UNSURE

    def _take_away(self) -> None:
        """Take a dead lock out of the way where the file system's locks do not tell that it is.

        By its name first: who else comes to the same conclusion must not take a new one away.
        """
        dead, aside = Path(self.where.lock), Path(f"{self.where.lock}.{os.getpid()}")
        before = _read(self.where.lock)
        try:
            dead.rename(aside)
            if _read(str(aside)) != before and not dead.exists():
                aside.rename(dead)
            else:
                aside.unlink()
        except OSError:
            return


def _read(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _first_number(text: str) -> int:
    first = text.partition("\n")[0].strip()
    return int(first) if first.isascii() and first.isdigit() and len(first) < 12 else 0
