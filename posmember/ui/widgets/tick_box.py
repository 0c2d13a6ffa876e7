"""A check box whose square and tick are seen in both schemes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens
from posmember.ui.widgets.marks import Mark, paint_mark

_SIDE = 20
_SPACE = 10
_HEIGHT = 40


class TickBox(QCheckBox):
    """One line of words of our own beside a square; as high as a finger needs in a row."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_SIDE + 2 * _SPACE + words + 8, _HEIGHT)

    def hitButton(self, pos: QPoint, /) -> bool:
        return self.rect().contains(pos)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        square = QRectF(4, (self.height() - _SIDE) / 2, _SIDE, _SIDE)
        edge = "edge" if self.isEnabled() else "faint"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens.color(edge), 1.5))
            painter.setBrush(tokens.color("accent" if self.isChecked() else "field"))
            painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), 4, 4)
            if self.isChecked():
                inner = square.adjusted(4.5, 5, -4.5, -5)
                paint_mark(painter, Mark.TICK, inner, tokens.color("on-accent"))
            painter.setPen(tokens.color("text" if self.isEnabled() else "muted"))
            words = self.rect().adjusted(4 + _SIDE + _SPACE, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                painter.setPen(QPen(tokens.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
