"""The compact window beside the till's own program, which keeps the keyboard whatever comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from posmember.sandbox.app import Sandbox
from posmember.settings.window_place import WindowPlaces, place_path, read_places, write_places
from tests.end2end.program import SOURCE, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.onlooker import Onlooker
from tests.scanrig.desktop import Desktop, Ime, available, desktop

if reason := available(Ime.NONE):
    pytest.skip(reason, allow_module_level=True)

CODE = "qm0000001"
WIDTH = 420


@dataclass
class StandIn:
    """The till's own program, and all that it has told."""

    process: subprocess.Popen[str]
    told: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Take what it tells, until it ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(json.loads(line))

    def ask(self, command: str) -> None:
        """Have it do something, and wait until it has."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        wait_until(lambda: any(each.get("command") == command for each in self.told), command)

    def last(self, kind: str) -> dict[str, Any]:
        """Return the last thing of a kind that it told; {} for none."""
        return next((each for each in reversed(self.told) if each["kind"] == kind), {})

    def text(self) -> str:
        """Return what stands in its field."""
        return str(self.last("text").get("text", ""))

    def lost(self) -> list[dict[str, Any]]:
        """Return each time that the keyboard or the front went to somebody else."""
        gone = ("focus", "active")
        return [each for each in self.told if each["kind"] in gone and not each["on"]]


@pytest.fixture(scope="module")
def shared() -> Iterator[Desktop]:
    with desktop() as made:
        yield made


@pytest.fixture
def eye(shared: Desktop) -> Iterator[Onlooker]:
    made = Onlooker(shared.display)
    yield made
    made.close()


@pytest.fixture
def stand_in(shared: Desktop, eye: Onlooker) -> Iterator[StandIn]:
    environment = {**shared.environment, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.stand_in_till"],
        cwd=SOURCE, env=environment, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        made = StandIn(process)
        reader = Thread(target=made.read)
        reader.start()
        try:
            wait_until(lambda: bool(made.last("ready")), "the till's program")
            wait_until(lambda: made.last("focus").get("on", False), "its field with the keyboard")
            wait_until(lambda: made.last("active").get("on", False), "it in front")
            # The server gives the keyboard first; the window manager tells of the front after that.
            wait_until(lambda: eye.active() == made.last("ready")["window"], "it told to be so")
            yield made
        finally:
            process.kill()
            reader.join()


@pytest.fixture
def scanner(till: Till) -> Iterator[int]:
    """A serial scanner on a pseudo terminal, which the till is set up for; gives its other end."""
    master, slave = os.openpty()
    tty.setraw(slave)
    settings = f'\n[scanner]\nserial_port = "{os.ttyname(slave)}"\n[window]\nclear_after_s = 10\n'
    till.config.write_text(till.config.read_text(encoding="utf-8") + settings, encoding="utf-8")
    yield master
    os.close(master)
    os.close(slave)


@contextmanager
def opened(
    till: Till, shared: Desktop, eye: Onlooker, *, compact: bool
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    if compact:
        write_places(state_file(), WindowPlaces(is_compact=True))
    mine = {name: os.environ[name] for name in ("HOME", "XDG_STATE_HOME")}
    on_screen = {**shared.environment, **mine, "QT_QPA_PLATFORM": "xcb"}
    with till.started("window", env=on_screen) as process:
        yield eye.window_of(process.pid), process


def state_file() -> Path:
    path = place_path()
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def green(eye: Onlooker, window: int) -> bool:
    """Whether something is told to be usable."""
    return eye.picture(window).count_of("usable") > 50


def is_ready(eye: Onlooker, window: int) -> bool:
    """Whether it asks for a scan in the middle of the window: all of its keys are there then."""
    return eye.picture(window).part(0.2, 0.3, 0.8, 0.9).colours() > 10


@dataclass
class Scans:
    """Scans until the platform is asked: what a port holds before it is opened is dropped."""

    scanner: int
    platform: Sandbox
    at: float = 0.0

    def is_asked(self) -> bool:
        if self.platform.calls:
            return True
        if time.monotonic() - self.at > 1:
            self.at = time.monotonic()
            os.write(self.scanner, f"{CODE}\r".encode())
        return False


def test_nothing_of_it_takes_the_keyboard_from_the_tills_program(
    till: Till,
    platform: Sandbox,
    shared: Desktop,
    eye: Onlooker,
    stand_in: StandIn,
    scanner: int,
) -> None:
    front = stand_in.last("ready")["window"]
    with opened(till, shared, eye, compact=True) as (window, process):
        wait_until(lambda: eye.is_above(window), "it above others")
        eye.type("ab")
        wait_until(lambda: stand_in.text() == "ab", "keys at the till while it comes")
        stand_in.ask("activate")
        wait_until(lambda: eye.topmost() == window, "the till's program in front, below it")
        wait_until(lambda: is_ready(eye, window), "it to be ready")
        wait_until(Scans(scanner, platform).is_asked, "the scan to be looked up")
        eye.type("cd", every_ms=10)
        wait_until(lambda: green(eye, window), "a usable coupon in green")
        eye.type("e")
        wait_until(lambda: not green(eye, window), "the screen to clear by itself")
        wait_until(lambda: stand_in.text() == "abcde", "every key at the till")
        assert stand_in.lost() == []
        assert eye.active() == eye.focused() == front
        process.terminate()
        assert ended(process).code == 0
    wait_until(lambda: eye.active() == front, "the till's program still in front")
    assert stand_in.lost() == []


def test_it_goes_to_the_next_edge_and_back_to_full_with_what_is_typed(
    till: Till, shared: Desktop, eye: Onlooker, stand_in: StandIn
) -> None:
    with opened(till, shared, eye, compact=False) as (window, process):
        wait_until(lambda: eye.active() == window, "the full window in front")
        wait_until(lambda: is_ready(eye, window), "it to be ready")
        full = eye.place(window)
        eye.type("13")
        eye.press("m", "Control_L")
        wait_until(lambda: eye.place(window)[2] == WIDTH, "the compact window")
        wait_until(lambda: eye.is_above(window), "it above others")
        assert eye.window_of(process.pid) == window, "the same native window"
        assert eye.active() == eye.focused() == window, "it has kept the keyboard"
        eye.press("m", "Control_L", "Shift_L")
        eye.press("m", "Control_L", "Shift_L")
        wait_until(lambda: eye.place(window)[0] < 10, "the left edge")
        wait_until(lambda: kept() == (True, WIDTH), "the compact form to be kept")
        stand_in.ask("activate")
        wait_until(lambda: eye.active() != window, "the till's program in front")
        wait_until(lambda: eye.topmost() == window, "it above that")
        x, y, width, height = eye.place(window)
        eye.click(x + width // 2, y + height - 8)  # the row where nothing is pressed
        wait_until(lambda: eye.active() == window, "it in front again, by hand")
        eye.press("m", "Control_L")
        wait_until(lambda: eye.place(window) == full, "the full window where it was")
        wait_until(lambda: not eye.is_above(window), "it like any other")
        eye.press("m", "Control_L")
        wait_until(lambda: eye.place(window)[2] == WIDTH, "the compact window again")
        process.terminate()
        assert ended(process).code == 0
    with opened(till, shared, eye, compact=False) as (window, process):
        wait_until(lambda: eye.place(window)[2] == WIDTH, "the form of the last time")
        assert eye.place(window)[0] < 10, "at the edge of the last time"
        wait_until(lambda: eye.is_above(window), "it above others as the last time")


def kept() -> tuple[bool, int]:
    places = read_places(state_file())
    if places is None or places.compact is None:
        return False, 0
    return places.is_compact, places.compact.width
