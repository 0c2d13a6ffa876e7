"""Scans a member over and over while a timer beats; tells the longest silence of each lookup.

The same time without a lookup is listened to as well, in turn: what is silent then is the
machine's doing.
"""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.children.till import WARM_UP, Till, run

_BEAT_MS = 1
Sample = dict[str, float | str]


class Heartbeat:
    """Beats each millisecond of Qt's loop, as far as it is let."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last_at = 0.0
        self._longest = 0.0

    def start(self) -> None:
        self._longest, self._last_at = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Give the longest silence in milliseconds, less the beat itself."""
        self._beat()
        self._timer.stop()
        return max(0.0, self._longest * 1000 - _BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last_at)
        self._last_at = now


class TimedApplication(QApplication):
    """Times every event that Qt's loop hands out, with all that it brings about."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._inside = False
        self.longest_ms = 0.0
        self.longest_what = ""

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._inside:
            return super().notify(receiver, event)
        self._inside = True
        # Asked before: afterwards the receiver may be gone.
        kind, started_at = event.type(), time.perf_counter()
        name = type(receiver).__name__
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            taken = (time.perf_counter() - started_at) * 1000
            if taken > self.longest_ms:
                self.longest_ms, self.longest_what = taken, f"{kind.name} of {name}"


async def measure_beats(code: str, count: int, till: Till) -> list[Sample]:
    """Give for each lookup, until the window is at rest: its longest silence, and an idle one."""
    heart = Heartbeat()
    samples: list[Sample] = []
    for _ in range(WARM_UP + count):
        heart.start()
        answer = await till.look_up(code)
        rested_at = await till.paints.at_rest()
        busy = heart.stop()
        heart.start()
        await asyncio.sleep(rested_at - answer.scanned_at)
        samples.append({"busy": busy, "idle": heart.stop()})
    return samples[WARM_UP:]


async def measure_events(code: str, count: int, till: Till) -> list[Sample]:
    """Give for each lookup, until the window is at rest: its longest event and which it was."""
    application = QApplication.instance()
    assert isinstance(application, TimedApplication)
    samples: list[Sample] = []
    for _ in range(WARM_UP + count):
        await asyncio.sleep(0)  # so that the event that this task runs in is a new one
        application.longest_ms = 0.0
        await till.look_up(code)
        await till.paints.at_rest()
        samples.append({"event": application.longest_ms, "what": application.longest_what})
    return samples[WARM_UP:]


if __name__ == "__main__":
    url, how, scanned, wanted = sys.argv[1:]
    if how == "events":
        QtWidgets.QApplication = TimedApplication  # type: ignore[assignment, misc]
    measure = measure_events if how == "events" else measure_beats
    sys.exit(run(url, partial(measure, scanned, int(wanted))))
