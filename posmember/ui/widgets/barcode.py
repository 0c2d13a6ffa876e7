"""Paints a QR code or a Code 128 on the screen so that a scanner can read it there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from posmember.log.unexpected import never_raises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from posmember.printing.barcodes import Modules

_WIDEST_BAR = 4
"""Of a Code 128, in pixels at 100 %: wider, a short one would fill a scanner's sight."""
_MARGIN = 6
"""Above and below bars, in pixels at 100 %."""


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


class FittedBarcode(QWidget):
    """A code as large as whole pixels of the screen let it be in the room that it has.

    Black on white, whatever the window's colours, and light around it as far as scanners ask for.

    Args:
        quiet_zone: units left light: on all sides of a square code, left and right of bars.
    """

    def __init__(self, quiet_zone: int) -> None:
        super().__init__()
        self._quiet_zone = quiet_zone
        self._modules: Modules = ()

    def show_modules(self, modules: Modules) -> None:
        """Show a code; () shows none."""
        self._modules = modules
        self.update()

    def widest(self) -> int:
        """Return how many units there are from side to side, with the quiet zones."""
        return len(self._modules[0]) + 2 * self._quiet_zone if self._modules else 0

    def unit(self, room: float, *, most: int = 0) -> int:
        """Return how many pixels of the screen a unit has; 0 where it does not fit.

        Args:
            room: from side to side, in pixels of the screen.
            most: the most pixels that it may have; 0 for no limit.
        """
        widest = self.widest()
        found = int(room // widest) if widest else 0
        return min(found, most) if most else found

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            # In the screen's own pixels, from one of them on: also where the widget begins within
            # one, as it may at 125 %, each unit has as many as the next.
            to_screen = painter.deviceTransform()
            ratio, left, top = to_screen.m11(), to_screen.dx(), to_screen.dy()
            unit = self.unit(self.width() * ratio, most=int(_WIDEST_BAR * ratio))
            if self._is_square():
                unit = self.unit(min(self.width(), self.height()) * ratio)
            if not unit:
                return
            rows, columns = len(self._modules), len(self._modules[0])
            height = unit if self._is_square() else int((self.height() - 2 * _MARGIN) * ratio)
            first_x = round(left + (self.width() * ratio - columns * unit) / 2)
            first_y = round(top + (self.height() * ratio - rows * height) / 2)
            painter.translate(-left / ratio, -top / ratio)
            painter.scale(1 / ratio, 1 / ratio)
            for row, line in enumerate(self._modules):
                for start, length in _runs(line):
                    x, y = first_x + start * unit, first_y + row * height
                    painter.fillRect(QRect(x, y, length * unit, height), Qt.GlobalColor.black)

    def _is_square(self) -> bool:
        return len(self._modules) > 1


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark units begins, and how long it is."""
    at = 0
    for dark, units in groupby(line):
        length = len(list(units))
        if dark:
            yield at, length
        at += length
