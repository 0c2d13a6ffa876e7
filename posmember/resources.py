"""Where the program's own files are: icons, styles, sounds, translations; and it itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Args:
        name: The path below `resources/`, with forward slashes, such as `styles/tokens.qss`.

    Raises:
        FileNotFoundError: Nothing of that name is there.
    """
    # A wheel and a frozen program carry the files inside the package, a checkout beside it.
    packaged = _PACKAGE / "_resources"
    root = packaged if packaged.is_dir() else _PACKAGE.parent / "resources"
    path = root / name
    if not path.exists():
        raise FileNotFoundError(f"resource not found: {name} (looked in {root})")
    return path


def this_program() -> Sequence[str]:
    """Return what starts this program as another process; frozen, it is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "posmember"]
