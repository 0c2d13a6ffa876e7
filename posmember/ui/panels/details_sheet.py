"""Details of one coupon or gift card: every rule, every text. Not modal: a scan goes on below.

It lies over the other list, so that the one it belongs to stays in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from posmember.domain.rules.explanation import Outcome
from posmember.ui.messages import breakable, outcome_counts_text
from posmember.ui.widgets.cards.layout import VERDICT_MARKS
from posmember.ui.widgets.covering import CoveringSheet
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.marks import Mark, MarkWidget

if TYPE_CHECKING:
    from posmember.ui.models.detail import Details
    from posmember.ui.panels.asset_panel import AssetPanel
    from posmember.ui.wording.rules import RuleRow

_OUTCOME_MARKS = {
    Outcome.PASSED: (Mark.TICK, "muted"),
    Outcome.FAILED: (Mark.RING, "blocked"),
    Outcome.UNKNOWN: (Mark.TRIANGLE, "check"),
}


class DetailsSheet(CoveringSheet):
    """Shows the selected card's details; empty while it is closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._panel: AssetPanel | None = None
        self._page = _Page()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(6)
        layout.addLayout(self._header())
        layout.addWidget(self._scroll, 1)
        self._paging = self._paging_keys()

    def request(self, panel: AssetPanel, covered: QWidget, *, toggle: bool) -> None:
        """Open on a panel's selected card.

        Args:
            covered: the widget to lie over.
            toggle: whether to close where it is open already.
        """
        if toggle and self.is_open_for(panel):
            self.close_sheet()
            return
        self._panel = panel
        self._cover(covered)
        self.follow(panel)

    def follow(self, panel: AssetPanel) -> None:
        """Show what a panel's selected card is now, if it is the one this belongs to."""
        if panel is not self._panel:
            return
        details = panel.details()
        if details is None:
            self.close_sheet()
            return
        self._show_details(details, panel.accessibleName())

    def is_open_for(self, panel: AssetPanel) -> bool:
        """Return whether it shows a card of this panel."""
        return panel is self._panel

    def is_open(self) -> bool:
        """Return whether it shows a card."""
        return self._panel is not None

    def close_sheet(self) -> None:
        """Close it, and keep nothing of what it said."""
        self._panel = None
        self._cover(None)
        for shortcut in self._paging:
            shortcut.setEnabled(False)
        self.hide()
        self._page.forget()
        self._verdict.clear()
        self.setAccessibleDescription("")

    def _header(self) -> QHBoxLayout:
        self._mark, self._verdict = MarkWidget(), plain_label()
        self._verdict.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._close = QPushButton("✕")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setAccessibleName(self.tr("收起详情"))
        self._close.setToolTip(self.tr("收起详情（回车或 Esc）"))
        self._close.clicked.connect(self.close_sheet)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 8, 0)
        header.addWidget(self._mark)
        header.addWidget(self._verdict)
        header.addStretch(1)
        header.addWidget(self._close)
        return header

    def _paging_keys(self) -> tuple[QShortcut, ...]:
        """Let PageUp and PageDown scroll it, wherever the keyboard is."""
        step = QAbstractSlider.SliderAction
        made = []
        for key, action in (
            (Qt.Key.Key_PageUp, step.SliderPageStepSub),
            (Qt.Key.Key_PageDown, step.SliderPageStepAdd),
        ):
            shortcut = QShortcut(QKeySequence(key), self._window)
            bar = self._scroll.verticalScrollBar()
            shortcut.activated.connect(lambda action=action, bar=bar: bar.triggerAction(action))
            shortcut.setEnabled(False)
            made.append(shortcut)
        return tuple(made)

    def _show_details(self, details: Details, list_name: str) -> None:
        mark, color = VERDICT_MARKS[details.verdict]
        self._mark.set_mark(mark, color)
        self._mark.show()
        self._verdict.setText(details.verdict_word)
        another = self._page.show_details(details)
        self.setAccessibleName(self.tr("{title}详情").format(title=list_name))
        said = (details.verdict_word, details.title, details.worth, details.validity)
        self.setAccessibleDescription("；".join((*said, *details.helps, *details.no_help)))
        for shortcut in self._paging:
            shortcut.setEnabled(True)
        self._show_covering()
        if another:
            self._scroll.verticalScrollBar().setValue(0)


class _Page(QWidget):
    """What scrolls: what would help, the rules, the platform's own words."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Details | None = None
        self._title = plain_label(wrap=True)
        self._title.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._facts = plain_label(muted=True, wrap=True)
        self._helps = plain_label(wrap=True)
        self._helps.setObjectName("helps")
        self._notices = plain_label(wrap=True)
        self._heading = plain_label(muted=True, wrap=True)
        self._texts = plain_label(wrap=True)
        self._rules = _Rules()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(5)
        for part in (self._title, self._facts, self._helps, self._notices, self._heading):
            layout.addWidget(part)
        layout.addWidget(self._rules)
        layout.addWidget(self._texts)
        layout.addStretch(1)

    def show_details(self, details: Details) -> bool:
        """Show details; returns whether they are of another card, for all that can be seen."""
        before, self._shown = self._shown, details
        if details == before:
            return False
        _show(self._title, details.title)
        facts = "  ".join((details.worth, details.validity))
        _show(self._facts, "\n".join((facts, *details.no_help)))
        _show(self._helps, "\n".join(details.helps))
        notices = self.tr("注意：{notices}").format(notices="；".join(details.notices))
        _show(self._notices, notices if details.notices else "")
        counts = outcome_counts_text(details.rules)
        _show(self._heading, self.tr("逐条核对：{counts}").format(counts=counts))
        self._rules.show_rows(details.rules)
        _show(self._texts, "\n".join(details.texts))
        return before is None or before.title != details.title

    def forget(self) -> None:
        """Keep nothing of a member."""
        self._shown = None
        for label in self.findChildren(QLabel):
            label.clear()
            label.setAccessibleName("")


class _Rules(QWidget):
    """One row a rule: its mark, what it is about, why it did not pass, what the platform says."""

    def __init__(self) -> None:
        super().__init__()
        self._made: list[tuple[MarkWidget, QLabel, QLabel, QLabel]] = []
        self._plain_font, self._bold_font = self.font(), scaled_font(self.font(), 1.0, bold=True)
        self._small_font = scaled_font(self.font(), 0.87)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 6)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)

    def show_rows(self, rows: tuple[RuleRow, ...]) -> None:
        """Show these rows, in parts that are made once."""
        while len(self._made) < len(rows):
            self._made.append(self._make_row())
        for number, (mark, name, text, told) in enumerate(self._made):
            row = rows[number] if number < len(rows) else None
            mark.setVisible(row is not None)
            _show(name, row.name if row is not None else "")
            _show(text, row.text if row is not None else "")
            _show(told, row.told if row is not None else "")
            if row is not None:
                mark.set_mark(*_OUTCOME_MARKS[row.outcome])
                passed = row.outcome is Outcome.PASSED
                name.setFont(self._plain_font if passed else self._bold_font)
                name.setAccessibleName(row.sentence())

    def _make_row(self) -> tuple[MarkWidget, QLabel, QLabel, QLabel]:
        mark, name = MarkWidget(), plain_label()
        text, told = plain_label(wrap=True), plain_label(muted=True, wrap=True)
        told.setFont(self._small_font)
        told.setContentsMargins(0, 2, 0, 6)
        mark.stand_at_first_line()
        row, top = 2 * len(self._made), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, 2, 1, top)
        self._grid.addWidget(name, row, 1, 2, 1, top)
        self._grid.addWidget(text, row, 2)
        self._grid.addWidget(told, row + 1, 2)
        return mark, name, text, told


def _show(label: QLabel, text: str) -> None:
    label.setText(breakable(text))
    label.setVisible(bool(text))
