"""Tells whether an Enter may still be a scanner's: a second one, or one that comes late."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from posmember.scanning.burst import STALLED_S
from posmember.ui.capture.quiet_timer import QuietTimer

LATE_S: Final = STALLED_S
"""For so long a scanner may stand still; nobody has read by then what has just come."""


class LateEnter(QObject):
    """Waits for it behind each scan, each lookup and each answer, also in a busy window.

    Args:
        parent: owns this.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._may_come = False
        self._timer = QuietTimer(self.end, self)

    def expect(self) -> None:
        """Expect one from now on, for a while."""
        self._may_come = True
        self._timer.wait(LATE_S)

    def may_come(self) -> bool:
        """Return whether one may still come."""
        return self._may_come

    def end(self) -> None:
        """Expect none any more."""
        self._may_come = False
        self._timer.stop()
