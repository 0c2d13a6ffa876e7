"""A sheet that lies over another widget of the window, wherever that one moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QFrame, QWidget


class CoveringSheet(QFrame):
    """Not modal, and hidden at first; subclasses say what is on it.

    Args:
        window: owns it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._covered: QWidget | None = None
        self.setObjectName("sheet")
        self.hide()

    def _cover(self, covered: QWidget | None) -> None:
        """Lie over a widget, also when it moves or changes its size."""
        if self._covered is not None:
            self._covered.removeEventFilter(self)
        self._covered = covered
        if covered is not None:
            covered.installEventFilter(self)

    def _show_covering(self) -> None:
        """Show it, above all else."""
        self._place()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def _place(self) -> None:
        if self._covered is not None:
            corner = self._covered.mapTo(self._window, QPoint(0, 0))
            self.setGeometry(QRect(corner, self._covered.size()))
