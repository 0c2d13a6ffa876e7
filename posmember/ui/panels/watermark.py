"""A word across the whole window, large and pale, that hides nothing and takes no clicks.

It only darkens what is light, or lightens what is dark: so words are what they were, as if they
stood on it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens

ON_LIGHT, ON_DARK = QColor(240, 232, 224), QColor(38, 30, 22)
"""What the window's colours are multiplied by, or what is added to them."""
_DARK_BELOW: Final = 128
_LEAN: Final = -24.0
"""Degrees, from level."""
_FILLS: Final = 0.8
"""Of the window's width."""
_BASE_PX: Final = 100
_KEPT_ON_TOP: Final = frozenset((QEvent.Type.ZOrderChange, QEvent.Type.Show))


class Watermark(QWidget):
    """Lies over all of a window, also over the sheets that open later.

    Args:
        window: owns it.
        word: what is written.
    """

    def __init__(self, window: QWidget, word: str) -> None:
        super().__init__(window)
        self._window, self._word = window, word
        self._path, self._path_of = QPainterPath(), QSize()
        for attribute in (
            Qt.WidgetAttribute.WA_TransparentForMouseEvents,
            Qt.WidgetAttribute.WA_NoSystemBackground,
        ):
            self.setAttribute(attribute)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        for child in window.children():
            child.installEventFilter(self)
        self._cover()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._window:
            if kind in _KEPT_ON_TOP and watched is not self:
                self.raise_()
        elif kind == QEvent.Type.ChildPolished or kind == QEvent.Type.ChildAdded:
            self._see_children()
        elif kind == QEvent.Type.Resize:
            self._cover()
        return False

    @never_raises
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            modes = QPainter.CompositionMode
            is_dark = current_tokens().color("window").lightness() < _DARK_BELOW
            painter.setCompositionMode(
                modes.CompositionMode_Screen if is_dark else modes.CompositionMode_Multiply
            )
            painter.fillPath(self._path_for(self.size()), ON_DARK if is_dark else ON_LIGHT)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()

    def _see_children(self) -> None:
        """Watch every child of the window, once: one that is raised would hide this."""
        for child in self._window.children():
            child.removeEventFilter(self)
            child.installEventFilter(self)

    def _path_for(self, size: QSize) -> QPainterPath:
        """The word across the middle, for a size of the window."""
        if size != self._path_of:
            self._path_of = size
            self._path = _leaning(self._word, self.font(), QRectF(QPointF(0, 0), size.toSizeF()))
        return self._path


def _leaning(word: str, font: QFont, area: QRectF) -> QPainterPath:
    large = QFont(font)
    large.setPixelSize(_BASE_PX)
    large.setBold(True)
    plain = QPainterPath()
    plain.addText(QPointF(0, 0), large, word)
    bounds = plain.boundingRect()
    if bounds.isEmpty():
        return plain
    scale = area.width() * _FILLS / bounds.width()
    turned = QTransform().translate(area.center().x(), area.center().y())
    turned.rotate(_LEAN)
    turned.scale(scale, scale)
    turned.translate(-bounds.center().x(), -bounds.center().y())
    return turned.map(plain)
