"""The printed pages that set a till up: codes to scan in any order, and how to, for a shop manager.

They hold nothing of anybody in clear; the passphrase is never on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from posmember.printing.barcodes import QR_QUIET_ZONE, qr_modules
from posmember.printing.sheet import WIDTH, Code, Line, Sheet

_COLUMNS, _ROWS = 3, 3
CODES_ON_A_PAGE: Final = _COLUMNS * _ROWS

_LEFT = 20.0
_GRID_TOP = 98.0
_CELL_WIDTH, _CELL_HEIGHT = 60.0, 64.0
_CODE = 46.0
"""How wide a code is with its quiet zone: 0.8 mm a unit for one of 200 letters."""
_TITLE = ("posmember 装机码", "posmember set-up codes")
_STEPS = (
    (
        "1. 在新电脑上打开 posmember，选「用总部给的二维码纸」。",
        "Start posmember on the new till and choose to set it up from head office's codes.",
    ),
    (
        "2. 逐个扫下面的码，先后不限；屏幕会告诉你还缺哪几个。",
        "Scan every code below in any order; the screen tells which are missing.",
    ),
    (
        "3. 输入总部另外告诉你的口令。装好以后请把这张纸撕掉。",
        "Type the passphrase that head office told you. Then tear this page up.",
    ),
)


def setup_pages(codes: Sequence[str], until: datetime) -> tuple[Sheet, ...]:
    """Pages of A4.

    Args:
        codes: the text of each code, in order.
        until: when they cease to be good, aware; printed as it is.
    """
    pages = range(0, len(codes), CODES_ON_A_PAGE)
    return tuple(
        Sheet(_TITLE[0], (*_words(number, len(pages), until), *_codes(codes, first)))
        for number, first in enumerate(pages, 1)
    )


def _words(number: int, pages: int, until: datetime) -> Iterator[Line]:
    yield Line(_LEFT, 26, 8, _TITLE[0])
    yield Line(_LEFT, 32, 4, _TITLE[1])
    if pages > 1:
        yield Line(WIDTH - 70, 26, 5, f"第 {number} 页，共 {pages} 页")
        yield Line(WIDTH - 70, 32, 4, f"page {number} of {pages}")
    yield Line(_LEFT, 41, 5, f"有效期至 {until:%Y-%m-%d %H:%M}，过期作废")
    yield Line(_LEFT, 46, 3.5, f"Good until {until:%Y-%m-%d %H:%M}")
    for place, (chinese, english) in enumerate(_STEPS):
        yield Line(_LEFT, 58 + 13 * place, 5, chinese)
        yield Line(_LEFT, 63 + 13 * place, 3.5, english)


def _codes(codes: Sequence[str], first: int) -> Iterator[Line | Code]:
    for place, code in enumerate(codes[first : first + CODES_ON_A_PAGE]):
        row, column = divmod(place, _COLUMNS)
        left, top = _LEFT + column * _CELL_WIDTH, _GRID_TOP + row * _CELL_HEIGHT
        modules = qr_modules(code)
        unit = _CODE / (len(modules) + 2 * QR_QUIET_ZONE)
        margin = QR_QUIET_ZONE * unit
        yield Code(modules, left + margin, top + margin, unit, unit)
        yield Line(left + margin, top + _CODE + 3, 5, f"{first + place + 1} / {len(codes)}")
