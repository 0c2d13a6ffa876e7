"""A running till that scans and tells how long its answers take."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QComboBox

from posmember import app
from posmember.cli.demo import settings_for
from posmember.sandbox.account import OPEN_KEY
from posmember.ui.capture.key_events import type_into
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.till import intake
from tests.bench.children.keys import scan
from tests.bench.children.painted import PaintWatch
from tests.bench.children.report import beat

# The same member is scanned over and over, and each time is meant.
intake.DOUBLE_S = 0.0

WARM_UP = 3
"""Lookups before the first that counts: caches of fonts and texts, connections."""

APART_S = 0.06
"""Codes less than 35 ms apart are one burst, of which the second is only named."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One scan and its answer: seconds of `time.perf_counter`."""

    scanned_at: float
    painted_at: float

    @property
    def ms(self) -> float:
        """Milliseconds from the scan's Enter to all panels painted."""
        return (self.painted_at - self.scanned_at) * 1000


class Till:
    """The program's window, its keys and its paints."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        self._handle = window.windowHandle()
        self._kinds, self._field = self._kind_box(window), window.scan_field
        self.paints = PaintWatch(window, controller)
        self._scanned_at = 0.0

    async def look_up(self, text: str, kind: str = "") -> Answer:
        """Scan a text and wait until its answer is painted.

        Args:
            kind: the value of an identifier type: then the type is chosen and the text typed, as
                scans are always automatic.
        """
        await asyncio.sleep(self._scanned_at + APART_S - time.perf_counter())
        painted = self.paints.next_answer()
        strike = partial(scan, self._handle) if not kind else partial(self._type, kind)
        self._scanned_at = scanned_at = strike(text)
        answer = Answer(scanned_at, await painted)
        beat()
        return answer

    def _type(self, kind: str, text: str) -> float:
        """Choose a type, enter a text, and strike Enter in the field; returns when, as `scan`."""
        self._kinds.setCurrentIndex(self._kinds.findData(kind))
        self._field.forget()  # a number that is masked there is kept beside its mask
        self._field.setText(text)
        entered_at = time.perf_counter()
        type_into(self._field, "\r")
        return entered_at

    def _kind_box(self, window: MainWindow) -> QComboBox:
        return next(
            box for box in window.findChildren(QComboBox) if box.findData("member_code") >= 0
        )


def run(base_url: str, measure: Callable[[Till], Awaitable[object]]) -> int:
    """Run the program on a sandbox, measure, print the result as JSON; gives the exit code."""

    def load() -> app.Loaded:
        return settings_for(base_url), lambda: OPEN_KEY, lambda: None

    async def script(window: MainWindow, controller: Controller) -> None:
        QApplication.setCursorFlashTime(0)  # the window is painted for its answers alone
        print(json.dumps(await measure(Till(window, controller))))

    return app.run(load, script=script)
