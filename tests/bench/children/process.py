"""What this process holds: connections to a server, tasks, threads, descriptors, memory."""

from __future__ import annotations

import asyncio
import gc
import os
from pathlib import Path

from tests.bench.children.report import memory_mb

_SELF = Path("/proc/self")
_TIME_WAIT = "06"
"""Closed by both sides; the system alone remembers it."""


def holdings(port: int) -> dict[str, float]:
    """What is held now; what the system does not tell is left out.

    Args:
        port: the server's.
    """
    gc.collect()
    found: dict[str, float] = {"tasks": len(asyncio.all_tasks())}
    if _SELF.is_dir():
        found |= {
            "connections": _connections(port),
            "threads": len(list((_SELF / "task").iterdir())),
            "descriptors": len(list((_SELF / "fd").iterdir())),
            "memory": memory_mb()["rss"],
        }
    return found


def _connections(port: int) -> int:
    """Sockets of this process that have the server at their other end, half closed ones too."""
    rows = [line.split() for line in (_SELF / "net/tcp").read_text("ascii").splitlines()[1:]]
    mine = _sockets()
    remote = f":{port:04X}"
    return sum(row[2].endswith(remote) and row[3] != _TIME_WAIT and row[9] in mine for row in rows)


def _sockets() -> set[str]:
    """The numbers of this process's sockets."""
    found = set()
    for entry in (_SELF / "fd").iterdir():
        try:
            target = os.readlink(entry)  # noqa: PTH115 - what is behind it is no path
        except OSError:
            continue  # the one that lists them
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found
