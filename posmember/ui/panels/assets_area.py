"""Row D: coupons and gift cards, beside each other where there is room, else one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from posmember.ui.panels.asset_panel import HEADER_HEIGHT, AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.widgets.covering import SheetPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from posmember.ui.view.screen import View

ROOM_FOR_BOTH = 1100
_PARTS = (62, 38)
_SHEET_PART = 50
_LEAST_HEIGHT, _NARROW_LEAST = 150, 88
_SPACE = 8


class AssetsArea(QWidget):
    """Both lists. Where there are no gift cards, coupons take their place."""

    arranged = Signal()
    """Lists are where they belong now, and so are the places of sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.coupons, self.gift_cards = CouponsPanel(), GiftCardsPanel()
        self._in_front: AssetPanel = self.coupons
        self._has_cards, self._is_narrow = True, False
        self.left_place, self.right_place = SheetPlace(self), SheetPlace(self)
        """Where sheets lie. The right one has room of its own where only one list is shown."""
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACE)
        for panel, part in zip(self.panels(), _PARTS, strict=True):
            row.addWidget(panel, part)
            panel.other_asked.connect(self._swap)
        row.addWidget(self.right_place, _SHEET_PART)
        self.right_place.taken.connect(self._arrange)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def set_narrow(self, *, narrow: bool) -> None:
        """Have one list, and sheets above it, as the compact window has room for; or as usual."""
        self._is_narrow = narrow
        if narrow and not self.gift_cards.isHidden() and self._is_at_hand(self.gift_cards):
            self._in_front = self.gift_cards
        for panel in self.panels():
            panel.set_narrow(narrow=narrow)
        self.updateGeometry()
        self._arrange()

    def panels(self) -> tuple[AssetPanel, AssetPanel]:
        """Return them in reading order."""
        return self.coupons, self.gift_cards

    def other(self, panel: AssetPanel) -> AssetPanel:
        """Return the one that a panel is not."""
        return self.gift_cards if panel is self.coupons else self.coupons

    def panel_for(self, focused: QWidget | None) -> AssetPanel:
        """Return the one that a key is for: gift cards where they have the keyboard."""
        in_cards = focused is not None and self.gift_cards.isAncestorOf(focused)
        return self.gift_cards if in_cards or self.coupons.isHidden() else self.coupons

    def select_alone(self, panel: AssetPanel) -> bool:
        """Let one row of both lists be selected at a time; returns whether one is.

        Args:
            panel: where the selection has changed.
        """
        if panel.selected_place() is not None:
            self.other(panel).unselect()
        return any(each.selected_place() is not None for each in self.panels())

    def prepare(self) -> None:
        """Make what the first paint does not need."""
        for panel in self.panels():
            panel.prepare()
        self.coupons.entered.connect(lambda: self.show_list(self.coupons))
        self.gift_cards.entered.connect(lambda: self.show_list(self.gift_cards))

    def show_view(self, view: View) -> None:
        """Show a view; each panel leaves alone what is unchanged."""
        self.coupons.show_view(view)
        self.gift_cards.show_view(view, frozenset(self.coupons.problems()))
        if view.run == 0 or self.coupons.kind() == "loading":
            self._in_front = self.coupons
        self._has_cards = not self.gift_cards.is_empty()
        self._arrange()

    def is_wide(self) -> bool:
        """Return whether there is room for both beside each other."""
        return self.width() >= ROOM_FOR_BOTH - 16 and not self._is_narrow  # the page's margins

    def show_list(self, panel: AssetPanel) -> None:
        """Bring a list to the front."""
        if panel is self._in_front or (panel is self.gift_cards and not self._has_cards):
            return
        self._in_front = panel
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(900, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _NARROW_LEAST if self._is_narrow else _LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _swap(self) -> None:
        self.show_list(self.other(self._in_front))
        self._in_front.enter()

    def _arrange(self) -> None:
        wide = self.is_wide()
        for panel in self.panels():
            fits = wide and (panel is self.coupons or self._has_cards)
            panel.setVisible(fits or (not wide and panel is self._in_front))
            other = self.other(panel)
            there = other is self.coupons or self._has_cards
            panel.offer_other(_counted(other) if there and not wide else "")
        self._place_sheets(both=wide and self._has_cards)
        self.arranged.emit()

    def _place_sheets(self, *, both: bool) -> None:
        """Let sheets lie over the other list, or where there is none, beside the only one."""
        layout = self.layout()
        assert layout is not None
        if self._is_narrow:
            self._place_above()
            return
        if layout.indexOf(self.right_place) < 0:
            self._row.addWidget(self.right_place, _SHEET_PART)
        self.right_place.setVisible(not both and self.right_place.is_taken())
        layout.activate()
        if both:
            self.right_place.put(self.gift_cards.geometry())
        shown = self.coupons if self.coupons.isVisibleTo(self) else self.gift_cards
        self.left_place.put(shown.geometry())

    def _place_above(self) -> None:
        """Let details lie over who it is and what is said, so that their row stays in sight.

        What is changed in a sheet lies over the list, too: nobody takes a row meanwhile.
        """
        self._row.removeWidget(self.right_place)
        self.right_place.setVisible(self.right_place.is_taken())
        above = QRect(0, -self.y(), self.width(), self.y() + HEADER_HEIGHT)
        self.right_place.put(above)
        self.left_place.put(QRect(0, -self.y(), self.width(), self.y() + self.height()))

    def _is_at_hand(self, panel: AssetPanel) -> bool:
        focused = self.window().focusWidget()
        return panel.isAncestorOf(focused) or panel.selected_place() is not None

    def place_for(self, panel: AssetPanel) -> SheetPlace:
        """Return where the details of a panel's row lie: not over the row."""
        beside = panel is self.gift_cards and self.is_wide()
        return self.left_place if beside else self.right_place


def _counted(panel: AssetPanel) -> str:
    """A list's name, and how many it has; none is only said where that is known."""
    count = panel.count()
    return f"{panel.title()} {count if count or panel.is_all_known() else '—'}"
