"""A skip that nobody asked for does not pass as a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSING = "def test_it(): pass\n"
SKIPPING = "import pytest\n@pytest.mark.skip(reason='no screen')\ndef test_it(): pass\n"
LEFT_OUT = "import pytest\npytest.skip('elsewhere', allow_module_level=True)\n"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere skips are allowed")


def run(folder: Path, *options: str, ci: str, **modules: str) -> tuple[int, str]:
    for name, text in modules.items():
        (folder / f"test_{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.not_run", "-q", *options]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--rootdir", folder, folder],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@linux_only
@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two"])
def test_a_skip_fails_a_ci_run(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, told = run(tmp_path, *options, ci="true", passing=PASSING, skipping=SKIPPING)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "not run: 1 × no screen\n" in told


@linux_only
def test_a_module_that_is_left_out_does_so_too(tmp_path: Path) -> None:
    code, told = run(tmp_path, ci="true", passing=PASSING, left_out=LEFT_OUT)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "not run: 1 × elsewhere\n" in told


def test_a_run_without_skips_passes(tmp_path: Path) -> None:
    code, told = run(tmp_path, ci="true", passing=PASSING)
    assert code == pytest.ExitCode.OK
    assert "not run" not in told


def test_elsewhere_a_line_says_what_was_not_run(tmp_path: Path) -> None:
    code, told = run(tmp_path, ci="", passing=PASSING, skipping=SKIPPING)
    assert code == pytest.ExitCode.OK
    assert "not run: 1 × no screen\n" in told
