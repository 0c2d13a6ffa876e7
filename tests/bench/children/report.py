"""What a child tells of itself: that it lives, moments on the steady clock, and its memory.

Imports next to nothing: its importer is being measured.
"""

from __future__ import annotations

import os
import sys
import time

BEAT = ".\n"
_ROLLUP = "/proc/self/smaps_rollup"
_KEPT = ("Rss:", "Private_Clean:", "Private_Dirty:", "Anonymous:")


def beat() -> None:
    """Tell the parent that one more sample is taken: a child that is silent is ended."""
    sys.stderr.write(BEAT)
    sys.stderr.flush()


def moment_ns() -> int:
    """Now, on the clock that parent and child share."""
    return time.monotonic_ns()


def memory_mb() -> dict[str, float]:
    """This process's memory in MB; empty where the system has no such file.

    "rss" is what is resident; "uss" what of it no other process shares, which moves with the
    others that use the same libraries; "own" what belongs to no file: heaps and stacks.
    """
    if not os.path.exists(_ROLLUP):  # noqa: PTH110 - pathlib would be measured too
        return {}
    sizes: dict[str, float] = {}
    with open(_ROLLUP, encoding="ascii") as file:  # noqa: PTH123
        for line in file:
            name, size, *_unit = line.split()
            if name in _KEPT:
                sizes[name] = int(size) / 1024
    return {
        "rss": sizes["Rss:"],
        "uss": sizes["Private_Clean:"] + sizes["Private_Dirty:"],
        "own": sizes["Anonymous:"],
    }
