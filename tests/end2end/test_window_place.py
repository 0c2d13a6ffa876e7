"""The program on real screens: where its window was, it is again; and a silent portal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end2end.program import SOURCE, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from posmember.settings.window_place import place_path, read_places
from tests.end2end.keyrings import private_bus
from tests.end2end.screens import Screen, Window, virtual_screen

LARGE, SMALL = (1600, 1000), (1024, 768)
MOVED = (180, 120, 1100, 700)


@contextmanager
def screen(size: tuple[int, int]) -> Iterator[Screen]:
    with virtual_screen(size) as name:
        made = Screen(name)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def opened(
    till: Till, screen: Screen, bus: str = ""
) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    on_screen = {
        "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "",
        "DBUS_SESSION_BUS_ADDRESS": bus,
    }  # fmt: skip
    with till.started("window", env=on_screen) as process:
        yield screen.window_of(process.pid), process


def kept_sides() -> tuple[int, int, int, int] | None:
    path = place_path()
    assert path is not None
    places = read_places(path)
    return places.full[:4] if places is not None and places.full is not None else None


def close(window: Window, process: subprocess.Popen[str]) -> None:
    window.ask_to_close()
    result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_it_is_where_it_was_also_where_the_screen_is_another(till: Till) -> None:
    with screen(LARGE) as large:
        with opened(till, large) as (window, process):
            window.move(*MOVED)
            wait_until(lambda: kept_sides() == MOVED, "the place to be kept")
            process.kill()
        with opened(till, large) as (window, process):
            wait_until(lambda: window.place() == MOVED, "the place of the last time")
            close(window, process)
    with screen(SMALL) as small, opened(till, small) as (window, process):
        wait_until(lambda: window.place()[0] >= 0, "the window")
        x, y, width, height = window.place()
        assert x + width <= SMALL[0]
        assert y + height <= SMALL[1]
        close(window, process)


@pytest.mark.parametrize("content", [b"", b"1 0 0 1 1 0 x\n" * 9999, b"1 5 5 99999 99999 1 gone\n"])
def test_a_hostile_file_keeps_nobody_from_the_till(till: Till, content: bytes) -> None:
    path = place_path()
    assert path is not None
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with screen(SMALL) as small, opened(till, small) as (window, process):
        x, y, width, height = window.place()
        assert min(x, y) >= 0
        assert width <= SMALL[0]
        assert height <= SMALL[1]
        close(window, process)


def test_a_folder_that_cannot_be_written_is_no_matter(till: Till) -> None:
    path = place_path()
    assert path is not None
    path.parent.parent.mkdir(parents=True)
    path.mkdir(parents=True)  # in its place, as the tests' user may write everywhere
    with screen(LARGE) as large, opened(till, large) as (window, process):
        window.move(*MOVED)
        wait_until(lambda: window.place() == MOVED, "the window to move")
        close(window, process)
    assert list(path.iterdir()) == []


def test_a_portal_that_is_silent_holds_up_neither_the_window_nor_its_end(
    till: Till, tmp_path: Path
) -> None:
    folder = tmp_path / "bus"
    folder.mkdir()
    with (
        private_bus(folder) as bus,
        silent_portal(bus) as portal,
        screen(LARGE) as large,
        opened(till, large, bus["DBUS_SESSION_BUS_ADDRESS"]) as (window, process),
    ):
        assert portal.stdout is not None
        assert portal.stdout.readline() == "asked\n"
        close(window, process)


@contextmanager
def silent_portal(bus: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.end2end.fake_portal", "silent"],
        cwd=SOURCE, env=os.environ | bus, stdout=subprocess.PIPE, encoding="utf-8",
    ) as portal:  # fmt: skip
        try:
            assert portal.stdout is not None
            assert portal.stdout.readline() == "there\n"
            yield portal
        finally:
            portal.kill()
