"""A text in a place of fixed height: as large as it can be there, and never cut without need."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from posmember.log.unexpected import never_raises
from posmember.ui.theme import SMALL_PX, TEXT_PX, TITLE_PX, VALUE_PX
from posmember.ui.widgets.labels import make_plain, show_cut, sized_font
from posmember.ui.widgets.measure import Measure

_SIZES = (VALUE_PX, TITLE_PX, TEXT_PX, SMALL_PX)


class FittedLabel(QLabel):
    """Writes in the largest size that has room: one line, or two of the least size.

    What has no room even then ends in …; the tooltip and a screen reader have it whole.

    Args:
        largest: the largest size, in pixels.
    """

    def __init__(self, *, largest: int = TITLE_PX, bold: bool = False) -> None:
        super().__init__()
        self._text = self._cut = ""
        sizes = [size for size in _SIZES if size <= largest]
        self._measures = [Measure(sized_font(self.font(), size, bold=bold)) for size in sizes]
        make_plain(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def clear(self) -> None:
        """Show nothing."""
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show another text; it is plain text."""
        if text == self._text:
            return
        self._text = text
        for measure in self._measures:
            measure.forget()
        self.setAccessibleName(text)
        self._note_cut("")
        self.updateGeometry()
        self.update()

    def is_cut(self) -> bool:
        """Whether the text has no room."""
        return self._text != "" and not self._fitting()[2]

    def lines(self) -> tuple[Measure, list[str]]:
        """Return how it is written now, and in what lines."""
        measure, lines, _whole = self._fitting()
        return measure, lines

    def sizeHint(self) -> QSize:
        measure = self._measures[0]
        return QSize(measure.width(self._text) + 2, measure.height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._measures[-1].height)

    @never_raises
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        measure, lines, whole = self._fitting()
        self._note_cut("" if whole else self._text)
        with QPainter(self) as painter:
            painter.setFont(measure.font)
            painter.setPen(self.palette().color(self.foregroundRole()))
            top = (self.height() - len(lines) * measure.height) / 2
            for number, line in enumerate(lines):
                painter.drawText(0, round(top + number * measure.height + measure.ascent), line)

    def _note_cut(self, text: str) -> None:
        if text != self._cut:
            self._cut = text
            show_cut(self, text)

    def _fitting(self) -> tuple[Measure, list[str], bool]:
        room = self.width()
        for measure in self._measures:
            if measure.width(self._text) <= room:
                return measure, [self._text], True
        least = self._measures[-1]
        most = max(1, self.height() // least.height)
        lines = least.wrap(self._text, max(room, least.em))
        if len(lines) <= most:
            return least, lines, True
        # The last line takes all that is left, and is cut.
        rest = self._text[self._text.index(lines[most - 1]) :] if most > 1 else self._text
        return least, [*lines[: most - 1], least.elide(rest, room)], False
