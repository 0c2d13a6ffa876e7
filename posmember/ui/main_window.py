"""The cashier's window: it shows a `View`, and tells what the cashier did. It decides nothing.

Kept out of the first paint: the domain, the lists, the words. Whatever needs them imports them
when it is first called.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from posmember.ui.panels.body import Body, page_of
from posmember.ui.panels.messages import Messages
from posmember.ui.panels.order_bar import OrderBar
from posmember.ui.panels.secret_keepers import SecretKeepers
from posmember.ui.panels.sheets import Sheets
from posmember.ui.panels.status_bar import StatusBar
from posmember.ui.panels.training import TrainingSigns
from posmember.ui.panels.warning_line import WarningLine
from posmember.ui.panels.wechat_card import WechatCard
from posmember.ui.wechat.front import WechatFront
from posmember.ui.widgets.fitting import Fitting
from posmember.ui.widgets.page_area import PageArea

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent

    from posmember.domain.context import Order
    from posmember.domain.identifier import IdentifierKind
    from posmember.settings.window_place import WindowPlaces
    from posmember.ui.models.card import Action
    from posmember.ui.panels.asset_panel import AssetPanel
    from posmember.ui.panels.codes import Codes
    from posmember.ui.panels.copying import Copying
    from posmember.ui.view.screen import View
    from posmember.ui.widgets.stray_keys import StrayKeys

_SIZE = (1280, 800)
_LEAST_SIZE = (960, 560)


class MainWindow(QMainWindow):
    """The window.

    Args:
        store_name: the store's name as its people say it.
        warning: a line that stays visible, such as that plain http is allowed; or "".
    """

    identifier_entered = Signal(str, object)
    """The text as typed, and an `IdentifierKind` or None for automatic."""
    order_changed = Signal(object)
    """The `Order` as it is now; once per change of it."""
    refresh_requested = Signal()
    cleared = Signal()
    answered = Signal(int)
    """The place of the answer to the hint's question, from 0."""
    retry_requested = Signal(object)
    """The `Section` to ask for again."""
    support_asked = Signal()
    """What support is told is to be shown."""
    closing = Signal()
    """The window is about to close."""
    rendered = Signal()
    """Something else is on the screen."""

    def __init__(self, *, store_name: str = "", warning: str = "") -> None:
        super().__init__()
        self._view: View | None = None
        self.keeps_open: Callable[[], bool] = lambda: False
        """Asked where a person closes it: returns whether it is put away instead."""
        self._prepared = False
        self._orders = OrderBar(store_name)
        self.scan_field, self.numbers = self._orders.scan_field, self._orders.numbers
        self._body = Body()
        self._assets = self._body.assets
        self._coupons, self._gift_cards = self._assets.panels()
        self._status = StatusBar()
        self.connection_shown = self._status.connection_shown
        self.set_news = self._status.set_news
        self._warning = WarningLine(warning)
        self.messages = Messages(self._body, self.numbers)
        self.page = page_of(self._orders, self._warning, self._body, self._status)
        self._area = PageArea(self.page)
        self._sheets = Sheets(self.page, self._assets)
        self.tell_keys = self._sheets.tell_keys
        self.training = TrainingSigns(self, self._status.watermark, self._sheets)
        self.wechat = WechatFront(self.page, self._assets.left_place)
        self._card = WechatCard(self.page, self._assets.right_place, self.wechat, self._body.person)
        self.codes: Codes | None = None
        self.secrets = SecretKeepers(self.wechat)
        self._stray_keys: StrayKeys | None = None
        self._copying: Copying | None = None
        self.setWindowTitle(self.tr("会员查询"))
        self.setCentralWidget(self._area)
        self.fitting = Fitting(self, _SIZE, _LEAST_SIZE)
        self._connect()
        self.scan_field.setFocus()

    def show_fitting(self, places: WindowPlaces | None = None) -> None:
        """Show the window; where the screen has no room for it and its frame, maximised.

        Args:
            places: where it was the last time, and in which form.
        """
        self.fitting.show(places)

    # --- what comes in ---------------------------------------------------------------------

    def prepare(self) -> None:
        """Make what the first paint does not need; calling it again does nothing."""
        if self._prepared:
            return
        self._prepared = True
        from PySide6.QtGui import QIcon

        from posmember.resources import resource
        from posmember.ui.panels.codes import Codes
        from posmember.ui.panels.copying import Copying
        from posmember.ui.widgets.stray_keys import StrayKeys

        self.fitting.prepare()
        self.setWindowIcon(QIcon(str(resource("icons/posmember.png"))))
        self._area.prepare()
        self._body.prepare()
        self._stray_keys = StrayKeys(self, self.scan_field)
        self._copying = Copying(self._body)
        self.codes = Codes(self, self._assets, (self._body, self._orders))
        self._connect_codes(self.codes, self._copying)
        self._make_shortcuts()

    def render(self, view: View) -> None:  # type: ignore[override]
        """Show a view; each panel leaves alone what is unchanged."""
        if view is self._view:
            return
        self.prepare()
        before, self._view = self._view, view
        self._card.show_wechat(view.wechat)
        self._body.show_view(view, self.scan_field.text())
        if self.codes is not None:
            self.codes.see(view)
        self.wechat.show_change(view.wechat)
        self.messages.show_view(view)
        self._status.show_view(view)
        if view.run != (before.run if before is not None else 0):
            self._orders.forget_kind()  # it was chosen for one lookup
        if before is not None and before.run and not view.run:
            self._orders.forget()
            self._body.say.forget()
        elif view.run and view.member_panel.at is not None:
            self._mask_scanned(before, view)
        self.rendered.emit()

    def view(self) -> View | None:
        """Return what is shown; None before anything was."""
        return self._view

    def introduce(self, store_name: str, warning: str) -> None:
        """Show what the configuration says, which is read after the first paint.

        Args:
            store_name: the store's name as its people say it.
            warning: a line that stays visible, such as that plain http is allowed; or "".
        """
        self._orders.set_store_name(store_name)
        self._warning.set_text(warning)

    def close_first(self, close: Callable[[], bool]) -> None:
        """Have Esc close something of others first: `close` returns whether it was open."""
        self._sheets.close_first(close)

    def offer_joining(self, code: QImage) -> None:
        """Show a code to join by wherever nobody is found; a null one is none."""
        self._body.offer_joining(code)

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type: its first key may have come here."""
        self.secrets.begin_burst()
        if self.codes is not None:
            self.codes.begin_burst()
        if self._stray_keys is not None:
            self._stray_keys.take_back()

    def take_secret_scan(self, text: str, place: int) -> bool:
        """Take a scan while a secret is asked for, or if it began then; or of a code shown here.

        Args:
            place: its place among the codes of one burst, from 1.

        Returns:
            Whether it is taken, or refused with a word: it is not to be looked up then.
        """
        of_here = self.codes is not None and self.codes.take_scan(text)
        return self.secrets.take_scan(text, place) or of_here

    def show_scanned(self, text: str) -> None:
        """Show a scanned text in the scan field, selected; a phone number is masked."""
        self.scan_field.show_scanned(text)

    def offer_hand_over(self, *, offered: bool) -> None:
        """Offer by buttons to type codes into the till, or not."""
        self._body.say.offer_hand_over(offered=offered)
        self._sheets.offer_hand_over(offered=offered)
        if self.codes is not None:
            self.codes.offer_hand_over(offered=offered)

    def holds_someone(self) -> bool:
        """Return whether something of a person is on the screen: a lookup, or what was typed."""
        is_looked_up = self._view is not None and bool(self._view.run)
        return is_looked_up or bool(self.scan_field.entered())

    def show_seconds_left(self, seconds: int | None) -> None:
        """Show in how many seconds the screen is cleared; None is that nothing is counted."""
        self._status.set_seconds_left(seconds)

    def forget(self) -> None:
        """Forget everybody, with all that is open; the order type stays.

        With nobody there what is said stays, too: that there is no key is true after a lock.
        """
        from posmember.ui.panels.leftovers import drop_leftovers

        drop_leftovers()  # first: an input method may hand on what it has when the keyboard moves
        self._sheets.close_all()
        if self.holds_someone():
            self._clear()

    def set_connection(self, ok: bool | None, ms: int | None) -> None:
        """Show whether the platform answers; None is not known yet.

        Args:
            ms: how long its last answer took, in milliseconds, or None.
        """
        self._status.set_connection(ok, ms)

    def set_clock(self, corrected: bool | None, offset_s: int) -> None:
        """Show whether the time follows the platform's clock; None is not known yet.

        Args:
            offset_s: how far this computer's clock is off, in seconds.
        """
        self._status.set_clock(corrected, offset_s)

    def order(self) -> Order:
        """Return the order as the cashier entered it."""
        return self._orders.order()

    def take_order(self, order_type: str | None, numbers: Mapping[int, str]) -> None:
        """Take what another program says of the order: numbers by their place, from 0."""
        self._orders.take(order_type, numbers)

    def code_at_hand(self) -> str:
        """Return the selected row's code, else the suggested one; or ""."""
        chosen = self.codes.at_hand() if self.codes is not None else None
        return chosen.details.code if chosen is not None else ""

    # --- what the cashier does ---------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(not (event.spontaneous() and self.keeps_open()))
        if event.isAccepted():
            self.closing.emit()

    def _connect(self) -> None:
        self.fitting.narrowed.connect(self._narrow)
        self._orders.identifier_entered.connect(self._enter)
        self._orders.order_changed.connect(self._tell_order)
        self.scan_field.textEdited.connect(self.messages.acted)
        self.messages.answered.connect(self.answered)
        # The answer's button, which may have the keyboard, goes away.
        self.messages.left.connect(self._orders.enter_scan)
        self._body.entry_asked.connect(self._orders.enter_scan)
        self._orders.full_asked.connect(self.fitting.change_form)
        self._sheets.compact_asked.connect(self.fitting.change_form)
        self._status.help_asked.connect(self._sheets.toggle_help)
        self._body.retry_requested.connect(self.retry_requested)
        self._body.support_asked.connect(self.support_asked)
        self._sheets.support_asked.connect(self.support_asked)
        self._sheets.told.connect(self.messages.announce)
        self._body.person.wechat_asked.connect(self._card.ask)
        self.wechat.left.connect(self._orders.enter_scan)
        self.wechat.refused.connect(self.messages.warn)
        for assets in self._assets.panels():
            assets.action_requested.connect(self._act)
            assets.touched.connect(self.messages.acted)
            assets.details_changed.connect(partial(self._see_selection, assets))

    def _connect_codes(self, codes: Codes, copying: Copying) -> None:
        self._sheets.close_first(codes.close)
        self._body.say.code_requested.connect(codes.show_suggested)
        self._body.say.hand_over_requested.connect(codes.hand_over_suggested)
        self.scan_field.textEdited.connect(codes.close)
        codes.copy_requested.connect(copying.copy)
        copying.shown.connect(codes.show_copied)
        codes.refused.connect(self.messages.warn)
        codes.announced.connect(self.messages.announce)

    def _make_shortcuts(self) -> None:
        from posmember.ui.panels.window_keys import take_keys

        keys: dict[str, Callable[[], object]] = {
            "F1": self._sheets.toggle_help,
            "F2": self._orders.enter_scan,
            "F3": lambda: self._orders.move_order_type(-1),
            "F4": lambda: self._orders.move_order_type(1),
            "F5": self.refresh_requested.emit,
            "F6": self._coupons.enter,
            "F7": self._gift_cards.enter,
            "F8": self._enter_numbers,
            "F10": self._card.ask,
            "Ctrl+C": self.copy_selected,
            "Ctrl+M": self.fitting.change_form,
            "Ctrl+Shift+M": self.fitting.to_next_edge,
            "Esc": self._escape,
        }
        take_keys(self, self.messages.acted, keys)

    def _enter(self, text: str, kind: IdentifierKind | None) -> None:
        """Have a text looked up; where its member is on the screen, Enter is for the code."""
        if self.codes is not None:
            if kind is None and self.scan_field.is_looked_up() and self.codes.take_enter():
                return
            self.codes.entered()
        self.identifier_entered.emit(text, kind)

    def _tell_order(self) -> None:
        self.order_changed.emit(self.order())

    def _act(self, action: Action) -> None:
        """Make the change that a row's button stands for, or go to where it is made."""
        match action.kind.value:
            case "order_type":
                self._orders.choose_order_type(action.order_type)
            case "amount":
                self.numbers.enter_place(0)
            case "items":
                self.numbers.enter_place(2)

    def _see_selection(self, panel: AssetPanel) -> None:
        self._body.say.show_key(takes=not self._assets.select_alone(panel))

    def _enter_numbers(self) -> None:
        """Bring the numbers of the order before back, where they are offered; else enter them."""
        if not self.numbers.restore():
            self.numbers.enter()

    def _escape(self) -> None:
        """Take back one thing; where there is nothing else, clear for the next member."""
        if self._sheets.close_one() or self.wechat.close_sheet() or self._card.close_sheet():
            return
        sought = [panel.end_seek() for panel in self._assets.panels()]
        if any(sought):
            self._orders.enter_scan()
            return
        shown = self._view is not None and self._view.run
        if shown and self.numbers.take_back():
            self._orders.enter_scan()
            return
        self._clear()

    def _clear(self) -> None:
        self._orders.forget()
        self._orders.enter_scan()
        self.cleared.emit()
        self.numbers.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what nobody had a use for: Ctrl+C without a selection, /, Enter, letters, digits."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
            return
        if event.text() == "/":
            self._assets.panel_for(self.focusWidget()).seek()
            return
        if self.codes is not None and self.codes.takes(event, self.scan_field):
            return
        is_secret = self.secrets.keeps_keys()
        if self._stray_keys is None or is_secret or not self._stray_keys.take(event):
            super().keyPressEvent(event)

    def copy_selected(self) -> None:
        """Copy the code that is shown, else the selected row's; else the suggested one."""
        chosen = self.codes.chosen() if self.codes is not None else None
        if self._copying is not None and chosen is not None and chosen.details.code:
            self._copying.copy(chosen.details.code)

    def _narrow(self, narrow: bool) -> None:
        """Lay everything out for the compact form, or for the full one."""
        for part in (self._orders, self._body, self._status, self._sheets):
            part.set_narrow(narrow=narrow)

    def _mask_scanned(self, before: View | None, view: View) -> None:
        """Mask a typed phone number once it was found, once a lookup."""
        found_before = (
            before is not None and before.run == view.run and before.member_panel.at is not None
        )
        if not found_before:
            self.scan_field.looked_up()
