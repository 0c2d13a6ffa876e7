"""Real keys of a real X server, as the native event filter sees them."""

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

from tests.end2end.screens import SCANNER_MS, Screen, Window

KEYS_ELSEWHERE = "<>()~"
"""X has second keys for some of these, which no US keyboard has, and would type them there."""
TYPED = "".join(char for char in map(chr, range(0x20, 0x7F)) if char not in KEYS_ELSEWHERE)
CODE = "QM0000001"


class Till:
    """A window, and what its process says."""

    def __init__(self, window: Window, process: subprocess.Popen[str]) -> None:
        self.window = window
        self._process = process
        self._said: Queue[str] = Queue()
        Thread(target=self._read, args=[process], daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._said.put(line)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Have it read nothing meanwhile."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def next(self) -> Any:
        """Return the next line of it."""
        return json.loads(self._said.get(timeout=LIMIT_S))


@contextmanager
def opened(screen: Screen, what: str, swallowed: str = "") -> Iterator[Till]:
    environment = os.environ | {
        "DISPLAY": screen.name,
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": "compose",
        "WAYLAND_DISPLAY": "",
    }
    command = [sys.executable, "-m", "tests.end2end.raw_keys_window", what, swallowed]
    with subprocess.Popen(
        command, cwd=SOURCE, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            yield Till(screen.window_of(process.pid), process)
        finally:
            # Not asked: under coverage that is a Python signal handler, and Qt's loop, which is
            # idle, runs no Python.
            process.kill()


def test_the_keys_of_a_scanner(screen: Screen) -> None:
    with opened(screen, "watch") as till:
        till.window.scan(TYPED)
        keys = [till.next() for _ in TYPED]
        assert "".join(char for _, char, _, _ in keys) == TYPED
        times = [at for _, _, at, _ in keys]
        assert times == sorted(times)
        assert times[-1] - times[0] >= (len(TYPED) - 1) * SCANNER_MS / 1000
        assert not any(repeated for _, _, _, repeated in keys)
        assert till.next()[:2] == ["key", "\r"]
        assert till.next() == ["entered", TYPED]


def test_a_key_that_comes_twice_at_once_is_no_repeated_one(screen: Screen) -> None:
    with opened(screen, "watch") as till:
        till.window.type("0" * 20, every_ms=0)
        keys = [till.next() for _ in range(20)]
        assert not any(repeated for _, _, _, repeated in keys)


def test_a_swallowed_key_does_not_reach_the_field(screen: Screen) -> None:
    with opened(screen, "watch", "b2") as till:
        till.window.scan("ab12")
        assert [till.next()[1] for _ in range(5)] == list("ab12\r")
        assert till.next() == ["entered", "a1"]


def test_a_scan_leaves_the_field_as_it_was(screen: Screen) -> None:
    with opened(screen, "capture") as till:
        till.window.type("8 or 9")
        till.window.press("End")  # or the 9, as fast before the code, would be taken for its own
        till.window.scan(CODE)
        assert till.next() == ["scan", CODE, 1]
        till.window.type("!")
        till.window.press("Return")
        assert till.next() == ["entered", "8 or 9!"]


def test_also_where_all_its_keys_are_read_at_once(screen: Screen) -> None:
    """A window that was busy reads the next key before Qt has handed on the one before."""
    with opened(screen, "capture") as till:
        till.window.type("8 or 9")
        till.window.press("End")
        with till.busy():
            till.window.scan(CODE)
        assert till.next() == ["scan", CODE, 1]
        till.window.type("!")
        till.window.press("Return")
        assert till.next() == ["entered", "8 or 9!"]
