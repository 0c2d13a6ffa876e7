"""Windows' own libraries, and what it says where it refuses."""

from __future__ import annotations

import ctypes
import sys
from typing import Any


def load(name: str) -> Any:
    """One of them, such as ``user32``. Raises OSError on any other system than Windows."""
    if sys.platform == "win32":
        return ctypes.WinDLL(name, use_last_error=True)
    raise OSError(f"there is no {name}.dll on this system")


def refused(code: int | None = None) -> OSError:
    """What Windows says of the call that it has just refused.

    Args:
        code: what it gave back, where that is not its last error.
    """
    if sys.platform == "win32":
        return ctypes.WinError(ctypes.get_last_error() if code is None else code)
    return OSError("Windows refused")
