"""Whether the program runs with the rights of the machine's administrator."""

from __future__ import annotations

import os
import sys


def is_administrator() -> bool:
    """Root; on Windows a process that was started as administrator."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.shell32.IsUserAnAdmin())
    return os.geteuid() == 0
