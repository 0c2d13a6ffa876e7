"""Labels that show a text as plain text, never as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy

from posmember.log.unexpected import never_raises
from posmember.ui.theme import SMALL_PX, TEXT_PX, current_tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget


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


def sized_font(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return a font of this family, so many pixels high at 100 %."""
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def scaled_font(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font so many times as large, but never below the least size."""
    pixels = font.pixelSize() if font.pixelSize() > 0 else TEXT_PX
    return sized_font(font, max(SMALL_PX, round(pixels * factor)), bold=bold)


def show_cut(label: QLabel, text: str) -> None:
    """Show in the tooltip what is painted cut, whole; "" where nothing is.

    Only there: a screen reader, which has the whole text anyway, reads a tooltip aloud, too.
    """
    from posmember.ui.wording.plain import tooltip

    # What holds no markup is said as it is, so that it is read so.
    label.setToolTip(tooltip(text) if "<" in text or "&" in text else text)


def show_silently(widget: QWidget, tip: str) -> None:
    """Give a widget a tooltip of what its parts tell a screen reader already."""
    from posmember.ui.wording.plain import tooltip

    widget.setToolTip(tooltip(tip))
    widget.setAccessibleDescription(" ")  # without any Qt takes the tooltip for it


class ElidedLabel(QLabel):
    """One line of plain text that ends in … where it does not fit; its tooltip says it whole.

    Without a text it takes no room, and so is not painted. It is a label for a screen reader
    alone, and keeps and paints its text itself.

    Args:
        told: whether a screen reader is to find it; not where something beside it says the same.
    """

    def __init__(self, text: str = "", *, told: bool = True) -> None:
        super().__init__()
        self._text = self._color = self._cut = ""
        self._is_told = told
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def clear(self) -> None:
        """Show nothing."""
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        from posmember.ui.wording.plain import one_line

        text = one_line(text)
        if text:
            make_plain(self)
        self._text = text
        if self._is_told:
            self.setAccessibleName(text)
        self._note_cut("")
        self.updateGeometry()
        self.update()

    def set_color(self, token: str) -> None:
        """Write in the colour of a token; "" is that of all texts."""
        if token != self._color:
            self._color = token
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._text) + 2 if self._text else 0
        return QSize(width, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.averageCharWidth() * 4 if self._text else 0
        return QSize(width, metrics.height())

    def _note_cut(self, text: str) -> None:
        if text != self._cut:
            self._cut = text
            show_cut(self, text)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPainter

        from posmember.ui.widgets.measure import without_cut_number

        with QPainter(self) as painter:
            if self._color:
                painter.setPen(current_tokens().color(self._color))
            text = self.fontMetrics().elidedText(
                self._text, Qt.TextElideMode.ElideRight, self.width()
            )
            self._note_cut(self._text if text != self._text else "")
            text = without_cut_number(text) if text != self._text else text
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), flags | Qt.TextFlag.TextSingleLine, text)
