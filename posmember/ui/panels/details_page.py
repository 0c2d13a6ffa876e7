"""What scrolls in the sheet: why, what to do, the conditions; the rest folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from posmember.domain.rules.explanation import Outcome
from posmember.domain.rules.reasons import Verdict
from posmember.ui.messages import breakable, joined, list_text, passed_text
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.marks import Mark, MarkWidget

if TYPE_CHECKING:
    from posmember.ui.models.detail import Details
    from posmember.ui.wording.rules import RuleRow

_FOLD_HEIGHT = 36
_OUTCOME_MARKS = {
    Outcome.PASSED: (Mark.TICK, "muted"),
    Outcome.FAILED: (Mark.RING, "blocked"),
    Outcome.UNKNOWN: (Mark.TRIANGLE, "check"),
}


class DetailsPage(QWidget):
    """Shows `Details`; what is folded stays so until its button is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Details | None = None
        self._title, self._worth = plain_label(wrap=True), plain_label(muted=True, wrap=True)
        self._title.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._sentence, self._helps = plain_label(wrap=True), plain_label(wrap=True)
        self._sentence.setObjectName("sentence")
        self._helps.setObjectName("helps")
        self._conditions, self._notices = plain_label(wrap=True), plain_label(wrap=True)
        self._why, self._against = plain_label(muted=True), _Rules()
        self._passed, self._technical = _Fold(), _Fold()
        self._passed_names, self._texts = plain_label(muted=True, wrap=True), plain_label(wrap=True)
        self._passed.opened.connect(lambda _on: self._fold())
        self._technical.opened.connect(lambda _on: self._fold())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(8)
        for part in (
            self._title,
            self._worth,
            self._sentence,
            self._helps,
            self._conditions,
            self._notices,
            self._why,
            self._against,
            self._passed,
            self._passed_names,
            self._technical,
            self._texts,
        ):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_details(self, details: Details) -> bool:
        """Show details; returns whether they are of another row, for all that can be seen."""
        before, self._shown = self._shown, details
        if details == before:
            return False
        _show(self._title, details.title)
        _show(self._worth, details.worth)
        _show(self._sentence, details.sentence)
        _show(self._helps, "\n".join(details.helps))
        under = self.tr("使用条件：{conditions}").format(conditions=" · ".join(details.conditions))
        _show(self._conditions, under if details.conditions else "")
        notices = self.tr("注意：{notices}").format(notices=joined(details.notices))
        _show(self._notices, notices if details.notices else "")
        against = tuple(row for row in details.rules if row.outcome is not Outcome.PASSED)
        several = len(against) > 1  # else the sentence says it
        blocked = several and details.verdict is Verdict.NOT_USABLE
        _show(self._why, self.tr("为什么不能用") if blocked else "")
        self._against.show_rows(against if several else ())
        self._passed.show_title(passed_text(details.rules))
        self._technical.show_title(self.tr("技术信息") if details.rules or details.texts else "")
        self._fold()
        return before is None or before.title != details.title

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._shown = None
        self._passed.fold()
        self._technical.fold()
        for label in self.findChildren(QLabel):
            label.clear()
            label.setAccessibleName("")

    def _fold(self) -> None:
        """Write what is unfolded, and nothing of what is folded."""
        details = self._shown
        if details is None:
            return
        passed = [row.name for row in details.rules if row.outcome is Outcome.PASSED]
        _show(self._passed_names, list_text(passed) if self._passed.is_open() else "")
        told = [f"{row.name}　{line}" for row in details.rules for line in row.told.splitlines()]
        _show(self._texts, "\n".join((*details.texts, *told)) if self._technical.is_open() else "")


class _Fold(QPushButton):
    """A line that shows what is below it when it is pressed."""

    opened = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self.setObjectName("tab")
        self.setCheckable(True)
        self.setFixedHeight(_FOLD_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toggled.connect(self._toggle)
        self.hide()

    def is_open(self) -> bool:
        return self.isChecked()

    def fold(self) -> None:
        self.setChecked(False)

    def show_title(self, title: str) -> None:
        """Show a title; "" hides it."""
        self._title = title
        self._write()
        self.setVisible(bool(title))

    def _toggle(self, checked: bool) -> None:
        self._write()
        self.opened.emit(checked)

    def _write(self) -> None:
        self.setText(f"{'▾' if self.isChecked() else '▸'} {self._title}")
        self.setAccessibleName(self._title)


class _Rules(QWidget):
    """One row a rule that did not pass: its mark, what it is about, and why."""

    def __init__(self) -> None:
        super().__init__()
        self._made: list[tuple[MarkWidget, QLabel, QLabel]] = []
        self._bold_font = scaled_font(self.font(), 1.0, bold=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)

    def show_rows(self, rows: tuple[RuleRow, ...]) -> None:
        """Show these rows, in parts that are made once."""
        self.setVisible(bool(rows))
        while len(self._made) < len(rows):
            self._made.append(self._make_row())
        for number, (mark, name, text) in enumerate(self._made):
            row = rows[number] if number < len(rows) else None
            mark.setVisible(row is not None)
            _show(name, row.name if row is not None else "")
            _show(text, row.text if row is not None else "")
            if row is not None:
                mark.set_mark(*_OUTCOME_MARKS[row.outcome])
                name.setAccessibleName(row.sentence())

    def _make_row(self) -> tuple[MarkWidget, QLabel, QLabel]:
        mark, name, text = MarkWidget(), plain_label(), plain_label(wrap=True)
        name.setFont(self._bold_font)
        mark.stand_at_first_line()
        row, top = len(self._made), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(name, row, 1, top)
        self._grid.addWidget(text, row, 2)
        return mark, name, text


def _show(label: QLabel, text: str) -> None:
    label.setText(breakable(text))
    label.setVisible(bool(text))
