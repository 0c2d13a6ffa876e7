"""Where what is built lies, and its version. All of it below build/, which is nobody's to keep."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from dev_run import ROOT

HERE: Final = Path(__file__).resolve().parent
BUILD: Final = ROOT / "build"
"""What is made on the way; it may be thrown away at any time."""
DIST: Final = ROOT / "dist"
"""What store IT gets."""
NAME: Final = "posmember"


def version(checkout: Path = ROOT) -> str:
    """Return the program's version, of three numbers."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
