"""How the program was installed here, and what tells this computer from others."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any, Final

from posmember.updates.offer import Edition

_MACHINE_ID: Final = Path("/etc/machine-id")
_LONGEST_ID: Final = 100
_KEY: Final = r"SOFTWARE\Microsoft\Cryptography"


def machine_id() -> str:
    """What tells this computer from others; "" where nothing does. It is only ever hashed."""
    try:
        if sys.platform == "win32":
            return _machine_guid()
        with _MACHINE_ID.open("rb") as file:
            return file.read(_LONGEST_ID).decode("ascii").strip()
    except (OSError, ValueError):
        return ""


def _machine_guid() -> str:
    winreg: Any = importlib.import_module("winreg")  # there is none elsewhere
    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _KEY, 0, access) as key:
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])[:_LONGEST_ID]


def edition() -> Edition | None:
    """How it was installed; None where it was not: a checkout, or an environment of Python's."""
    if not getattr(sys, "frozen", False):
        return None
    if sys.platform == "win32":
        return edition_at(Path(sys.executable), os.environ.get("LOCALAPPDATA", ""))
    return Edition.DEB


def edition_at(program: Path, local: str) -> Edition:
    """Windows' edition by where its program is.

    Args:
        local: the user's own folder of programs and data; "" where the system names none.
    """
    is_users = bool(local) and program.is_relative_to(local)
    return Edition.USER if is_users else Edition.MACHINE
