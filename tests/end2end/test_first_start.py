"""The first start as a process on a screen of its own, with a real keyring of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from posmember.sandbox.account import OPEN_ID, OPEN_KEY, STORES
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.settings import config as settings_file
from posmember.settings.draft import draft_paths, read_draft
from tests.end2end.program import Till, ended

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.first_start import (
    CODE,
    FirstStart,
    new_till,
    play,
    play_steps,
    steady,
    wait_for_start,
)
from tests.end2end.screens import Screen, virtual_screen, window_manager
from tests.end2end.waiting import wait_until
from tests.end2end.written import files_under


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A screen with a window manager: the windows have frames, and it gives them the keyboard."""
    with virtual_screen() as name, window_manager(name):
        made = Screen(name)
        yield made
        made.close()


def test_from_nothing_to_the_first_scan(
    platform: Sandbox, served: RunningSandbox, screen: Screen, tmp_path: Path
) -> None:
    with new_till(screen, tmp_path) as (window, process, config):
        start = FirstStart(window, platform, served.base_url, config)
        play(window, start, lambda *_told: None)
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    settings = settings_file.load({"POSMEMBER_CONFIG": str(config)})
    assert settings.platform.open_id == OPEN_ID
    assert (settings.store.code, settings.store.id) == (STORES[0].code, str(STORES[0].number))
    assert grep(OPEN_KEY, Path(os.environ["HOME"]).parent, config) == []


def test_alt_f4_in_the_middle_loses_nothing_but_the_secret(
    platform: Sandbox, served: RunningSandbox, screen: Screen, tmp_path: Path
) -> None:
    with new_till(screen, tmp_path / "first") as (window, process, config):
        start = FirstStart(window, platform, served.base_url, config)
        wait_for_start(window)
        play_steps(window, start.steps()[:5], lambda *_told: None)
        window.press("F4", alt=True)
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert not config.exists()
    draft = read_draft(draft_paths()[0])
    assert (draft["platform.open_id"], draft["platform.base_url"]) == (OPEN_ID, served.base_url)
    assert grep(OPEN_KEY, Path(os.environ["HOME"]).parent) == []


def test_the_keyboard_is_back_after_the_settings(
    till: Till, platform: Sandbox, screen: Screen
) -> None:
    on_screen = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    with till.started("window", env=on_screen) as process:
        window = screen.window_of(process.pid)
        shown = steady(window)
        window.press("comma", control=True)
        wait_until(lambda: window.picture() != shown, "the settings")
        steady(window)
        window.press("Escape")
        steady(window)
        window.scan(CODE)
        wait_until(lambda: len(platform.calls) >= 3, "the member")
        window.press("F4", alt=True)
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


def grep(secret: str, *places: Path) -> list[Path]:
    """The plain files that hold a secret; a keyring's own are no plain files."""
    return [path for path, held in files_under(*places).items() if secret.encode() in held]


def test_the_steps_are_printed_and_pictured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.end2end.first_start", str(tmp_path / "pictures")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count(".png") == len(list((tmp_path / "pictures").iterdir()))
    assert "keys by hand" in done.stdout
