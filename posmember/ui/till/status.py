"""What the status bar is told: whether the platform answers, and what its clock says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from posmember.errors import ApiConnectionError, ApiError, PosMemberError
from posmember.ui.till.next_change import Clock


class Shown(Protocol):
    """What shows it; the main window is one."""

    def set_connection(self, ok: bool | None, ms: int | None) -> None:
        """See `posmember.ui.main_window.MainWindow.set_connection`."""

    def set_clock(self, corrected: bool | None, offset_s: int) -> None:
        """See `posmember.ui.main_window.MainWindow.set_clock`."""


class Status:
    """Tells it.

    Args:
        clock: the one that verdicts are made by, at this moment.
    """

    def __init__(self, shown: Shown, clock: Callable[[], Clock]) -> None:
        self._shown, self._clock = shown, clock

    def answered(self, ms: int) -> None:
        """The platform answered, after so many milliseconds."""
        self._shown.set_connection(True, ms)
        self.look_at_the_clock()

    def failed(self, error: PosMemberError) -> None:
        """A call failed: where no answer came there is no connection; any answer is one."""
        if isinstance(error, ApiError):
            self._shown.set_connection(not isinstance(error, ApiConnectionError), None)

    def look_at_the_clock(self) -> None:
        """The clock may be another one now."""
        clock = self._clock()
        self._shown.set_clock(clock.calibrated, clock.offset_s)
