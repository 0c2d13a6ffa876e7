"""A scan right behind the click that opens a field in which Chinese is written, with real keys."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any

import pytest

from tests.end2end.program import SOURCE
from tests.end2end.waiting import LIMIT_S

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.screens import Screen, Window, virtual_screen

CODE = "QM0000001"
PLACE = (150, 150)


class Till:
    """A window, and what its process says."""

    def __init__(self, window: Window, process: subprocess.Popen[str]) -> None:
        self.window, self.process = window, process
        self._said: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line)

    def next(self) -> Any:
        """Return the next line of it."""
        return json.loads(self._said.get(timeout=LIMIT_S))


@contextmanager
def opened() -> Iterator[Till]:
    with virtual_screen() as name:
        environment = os.environ | {
            "DISPLAY": name,
            "QT_QPA_PLATFORM": "xcb",
            "QT_IM_MODULE": "compose",
            "WAYLAND_DISPLAY": "",
        }
        screen = Screen(name)
        command = [sys.executable, "-m", "tests.end2end.sheet_window"]
        with subprocess.Popen(
            command, cwd=SOURCE, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            try:
                till = Till(screen.window_of(process.pid), process)
                assert till.next() == ["ready"]
                yield till
            finally:
                process.kill()
                screen.close()


def test_a_scan_behind_the_click_is_whole_and_in_no_field() -> None:
    with opened() as till:
        for _time in range(5):
            till.window.scan(CODE, clicked=PLACE)
            assert till.next() == ["open"]
            assert till.next() == ["scan", CODE, 1, ""]
            assert till.next() == ["closed"]
            till.window.press("Escape")  # else the next scan is of the same burst


def test_also_where_the_program_is_busy_meanwhile() -> None:
    """It reads the click and all keys at once, before the click has opened anything."""
    with opened() as till:
        for _time in range(5):
            till.process.send_signal(signal.SIGSTOP)
            till.window.scan(CODE, clicked=PLACE)
            till.process.send_signal(signal.SIGCONT)
            assert till.next() == ["open"]
            assert till.next() == ["scan", CODE, 1, ""]
            assert till.next() == ["closed"]
            till.window.press("Escape")  # else the next scan is of the same burst


def test_later_a_person_writes_and_a_scan_is_still_a_scan() -> None:
    with opened() as till:
        till.window.click(*PLACE)
        assert [till.next(), till.next()] == [["open"], ["writes"]]
        till.window.type("gold")
        till.window.press("Return")
        assert till.next() == ["entered", "gold"]
        till.window.press("End")
        till.window.scan(CODE)
        assert till.next() == ["scan", CODE, 1, "gold"]
