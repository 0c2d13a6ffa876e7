"""Finds out for the settings which window is the till's: the one in front, a moment later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from posmember.ui.beside.typing.desk import CannotTypeError, Desk
from posmember.ui.beside.typing.opening import open_desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from posmember.ui.setup.front import SetupFront

AFTER_MS: Final = 3_000


class TillFinder(QObject):
    """Answers what the settings ask; nothing is typed, and nothing kept.

    Args:
        front: owns this.
        window: this program's own, which is never the till's.
        open_desk: gives the desktop.
    """

    def __init__(
        self, front: SetupFront, window: QWidget, open_desk: Callable[[], Desk] = open_desk
    ) -> None:
        super().__init__(front)
        self._front, self._window, self._open_desk = front, window, open_desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._look)
        front.window_asked.connect(self._timer.start)

    def _look(self) -> None:
        program, title = self._found()
        self._front.take_window(program, title)

    def _found(self) -> tuple[str, str]:
        if self._window.isActiveWindow():
            return "", ""
        try:
            desk = self._open_desk()
        except CannotTypeError:
            return "", ""
        try:
            window = desk.front()
        finally:
            desk.close()
        if window is None or not window.programs:
            return "", ""
        return window.programs[-1], window.title
