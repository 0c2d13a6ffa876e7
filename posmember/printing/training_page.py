"""The training page: one sheet of A4 with the codes of people to train on, and of what is nobody.

They are invented, and found in training mode alone. Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from posmember.printing.barcodes import (
    CODE_128_QUIET_ZONE,
    QR_QUIET_ZONE,
    code_128_modules,
    qr_modules,
)
from posmember.printing.sheet import Code, Line, Sheet

_COLUMNS, _ROWS = 2, 6
MOST_CODES: Final = _COLUMNS * _ROWS

_LEFT, _GRID_TOP = 14.0, 62.0
_CELL_WIDTH, _CELL_HEIGHT = 93.0, 36.0
_QR: Final = 27.0
"""How wide a QR code is with its quiet zone."""
_BAR_UNIT, _BAR_HEIGHT = 0.254, 9.0
_MOST_BARS = 60.0
"""Of a cell, for a Code 128 with its quiet zones; a longer code is there as QR alone."""
_TITLE: Final = ("posmember 培训码", "posmember training codes")
_FOOT_TOP: Final = 284.0


@dataclass(frozen=True, slots=True)
class Example:
    """One code, whose it is, and what it shows, in Chinese and English."""

    code: str
    name: str
    shows: tuple[str, str]


def training_page(examples: Sequence[Example], notes: Sequence[tuple[str, str]]) -> Sheet:
    """The page.

    Args:
        examples: at most `MOST_CODES`, in reading order.
        notes: what stands above them, in Chinese and English.

    Raises:
        ValueError: there are more than the page has room for, or one cannot be drawn.
    """
    if len(examples) > MOST_CODES:
        raise ValueError("more codes than a page has room for")
    return Sheet(_TITLE[0], (*_head(notes), *_cells(examples), *_foot()))


def _head(notes: Sequence[tuple[str, str]]) -> Iterator[Line]:
    yield Line(_LEFT, 20, 8, _TITLE[0])
    yield Line(_LEFT, 26, 4, _TITLE[1])
    for place, (chinese, english) in enumerate(notes):
        yield Line(_LEFT, 34 + 9 * place, 4, chinese)
        yield Line(_LEFT, 38 + 9 * place, 2.8, english)


def _foot() -> Iterator[Line]:
    yield Line(
        _LEFT,
        _FOOT_TOP,
        3.5,
        "这些人、券和卡都是编的，只在培训模式里有；真会员码在培训模式里查不到。",
    )
    english = "All of them are invented and found in training mode alone; real codes are not."
    yield Line(_LEFT, _FOOT_TOP + 4, 2.8, english)


def _cells(examples: Sequence[Example]) -> Iterator[Line | Code]:
    for place, example in enumerate(examples):
        row, column = divmod(place, _COLUMNS)
        yield from _cell(example, _LEFT + column * _CELL_WIDTH, _GRID_TOP + row * _CELL_HEIGHT)


def _cell(example: Example, left: float, top: float) -> Iterator[Line | Code]:
    modules = qr_modules(example.code)
    unit = _QR / (len(modules) + 2 * QR_QUIET_ZONE)
    margin = QR_QUIET_ZONE * unit
    yield Code(modules, left + margin, top + margin, unit, unit)
    words = left + _QR + 2
    yield Line(words, top + 5, 4.2, example.name)
    yield Line(words, top + 10, 3.3, example.shows[0])
    yield Line(words, top + 14, 2.6, example.shows[1])
    yield Line(words, top + 29, 3, example.code)
    bars = code_128_modules(example.code)
    quiet = CODE_128_QUIET_ZONE * _BAR_UNIT
    if len(bars[0]) * _BAR_UNIT + 2 * quiet <= _MOST_BARS:
        yield Code(bars, words + quiet, top + 16, _BAR_UNIT, _BAR_HEIGHT)
