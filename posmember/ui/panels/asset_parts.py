"""What stands above a list of cards: how many there are of each verdict."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from posmember.domain.rules.reasons import Eligibility, Verdict
from posmember.ui.messages import verdict_text
from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.marks import Mark, MarkWidget

_COUNT_SPACE = 4


class Counts(QWidget):
    """可用 3 · 需确认 1 · 不可用 6, each with its mark; without the words where they do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: dict[str, tuple[MarkWidget, QLabel]] = {}
        self._words: dict[str, tuple[str, str]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_COUNT_SPACE)
        for verdict, mark, color in (
            ("usable", Mark.DISC, "usable"),
            ("check", Mark.TRIANGLE, "check"),
            ("not_usable", Mark.RING, "blocked"),
        ):
            shape, label = MarkWidget(), plain_label()
            shape.set_mark(mark, color)
            label.setContentsMargins(0, 0, 2 * _COUNT_SPACE, 0)
            self._layout.addWidget(shape)
            self._layout.addWidget(label)
            self._parts[verdict] = (shape, label)
        self._layout.addStretch(1)
        self.hide()

    def show_counts(self, eligibilities: tuple[Eligibility, ...]) -> None:
        """Count the verdicts; nothing is shown where there are no assets."""
        self.setVisible(bool(eligibilities))
        if not eligibilities:
            self._words.clear()
            return
        found = [eligibility.verdict for eligibility in eligibilities]
        for verdict in Verdict:
            count = found.count(verdict)
            self._words[verdict.value] = (verdict_text(verdict), str(count))
            for widget in self._parts[verdict.value]:
                widget.setVisible(bool(count))
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write()

    def _write(self) -> None:
        """Write as many words as there is room for."""
        self._write_with(" ".join)
        if self._layout.sizeHint().width() > self.width():
            self._write_with(lambda words: words[1])

    def _write_with(self, join: Callable[[tuple[str, str]], str]) -> None:
        for verdict, words in self._words.items():
            label = self._parts[verdict][1]
            label.setText(join(words))
            label.setAccessibleName(" ".join(words))
