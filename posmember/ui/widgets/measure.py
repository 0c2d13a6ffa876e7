"""Widths of text by adding up the advances of its characters: arithmetic, no text layout.

A list of a thousand cards needs a thousand heights before it can be painted. Laying out text
for each takes far longer than adding up numbers that were measured once a character.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

ELLIPSIS = "…"
_REMEMBERED = 4096
"""Texts whose width is kept: verdicts, kinds and reasons repeat on many cards."""
_PART_OF_A_NUMBER = re.compile(r"[¥\d][¥\d,.:/-]*$")
_NEVER_LAST = frozenset("（「『《¥→-")
_NEVER_FIRST = frozenset("，。；：、！？）」』》,.;:!?)%")


def without_cut_number(cut: str) -> str:
    """Return a text that was cut, without the number that it was cut in: ¥30… may be ¥300."""
    if not cut.endswith(ELLIPSIS):
        return cut
    return _PART_OF_A_NUMBER.sub("", cut.removesuffix(ELLIPSIS)).rstrip(" ·") + ELLIPSIS


class _Advances(dict[str, float]):
    """The advance of each character, measured when it is first asked for."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, char: str) -> float:
        self[char] = advance = self._metrics.horizontalAdvance(char)
        return advance


class Measure:
    """One font, and what its text takes up, in device-independent pixels."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        metrics = QFontMetricsF(font)
        self.ascent = ceil(metrics.ascent())
        self.height = ceil(metrics.height())
        self.em = ceil(metrics.horizontalAdvance("国"))
        self._advance = _Advances(metrics).__getitem__
        self.width = lru_cache(_REMEMBERED)(self._width)
        """Return at least the width that a line of text takes."""

    def _width(self, text: str) -> int:
        return ceil(sum(map(self._advance, text)))

    def forget(self) -> None:
        """Forget the texts that were measured: they may be a member's."""
        self.width.cache_clear()

    def elide(self, text: str, width: int) -> str:
        """Return a text cut to a width, with an ellipsis where something was cut."""
        if self.width(text) <= width:
            return text
        end = self._fitting(text, width - self.width(ELLIPSIS))
        return text[:end].rstrip() + ELLIPSIS

    def wrap(self, text: str, width: int) -> list[str]:
        """Break a text into lines of at most a width (but always at least one character).

        Breaks at a space or between characters, as Chinese does, but not inside a word, a
        number or a time, and closing punctuation does not begin a line. Where the second
        half of a line has no such place, it breaks where it is full.
        """
        lines: list[str] = []
        rest = text
        while rest and self.width(rest) > width:
            end = max(1, self._fitting(rest, width))
            end = _break_before(rest, end)
            lines.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
        if rest or not lines:
            lines.append(rest)
        return lines

    def _fitting(self, text: str, width: int) -> int:
        """Return how many characters fit into a width."""
        left = float(width)
        for position, char in enumerate(text):
            left -= self._advance(char)
            if left < 0:
                return position
        return len(text)


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before == " " or after == " " or not (before.isascii() and after.isascii())


def _break_before(text: str, end: int) -> int:
    """Move a break to a better place, if there is one in the second half of the line."""
    for place in range(end, end // 2, -1):
        if place < len(text) and _may_break(text[place - 1], text[place]):
            return place
    return end
