"""Waits for the next key of a burst, and says when none came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer

_MARGIN_MS = 25
"""Longer than by the keys' own times: on a busy PC the next key may be late in coming here."""


class QuietTimer(QTimer):
    """Calls back once nothing came for as long as was to be waited.

    Args:
        fell_quiet: called then; not where the window was busy and a key waited to be read.
        parent: owns this.
    """

    def __init__(self, fell_quiet: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._fell_quiet = fell_quiet
        self._waits = 0
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._look_once_more)

    def wait(self, patience_s: float | None) -> None:
        """Wait anew for so many seconds; None: for nothing."""
        self._waits += 1
        if patience_s is None:
            self.stop()
        else:
            self.start(round(patience_s * 1000) + _MARGIN_MS)

    def _look_once_more(self) -> None:
        """Nothing came; or the window was busy, and it waits to be read."""
        QTimer.singleShot(0, self, partial(self._end, self._waits))

    def _end(self, wait: int) -> None:
        if wait == self._waits:
            self._fell_quiet()
