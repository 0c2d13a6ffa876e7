"""A configuration that is no file, or keeps a parser busy: told on one line, or in the window."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end2end.program import Till, ended
from tests.end2end.waiting import wait_until
from tests.end2end.written import log_text

if sys.platform == "win32":
    pytest.skip("such files are others there", allow_module_level=True)

CASES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "endless": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "brackets": lambda path: path.write_text("x = " + "[" * 100_000),
    "dots": lambda path: path.write_text("a" + ".a" * 50_000 + " = 1"),
}


@pytest.fixture(params=CASES)
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Till:
    path = tmp_path / "broken.toml"
    CASES[request.param](path)
    return Till(path)


@pytest.mark.parametrize("arguments", [("lookup", "qm0000001"), ("doctor",)], ids=" ".join)
def test_a_command_says_so_on_one_line(broken: Till, arguments: tuple[str, ...]) -> None:
    result = broken.run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert str(broken.config) in result.one_line()


def test_the_window_says_so_and_ends_as_ever(broken: Till) -> None:
    with broken.started() as process:
        wait_until(lambda: "ConfigError" in log_text(), "the window to know it")
        process.send_signal(signal.SIGTERM)
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
