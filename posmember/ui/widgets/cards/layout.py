"""Where everything on a card goes: arithmetic on counted widths, no text layout, no painting.

The height that a list reserves and the places that a delegate paints at come from the same
layout, so that nothing can overlap or be cut.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QFont

from posmember.domain.rules.reasons import Verdict
from posmember.ui.models.card import Card, CardLine
from posmember.ui.widgets.marks import Mark
from posmember.ui.widgets.measure import Measure


class Run(NamedTuple):
    """A line of text: its left and top, its width, its font and its colour by token."""

    x: int
    y: int
    width: int
    text: str
    font: str
    color: str


class Shape(NamedTuple):
    """A mark: its square and its colour by token."""

    mark: Mark
    x: int
    y: int
    size: int
    color: str


class Box(NamedTuple):
    """A filled, rounded rectangle: its fill by token."""

    x: int
    y: int
    width: int
    height: int
    fill: str


class CardLayout(NamedTuple):
    """A laid-out card; all places are relative to the card's top left corner.

    Args:
        divider: the x of the line between value and body, or 0.
        copy: the box of the 复制 button, or None where there is no code.
    """

    width: int
    height: int
    divider: int
    runs: tuple[Run, ...]
    shapes: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    copy: Box | None


VERDICT_MARKS = {
    Verdict.USABLE: (Mark.DISC, "usable"),
    Verdict.CHECK: (Mark.TRIANGLE, "check"),
    Verdict.NOT_USABLE: (Mark.RING, "blocked"),
}


class CardMetrics:
    """The fonts of a card and the distances that follow from them.

    Args:
        font: the list's font; all others are made of it.
        copy_words: what the 复制 button may say; it is as wide as the longest.
    """

    def __init__(self, font: QFont, copy_words: tuple[str, ...]) -> None:
        self.measures = {
            "value": Measure(_derived(font, 1.75, bold=True)),
            "value2": Measure(_derived(font, 1.3, bold=True)),
            "value3": Measure(_derived(font, 1.0, bold=True)),
            "title": Measure(_derived(font, 1.05, bold=True)),
            "strong": Measure(_derived(font, 1.0, bold=True)),
            "body": Measure(_derived(font, 1.0)),
            "small": Measure(_derived(font, 0.87)),
        }
        self.em = self.measures["body"].em
        self.pad = round(self.em * 0.7)
        self.gap = max(2, round(self.em * 0.3))
        self.small_gap = max(1, round(self.em * 0.2))
        self.value_column = round(self.em * 5.6)
        small = self.measures["small"]
        self.copy_width = max(small.width(word) for word in copy_words) + self.em

    def forget(self) -> None:
        """Forget every text that was measured."""
        for measure in self.measures.values():
            measure.forget()


def lay_out(card: Card, width: int, metrics: CardMetrics, *, stacked: bool) -> CardLayout:
    """Lay a card out for a width.

    Args:
        stacked: whether its value is on top; else it is in a column at the left.
    """
    return _Writer(card, width, metrics, stacked=stacked).finish()


def _derived(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    made.setBold(bold)
    return made


class _Writer:
    """Writes a card from top to bottom."""

    def __init__(self, card: Card, width: int, metrics: CardMetrics, *, stacked: bool) -> None:
        self._card = card
        self._m = metrics
        self._width = width
        self._runs: list[Run] = []
        self._shapes: list[Shape] = []
        self._boxes: list[Box] = []
        self._copy: Box | None = None
        self._right = width - metrics.pad
        self._y = metrics.pad
        self._blocked = card.verdict is Verdict.NOT_USABLE
        if stacked:
            self._left, self._divider = metrics.pad, 0
            self._value_on_top()
        else:
            self._divider = metrics.value_column + metrics.pad
            self._left = self._divider + metrics.pad
            self._value_column()
        self._meta()
        for line in card.lines:
            self._reason(line)
        self._remedy()
        self._tags()

    def finish(self) -> CardLayout:
        height = self._y + self._m.pad
        if self._divider:
            height = max(height, self._value_bottom + self._m.pad)
        return CardLayout(
            self._width,
            height,
            self._divider,
            tuple(self._runs),
            tuple(self._shapes),
            tuple(self._boxes),
            self._copy,
        )

    @property
    def _strong_color(self) -> str:
        return "muted" if self._blocked else "text"

    def _text(self, x: int, y: int, text: str, font: str, color: str) -> int:
        """Write a text; returns its width."""
        width = self._m.measures[font].width(text)
        self._runs.append(Run(x, y, width, text, font, color))
        return width

    def _value_font(self, width: int) -> str:
        """Return the largest font in which the value fits."""
        for font in ("value", "value2"):
            if self._m.measures[font].width(self._card.value) <= width:
                return font
        return "value3"

    def _value_column(self) -> None:
        column, card = self._m.value_column, self._card
        font = self._value_font(column)
        measure = self._m.measures[font]
        y = self._y
        for line in measure.wrap(card.value, column):
            x = self._m.pad + max(0, column - measure.width(line)) // 2
            self._text(x, y, line, font, self._strong_color)
            y += measure.height
        small = self._m.measures["small"]
        for line in small.wrap(card.kind, column) if card.kind != card.value else ():
            x = self._m.pad + max(0, column - small.width(line)) // 2
            self._text(x, y, line, "small", "muted")
            y += small.height
        self._value_bottom = y
        pill = self._pill(self._y)
        title = self._m.measures["title"]
        room = self._right - pill.width - self._m.gap - self._left
        text = title.elide(card.title, room)
        self._text(self._left, self._y, text, "title", self._strong_color)
        self._y += max(title.height, pill.height) + self._m.gap

    def _value_on_top(self) -> None:
        card = self._card
        pill = self._pill(self._y)
        room = self._right - pill.width - self._m.gap - self._left
        font = self._value_font(room)
        measure = self._m.measures[font]
        top = self._y
        for line in measure.wrap(card.value, room):
            self._text(self._left, self._y, line, font, self._strong_color)
            self._y += measure.height
        self._y = max(self._y, top + pill.height) + self._m.small_gap
        title = self._m.measures["title"]
        text = title.elide(card.title, self._right - self._left)
        self._text(self._left, self._y, text, "title", self._strong_color)
        self._y += title.height + self._m.small_gap

    def _pill(self, y: int) -> Box:
        """Write the verdict at the right: shape, word and colour."""
        mark, color = VERDICT_MARKS[self._card.verdict]
        strong = self._m.measures["strong"]
        size = round(strong.height * 0.55)
        inner = size + self._m.gap + strong.width(self._card.verdict_word)
        height = strong.height + 2 * self._m.small_gap
        width = inner + self._m.em
        x = self._right - width
        # What is usable has to be seen from afar; the others must not look like it.
        solid = self._card.verdict is Verdict.USABLE
        fill, ink = (color, "on-accent") if solid else (f"{color}-soft", color)
        self._boxes.append(Box(x, y, width, height, fill))
        text_x = x + self._m.em // 2
        self._shapes.append(Shape(mark, text_x, y + (height - size) // 2, size, ink))
        text_x += size + self._m.gap
        self._text(text_x, y + self._m.small_gap, self._card.verdict_word, "strong", ink)
        return self._boxes[-1]

    def _meta(self) -> None:
        """Write kind (stacked cards), saving, validity and code, next to each other if they fit."""
        card, x = self._card, self._left
        parts = [(card.saving, "strong", "usable" if card.verdict is Verdict.USABLE else "text")]
        if not self._divider and card.kind not in (card.title, card.value):
            parts.append((card.kind, "body", "muted"))
        parts.append((card.validity, "body", "muted"))
        for text, font, color in parts:
            if text:
                x = self._flow(x, text, font, color)
        if card.code:
            self._code(x)
        elif x > self._left:
            self._y += self._m.measures["body"].height + self._m.small_gap

    def _flow(self, x: int, text: str, font: str, color: str) -> int:
        """Write a text after the one before, or on lines of its own; returns the next x."""
        measure = self._m.measures[font]
        width = measure.width(text)
        if x > self._left and x + width > self._right:
            self._y += measure.height + self._m.small_gap
            x = self._left
        lines = measure.wrap(text, self._right - self._left)
        for line in lines[:-1]:
            self._text(x, self._y, line, font, color)
            self._y += measure.height
        return x + self._text(x, self._y, lines[-1], font, color) + self._m.em

    def _code(self, x: int) -> None:
        """Write the code, in full, and its 复制 button."""
        body = self._m.measures["body"]
        label = f"{self._card.code_label} "
        copy = self._m.copy_width
        label_width = body.width(label)
        code_width = body.width(self._card.code)
        whole = label_width + code_width + self._m.gap + copy
        if x > self._left and x + whole > self._right:
            self._y += body.height + self._m.small_gap
            x = self._left
        self._text(x, self._y, label, "body", "muted")
        x += label_width
        room = self._right - x - self._m.gap - copy
        lines = body.wrap(self._card.code, room)
        for line in lines:
            self._text(x, self._y, line, "body", "text")
            self._y += body.height
        self._y -= body.height
        self._copy = Box(self._right - copy, self._y, copy, body.height, "panel")
        self._y += body.height + self._m.small_gap

    def _reason(self, line: CardLine) -> None:
        """Write a reason, with what to do about it behind it or below."""
        body = self._m.measures["body"]
        mark, color = (Mark.RING, "blocked") if line.blocks else (Mark.TRIANGLE, "check")
        size = round(body.height * 0.42)
        self._shapes.append(
            Shape(mark, self._left, self._y + (body.height - size) // 2, size, color)
        )
        left = self._left + size + self._m.gap
        room = self._right - left
        x = left
        for text in body.wrap(line.text, room):
            x = left + self._text(left, self._y, text, "body", "text")
            self._y += body.height
        if line.hint:
            self._hint(line.hint, x + self._m.gap * 2, left, room)
        self._y += self._m.small_gap

    def _hint(self, hint: str, x: int, left: int, room: int) -> None:
        strong = self._m.measures["strong"]
        if x + strong.width(hint) <= self._right:
            self._text(x, self._y - self._m.measures["body"].height, hint, "strong", "accent")
            return
        for text in strong.wrap(hint, room):
            self._text(left, self._y, text, "strong", "accent")
            self._y += strong.height

    def _remedy(self) -> None:
        """Write what would help against all the reasons above."""
        if self._card.remedy:
            self._hint(self._card.remedy, self._right, self._left, self._right - self._left)
            self._y += self._m.small_gap

    def _tags(self) -> None:
        """Write the notices as small tags, in as many rows as they need."""
        if not self._card.tags:
            return
        small, x = self._m.measures["small"], self._left
        inset = self._m.em // 2
        height = small.height + self._m.small_gap
        self._y += self._m.small_gap
        room = self._right - self._left - 2 * inset
        for tag in self._card.tags:
            lines = small.wrap(tag, room)
            width = max(small.width(line) for line in lines) + 2 * inset
            if x > self._left and x + width > self._right:
                self._y += height + self._m.gap
                x = self._left
            box_height = height + (len(lines) - 1) * small.height
            self._boxes.append(Box(x, self._y, width, box_height, "blocked-soft"))
            for row, line in enumerate(lines):
                top = self._y + self._m.small_gap // 2 + row * small.height
                self._text(x + inset, top, line, "small", "muted")
            x += width + self._m.gap
            if len(lines) > 1:
                self._y += box_height - height
        self._y += height
