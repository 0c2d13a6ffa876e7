"""A command that has so much time and no more: then it is ended, with all that it started."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from dev_run import POSIX, ROOT, exit_code, stop

LATE: Final = 124
"""Exit code of what had to be ended, as timeout(1) gives it."""
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER
_ENDS_WITHIN_S: Final = 10.0


def execute_within(command: Sequence[str | Path], seconds: float) -> int:
    """Run a command in the checkout, its output passing through; returns its exit code, or LATE.

    Whatever it started and left behind is killed in any case, such as servers that went into the
    background in sessions of their own: on Linux they become this process' children.
    """
    _adopt_orphans()
    words = [str(part) for part in command]
    child = subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, process_group=0 if POSIX else None
    )
    try:
        return exit_code(child.wait(seconds))
    except subprocess.TimeoutExpired:
        stop(child)
        return LATE
    except (KeyboardInterrupt, SystemExit):
        stop(child)
        raise
    finally:
        _end_orphans()


def _adopt_orphans() -> None:
    if Path("/proc/self/stat").exists():
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _end_orphans() -> None:
    """Kill all descendants; those of one that is killed come to this process, and are the next."""
    until = time.monotonic() + _ENDS_WITHIN_S
    while (left := descendants(os.getpid())) and time.monotonic() < until:
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                continue
        time.sleep(0.01)


def descendants(process: int) -> list[int]:
    """The children of a process, and theirs; none where there is no /proc."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            children.setdefault(int(told[1]), []).append(int(place.parent.name))
    found = list(children.get(process, ()))
    for each in found:  # it grows
        found += children.get(each, ())
    return found
