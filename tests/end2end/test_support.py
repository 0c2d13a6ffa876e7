"""``posmember support``: shown first, then saved; what fails is told in it."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from tests.end2end.conftest import Command
from tests.end2end.program import Till
from tests.end2end.waiting import wait_until

if TYPE_CHECKING:
    from tests.end2end.screens import Screen


def test_it_is_shown(command: Command, till: Till) -> None:
    result = command("support")
    assert (result.code, result.err) == (Exit.FOUND, "")
    for part in ("versions.txt", "settings.txt", "check.txt", "log.txt"):
        assert f"=== {part}\n" in result.out
    assert "gift_cards good\n" in result.out
    assert till.open_key not in result.out


def test_it_is_saved(command: Command, till: Till, tmp_path: Path) -> None:
    path = tmp_path / "support.zip"
    result = command("support", "--save", str(path), "--no-check")
    assert (result.code, result.out) == (Exit.FOUND, f"{path}\n")
    with zipfile.ZipFile(path) as bundle:
        assert till.open_key.encode() not in b"".join(map(bundle.read, bundle.namelist()))
        assert bundle.read("check.txt") == b"none\n"


def test_what_is_wrong_is_told_in_it(command: Command, till: Till, tmp_path: Path) -> None:
    till.config.write_text("[platform]\n", encoding="utf-8")
    result = command("support")
    assert result.code == Exit.FOUND
    assert "platform.open_id is missing" in result.out


def test_a_file_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    result = command("support", "--no-check", "--save", str(tmp_path / "none" / "s.zip"))
    assert result.code == Exit.OTHER
    assert "写不了文件" in result.one_line()


@pytest.mark.skipif(sys.platform != "linux", reason="there is an X server on Linux alone")
def test_in_a_real_window_by_real_keys(till: Till, screen: Screen, platform: Sandbox) -> None:
    """A member is on the screen; what is saved beside has nothing of it."""
    desktop = Path(os.environ["HOME"]) / "Desktop"
    desktop.mkdir(parents=True, exist_ok=True)
    env = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env=env) as process:
        window = screen.window_of(process.pid)
        window.scan("qm0000001")
        wait_until(lambda: len(platform.calls) >= 3, "the lookup")
        before = window.picture()
        window.press("F1", shift=True)
        wait_until(lambda: window.picture().data != before.data, "the screen")
        window.press("Tab")
        window.press("Tab")

        def is_asked() -> bool:
            if screen.windows_of(process.pid) < 2:
                window.press("Return")  # it does nothing while all is still gathered
            return screen.windows_of(process.pid) == 2

        wait_until(is_asked, "the dialog")
        screen.topmost_of(process.pid).press("Return")
        wait_until(lambda: any(desktop.glob("*.zip")), "the file")
    content = b""
    for saved in desktop.glob("*.zip"):  # two, where Return was struck once more than it took
        with zipfile.ZipFile(saved) as bundle:
            content += b"".join(map(bundle.read, bundle.namelist()))
    for seed in (till.open_key, "qm0000001", "13800000001", "王"):
        assert seed.encode() not in content
    assert b"platform.open_id" in content
