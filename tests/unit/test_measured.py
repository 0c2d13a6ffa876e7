"""Coverage: which tests count, and that what they run is measured though others were not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from dev_commands import FULLY_COVERED

from tests.measured import MEASURED, is_measured

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
STEPS = "".join(f"def {name}():\n    return 1\n" for name in ("first", "second", "third", "fourth"))

WHERE = """
from pathlib import Path
from tests import measured
measured.MEASURED = (Path(__file__).parent / "counted",)
"""
COUNTED = """
import os, subprocess, sys, steps
def test_it():
    steps.{name}()
    {child}
"""
CHILD = "subprocess.run([sys.executable, '-c', 'import steps; steps.{name}()'], check=True)"


def module(name: str, child: str = "") -> str:
    return COUNTED.format(name=name, child=CHILD.format(name=child) if child else "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Tests that count before and after one that does not; the last two start a program each."""
    texts = {
        "steps.py": STEPS,
        "conftest.py": WHERE,
        ".coveragerc": "[run]\nsource_pkgs = steps\npatch = subprocess\n",
        "counted/test_a.py": module("first"),
        "other/test_b.py": module("second", "second"),
        "counted/test_c.py": module("third", "fourth"),
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["one process", "a worker"])
def test_what_counts_is_measured_and_nothing_else(project: Path, options: tuple[str, ...]) -> None:
    order = ["counted/test_a.py", "other/test_b.py", "counted/test_c.py"]
    pytest_options = [
        "-q",
        "-p",
        "no:pytest-qt",
        "-p",
        "tests.measured",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        ".",
    ]
    assert measured_lines(project, [*pytest_options, *options, *order]) == {1, 2, 3, 5, 6, 7, 8}


def measured_lines(project: Path, options: list[str]) -> set[int]:
    """The lines of steps.py that a run of pytest is measured to have taken."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    env["PYTHONPATH"] = os.pathsep.join([str(project), str(ROOT)])
    for words in (
        ["run", "-m", "pytest", *options],
        ["combine", "--quiet"],
        ["json", "--quiet", "-o", "told.json"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "coverage", *words],
            cwd=project,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((project / "told.json").read_text(encoding="utf-8"))
    return set(told["files"]["steps.py"]["executed_lines"])


def test_the_unit_tests_of_all_that_the_gate_names_count() -> None:
    assert {HERE / name for name in FULLY_COVERED} <= set(MEASURED)
    assert all(folder.is_dir() for folder in MEASURED)
    assert is_measured(HERE / "api" / "http" / "test_client.py")
    assert not is_measured(HERE.parent / "gui" / "test_main_window.py")
