"""The middle of the window: who it is and what to use, coupons, gift cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from posmember.ui.panels.asset_panel import CouponsPanel, GiftCardsPanel
from posmember.ui.panels.balances_panel import BalancesPanel
from posmember.ui.panels.member_panel import MemberPanel

if TYPE_CHECKING:
    from posmember.ui.panels.base import Panel
    from posmember.ui.panels.suggestion import SuggestionBox
    from posmember.ui.view.screen import View

_SPACE = 10
_WIDTHS = (30, 45, 28)
"""Of person, coupons and gift cards, in parts of the whole."""

_WIDEST_LEAST = 320
"""What a single word without an end may not widen the person's column beyond."""


class Columns(QHBoxLayout):
    """The panels of a view, each with a list or an area that scrolls where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.member, self._balances = MemberPanel(), BalancesPanel()
        self.coupons, self.gift_cards = CouponsPanel(), GiftCardsPanel()
        self.suggestion: SuggestionBox | None = None
        self._person = _Person(self.member, self._balances)
        self._left = QVBoxLayout()
        self._left.setSpacing(_SPACE)
        self._left.addWidget(self._person, 1)
        self.setSpacing(_SPACE)
        self.addLayout(self._left, _WIDTHS[0])
        self.addWidget(self.coupons, _WIDTHS[1])
        self.addWidget(self.gift_cards, _WIDTHS[2])

    def panels(self) -> tuple[Panel, ...]:
        """Return them in reading order."""
        return (self.member, self._balances, self.coupons, self.gift_cards)

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        from posmember.ui.panels.suggestion import SuggestionBox

        for panel in self.panels():
            panel.prepare()
        self._person.prepare()
        self.suggestion = SuggestionBox()
        self._left.addWidget(self.suggestion)

    def show_view(self, view: View) -> None:
        """Show a view; each panel leaves alone what is unchanged."""
        for panel in self.panels():
            panel.show_view(view)
        self._person.make_room()
        if self.suggestion is not None:
            self.suggestion.show_view(view)


class _Person(QScrollArea):
    """Member and balances; scrolls where a small window cannot hold all that is known."""

    def __init__(self, member: Panel, balances: Panel) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACE)
        layout.addWidget(member, 5)
        layout.addWidget(balances, 4)
        self.setWidget(page)
        self._shown = (member, balances)

    def make_room(self) -> None:
        """Be as wide as what is shown needs: it scrolls up and down alone."""
        needed = max(panel.minimumSizeHint().width() for panel in self._shown)
        needed += self.verticalScrollBar().sizeHint().width()
        least = min(needed, _WIDEST_LEAST)
        if least != self.minimumWidth():
            self.setMinimumWidth(least)

    def prepare(self) -> None:
        """Set what the first paint does not need."""
        from PySide6.QtCore import Qt

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
