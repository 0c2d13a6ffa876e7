"""The scanner test page: one sheet of A4 with the test code as QR and as Code 128.

For a browser to show and print; it needs no network and holds nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from posmember.printing.barcodes import code_128_modules, qr_modules
from posmember.printing.sheet import Code, Line, Sheet, sheet_svg, sheets_html
from posmember.scanning.test_code import TEST_CODE

_LEFT = 25.0
"""Of everything, in millimetres, as all lengths here.

The codes need no other quiet zone than this margin and the space between.
"""

_QR_UNIT = 1.6
_BAR_UNIT = 0.4
_BAR_HEIGHT = 22.0
_QR_TOP, _BARS_TOP = 112.0, 185.0

_TITLE = ("posmember 扫码枪测试页", "posmember scanner test page")
_STEPS = (
    ("1. 用 A4 纸按实际大小打印，平放在桌上。", "Print it on A4 at actual size and lay it flat."),
    (
        "2. 在收银电脑上打开 posmember 的「扫码枪检测」。",
        "Open the scanner check of posmember at the till.",
    ),
    (
        "3. 扫下面任意一个码，屏幕上会说明结果和建议的设置。",
        "Scan either code below: the screen says what it found and which settings fit.",
    ),
)
_NOTE = ("这不是会员码，不含任何顾客资料。", "This is no member code and holds no customer's data.")


def page_svg() -> str:
    """Return the page as an SVG document of A4's size."""
    return sheet_svg(_sheet())


def page_html() -> str:
    """Return the page as an HTML document that prints on one sheet, without margins."""
    return sheets_html([_sheet()])


def _sheet() -> Sheet:
    return Sheet(_TITLE[0], (*_words(), *_codes()))


def _words() -> Iterator[Line]:
    yield Line(_LEFT, 38, 8, _TITLE[0])
    yield Line(_LEFT, 45, 4, _TITLE[1])
    for number, (chinese, english) in enumerate(_STEPS):
        yield Line(_LEFT, 60 + 14 * number, 5, chinese)
        yield Line(_LEFT, 65.5 + 14 * number, 3.5, english)
    yield Line(_LEFT, _BARS_TOP + _BAR_HEIGHT + 7, 4.5, TEST_CODE)
    yield Line(_LEFT, 232, 4, _NOTE[0])
    yield Line(_LEFT, 237.5, 3.5, _NOTE[1])


def _codes() -> Iterator[Code]:
    yield Code(qr_modules(TEST_CODE), _LEFT, _QR_TOP, _QR_UNIT, _QR_UNIT)
    yield Code(code_128_modules(TEST_CODE), _LEFT, _BARS_TOP, _BAR_UNIT, _BAR_HEIGHT)
