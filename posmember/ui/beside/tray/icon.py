"""The program's icon with the state of its connection: a shape and a colour, and words for it."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from posmember.resources import resource
from posmember.ui.widgets.marks import Mark, paint_mark

translate = QCoreApplication.translate

_SIZES: Final = (16, 20, 24, 32, 48, 64)
_MARK_PART: Final = 0.5
"""Of the icon's side; smaller its shape is not seen."""
_RIM: Final = 0.06


class Link(Enum):
    """What is known of the connection."""

    UNKNOWN = "unknown"
    FINE = "fine"
    SLOW = "slow"
    BROKEN = "broken"


_MARKS: Final = {
    Link.FINE: (Mark.DISC, QColor(0x1A, 0x9E, 0x4B)),
    Link.SLOW: (Mark.TRIANGLE, QColor(0xE0, 0x8A, 0x00)),
    Link.BROKEN: (Mark.RING, QColor(0xD0, 0x2B, 0x2B)),
}
"""Not the theme's: the taskbar has its own, light or dark, whatever the window's is."""


def tray_icon(link: Link) -> QIcon:
    """Return the icon for a state, in every size that a tray shows."""
    plain = QIcon(str(resource("icons/posmember.png")))
    made = QIcon()
    for size in _SIZES:
        picture = plain.pixmap(size, size)
        if link in _MARKS:
            _mark(picture, size, *_MARKS[link])
        made.addPixmap(picture)
    return made


def link_text(link: Link) -> str:
    """Return a state in words."""
    match link:
        case Link.UNKNOWN:
            return translate("Tray", "还没有查询")
        case Link.FINE:
            return translate("Tray", "网络正常")
        case Link.SLOW:
            return translate("Tray", "网络慢")
        case Link.BROKEN:
            return translate("Tray", "连不上会员系统")


def _mark(picture: QPixmap, size: int, mark: Mark, color: QColor) -> None:
    side = size * _MARK_PART
    square = QRectF(size - side, size - side, side, side)
    rim = size * _RIM
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(square)
        paint_mark(painter, mark, square.adjusted(rim, rim, -rim, -rim), color)
