"""``posmember --smoke``: what an installer asks before it leaves a version to a cashier."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import posmember
from posmember import __version__

SOURCE = Path(posmember.__file__).parent
LIMIT_S = 50
"""Less than the program itself waits for a window."""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A program as a wheel brings it: its resources are within."""
    ignored = shutil.ignore_patterns("__pycache__")
    target = shutil.copytree(SOURCE, tmp_path / "lib" / "posmember", ignore=ignored)
    shutil.copytree(SOURCE.parent / "resources", target / "_resources", ignore=ignored)
    return target


def smoke(installed: Path) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(installed.parent), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "posmember", "--smoke"],
        cwd=installed.parent,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )


def test_a_whole_program_says_its_version(installed: Path) -> None:
    done = smoke(installed)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"posmember {__version__}: ok\n", "")


def test_a_missing_part_is_named(installed: Path) -> None:
    shutil.rmtree(installed / "printing")
    done = smoke(installed)
    assert done.returncode == 1
    assert "程序不完整" in done.stderr
    assert "posmember.printing" in done.stderr


def test_a_window_that_cannot_be_painted_is_a_failure_at_once(installed: Path) -> None:
    shutil.rmtree(installed / "_resources" / "styles")
    done = smoke(installed)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "bug" in done.stderr


def test_what_is_installed_on_linux_alone_is_asked_for_there_alone() -> None:
    """As Windows and macOS have it: by each pin's marker."""
    libraries = ("Xlib", "jeepney", "secretstorage")
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({libraries}));"
        " from posmember.cli.smoke import import_all; import_all(sys.argv[1])"
    )
    run = partial(subprocess.run, capture_output=True, encoding="utf-8", timeout=LIMIT_S)
    command = [sys.executable, "-c", script]
    elsewhere, here = (run([*command, system], check=False) for system in ("win32", "linux"))
    assert (elsewhere.returncode, elsewhere.stderr) == (0, "")
    assert here.returncode == 1
    assert "Xlib" in here.stderr
