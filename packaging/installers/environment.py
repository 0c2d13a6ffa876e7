"""The environment that freezes: what runs, by its pins, and PyInstaller; .venv has more."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from dev_env import base_python, digest, requirements
from dev_run import POSIX, ROOT, execute_quietly, say

from installers.places import BUILD

FOLDER: Final = BUILD / "freeze"
PYTHON: Final = FOLDER / ("bin/python" if POSIX else "Scripts/python.exe")
_STAMP: Final = FOLDER / "made-from"


def provide(source: Path = ROOT) -> Path:
    """Make the environment where it is not there yet, and install the program as it is now.

    Args:
        source: the checkout that the program is taken from.

    Returns its Python. Raises StepError.
    """
    pins = requirements("freeze")
    made_from = digest(pins.read_bytes())
    if not _STAMP.is_file() or _STAMP.read_text(encoding="ascii") != made_from:
        say("making the environment that freezes")
        shutil.rmtree(FOLDER, ignore_errors=True)
        execute_quietly([base_python(), "-m", "venv", FOLDER])
        _install("--require-hashes", "--only-binary=:all:", "--requirement", pins)
        _STAMP.write_text(made_from, encoding="ascii")
    _install("--no-deps", "--force-reinstall", wheel(source))
    return PYTHON


def wheel(source: Path = ROOT) -> Path:
    """Build the program's wheel; returns its path. Raises StepError."""
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(PYTHON), "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    execute_quietly([*command, "--wheel-dir", folder, source])
    (made,) = folder.glob("*.whl")
    return made


def _install(*arguments: str | Path) -> None:
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    execute_quietly([PYTHON, "-m", "pip", "install", *options, *arguments])
