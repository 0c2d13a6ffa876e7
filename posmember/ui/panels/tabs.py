"""The verdict tabs above a list: how many there are of each, and one of them shown alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.log.unexpected import never_raises
from posmember.ui.messages import verdict_text
from posmember.ui.theme import current_tokens
from posmember.ui.widgets.labels import show_silently
from posmember.ui.widgets.marks import Mark, paint_mark
from posmember.ui.widgets.rows.places import VERDICT_MARKS

HEIGHT = 32
_MARK = 12
_MARK_LEFT = 10


class TabButton(QPushButton):
    """A word and a number behind a mark; can stay pressed. A tab without a mark is a plain one."""

    def __init__(self, verdict: Verdict | None = None) -> None:
        super().__init__()
        self.setObjectName("markedTab" if verdict is not None else "tab")
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self._mark: tuple[Mark, str] | None = VERDICT_MARKS[verdict] if verdict else None

    @never_raises
    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if self._mark is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            mark, color = self._mark
            square = QRectF(_MARK_LEFT, (self.height() - _MARK) / 2, _MARK, _MARK)
            paint_mark(painter, mark, square, current_tokens().color(color))


class VerdictTabs(QWidget):
    """可用 3 · 需确认 1 · 不可用 6; without the words where there is no room for them."""

    chosen = Signal(object)
    """The `Verdict` that is to be shown alone, or None for all."""

    def __init__(self) -> None:
        super().__init__()
        self._tabs: dict[Verdict, TabButton] = {}
        self._counts = dict.fromkeys(Verdict, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # what is beside it stays in its place
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for verdict in Verdict:
            tab = self._tabs[verdict] = TabButton(verdict)
            tab.clicked.connect(lambda _checked, verdict=verdict: self._click(verdict))
            row.addWidget(tab)
        row.addStretch(1)
        self.hide()

    def show_counts(self, answers: tuple[Eligibility, ...], *, checking: bool) -> None:
        """Count the verdicts; nothing is shown where there are none, or none is known yet."""
        self.setVisible(bool(answers) and not checking)
        found = [answer.verdict for answer in answers]
        self._counts = {verdict: found.count(verdict) for verdict in Verdict}
        for verdict, tab in self._tabs.items():
            tab.setVisible(bool(self._counts[verdict]))
            if (checking or not self._counts[verdict]) and tab.isChecked():
                tab.setChecked(False)
                self.chosen.emit(None)
        self._write()

    def verdict(self) -> Verdict | None:
        """Return the verdict that is shown alone, or None."""
        return next((each for each, tab in self._tabs.items() if tab.isChecked()), None)

    def show_all(self) -> None:
        """Let all verdicts be shown."""
        for tab in self._tabs.values():
            tab.setChecked(False)

    def sizeHint(self) -> QSize:
        return QSize(self._width(with_words=True), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(with_words=False), HEIGHT)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._write()

    def _click(self, verdict: Verdict) -> None:
        """Show one alone; once more, all."""
        for each, tab in self._tabs.items():
            tab.setChecked(each is verdict and tab.isChecked())
        self.chosen.emit(self.verdict())

    def _write(self) -> None:
        """Write as many words as there is room for."""
        with_words = self._width(with_words=True) <= self.width()
        for verdict, tab in self._tabs.items():
            text = f"{verdict_text(verdict)} {self._counts[verdict]}"
            tab.setText(text if with_words else str(self._counts[verdict]))
            tab.setAccessibleName(text)
            show_silently(tab, "" if with_words else text)

    def _width(self, *, with_words: bool) -> int:
        width = 0
        for verdict, tab in self._tabs.items():
            if not self._counts[verdict]:
                continue
            text = f"{verdict_text(verdict)} {self._counts[verdict]}" if with_words else "00"
            width += tab.fontMetrics().horizontalAdvance(text) + _MARK_LEFT + _MARK + 24
        return width
