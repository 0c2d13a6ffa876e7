"""Sheets of A4: words and codes, as SVG, as HTML that prints them, and for whoever paints them.

Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

from posmember.printing.barcodes import Modules

WIDTH: Final = 210
HEIGHT: Final = 297
FONTS: Final = ("Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif")
_FAMILIES: Final = ", ".join(FONTS)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line; `y` is where they stand, `size` the font's."""

    x: float
    y: float
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code, without its quiet zone.

    Args:
        unit: how wide one of its units is. height: how high a row is.
    """

    modules: Modules
    x: float
    y: float
    unit: float
    height: float

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The dark runs of its rows: row, where it starts, how long it is; in units."""
        for row, line in enumerate(self.modules):
            start = 0
            for dark, run in groupby(line):
                length = len(list(run))
                if dark:
                    yield row, start, length
                start += length


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of A4."""

    title: str
    parts: tuple[Line | Code, ...]


def sheet_svg(sheet: Sheet) -> str:
    """A sheet as an SVG document of A4's size."""
    drawn = (_text(part) if isinstance(part, Line) else _drawing(part) for part in sheet.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FAMILIES}">\n'
        f"<title>{escape(sheet.title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def sheets_html(sheets: Iterable[Sheet]) -> str:
    """Sheets as an HTML document that prints each on one page, without margins."""
    pages = tuple(sheets)
    style = "@page { size: A4; margin: 0 } body { margin: 0 } svg { display: block }"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(pages[0].title)}</title>\n"
        f"<style>{style}</style>\n"
        f"</head>\n<body>\n{''.join(map(sheet_svg, pages))}</body>\n</html>\n"
    )


def _text(line: Line) -> str:
    place = f'x="{line.x:g}" y="{line.y:g}" font-size="{line.size:g}"'
    return f"<text {place}>{escape(line.words)}</text>"


def _drawing(code: Code) -> str:
    """One path in units of the code, a rectangle for each run: no seams between squares."""
    runs = "".join(f"M{start} {row}h{length}v1h-{length}z" for row, start, length in code.runs())
    place = f"translate({code.x:g} {code.y:g}) scale({code.unit:g} {code.height:g})"
    return f'<path transform="{place}" fill="#000" d="{runs}"/>'
