"""The scanner test page: one sheet of A4 with the test code as QR and as Code 128.

For a browser to show and print; it needs no network and holds nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from posmember.printing.barcodes import Modules, code_128_modules, qr_modules
from posmember.scanning.test_code import TEST_CODE

_PAGE_WIDTH, _PAGE_HEIGHT = 210, 297
"""A4, in millimetres, as all lengths here."""

_LEFT = 25.0
"""Of everything; the codes need no other quiet zone than this margin and the space between."""

_QR_UNIT = 1.6
_BAR_UNIT = 0.4
_BAR_HEIGHT = 22.0
_QR_TOP, _BARS_TOP = 112.0, 185.0
_FONTS = "Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif"

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
    parts = (*_words(), *_codes())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_PAGE_WIDTH}mm" height="{_PAGE_HEIGHT}mm"'
        f' viewBox="0 0 {_PAGE_WIDTH} {_PAGE_HEIGHT}" font-family="{_FONTS}">\n'
        f"<title>{escape(_TITLE[0])}</title>\n"
        f'<rect width="{_PAGE_WIDTH}" height="{_PAGE_HEIGHT}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def page_html() -> str:
    """Return the page as an HTML document that prints on one sheet, without margins."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(_TITLE[0])}</title>\n"
        "<style>@page { size: A4; margin: 0 } body { margin: 0 } svg { display: block }</style>\n"
        f"</head>\n<body>\n{page_svg()}</body>\n</html>\n"
    )


def _words() -> Iterator[str]:
    yield _text(_LEFT, 38, 8, _TITLE[0])
    yield _text(_LEFT, 45, 4, _TITLE[1])
    for number, (chinese, english) in enumerate(_STEPS):
        yield _text(_LEFT, 60 + 14 * number, 5, chinese)
        yield _text(_LEFT, 65.5 + 14 * number, 3.5, english)
    yield _text(_LEFT, _BARS_TOP + _BAR_HEIGHT + 7, 4.5, TEST_CODE)
    yield _text(_LEFT, 232, 4, _NOTE[0])
    yield _text(_LEFT, 237.5, 3.5, _NOTE[1])


def _codes() -> Iterator[str]:
    yield _drawing(qr_modules(TEST_CODE), _LEFT, _QR_TOP, _QR_UNIT, _QR_UNIT)
    yield _drawing(code_128_modules(TEST_CODE), _LEFT, _BARS_TOP, _BAR_UNIT, _BAR_HEIGHT)


def _text(x: float, y: float, size: float, words: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}">{escape(words)}</text>'


def _drawing(modules: Modules, x: float, y: float, unit: float, height: float) -> str:
    """One path in units of the code, a rectangle for each run: no seams between squares."""
    runs = "".join(
        f"M{start} {row}h{length}v1h-{length}z"
        for row, line in enumerate(modules)
        for start, length in _dark_runs(line)
    )
    place = f"translate({x:g} {y:g}) scale({unit:g} {height:g})"
    return f'<path transform="{place}" fill="#000" d="{runs}"/>'


def _dark_runs(line: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for dark, run in groupby(line):
        length = len(list(run))
        if dark:
            yield start, length
        start += length
