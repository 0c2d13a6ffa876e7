"""A membership card as its owner sees it: colour or picture, level and state on it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens
from posmember.ui.widgets.labels import scaled_font

HEIGHT = 92
_RADIUS = 8
_MARGIN = 12
_MOST_PIXELS = 16_000_000
_FORMATS = (b"jpeg", b"png")
_MIDDLE = 0.18
"""Above this luminance dark words have more contrast than light ones (WCAG's formula)."""
_VEIL = QColor(0, 0, 0, 140)
"""Over a picture, so that words can be read on any."""


class CardTile(QWidget):
    """Shows a card's face: a picture lies over the colour, words are dark or light by both."""

    def __init__(self) -> None:
        super().__init__()
        self._color = QColor()
        self._picture = QImage()
        self._encoded: bytes | None = None
        self._title = self._subtitle = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_face(self, color: str, picture: bytes | None, title: str, subtitle: str) -> None:
        """Show a face.

        Args:
            color: as ``#RRGGBB``; anything else is a neutral one.
            picture: a JPEG or PNG, or None.
        """
        self._color = _readable(color)
        if picture is not self._encoded:
            self._encoded = picture
            self._picture = decode(picture) if picture is not None else QImage()
        self._title, self._subtitle = title, subtitle
        self.setAccessibleName("，".join(part for part in (title, subtitle) if part))
        self.update()

    def has_picture(self) -> bool:
        """Return whether a picture is shown."""
        return not self._picture.isNull()

    def forget(self) -> None:
        """Keep nothing of a card."""
        self.show_face("", None, "", "")

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            face = QPainterPath()
            face.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            painter.setClipPath(face)
            color = self._color if self._color.isValid() else current_tokens().color("muted")
            painter.fillRect(self.rect(), color)
            light = _luminance(color) < _MIDDLE
            if self.has_picture():
                painter.drawImage(
                    QRectF(self.rect()), self._picture, _cut(self._picture, self.size())
                )
                painter.fillRect(self.rect(), _VEIL)
                light = True
            painter.setPen(QColor("#ffffff") if light else QColor("#17202b"))
            self._write(painter)

    def _write(self, painter: QPainter) -> None:
        area = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        for text, font, flag in (
            (self._title, scaled_font(self.font(), 1.35, bold=True), Qt.AlignmentFlag.AlignTop),
            (self._subtitle, self.font(), Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, flag | Qt.TextFlag.TextSingleLine, line)


def decode(encoded: bytes) -> QImage:
    """Decode a JPEG or PNG of bounded size; a null image where it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(encoded))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # By content, not by what somebody said it is: other formats of Qt's stay unused.
    if reader.format().data() not in _FORMATS:
        return QImage()
    size = reader.size()
    fits = size.isValid() and size.width() * size.height() <= _MOST_PIXELS
    return reader.read() if fits else QImage()


def _readable(color: str) -> QColor:
    plain = len(color) == 7 and color.startswith("#")
    return QColor(color) if plain and QColor.isValidColorName(color) else QColor()


def _luminance(color: QColor) -> float:
    """The relative luminance of sRGB, from 0 to 1 (WCAG 2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _cut(picture: QImage, size: QSize) -> QRectF:
    """The middle of a picture, of the widget's proportions."""
    part = size.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (picture.width() - part.width()) / 2
    top = (picture.height() - part.height()) / 2
    return QRectF(left, top, part.width(), part.height())
