"""A sheet that lies over a place of the window, wherever that one moves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget


class SheetPlace(QWidget):
    """A place that sheets lie over; it is laid out like any widget, or put somewhere by hand."""

    moved = Signal()
    """It is somewhere else, or of another size."""
    taken = Signal()
    """A sheet lies here now, or none any more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheets: set[QWidget] = set()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.hide()

    def is_taken(self) -> bool:
        """Return whether a sheet lies here."""
        return bool(self._sheets)

    def take(self, sheet: QWidget) -> None:
        """Let a sheet lie here."""
        self._sheets.add(sheet)
        self.taken.emit()

    def leave(self, sheet: QWidget) -> None:
        """Let a sheet lie here no more."""
        self._sheets.discard(sheet)
        self.taken.emit()

    def put(self, place: QRect) -> None:
        """Put it somewhere by hand, where it is not laid out."""
        self.setGeometry(place)
        self.moved.emit()

    def moveEvent(self, event: QMoveEvent, /) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.moved.emit()


class CoveringSheet(QFrame):
    """Not modal, and hidden at first; subclasses say what is on it.

    Args:
        window: owns it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._covered: SheetPlace | None = None
        self.setObjectName("sheet")
        self.hide()

    def _cover(self, covered: SheetPlace | None) -> None:
        """Lie over a place, also when it moves or changes its size."""
        before, self._covered = self._covered, covered
        if before is covered:
            return
        if before is not None:
            before.moved.disconnect(self._place)
            before.leave(self)
        if covered is not None:
            covered.moved.connect(self._place)
            covered.take(self)
            self._place()

    def _show_covering(self) -> None:
        """Show it, above all else."""
        self._place()
        self.raise_()
        self.show()

    def _place(self) -> None:
        if self._covered is not None:
            corner = self._covered.mapTo(self._window, QPoint(0, 0))
            self.setGeometry(QRect(corner, self._covered.size()))
