"""Sheets of A4 as a PDF with its fonts, or as pictures.

Painted piece by piece: Qt's PDF of a path in SVG has its outlines, too, which spoils a code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRect
from PySide6.QtGui import (
    QColorConstants,
    QFont,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)

from posmember.printing.sheet import FONTS, HEIGHT, WIDTH, Code, Line, Sheet

_DPI: Final = 300
_MM_PER_INCH: Final = 25.4


def sheets_pdf(sheets: Sequence[Sheet]) -> bytes:
    """A PDF of sheets, a page each, with its fonts in it: it prints alike everywhere."""
    _need_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(sheets[0].title)
    writer.setCreator("posmember")
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for place, sheet in enumerate(sheets):
        if place:
            writer.newPage()
        _paint(painter, writer, sheet)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def sheet_png(sheet: Sheet) -> bytes:
    """A sheet as a picture of 300 dots an inch."""
    _need_application()
    width, height = (round(side / _MM_PER_INCH * _DPI) for side in (WIDTH, HEIGHT))
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    dots_per_metre = round(_DPI / _MM_PER_INCH * 1000)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    image.fill(QColorConstants.White)
    painter = QPainter(image)
    _paint(painter, image, sheet)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    buffer.close()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, paper: QPaintDevice, sheet: Sheet) -> None:
    dots = paper.width() / WIDTH
    for part in sheet.parts:
        if isinstance(part, Line):
            _write(painter, part, dots)
        else:
            _draw(painter, part, dots)


def _write(painter: QPainter, line: Line, dots: float) -> None:
    font = QFont(list(FONTS))
    font.setPixelSize(round(line.size * dots))
    painter.setFont(font)
    painter.drawText(QPointF(line.x * dots, line.y * dots), line.words)


def _draw(painter: QPainter, code: Code, dots: float) -> None:
    """Draw a code in whole dots, the same number for every unit: nothing of it is gray."""
    wide, high = round(code.unit * dots), round(code.height * dots)
    left, top = round(code.x * dots), round(code.y * dots)
    for row, start, length in code.runs():
        place = QRect(left + start * wide, top + row * high, length * wide, high)
        painter.fillRect(place, QColorConstants.Black)


def _need_application() -> None:
    """Fonts need the process's application."""
    if QGuiApplication.instance() is None:
        _application()


@cache
def _application() -> QGuiApplication:
    """One for as long as the process lives; it shows nothing, and needs no display on Linux."""
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(sys.argv[:1])
