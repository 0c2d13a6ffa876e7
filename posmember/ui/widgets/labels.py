"""Labels that show a text as plain text, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def own_label(text: str = "", *, muted: bool = False, wrap: bool = False) -> QLabel:
    """Make a label for words of our own, which hold no markup.

    Made before the first paint, so it stays away from the `Qt` namespace: its some hundred
    enums take a tenth of the time that a window has to appear.
    """
    label = QLabel(text)
    label.setWordWrap(wrap)
    if muted:
        label.setObjectName("muted")
    return label


def plain_label(text: str = "", *, muted: bool = False, wrap: bool = False) -> QLabel:
    """Make a label for plain text from anywhere; what looks like markup is shown as it is."""
    label = own_label(muted=muted, wrap=wrap)
    make_plain(label)
    label.setText(text)
    return label


def make_plain(label: QLabel) -> None:
    """Let a label show what looks like markup as it is."""
    from PySide6.QtCore import Qt

    label.setTextFormat(Qt.TextFormat.PlainText)


def scaled_font(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font so many times as large."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    made.setBold(bold)
    return made


class ElidedLabel(QWidget):
    """One line of plain text that ends in … where it does not fit; its tooltip says it whole.

    Without a text it takes no room, and so is not painted.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        from posmember.ui.wording.plain import one_line, tooltip

        self._text = text = one_line(text)
        self.setAccessibleName(text)
        self.setToolTip(tooltip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._text) + 2 if self._text else 0
        return QSize(width, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.averageCharWidth() * 4 if self._text else 0
        return QSize(width, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags | Qt.TextFlag.TextSingleLine, text)
