"""What somebody has typed in the first start and not finished: kept until it is, but for secrets.

A small file of the person who typed it, beside the window's other notes. What is wrong in it, or
of another edition of the program, is passed over.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import platformdirs

from posmember.settings.declared import BY_PATH
from posmember.settings.files import read_file
from posmember.settings.remembered import remember, remembered_path

_NAME: Final = "setup-draft.json"
_LONGEST: Final = 64 * 1024
Value = str | bool | int | float


def draft_paths() -> tuple[Path, ...]:
    """Where it is kept, beside all else that is remembered; then where it may be from before.

    The second place is the one that the system names when it is asked. On Windows the two are one
    unless somebody has set `%LOCALAPPDATA%` to another folder, or has taken it away: it is neither
    roamed nor moved to OneDrive.
    """
    before = platformdirs.user_state_path("posmember", appauthor=False) / _NAME
    here = remembered_path(_NAME)
    return (before,) if here is None else tuple(dict.fromkeys((here, before)))


def read_draft(path: Path) -> dict[str, Value]:
    """What was typed, by the settings' paths; nothing where there is nothing to read."""
    try:
        content = read_file(path)
        told = json.loads(content) if len(content) <= _LONGEST else {}
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        name: value
        for name, value in told.items()
        if name in BY_PATH and isinstance(value, str | bool | int | float)
    }


def write_draft(path: Path, values: Mapping[str, Value]) -> None:
    """Keep what was typed. Raises OSError."""
    remember(path, json.dumps(dict(values), ensure_ascii=False).encode())


def forget_draft(path: Path) -> None:
    """Keep nothing: it is finished."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
