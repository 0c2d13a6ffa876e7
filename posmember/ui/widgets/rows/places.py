"""Where everything in a row goes: arithmetic on counted widths, no text layout, no painting.

What is painted, what takes a click and what the tests measure come from the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from posmember.domain.rules.reasons import Verdict
from posmember.ui.models.card import Card
from posmember.ui.theme import SMALL_PX, TEXT_PX, TITLE_PX, VALUE_PX
from posmember.ui.widgets.labels import sized_font
from posmember.ui.widgets.marks import Mark
from posmember.ui.widgets.measure import ELLIPSIS, Measure, without_cut_number

ROW_HEIGHT = 52
FIRST_LINE, SECOND_LINE, _MIDDLE = 15, 38, ROW_HEIGHT // 2
LEFT, GAP, INSET = 16, 12, 24
_VALUE_WIDTH, _WIDEST_VALUE, _LEAST_TITLE = 96, 168, 72
_BUTTON_HEIGHT, _BUTTON_PAD, _LONG_CODE = 36, 10, 200
_REACH, _LEAST_TOUCHED = 4, 32
_MARK = 14
_BASELINE = 0.36
"""Of a font's size: how far below the middle of a Chinese character its baseline is."""

SEPARATOR = " · "
VERDICT_MARKS: dict[Verdict | None, tuple[Mark, str]] = {
    Verdict.USABLE: (Mark.DISC, "usable"),
    Verdict.CHECK: (Mark.TRIANGLE, "check"),
    Verdict.NOT_USABLE: (Mark.RING, "blocked"),
    None: (Mark.DOTS, "muted"),
}
"""How each verdict looks; None is not known yet."""


class Piece(NamedTuple):
    """A piece of text: its left, its baseline, its width, its font and its colour by token."""

    x: int
    baseline: int
    width: int
    text: str
    font: str
    color: str


class Box(NamedTuple):
    """A button: where it is in its row, and what it says."""

    x: int
    y: int
    width: int
    height: int
    text: str


def touched(box: Box) -> QRect:
    """Return where in its row a finger finds a button: a little around it, and at least 32 high."""
    top = min(box.y - _REACH, ROW_HEIGHT - _LEAST_TOUCHED)
    return QRect(box.x - _REACH, top, box.width + 2 * _REACH, box.y + box.height + _REACH - top)


@dataclass(frozen=True, slots=True)
class RowState:
    """What changes how a row is laid out, besides its card.

    Args:
        chosen: whether it is selected: its code stands on it, and can be copied there.
        copied: whether its code is on the clipboard.
        starred: whether it is the suggested one: its code stands on it.
        count: how many stand in it. is_open: whether they are shown below it.
        inset: whether it is one of those.
    """

    chosen: bool = False
    copied: bool = False
    starred: bool = False
    count: int = 1
    is_open: bool = False
    inset: bool = False

    @property
    def shows_code(self) -> bool:
        """Whether the code stands on the row: on one of several alike it is all that differs."""
        return self.chosen or self.starred or self.inset


@dataclass(slots=True)
class Places:
    """A row, laid out; all places are relative to its top left corner.

    Args:
        cut: the texts that had no room and were cut.
    """

    pieces: list[Piece] = field(default_factory=list)
    mark: tuple[Mark, int, int, int, str] = (Mark.RING, 0, 0, 0, "muted")
    copy: Box | None = None
    action: Box | None = None
    count: Box | None = None
    cut: list[str] = field(default_factory=list)


class RowMetrics:
    """Fonts and widths that all rows of a list share.

    Args:
        font: the list's.
        words: every verdict's word, so that all stand in one column.
        copy_words: what the copy button says, in each of its states.
    """

    def __init__(self, font: QFont, words: Sequence[str], copy_words: tuple[str, str]) -> None:
        self.measures = {
            "value": Measure(sized_font(font, VALUE_PX, bold=True)),
            "title": Measure(sized_font(font, TITLE_PX)),
            "strong": Measure(sized_font(font, TITLE_PX, bold=True)),
            "body": Measure(sized_font(font, TEXT_PX)),
            "button": Measure(sized_font(font, TEXT_PX)),
            "small": Measure(sized_font(font, SMALL_PX)),
        }
        strong, button = self.measures["strong"], self.measures["button"]
        self.verdict_width = _MARK + GAP // 2 + max(strong.width(word) for word in words)
        self.copy_words = copy_words
        self.copy_width = max(button.width(word) for word in copy_words) + 2 * _BUTTON_PAD

    def forget(self) -> None:
        """Forget the texts that were measured: they may be a member's."""
        for measure in self.measures.values():
            measure.forget()


def lay_out(card: Card, width: int, metrics: RowMetrics, state: RowState) -> Places:
    """Lay a row out for a list of a width."""
    return Laying(card, width, metrics, state).places


class Laying:
    """Lays one row out; `places` is how."""

    def __init__(self, card: Card, width: int, metrics: RowMetrics, state: RowState) -> None:
        self._card, self._metrics, self._state = card, metrics, state
        self._measures = metrics.measures
        self.places = Places()
        self._lay_out(width)

    def _lay_out(self, width: int) -> None:
        state, card = self._state, self._card
        left = self._value(LEFT + (INSET if state.inset else 0))
        right = width - GAP
        beside = self._verdict(right) - LEFT
        self._below = self._saving_room_below(beside - left)
        top = self._saving(beside) if card.saving and not self._below else beside
        edge = right
        if card.action is not None:
            edge = top - GAP if top < beside else beside
        buttons = self._buttons(left + self._below, edge, top)
        self._title(left, min(top, buttons) - GAP)
        self._second_line(left, min(right, buttons - GAP if buttons < top else right))

    def _value(self, left: int) -> int:
        """Write what it is worth, never cut; returns where the title begins."""
        text, room = self._card.value, _VALUE_WIDTH
        fonts = ("value", "strong")
        font = next((f for f in fonts if self._measures[f].width(text) <= room), "strong")
        measure = self._measures[font]
        if measure.width(text) > _WIDEST_VALUE:
            font, measure = "body", self._measures["body"]
        blocked = self._card.verdict is Verdict.NOT_USABLE
        self._write(left, _MIDDLE, text, font, "blocked" if blocked else "text")
        return left + max(room, measure.width(text)) + GAP

    def _verdict(self, right: int) -> int:
        """Write the verdict with its shape; returns where its column begins."""
        left = right - self._metrics.verdict_width
        mark, color = VERDICT_MARKS[self._card.verdict]
        self.places.mark = (mark, left, FIRST_LINE - _MARK // 2, _MARK, color)
        word = self._card.verdict_word
        self._write(left + _MARK + GAP // 2, FIRST_LINE, word, "strong", color)
        return left

    def _saving_room_below(self, room: int) -> int:
        """How much the saving takes of the second line; 0 where the title leaves it the first."""
        if not self._card.saving:
            return 0
        count = self._measures["strong"].width(self._count) + GAP if self._count else 0
        least = 2 * self._measures["title"].em + count
        saving = self._measures["strong"].width(self._card.saving)
        if room - saving - GAP >= least:
            return 0
        return self._measures["body"].width(self._card.saving) + GAP

    def _saving(self, right: int) -> int:
        left = right - self._measures["strong"].width(self._card.saving)
        self._write(left, FIRST_LINE, self._card.saving, "strong", self._saving_color)
        return left

    @property
    def _saving_color(self) -> str:
        return "usable" if self._card.verdict is Verdict.USABLE else "text"

    @property
    def _count(self) -> str:
        """How many stand in the row, and whether they are shown: "" for one alone."""
        state = self._state
        return f"×{state.count} {'▾' if state.is_open else '▸'}" if state.count > 1 else ""

    def _buttons(self, title: int, right: int, top: int) -> int:
        """Place what can be pressed, where the title keeps room; returns where it begins."""
        left = right
        if self._card.action is not None:
            words = self._card.action.words
            width = self._measures["button"].width(words) + 2 * _BUTTON_PAD
            if min(right, top) - width - title >= _LEAST_TITLE:
                left = min(right, top) - width
                self.places.action = _button(left, width, words)
                left -= GAP // 2
        if self._state.chosen and self._card.code:
            width = self._metrics.copy_width
            code = self._measures["body"].width(self._card.code) + GAP
            # Rather the whole code than a button beside half of it.
            if min(left, top - GAP) - width - title >= max(_LEAST_TITLE, min(code, _LONG_CODE)):
                left = min(left, top - GAP) - width
                words = self._metrics.copy_words[int(self._state.copied)]
                self.places.copy = _button(left, width, words)
        return left

    @property
    def _star(self) -> int:
        """How much the star of what is suggested takes."""
        return self._measures["strong"].width(" ★") if self._state.starred else 0

    def _title_extra(self) -> int:
        """How much stands behind the title: a count, and a star."""
        count = self._measures["strong"].width(self._count) + GAP if self._count else 0
        return count + self._star

    def _title(self, left: int, right: int) -> None:
        star, count = self._star, self._count
        count_width = self._measures["strong"].width(count) if count else 0
        extra = count_width + GAP if count_width else 0
        title = self._measures["title"]
        if right - left - extra - star < 2 * title.em:
            star = 0
        extra += star
        text = self._cut(title, self._card.title, right - left - extra)
        blocked = self._card.verdict is Verdict.NOT_USABLE
        self._write(left, FIRST_LINE, text, "title", "blocked" if blocked else "text")
        x = left + title.width(text)
        if count_width:
            x += GAP
            self._write(x, FIRST_LINE, count, "strong", "accent")
            self.places.count = Box(x - GAP // 2, 0, count_width + GAP, 32, count)
            x += count_width
        if star:
            self._write(x, FIRST_LINE, " ★", "strong", "accent")

    def _second_line(self, left: int, right: int) -> None:
        body, x = self._measures["body"], left
        if self._state.shows_code and self._card.code:
            code = middle_cut(body, self._card.code, right - left - self._below)
            self._write(x, SECOND_LINE, code, "body", "text")
            x += body.width(code) + GAP
        if self._below:
            self._write(x, SECOND_LINE, self._card.saving, "body", self._saving_color)
            x += self._below
        self._parts(x, right)

    def _parts(self, x: int, right: int) -> None:
        """Write as many of the reasons and terms as there is room for."""
        text, whole = fit_parts(self._card.parts, right - x, self._measures["body"])
        if not whole:
            self.places.cut.extend(self._card.parts)
        if text:
            check = self._card.verdict is Verdict.CHECK
            self._write(x, SECOND_LINE, text, "body", "check" if check else "muted")

    def _cut(self, measure: Measure, text: str, room: int) -> str:
        cut = measure.elide(text, max(room, 0))
        if cut != text:
            self.places.cut.append(text)
        return cut

    def _write(self, x: int, middle: int, text: str, font: str, color: str) -> None:
        measure = self._measures[font]
        baseline = middle + round(_BASELINE * measure.font.pixelSize())
        self.places.pieces.append(Piece(x, baseline, measure.width(text), text, font, color))


def _button(x: int, width: int, text: str) -> Box:
    return Box(x, (ROW_HEIGHT - _BUTTON_HEIGHT) // 2, width, _BUTTON_HEIGHT, text)


_LEAST_CUT = "还差"
"""What is narrower than these two characters, such as a letter, says nothing."""


def fit_parts(parts: Sequence[str], room: int, measure: Measure) -> tuple[str, bool]:
    """Join as many whole parts as have room; returns them, and whether that is all of them.

    Of the first, where not even that has room, as much as does, if that tells anything; a number
    is never cut.
    """
    kept = list(parts)
    while kept:
        text = SEPARATOR.join(kept).replace(f"{SEPARATOR}→", " →")
        if len(kept) < len(parts):
            text += f" {ELLIPSIS}"
        if measure.width(text) <= room:
            return text, len(kept) == len(parts)
        kept.pop()
    if not parts or room < measure.width(ELLIPSIS):
        return "", not parts
    if measure.width(parts[0]) <= room:
        return parts[0], False
    cut = without_cut_number(measure.elide(parts[0], room))
    tells = measure.width(cut.removesuffix(ELLIPSIS)) >= measure.width(_LEAST_CUT)
    return cut if tells else "", False


def middle_cut(measure: Measure, code: str, room: int) -> str:
    """Return a code, or where it has no room its beginning and its end."""
    if measure.width(code) <= room:
        return code
    edge = len(code) // 2
    while edge > 2:
        edge -= 1
        cut = code[:edge] + ELLIPSIS + code[-edge:]
        if measure.width(cut) <= room:
            return cut
    return code[:2] + ELLIPSIS + code[-2:]
