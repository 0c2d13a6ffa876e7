"""Paints a QR code or a Code 128 on the screen so that a scanner can read it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from posmember.printing.barcodes import Modules


class BarcodeWidget(QWidget):
    """A code in black on white, whatever the window's colours: scanners need the contrast.

    Args:
        modules: the code, without its quiet zone.
        unit: pixels that a unit of the code is wide, at least.
        row_height: pixels that a row of it is high, at least.
        quiet_zone: units left light all around.
    """

    def __init__(self, modules: Modules, unit: int, row_height: int, quiet_zone: int) -> None:
        super().__init__()
        self._modules, self._unit, self._row_height = modules, unit, row_height
        self._margin = quiet_zone * unit
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width, height = len(self._modules[0]) * self._unit, len(self._modules) * self._row_height
        return QSize(width + 2 * self._margin, height + 2 * self._margin)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            # Whole pixels of the screen, also at 125 %: unequal bars are what scanners trip over.
            ratio = self.devicePixelRatioF()
            width, height = int(self._unit * ratio) / ratio, int(self._row_height * ratio) / ratio
            for row, line in enumerate(self._modules):
                top = self._margin + row * height
                for column in (at for at, dark in enumerate(line) if dark):
                    square = QRectF(self._margin + column * width, top, width, height)
                    painter.fillRect(square, Qt.GlobalColor.black)
