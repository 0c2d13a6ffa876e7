"""Where everything in a row goes in the compact window: its second line goes from edge to edge.

What it is worth, its name and the verdict stand in the first line; below, from edge to edge, its
code, what it saves and the reasons, and behind them what can be pressed.
"""

from __future__ import annotations

from posmember.domain.rules.reasons import Verdict
from posmember.ui.models.card import Card
from posmember.ui.widgets.rows.places import (
    FIRST_LINE,
    GAP,
    INSET,
    LEFT,
    ROW_HEIGHT,
    SECOND_LINE,
    Box,
    Laying,
    Places,
    RowMetrics,
    RowState,
    middle_cut,
)

_BUTTON_HEIGHT, _BUTTON_PAD = 24, 8
_LEAST_REASON = 120
"""What an action's button leaves of the second line."""


def lay_out_narrow(card: Card, width: int, metrics: RowMetrics, state: RowState) -> Places:
    """Lay a row out for the compact window's list."""
    return _NarrowLaying(card, width, metrics, state).places


class _NarrowLaying(Laying):
    def _lay_out(self, width: int) -> None:
        left = LEFT + (INSET if self._state.inset else 0)
        right = width - GAP
        title, edge = self._worth(left), self._verdict(right) - GAP
        saving = self._measures["strong"].width(self._card.saving) if self._card.saving else 0
        needed = self._measures["title"].width(self._card.title) + self._title_extra() + GAP
        self._saves_below = bool(saving) and edge - saving - title < needed
        if saving and not self._saves_below:
            edge = self._saving(edge) - GAP
        self._title(title, edge)
        self._below_it(left, right)

    def _worth(self, left: int) -> int:
        """Write what it is worth, never cut; returns where the title begins."""
        text, strong = self._card.value, self._measures["strong"]
        font = "strong" if strong.width(text) <= 168 else "body"
        blocked = self._card.verdict is Verdict.NOT_USABLE
        self._write(left, FIRST_LINE, text, font, "blocked" if blocked else "text")
        return left + self._measures[font].width(text) + GAP

    def _below_it(self, left: int, right: int) -> None:
        body, x = self._measures["body"], left
        saving = self._card.saving if self._saves_below else ""
        needed = body.width(saving) + GAP if saving else 0
        code = self._card.code if self._state.shows_code else ""
        code_room = body.width(code) + GAP if code else 0
        right = self._pressed(left + needed + code_room, right)
        if code:
            code = middle_cut(body, code, right - left - needed)
            self._write(x, SECOND_LINE, code, "body", "text")
            x += body.width(code) + GAP
        if saving and x + body.width(saving) <= right:
            self._write(x, SECOND_LINE, saving, "body", self._saving_color)
            x += needed
        elif saving:
            self.places.cut.append(saving)
        self._parts(x, right)

    def _pressed(self, words: int, right: int) -> int:
        """Place what can be pressed behind what has to be read; returns where it begins.

        Args:
            words: where the code and the saving end.
        """
        if self._card.action is not None:
            text = self._card.action.words
            left = right - self._measures["button"].width(text) - 2 * _BUTTON_PAD
            if left - words >= _LEAST_REASON:
                self.places.action = _box(left, right, text)
                right = left - GAP
        if self._state.chosen and self._card.code:
            left = right - self._metrics.copy_width
            if left >= words:
                self.places.copy = _box(left, right, self._metrics.copy_words[self._state.copied])
                right = left - GAP
        return right


def _box(left: int, right: int, text: str) -> Box:
    return Box(left, ROW_HEIGHT - _BUTTON_HEIGHT - 1, right - left, _BUTTON_HEIGHT, text)
