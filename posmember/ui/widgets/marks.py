"""Painted shapes: a state is told by its shape and its word, not by its colour alone."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter, QPaintEvent


class Mark(IntEnum):
    """A shape that says what its colour says."""

    DISC = 0
    TRIANGLE = 1
    RING = 2
    TICK = 3
    DOTS = 4


def paint_mark(painter: QPainter, mark: Mark, square: QRectF, color: QColor) -> None:
    """Paint a disc, a triangle, a ring, a tick or three dots into a square."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QPen, QPolygonF

    if mark in (Mark.RING, Mark.TICK):
        stroke = max(1.5, square.width() * 0.18)
        painter.setPen(QPen(color, stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = stroke / 2
        inner = square.adjusted(inset, inset, -inset, -inset)
        if mark is Mark.RING:
            painter.drawEllipse(inner)
            return
        foot = QPointF(inner.left() + inner.width() * 0.38, inner.bottom())
        left = QPointF(inner.left(), inner.top() + inner.height() * 0.6)
        painter.drawPolyline([left, foot, inner.topRight()])
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if mark is Mark.DOTS:
        _paint_dots(painter, square)
    elif mark is Mark.DISC:
        painter.drawEllipse(square)
    else:
        top = QPointF(square.center().x(), square.top())
        painter.drawPolygon(QPolygonF([top, square.bottomRight(), square.bottomLeft()]))


def _paint_dots(painter: QPainter, square: QRectF) -> None:
    from PySide6.QtCore import QPointF

    radius, middle = square.width() * 0.13, square.center().y()
    for part in (0.15, 0.5, 0.85):
        painter.drawEllipse(QPointF(square.left() + square.width() * part, middle), radius, radius)


class MarkWidget(QWidget):
    """One mark beside a text, as large as the text's letters. The text says what it means.

    Hidden until its owner shows it: the first paint needs none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._color = Mark.RING, "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_mark(self, mark: Mark, color: str) -> None:
        """Set the mark, in the colour of a token."""
        if (mark, color) != (self._mark, self._color):
            self._mark, self._color = mark, color
            self.update()

    def sizeHint(self) -> QSize:
        side, margins = round(self.fontMetrics().height() * 0.6), self.contentsMargins()
        return QSize(side, side + margins.top() + margins.bottom())

    def stand_at_first_line(self) -> None:
        """Keep to the first line of a text of several: to be laid out at the top of it."""
        self.setContentsMargins(0, round(self.fontMetrics().height() * 0.2), 0, 0)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = current_tokens().color(self._color)
            paint_mark(
                painter, self._mark, QRectF(self.contentsRect()).adjusted(1, 1, -1, -1), color
            )
