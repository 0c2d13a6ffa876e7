"""A line of large text: as large as it may be, smaller where it has no room, and read from afar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from posmember.log.unexpected import never_raises
from posmember.ui.theme import current_tokens
from posmember.ui.widgets.labels import make_plain, sized_font
from posmember.ui.widgets.measure import Measure, without_cut_number

_STEPS = 4
"""Sizes that are tried between the largest and the least."""


class BigText(QLabel):
    """Writes in the largest of its sizes that has room: one line, or several of the least.

    Args:
        color: the token that it is written in.
        lines: the most lines.
        align: where in its place it stands.
    """

    def __init__(
        self,
        color: str = "text",
        *,
        bold: bool = False,
        lines: int = 1,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._text, self._color, self._bold = "", color, bold
        self._most, self._align = lines, align
        self._measures: list[Measure] = []
        make_plain(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_sizes(24, 24)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; "" leaves its place empty."""
        if text == self._text:
            return
        self._text = text
        for measure in self._measures:
            measure.forget()
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_sizes(self, largest: int, least: int) -> None:
        """Write in sizes from one to the other, in pixels."""
        step = (largest - least) / _STEPS
        sizes = dict.fromkeys(round(largest - step * number) for number in range(_STEPS + 1))
        self._measures = [Measure(sized_font(self.font(), size, bold=self._bold)) for size in sizes]
        self.setFixedHeight(max(self._measures[0].height, self._measures[-1].height * self._most))

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Stand elsewhere in its place."""
        self._align = align

    def lines(self) -> tuple[Measure, list[str]]:
        """Return how it is written now, and in what lines."""
        for measure in self._measures:
            if measure.width(self._text) <= self.width():
                return measure, [self._text]
        least = self._measures[-1]
        lines = least.wrap(self._text, max(self.width(), least.em))
        if len(lines) > self._most:
            rest = self._text[self._text.index(lines[self._most - 1]) :]
            cut = without_cut_number(least.elide(rest, self.width()))
            lines = [*lines[: self._most - 1], cut]
        return least, lines

    def wanted_width(self) -> int:
        """Return how wide it is in its largest size."""
        return self._measures[0].width(self._text)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width() + 2, self.height())

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        measure, lines = self.lines()
        with QPainter(self) as painter:
            painter.setFont(measure.font)
            painter.setPen(current_tokens().color(self._color))
            top = (self.height() - len(lines) * measure.height) // 2
            for number, line in enumerate(lines):
                left = self._left(measure.width(line))
                painter.drawText(left, top + number * measure.height + measure.ascent, line)

    def _left(self, width: int) -> int:
        if self._align & Qt.AlignmentFlag.AlignHCenter:
            return max(0, (self.width() - width) // 2)
        if self._align & Qt.AlignmentFlag.AlignRight:
            return max(0, self.width() - width)
        return 0
