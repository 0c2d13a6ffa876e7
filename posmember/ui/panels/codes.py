"""Which code is shown large, how it comes to be shown, and when no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.ui.capture.key_events import ENTER_KEYS
from posmember.ui.capture.late_enter import LateEnter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from posmember.ui.models.assets import AssetPlace
    from posmember.ui.models.detail import Details
    from posmember.ui.panels.asset_panel import AssetPanel
    from posmember.ui.panels.assets_area import AssetsArea
    from posmember.ui.panels.code_sheet import CodeSheet
    from posmember.ui.view.screen import View
    from posmember.ui.widgets.fields import ScanField


@dataclass(frozen=True, slots=True)
class Chosen:
    """A coupon or gift card whose code is to be used."""

    panel: AssetPanel
    place: AssetPlace
    details: Details


class Codes(QObject):
    """Shows the selected row's code, or where none is selected the suggested one's.

    Args:
        window: the sheet lies over it.
        assets: the lists whose codes are shown.
        places: where Enter is for a code, if nothing there has a use for it.
    """

    copy_requested = Signal(str)
    refused = Signal(str)
    """Nothing is shown, or a scan is not looked up, and why."""
    announced = Signal(str)
    """What is shown, for those who do not see it."""
    hand_over_requested = Signal(object)
    """A `Chosen` whose code is to be typed into the till: by a button, or in a row's menu."""
    chosen_moved = Signal()
    """Another code may be the one to use, or none."""

    def __init__(self, window: QWidget, assets: AssetsArea, places: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window, self._assets, self._places = window, assets, places
        self._sheet: CodeSheet | None = None
        self._open: tuple[AssetPanel, AssetPlace] | None = None
        self._run, self._last_shown = 0, ""
        self._copied, self._hands_over = "", False
        self._came: tuple[object, ...] = ()
        self.late_enter = LateEnter(self)
        """Knows when Enter may be a scanner's, and opens nothing therefore."""
        for panel in assets.panels():
            panel.code_requested.connect(partial(self._show_selected, panel))
            panel.hand_over_requested.connect(partial(self._hand_over_selected, panel))
            panel.touched.connect(self.close)  # a hand on a row beside it wants that one
            panel.details_changed.connect(self.chosen_moved)

    # --- what comes in -------------------------------------------------------------------------

    def see(self, view: View) -> None:
        """Know what the lists show now: the sheet says what is true now, or closes."""
        suggested = view.assessment.suggestion is not None
        came = (view.run, view.member_panel.kind, suggested)
        if came != self._came:
            self._came = came
            self.late_enter.expect()
        if view.run != self._run:
            self._run, self._last_shown = view.run, ""
            self.close()
        elif self._open is not None:
            self._refresh(*self._open)
        self.chosen_moved.emit()

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type."""
        self.late_enter.expect()
        self.close()

    def entered(self) -> None:
        """Know that something was entered, to be looked up."""
        self.late_enter.expect()
        self.close()

    def take_scan(self, text: str) -> bool:
        """Take a scan that is the code just shown: it was read from here, and is no member's."""
        self.begin_burst()
        for panel in self._assets.panels():
            panel.close_menu()  # not before: the scan's own keys come by way of it
        if not text or text.strip() != self._last_shown:
            return False
        if self._window.isActiveWindow():  # else another program has it, as it was meant to
            self.refused.emit(self.tr("这是刚才放大的核销码：先点收银系统的窗口，再扫"))
        return True

    def take_enter(self) -> bool:
        """Take Enter where nothing is typed that it could end; returns whether it was taken."""
        found = self._at_hand()
        if found is not None and not self.late_enter.may_come():
            self._show(*found)
        return found is not None

    def takes(self, event: QKeyEvent, field: ScanField) -> bool:
        """Take Enter that nobody had a use for: for a code, or for what is typed.

        Args:
            field: where it may be typed.
        """
        if event.key() not in ENTER_KEYS or not self.is_for(self._window.focusWidget()):
            return False
        if event.isAutoRepeat() or field.is_looked_up():
            return event.isAutoRepeat() or self.take_enter()
        if not self.late_enter.may_come():
            field.submit()  # what is typed there is somebody else's
        return True

    def is_for(self, focused: QWidget | None) -> bool:
        """Return whether Enter is for a code where this has the keyboard."""
        if focused is None or focused is self._window:
            return True
        return any(place.isAncestorOf(focused) for place in self._places)

    def show_suggested(self) -> None:
        """Show the suggested code."""
        coupons = self._assets.coupons
        place = coupons.starred_place()
        if place is not None:
            self._show(coupons, place)

    def hand_over_suggested(self, code: str) -> None:
        """Have the suggested code typed into the till, if it is this one."""
        coupons = self._assets.coupons
        self._hand_over(coupons, coupons.starred_place(), code)

    def show_chosen(self, chosen: Chosen, note: str = "") -> None:
        """Show what `chosen` returned, if it is there still; else nothing.

        Args:
            note: what is said on the sheet besides.
        """
        shown = chosen.panel.shown_code(chosen.place)
        if shown is not None and shown.details.code == chosen.details.code:
            self._show(chosen.panel, chosen.place, note)

    def close(self) -> bool:
        """Close the sheet; returns whether it was open."""
        was_open, self._open = self._open is not None, None
        if self._sheet is not None:
            self._sheet.close_sheet()
        return was_open

    def note(self, words: str) -> None:
        """Say something on the sheet besides, if it is open: it may lie over where all is said."""
        if self._sheet is not None and self._open is not None:
            self._sheet.show_note(words)

    def offer_hand_over(self, *, offered: bool) -> None:
        """Offer to type codes into the till, or not."""
        self._hands_over = offered
        if self._sheet is not None:
            self._sheet.offer_hand_over(offered=offered)
        for panel in self._assets.panels():
            panel.offer_hand_over(offered=offered)

    def show_copied(self, code: str) -> None:
        """Say on the sheet which code is on the clipboard."""
        self._copied = code
        if self._sheet is not None:
            self._sheet.show_copied(code)

    # --- what is asked -------------------------------------------------------------------------

    def code(self) -> str:
        """Return the code that is shown, or ""."""
        return self._sheet.code() if self._sheet is not None else ""

    def chosen(self) -> Chosen | None:
        """Return whose code is to be used: it is shown, else at hand; None where there is none."""
        return _chosen(self._open or self._at_hand())

    def at_hand(self) -> Chosen | None:
        """Return what is selected, else what is suggested, whatever is shown large."""
        return _chosen(self._at_hand())

    # --- how -----------------------------------------------------------------------------------

    def _at_hand(self) -> tuple[AssetPanel, AssetPlace] | None:
        """What is selected, which may have no code; what is suggested only where nothing is."""
        coupons = self._assets.coupons
        for panel in self._assets.panels():
            place = panel.selected_place()
            if place is not None:
                return panel, place
        starred = coupons.starred_place()
        return (coupons, starred) if starred is not None else None

    def _show_selected(self, panel: AssetPanel, by_key: bool) -> None:
        place = panel.selected_place()
        if place is not None and not (by_key and self.late_enter.may_come()):
            self._show(panel, place)

    def _hand_over_selected(self, panel: AssetPanel, code: str) -> None:
        self._hand_over(panel, panel.selected_place(), code)

    def _hand_over_shown(self, code: str) -> None:
        if self._open is not None:
            self._hand_over(*self._open, code)

    def _hand_over(self, panel: AssetPanel, place: AssetPlace | None, code: str) -> None:
        chosen = _chosen((panel, place)) if place is not None else None
        if chosen is not None and chosen.details.code == code:
            self.hand_over_requested.emit(chosen)

    def _show(self, panel: AssetPanel, place: AssetPlace, note: str = "") -> None:
        shown = panel.shown_code(place)
        if shown is None:
            return
        if not shown.details.code:
            what = shown.details.code_label or self.tr("核销码")
            self.refused.emit(self.tr("这一张没有{what}").format(what=what))
            return
        if self._sheet is None:
            self._sheet = self._make_sheet()
        self.close()
        self._open, self._last_shown = (panel, place), shown.details.code
        self._sheet.show_code(shown)
        self._sheet.show_note(note)
        self._sheet.show_copied(self._copied)
        self.announced.emit(self._sheet.sentence())

    def _refresh(self, panel: AssetPanel, place: AssetPlace) -> None:
        """Say what is true now; where another code would come in its place, close."""
        assert self._sheet is not None
        shown = panel.shown_code(place)
        if shown is None or shown.details.code != self._sheet.code():
            self.close()
            return
        before = self._sheet.verdict()
        self._sheet.show_code(shown)
        if self._sheet.verdict() != before:
            self.announced.emit(self._sheet.sentence())

    def _make_sheet(self) -> CodeSheet:
        from posmember.ui.panels.code_sheet import CodeSheet

        made = CodeSheet(self._window)
        made.copy_requested.connect(lambda: self.copy_requested.emit(self.code()))
        made.hand_over_requested.connect(self._hand_over_shown)
        made.offer_hand_over(offered=self._hands_over)
        made.closed.connect(self.close)
        return made


def _chosen(found: tuple[AssetPanel, AssetPlace] | None) -> Chosen | None:
    shown = found[0].shown_code(found[1]) if found is not None else None
    return Chosen(*found, shown.details) if found is not None and shown is not None else None
