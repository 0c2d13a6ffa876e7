"""When a process began: what tells it from a later one with the same number.

Asked before the first paint, so nothing heavy is imported here.
"""

from __future__ import annotations

import sys
from typing import Final

_START_TIME: Final = 22 - 3
"""The place of starttime in /proc/PID/stat behind the name (proc(5))."""


def process_started(pid: int) -> str:
    """When a process began, as a text that no other process of the same id has; "" for none."""
    if sys.platform == "win32":
        from posmember.link.windows import WindowsProcesses

        return WindowsProcesses().started(pid)
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - pathlib takes time to import
            told = file.read(4096)
    except OSError:
        return ""
    # The name before it may hold spaces and brackets.
    fields = told.rpartition(b")")[2].split()
    return fields[_START_TIME].decode("ascii") if len(fields) > _START_TIME else ""
