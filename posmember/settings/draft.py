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
from posmember.settings.files import make_folder, read_file, replace_file

_LONGEST: Final = 64 * 1024
Value = str | bool | int | float


def draft_path() -> Path:
    """Where it is."""
    return platformdirs.user_state_path("posmember", appauthor=False) / "setup-draft.json"


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
    make_folder(path.parent)
    replace_file(path, json.dumps(dict(values), ensure_ascii=False).encode())


def forget_draft(path: Path) -> None:
    """Keep nothing: it is finished."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
