"""The printed test page: both codes decode to the test code; and sharp ones on the screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import groupby

import pytest
import zxingcpp
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from posmember.printing.barcodes import CODE_128_QUIET_ZONE, code_128_modules
from posmember.printing.scanner_page import page_html, page_svg
from posmember.scanning.test_code import TEST_CODE
from posmember.ui.widgets.barcode import BarcodeWidget

PIXELS_PER_MM = 8
"""Some 200 to the inch: an office printer has three times as many."""

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.usefixtures("qapp")
def test_both_codes_of_the_page_can_be_read() -> None:
    renderer = QSvgRenderer(QByteArray(page_svg().encode()))
    assert renderer.isValid()
    assert (renderer.viewBoxF().width(), renderer.viewBoxF().height()) == (210, 297)
    picture = QImage(QSize(210, 297) * PIXELS_PER_MM, QImage.Format.Format_Grayscale8)
    with QPainter(picture) as painter:
        renderer.render(painter)
    read = {(str(each.format), each.text) for each in zxingcpp.read_barcodes(picture)}
    assert read == {("QR Code", TEST_CODE), ("Code 128", TEST_CODE)}


def test_the_page_says_what_to_do_in_both_languages() -> None:
    words = [text.text or "" for text in ET.fromstring(page_svg()).iter(f"{SVG}text")]
    assert "posmember 扫码枪测试页" in words
    assert any("Scan either code" in line for line in words)
    assert TEST_CODE in words


def test_the_html_page_needs_nothing_else() -> None:
    page = page_html()
    assert page_svg() in page
    assert '<meta charset="utf-8">' in page
    assert "size: A4" in page
    assert all(outside not in page for outside in ("<script", "<link", "<img", "src=", "url("))


# --- on the screen ----------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_bars_are_whole_pixels(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ratio: float) -> None:
    modules = code_128_modules(TEST_CODE)
    widget = BarcodeWidget(modules, 2, 20, CODE_128_QUIET_ZONE)
    qtbot.addWidget(widget)
    monkeypatch.setattr(widget, "devicePixelRatioF", lambda: ratio)
    picture = QImage(widget.sizeHint() * ratio, QImage.Format.Format_Grayscale8)
    picture.setDevicePixelRatio(ratio)
    widget.resize(widget.sizeHint())
    widget.render(picture)
    middle = picture.height() // 2
    line = [QColor(picture.pixel(x, middle)).lightness() for x in range(picture.width())]
    runs = [(light, len(list(run))) for light, run in groupby(line)]
    unit = int(2 * ratio)
    bars = b"".join(bytes([light == 0]) * (length // unit) for light, length in runs[1:-1])
    assert {light for light, _ in runs} == {0, 255}
    assert all(length % unit == 0 for _, length in runs[1:-1])
    assert (bars,) == modules
