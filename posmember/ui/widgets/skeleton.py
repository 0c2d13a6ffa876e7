"""Bars in the places of what will come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens

Bar = tuple[float, int, float, int]
"""Left, top, width, height: across in parts of the whole width, down in pixels."""

_RADIUS = 4.0


class Skeleton(QWidget):
    """Paints bars.

    Args:
        bars: one group of them.
        every: how far below each other groups stand, in pixels, to the bottom; 0 is one group.
    """

    def __init__(self, bars: Sequence[Bar], every: int = 0) -> None:
        super().__init__()
        self._bars, self._every = bars, every
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def sizeHint(self) -> QSize:
        return QSize(80, self._every or 40)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current_tokens().color("line"))
            step = self._every or self.height()
            for above in range(0, max(self.height() - step, 0) + 1, max(step, 1)):
                for left, top, width, height in self._bars:
                    bar = QRectF(left * self.width(), above + top, width * self.width(), height)
                    painter.drawRoundedRect(bar, _RADIUS, _RADIUS)
