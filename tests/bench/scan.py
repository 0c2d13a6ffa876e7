"""A scan as the cashier sees it: from its Enter key to pixels that differ, seen from outside.

Real keys (XTEST) go to the real program on an X server of its own; the server tells what was
painted (XDamage). The same is done in turn with a bare window whose label changes at Enter.
"""

from __future__ import annotations

import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from Xlib import X, display
from Xlib.ext import damage

from posmember.sandbox.account import OPEN_KEY
from tests.bench.harness import ROOT, Bench, Row, sandbox
from tests.bench.members import USUAL
from tests.end2end.program import write_config
from tests.end2end.screens import Screen, virtual_screen
from tests.scanrig.keyboard import Keyboard, Move

_CODES = ("qm0000001", USUAL.code)
"""In turn, so that each answer changes what is on the screen."""
_LATENCY_MS = 80
_FRAME_MS = 16.0
_PAINTED_BOUND_MS = 2 * _LATENCY_MS + 30
_EVERY_MS = 2
_WARM_UP = 3
_QUIET_S = 0.3
"""Longer than an answer takes to follow another one."""
_LEAST_AREA = 400
"""A text cursor that blinks is smaller."""
_PIXEL = 4
_DEADLINE_S = 20.0


@dataclass(frozen=True, slots=True)
class Painted:
    """When pixels of a window changed, in milliseconds after Enter."""

    first_ms: float
    last_ms: float


def measure_scan(bench: Bench) -> list[Row]:
    """Enter to the first changed pixels, and to the last of the member's."""
    if shutil.which("Xvfb") is None:
        print("scan: there is no Xvfb here", file=sys.stderr)
        return []
    count = _WARM_UP + bench.size(60, 10)
    with _bare_window(bench) as bare, _till(bench) as till:
        pairs = [
            (bare.scan(""), till.scan(_CODES[number % len(_CODES)])) for number in range(count)
        ][_WARM_UP:]
    bare_ms = tuple(bare.first_ms for bare, _till in pairs)
    first_ms = tuple(till.first_ms for _bare, till in pairs)
    own_ms = tuple(till.first_ms - bare.first_ms for bare, till in pairs)
    whole_ms = tuple(till.last_ms for _bare, till in pairs)
    painted = f"  Enter to the member on the screen, {_LATENCY_MS} ms each answer"
    return [
        Row("scan", "Enter to pixels: the feedback, less a label", own_ms, bound=_FRAME_MS),
        Row("scan", "  a bare window's label", bare_ms),
        Row("scan", "  posmember: the first that changes", first_ms),
        Row("scan", painted, whole_ms, bound=_PAINTED_BOUND_MS),
    ]


class Watched:
    """A window with a scanner before it and an eye on it.

    Args:
        screen: its X server's name; its window has the keyboard.
    """

    def __init__(self, screen: str, keyboard: Keyboard) -> None:
        self._keyboard = keyboard
        self._display = display.Display(screen)
        self._window = self._display.get_input_focus().focus
        self._display.damage_query_version()
        self._window.damage_create(damage.DamageReportRawRectangles)
        self._enter = keyboard.key("\r").code
        size = self._window.get_geometry()
        self._size = (size.width, size.height)

    def close(self) -> None:
        """Leave the server."""
        self._display.close()

    def scan(self, code: str) -> Painted:
        """Scan a code; returns what was painted from its Enter on.

        Raises:
            RuntimeError: nothing was.
        """
        self._keyboard.play(_typed(self._keyboard, code))
        before = Pixels(*self._size, self._pixels(0, 0, *self._size))
        self._damaged(0.0)
        struck_at = time.monotonic()
        self._keyboard.play([Move(0, self._enter, down=True), Move(0, self._enter, down=False)])
        changes: list[float] = []
        while batch := self._damaged(_QUIET_S):
            at, areas = batch
            if any(self._differs(before, area) for area in areas):
                changes.append(at)
            if at - struck_at > _DEADLINE_S:
                raise RuntimeError("the window is never at rest")
        if not changes:
            raise RuntimeError(f"nothing was painted after {code or 'Enter'}")
        return Painted((changes[0] - struck_at) * 1000, (changes[-1] - struck_at) * 1000)

    def _damaged(self, wait_s: float) -> tuple[float, list[Any]] | None:
        """Wait for damage; returns when it came, and the areas."""
        until = time.monotonic() + wait_s
        while True:
            areas = self._pending()
            if areas:
                return time.monotonic(), areas
            left_s = until - time.monotonic()
            if left_s <= 0:
                return None
            select.select([self._display.fileno()], [], [], left_s)

    def _pending(self) -> list[Any]:
        areas: list[Any] = []
        while self._display.pending_events():
            event = self._display.next_event()
            area = getattr(event, "area", None)
            if area is not None and area.width * area.height >= _LEAST_AREA:
                areas.append(area)
        return areas

    def _differs(self, before: Pixels, area: Any) -> bool:
        now = self._pixels(area.x, area.y, area.width, area.height)
        return now != before.part(area.x, area.y, area.width, area.height)

    def _pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        image = self._window.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF)
        return bytes(image.data)


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture of 4 bytes a pixel."""

    width: int
    height: int
    data: bytes

    def part(self, x: int, y: int, width: int, height: int) -> bytes:
        """Return the pixels of an area."""
        stride = self.width * _PIXEL
        rows = range(y, min(y + height, self.height))
        return b"".join(
            self.data[row * stride + x * _PIXEL : row * stride + (x + width) * _PIXEL]
            for row in rows
        )


def _typed(keyboard: Keyboard, code: str) -> list[Move]:
    moves: list[Move] = []
    for number, char in enumerate(code):
        key, at_ms = keyboard.key(char).code, number * _EVERY_MS
        moves += [Move(at_ms, key, down=True), Move(at_ms + _EVERY_MS // 2, key, down=False)]
    return moves


@contextmanager
def _bare_window(bench: Bench) -> Iterator[Watched]:
    with _watched(bench, ("tests.bench.children.label",), {}) as window:
        yield window


@contextmanager
def _till(bench: Bench) -> Iterator[Watched]:
    """The program on a sandbox platform, as a store would start it."""
    with sandbox(_LATENCY_MS) as base_url, tempfile.TemporaryDirectory() as folder:
        path = write_config(Path(folder) / "config.toml", base_url)
        settings = {"POSMEMBER_CONFIG": str(path), "POSMEMBER_OPEN_KEY": OPEN_KEY}
        with _watched(bench, ("posmember", "window"), settings) as window:
            yield window


@contextmanager
def _watched(bench: Bench, module: Sequence[str], settings: Mapping[str, str]) -> Iterator[Watched]:
    """Run a module on an X server of its own, its window with the keyboard."""
    with virtual_screen() as name:
        on_screen = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        process = subprocess.Popen(
            [str(bench.python), "-m", *module],
            cwd=ROOT,
            env={**bench.environment, **settings, **on_screen},
            stdin=subprocess.DEVNULL,
        )
        with process, closing(Screen(name)) as screen, closing(Keyboard(name)) as keyboard:
            try:
                screen.window_of(process.pid)
                with closing(Watched(name, keyboard)) as window:
                    yield window
            finally:
                process.terminate()
