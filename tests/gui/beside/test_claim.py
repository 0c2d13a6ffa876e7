"""Who is the instance, where the file system's locks tell and where they do not."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("it writes locks as Qt does on Linux", allow_module_level=True)

from posmember.link.places import Places
from posmember.link.processes import process_started
from posmember.ui.beside.instance.claim import Claim, Taken

DEAD = 2**22 + 1
"""A process's number that no system gives."""


@pytest.fixture
def where(tmp_path: Path) -> Places:
    folder = tmp_path / "run"
    return Places(str(folder), f"{folder}/s", f"{folder}/l", f"{folder}/h")


class WithoutLocks(Claim):
    """On a file system that has none: Qt cannot tell there, and takes nothing away."""

    def __init__(self, where: Places) -> None:
        super().__init__(where)
        self._lock.removeStaleLockFile = lambda: False  # type: ignore[method-assign]


def left(where: Places, pid: int, noted: str, *, age_s: float = 0) -> None:
    """What a program has left that was killed, in Qt's form."""
    Path(where.folder).mkdir(mode=0o700)
    lock = Path(where.lock)
    program = Path(f"/proc/{os.getpid()}/exe").resolve().name  # by which Qt knows it, too
    lock.write_text(f"{pid}\n{program}\n\n\n\n" if pid else "", encoding="utf-8")
    Path(where.holder).write_text(noted, encoding="utf-8")
    os.utime(lock, (time.time() - age_s,) * 2)


def test_one_at_a_time(where: Places) -> None:
    first, second = Claim(where), Claim(where)
    assert first.take() is Taken.MINE
    assert first.is_held
    assert second.take() is Taken.ANOTHERS
    first.release()
    assert not list(Path(where.folder).iterdir())
    assert second.take() is Taken.MINE
    second.release()


@pytest.mark.parametrize("kind", [Claim, WithoutLocks])
@pytest.mark.parametrize(
    ("pid", "noted", "age_s"),
    [
        (DEAD, f"{DEAD} 5", 0),
        (os.getpid(), f"{os.getpid()} 1", 0),
        (0, "", 60),
    ],
    ids=["dead", "its number is another's", "killed while it wrote"],
)
def test_a_dead_one_is_no_hindrance(
    where: Places, kind: type[Claim], pid: int, noted: str, age_s: float
) -> None:
    left(where, pid, noted, age_s=age_s)
    claim = kind(where)
    assert claim.take() is Taken.MINE
    claim.release()


def test_one_that_lives_is_not_taken_away_without_locks(where: Places) -> None:
    pid = os.getpid()
    left(where, pid, f"{pid} {process_started(pid)}", age_s=90_000)
    assert WithoutLocks(where).take() is Taken.ANOTHERS
    Path(where.holder).unlink()  # it cannot be told then: two windows would be worse
    assert WithoutLocks(where).take() is Taken.ANOTHERS


def test_where_no_folder_can_be(where: Places) -> None:
    Path(where.folder).write_text("", encoding="utf-8")
    assert Claim(where).take() is Taken.IMPOSSIBLE
    assert Claim(where).since_s() == 0
