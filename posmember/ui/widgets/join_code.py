"""The chain's code to join by, as large as it has room, for the phone of who is no member yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LEAST = 176
_BORDER = 24
"""One part in so many of its side stays white around it: not every picture has a margin."""


class JoinCode(QWidget):
    """A picture in a white square, whatever the window's colours: phones need the contrast.

    Args:
        side: where it stands in its room: left, right or centre.
    """

    def __init__(self, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter) -> None:
        super().__init__()
        self._side = side
        self._picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST, _LEAST)
        self.setAccessibleName(self.tr("入会二维码"))

    def show_picture(self, picture: QImage) -> None:
        """Show a picture; a null one shows none."""
        self._picture = picture
        self.update()

    def stand(self, side: Qt.AlignmentFlag) -> None:
        """Stand elsewhere in its room."""
        self._side = side
        self.update()

    def has_picture(self) -> bool:
        """Return whether there is one."""
        return not self._picture.isNull()

    def square(self) -> QRect:
        """Return where it is painted, in the widget."""
        return self._square(self.width(), self.height())

    def sizeHint(self) -> QSize:
        return QSize(_LEAST, _LEAST)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.has_picture():
            return
        with QPainter(self) as painter:
            # In the screen's own pixels, so that each unit of a code has as many as the next.
            to_screen = painter.deviceTransform()
            ratio, left, top = to_screen.m11(), to_screen.dx(), to_screen.dy()
            painter.translate(-left / ratio, -top / ratio)
            painter.scale(1 / ratio, 1 / ratio)
            square = self._square(int(self.width() * ratio), int(self.height() * ratio))
            square.translate(round(left), round(top))
            painter.fillRect(square, Qt.GlobalColor.white)
            border = square.width() // _BORDER
            place = _place(self._picture.size(), square.adjusted(border, border, -border, -border))
            shrinks = place.width() < self._picture.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
            painter.drawImage(place, self._picture)

    def _square(self, width: int, height: int) -> QRect:
        side = min(width, height)
        left = 0
        if self._side & Qt.AlignmentFlag.AlignRight:
            left = width - side
        elif self._side & Qt.AlignmentFlag.AlignHCenter:
            left = (width - side) // 2
        return QRect(left, (height - side) // 2, side, side)


def _place(picture: QSize, room: QRect) -> QRect:
    """Where a picture goes: so many times as large as fits, or made smaller."""
    times = min(room.width() // picture.width(), room.height() // picture.height())
    size = picture * times if times else picture.scaled(room.size(), _KEEP)
    left = room.left() + (room.width() - size.width()) // 2
    return QRect(left, room.top() + (room.height() - size.height()) // 2, *size.toTuple())


_KEEP = Qt.AspectRatioMode.KeepAspectRatio
