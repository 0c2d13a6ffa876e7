"""The sheets that lie over the panels: the details of a card, the keys. One is closed at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from posmember.ui.panels.asset_panel import AssetPanel
    from posmember.ui.panels.assets_area import AssetsArea
    from posmember.ui.panels.details_sheet import DetailsSheet
    from posmember.ui.panels.help_sheet import HelpSheet, Keys


_MOST = 8
"""Sheets that are open at once: more than there are."""


class Sheets(QObject):
    """Opens and closes them; none is made before it is needed.

    Args:
        page: of the window that they belong to.
        assets: the lists whose details are shown, beside the row that they are of.
    """

    told = Signal(str)
    """What a sheet says now, for who does not see it."""
    compact_asked = Signal()
    """The compact window is wanted."""
    training_asked = Signal()
    """Training mode is to be entered, or left."""
    support_asked = Signal()
    """What support is told is to be shown."""

    def __init__(self, page: QWidget, assets: AssetsArea) -> None:
        super().__init__(page)
        self._page, self._assets = page, assets
        self._is_narrow = self._hands_over = False
        self._closers: list[Callable[[], bool]] = []
        self.help: HelpSheet | None = None
        self._more_keys: Callable[[], Keys] = tuple
        self._keys_told: Keys = ()
        self.training_word = ""
        """What the keys' sheet offers of training mode; "" is nothing."""
        self.details: DetailsSheet | None = None
        assets.arranged.connect(self._move)
        for panel in assets.panels():
            panel.close_requested.connect(self._close_details)
            panel.details_requested.connect(partial(self._show_details, panel))
            panel.details_changed.connect(partial(self._follow, panel))
            panel.entered.connect(partial(self._uncover, panel))
            panel.hand_over_requested.connect(self._uncover_messages)

    def close_first(self, close: Callable[[], bool]) -> None:
        """Have something of others closed first: `close` returns whether it was open."""
        self._closers.append(close)

    def close_one(self) -> bool:
        """Close the sheet that is on top; returns whether there was one."""
        if any(close() for close in self._closers):
            return True
        if self.help is not None and self.help.isVisible():
            self.help.hide()
            return True
        return self._close_details()

    def close_all(self) -> None:
        """Close every one."""
        for _sheet in range(_MOST):
            if not self.close_one():
                return

    def toggle_help(self) -> None:
        """Show the keys, or hide them."""
        if self.help is None or (self.help.isHidden() and self._more_keys() != self._keys_told):
            self.help = self._make_help(self.help)
        self.help.toggle()

    def tell_keys(self, more: Callable[[], Keys]) -> None:
        """Have the keys' sheet tell of others, which it asks for when it is opened."""
        self._more_keys = more

    def _make_help(self, before: HelpSheet | None) -> HelpSheet:
        from posmember.ui.panels.help_sheet import HelpSheet

        if before is not None:
            before.deleteLater()
        self._keys_told = self._more_keys()
        made = HelpSheet(self._page.window(), self.training_word, self._keys_told)
        made.training_asked.connect(self.training_asked)
        made.support_asked.connect(self.support_asked)
        made.compact_asked.connect(self.compact_asked)
        made.set_narrow(narrow=self._is_narrow)
        return made

    def set_narrow(self, *, narrow: bool) -> None:
        """Know that there is the compact window's room, or the full one's."""
        self._is_narrow = narrow
        if self.help is not None:
            self.help.hide()
            self.help.set_narrow(narrow=narrow)

    def offer_hand_over(self, *, offered: bool) -> None:
        """Offer on the details to type their code into the till, or not."""
        self._hands_over = offered
        if self.details is not None:
            self.details.offer_hand_over(offered=offered)

    def _show_details(self, panel: AssetPanel, toggle: bool) -> None:
        """Show a panel's selected card in full, over the other list."""
        if self.details is None:
            from posmember.ui.panels.details_sheet import DetailsSheet

            self.details = DetailsSheet(self._page)
            self.details.told.connect(self.told)
            self.details.offer_hand_over(offered=self._hands_over)
        self.details.request(panel, self._assets.place_for(panel), toggle=toggle)

    def _close_details(self) -> bool:
        if self.details is None or not self.details.is_open():
            return False
        self.details.close_sheet()
        return True

    def _move(self) -> None:
        """Lie where the open row's details belong now."""
        if self.details is not None and self.details.is_open():
            self.details.move_to(self._assets.place_for)

    def _follow(self, panel: AssetPanel) -> None:
        if self.details is not None:
            self.details.follow(panel)

    def _uncover_messages(self, _code: str) -> None:
        """Close the details where they lie over row C, which says what becomes of a code."""
        if self._is_narrow:
            self._close_details()

    def _uncover(self, panel: AssetPanel) -> None:
        """Close the details that lie over the list that takes the keyboard."""
        details = self.details
        if details is not None and details.is_open() and not details.is_open_for(panel):
            details.close_sheet()
