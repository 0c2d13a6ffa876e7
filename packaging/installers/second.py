"""The program once more under a later version, for what an upgrade is tried with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from dev_run import ROOT, execute_quietly

from installers.places import BUILD, NAME, version

_PARTS: Final = (NAME, "resources", "packaging/LICENSE", "README.md", "pyproject.toml")


def later(number: str) -> str:
    """The version after one of three numbers."""
    first, second, last = number.split(".")
    return f"{first}.{second}.{int(last) + 1}"


def checkout() -> Path:
    """Copy what is shipped, as the version after this one; returns the copy. Raises StepError."""
    folder = BUILD / "second"
    shutil.rmtree(folder, ignore_errors=True)
    listed = execute_quietly(["git", "ls-files", "-z", "--", *_PARTS]).split("\0")
    for name in filter(None, listed):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    now = version()
    for place, pattern in (
        ("pyproject.toml", rf'^version = "{re.escape(now)}"$'),
        (f"{NAME}/__init__.py", rf'^__version__ = "{re.escape(now)}"$'),
    ):
        path = folder / place
        text = path.read_text(encoding="utf-8")
        line = re.search(pattern, text, re.MULTILINE)
        assert line is not None, place
        path.write_text(text.replace(line[0], line[0].replace(now, later(now))), encoding="utf-8")
    return folder
