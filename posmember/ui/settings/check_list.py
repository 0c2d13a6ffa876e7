"""The steps of the connection check: what came of each, by a mark and in words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from posmember.lookup.check import Finding, Outcome, Step
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.marks import Mark, MarkWidget
from posmember.ui.wording.checks import finding_text, step_text
from posmember.ui.wording.plain import breakable

_MARKS = {
    Outcome.GOOD: (Mark.TICK, "usable"),
    Outcome.NOTE: (Mark.TRIANGLE, "check"),
    Outcome.FAILED: (Mark.RING, "error"),
    Outcome.NOT_TRIED: (Mark.DOTS, "muted"),
}


class CheckList(QWidget):
    """All steps, in their order; a step that is not done yet says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[Step, tuple[MarkWidget, QLabel]] = {}
        self.found: dict[Step, Finding] = {}
        """What came of each step that is done; without its error, whose frames hold the key."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        bold, top = scaled_font(self.font(), 1.0, bold=True), Qt.AlignmentFlag.AlignTop
        for row, step in enumerate(Step):
            mark, name, text = MarkWidget(), plain_label(step_text(step)), plain_label(wrap=True)
            mark.stand_at_first_line()
            name.setFont(bold)
            grid.addWidget(mark, row, 0, top)
            grid.addWidget(name, row, 1, top)
            grid.addWidget(text, row, 2)
            self._rows[step] = mark, text
        grid.setRowStretch(len(Step), 1)
        self.begin()

    def begin(self) -> None:
        """Say of every step that it is to be done."""
        self.found.clear()
        for mark, text in self._rows.values():
            mark.set_mark(Mark.DOTS, "muted")
            mark.show()
            text.setText("…")

    def stop(self) -> None:
        """Say nothing of the steps that were not done."""
        for step, (_mark, text) in self._rows.items():
            if step not in self.found:
                text.setText("")

    def show_finding(self, finding: Finding) -> None:
        """Show what came of a step."""
        self.found[finding.step] = replace(finding, error=None)
        mark, text = self._rows[finding.step]
        mark.set_mark(*_MARKS[finding.outcome])
        words = finding_text(finding)
        text.setText(breakable(words))
        text.setAccessibleName(f"{step_text(finding.step)}：{words}")

    def said_of(self, step: Step) -> str:
        """Return what is said of a step."""
        return self._rows[step][1].text()

    def is_good(self) -> bool:
        """Return whether every step is done and none failed."""
        good = (Outcome.GOOD, Outcome.NOTE)
        return len(self.found) == len(Step) and all(f.outcome in good for f in self.found.values())
