"""From the till into training mode, and back: one window at a time, one scanner, one truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from posmember.ui.main_window import MainWindow

_NEEDED = "starlette"


class TrainingWish(QObject):
    """Heeds what the window is asked for of training mode.

    Args:
        window: owns this; a till's, or one of training mode.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.is_there = False
        """Whether training is to follow, once the window is closed."""
        window.training.asked.connect(self._ask)

    def _ask(self) -> None:
        from importlib.util import find_spec

        if self._window.training.is_on:
            self._window.close()
        elif find_spec(_NEEDED) is None:
            self._window.messages.warn(self.tr("这台电脑没有装培训模式，请联系管理员"))
        else:
            self.is_there = True
            self._window.close()
