"""The environment that freezes: what runs, by its pins, and PyInstaller; .venv has more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dev_env import base_python, digest, requirements
from dev_run import POSIX, ROOT, execute_quietly, say

from installers.places import BUILD

FOLDER: Final = BUILD / "freeze"
PYTHON: Final = FOLDER / ("bin/python" if POSIX else "Scripts/python.exe")


def provide(source: Path = ROOT) -> Path:
    """Make the environment where it is not there yet, and install the program as it is now.

    Args:
        source: the checkout that the program is taken from.

    Returns its Python. Raises StepError.
    """
    make_once(FOLDER, digest(requirements("freeze").read_bytes()), _make)
    _install("--no-deps", "--force-reinstall", wheel(source))
    return PYTHON


def make_once(folder: Path, made_from: str, make: Callable[[], object]) -> None:
    """Make a folder, unless it is there and was made from the same.

    Args:
        made_from: what tells that, of ASCII characters.
        make: takes away what is there, and makes the folder. What it raises leaves it to be made.
    """
    stamp = folder / "made-from"
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != made_from:
        make()
        stamp.write_text(made_from, encoding="ascii")


def wheel(source: Path = ROOT) -> Path:
    """Build the program's wheel; returns its path. Raises StepError."""
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(PYTHON), "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    execute_quietly([*command, "--wheel-dir", folder, source])
    (made,) = folder.glob("*.whl")
    return made


def _make() -> None:
    say("making the environment that freezes")
    shutil.rmtree(FOLDER, ignore_errors=True)
    execute_quietly([base_python(), "-m", "venv", FOLDER])
    _install("--require-hashes", "--only-binary=:all:", "--requirement", requirements("freeze"))


def _install(*arguments: str | Path) -> None:
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    execute_quietly([PYTHON, "-m", "pip", "install", *options, *arguments])
