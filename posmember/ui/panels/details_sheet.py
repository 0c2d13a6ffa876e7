"""Why one coupon or gift card can be used or not. Not modal: a scan goes on below.

It lies beside the row that it belongs to, over the other list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.panels.details_page import DetailsPage
from posmember.ui.widgets.covering import CoveringSheet
from posmember.ui.widgets.hand_over_button import HandOverButton
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.marks import MarkWidget
from posmember.ui.widgets.rows.places import VERDICT_MARKS
from posmember.ui.widgets.touch import scroll_by_finger
from posmember.ui.wording.plain import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.models.detail import Details
    from posmember.ui.panels.asset_panel import AssetPanel
    from posmember.ui.widgets.covering import SheetPlace

_CLOSE_SIZE = 36


class DetailsSheet(CoveringSheet):
    """Shows the selected card's details; empty while it is closed."""

    told = Signal(str)
    """What it says now, for who does not see it: the keyboard stays in the list."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._panel: AssetPanel | None = None
        self._page = DetailsPage()
        self._said = ""
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("为什么"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        scroll_by_finger(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(6)
        layout.addLayout(self._header())
        layout.addWidget(self._scroll, 1)
        self._paging = self._paging_keys()

    def request(self, panel: AssetPanel, covered: SheetPlace, *, toggle: bool) -> None:
        """Open on a panel's selected card.

        Args:
            covered: where to lie.
            toggle: whether to close where it is open already.
        """
        if toggle and self.is_open_for(panel):
            self.close_sheet()
            return
        self._panel = panel
        self._cover(covered)
        self.follow(panel)

    def move_to(self, place_for: Callable[[AssetPanel], SheetPlace]) -> None:
        """Lie where the panel that it belongs to says."""
        if self._panel is not None:
            self._cover(place_for(self._panel))

    def follow(self, panel: AssetPanel) -> None:
        """Show what a panel's selected card is now, if it is the one this belongs to."""
        if panel is not self._panel:
            return
        details = panel.details()
        if details is None:
            self.close_sheet()
            return
        self._show_details(details, panel.title())

    def offer_hand_over(self, *, offered: bool) -> None:
        """Let the card's code be typed into the till, or not."""
        self._hand_over.offer(offered=offered)

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
        self._large.hide()
        self._hand_over.set_code("")
        self._said = ""

    def _header(self) -> QHBoxLayout:
        self._mark, self._verdict = MarkWidget(), plain_label()
        self._verdict.setFont(scaled_font(self.font(), 1.15, bold=True))
        self._large, self._hand_over = QPushButton(self.tr("出码")), HandOverButton()
        self._large.setFixedHeight(_CLOSE_SIZE)
        self._large.clicked.connect(self._ask_code)
        self._hand_over.asked.connect(self._ask_hand_over)
        for button in (self._large, self._hand_over):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = QPushButton("✕")
        self._close.setFixedSize(_CLOSE_SIZE, _CLOSE_SIZE)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setAccessibleName(self.tr("收起详情"))
        self._close.setToolTip(self.tr("收起（← 或 Esc）"))
        self._close.clicked.connect(self.close_sheet)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 8, 0)
        header.addWidget(self._mark)
        header.addWidget(self._verdict)
        header.addStretch(1)
        header.addWidget(self._large)
        header.addWidget(self._hand_over)
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
        self._offer_code(details)
        another = self._page.show_details(details)
        self.setAccessibleName(self.tr("{title}详情").format(title=list_name))
        self._tell(details)
        for shortcut in self._paging:
            shortcut.setEnabled(True)
        self._show_covering()
        if another:
            self._scroll.verticalScrollBar().setValue(0)

    def _offer_code(self, details: Details) -> None:
        """Offer by finger what Enter and Ctrl+Enter do with its code."""
        label = details.code_label
        self._large.setVisible(bool(details.code))
        self._large.setAccessibleName(self.tr("放大{label}").format(label=label))
        self._hand_over.set_code(details.code, self.tr("把{label}输进收银系统").format(label=label))

    def _ask_code(self) -> None:
        if self._panel is not None:
            self._panel.code_requested.emit(False)

    def _ask_hand_over(self, code: str) -> None:
        if self._panel is not None:
            self._panel.hand_over_requested.emit(code)

    def said(self) -> str:
        """Return what a screen reader was told of it; "" while it is closed."""
        return self._said

    def _tell(self, details: Details) -> None:
        """Have it heard, once for the same words."""
        first = (details.verdict_word, details.title, details.worth, details.sentence)
        said = joined(filter(None, (*first, *details.helps, *details.conditions)))
        said = " ".join(said.replace("→", " ").split())
        if said != self._said:
            self._said = said
            self.told.emit(said)
