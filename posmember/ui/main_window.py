"""The cashier's window: it shows a `View`, and tells what the cashier did. It decides nothing.

Kept out of the first paint: the domain, the lists, the words. Whatever needs them imports them
when it is first called.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from posmember.ui.panels.asset_panel import AssetPanel, CouponsPanel, GiftCardsPanel
from posmember.ui.panels.balances_panel import BalancesPanel
from posmember.ui.panels.hint_line import HintLine, WarningLine
from posmember.ui.panels.member_panel import MemberPanel
from posmember.ui.panels.order_bar import OrderBar
from posmember.ui.panels.status_bar import StatusBar
from posmember.ui.wechat.front import WechatFront

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from posmember.domain.context import Order
    from posmember.domain.identifier import IdentifierKind
    from posmember.ui.panels.base import Panel
    from posmember.ui.panels.details_sheet import DetailsSheet
    from posmember.ui.panels.help_sheet import HelpSheet
    from posmember.ui.panels.suggestion import SuggestionBox
    from posmember.ui.view.screen import Hint, View

_SIZE = (1280, 800)
_LEAST_SIZE = (1024, 720)
_FRAME_HEIGHT = 40
"""What a title bar takes, at most."""
_SPACE = 10
_COLUMNS = (30, 45, 28)
"""The widths of person, coupons and gift cards, in parts of the whole."""


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
    closing = Signal()
    """The window is about to close."""

    def __init__(self, *, store_name: str = "", warning: str = "") -> None:
        super().__init__()
        self._view: View | None = None
        self._help: HelpSheet | None = None
        self._closers: list[Callable[[], bool]] = []
        self._details: DetailsSheet | None = None
        self._prepared = False
        self._orders = OrderBar(store_name)
        self.scan_field = self._orders.scan_field
        self._hint = HintLine(
            self.tr(
                "F2 扫码 · F3/F4 订单类型 · F6 优惠券 · F7 礼品卡 · F8 订单金额"
                " · 回车 详情 · Ctrl+C 复制核销码"
            )
        )
        self._entry_problem: Hint | None = None
        self._member, self._balances = MemberPanel(), BalancesPanel()
        self._suggestion: SuggestionBox | None = None
        self._coupons, self._gift_cards = CouponsPanel(), GiftCardsPanel()
        self.wechat = WechatFront(self, self._coupons)
        self._status = StatusBar()
        self.setWindowTitle(self.tr("会员查询"))
        self._warning = WarningLine(warning)
        self.setCentralWidget(self._lay_out())
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_SIZE)
        self._connect()
        self.scan_field.setFocus()

    def show_fitting(self) -> None:
        """Show the window; on a screen that it and its frame would overhang, maximised."""
        screen = self.screen().availableSize()
        width, height = _SIZE
        fits = screen.width() >= width and screen.height() >= height + _FRAME_HEIGHT
        # A screen below the least size is none to adapt to: Qt's offscreen one, say.
        least_width, least_height = _LEAST_SIZE
        tight = screen.width() >= least_width and screen.height() >= least_height and not fits
        self.showMaximized() if tight else self.show()

    # --- what comes in ---------------------------------------------------------------------

    def prepare(self) -> None:
        """Make what the first paint does not need; calling it again does nothing."""
        if self._prepared:
            return
        self._prepared = True
        from PySide6.QtGui import QIcon

        from posmember.resources import resource
        from posmember.ui.panels.suggestion import SuggestionBox

        self.setWindowIcon(QIcon(str(resource("icons/posmember.png"))))
        for panel in self._panels():
            panel.prepare()
        self._person.prepare()
        self._suggestion = SuggestionBox()
        self._left.addWidget(self._suggestion)
        self._make_shortcuts()

    def render(self, view: View) -> None:  # type: ignore[override]
        """Show a view; each panel leaves alone what is unchanged."""
        if view is self._view:
            return
        self.prepare()
        before, self._view = self._view, view
        for panel in self._panels():
            panel.show_view(view)
        if self._suggestion is not None:
            self._suggestion.show_view(view)
        self.wechat.show_change(view.wechat)
        self._show_hint()
        self._status.set_support_code(view.hint.support_code if view.hint is not None else "")
        self._show_asked_at(view)
        if before is not None and before.run and not view.run:
            self._orders.forget()
        elif view.run and view.member_panel.at is not None:
            self._mask_scanned(before, view)

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
        self._closers.append(close)

    def chosen_kind(self) -> IdentifierKind | None:
        """Return the identifier type that the cashier chose; None is automatic."""
        return self._orders.kind()

    def show_scanned(self, text: str) -> None:
        """Show a scanned text in the scan field, selected; a phone number is masked."""
        self.scan_field.show_scanned(text)

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

    # --- what the cashier does ---------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closing.emit()

    def _connect(self) -> None:
        self._orders.identifier_entered.connect(self.identifier_entered)
        self._orders.order_changed.connect(self._tell_order)
        self._orders.problems_changed.connect(self._show_entry_problem)
        # The answer's button, which may have the keyboard, goes away.
        self._hint.answered.connect(self._orders.enter_scan)
        self._hint.answered.connect(self.answered)
        for panel in self._panels():
            panel.retry_requested.connect(self.retry_requested)
        self._member.wechat_made.connect(self.wechat.adopt)
        self.wechat.left.connect(self._orders.enter_scan)
        for assets in (self._coupons, self._gift_cards):
            assets.copy_requested.connect(self._copy)
            assets.details_requested.connect(partial(self._show_details, assets))
            assets.details_changed.connect(partial(self._follow_details, assets))
            assets.entered.connect(partial(self._uncover, assets))

    def _make_shortcuts(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence, QShortcut

        for key, slot in (
            (Qt.Key.Key_F1, self._toggle_help),
            (Qt.Key.Key_F2, self._orders.enter_scan),
            (Qt.Key.Key_F3, lambda: self._orders.move_order_type(-1)),
            (Qt.Key.Key_F4, lambda: self._orders.move_order_type(1)),
            (Qt.Key.Key_F5, self.refresh_requested.emit),
            (Qt.Key.Key_F6, self._coupons.enter),
            (Qt.Key.Key_F7, self._gift_cards.enter),
            (Qt.Key.Key_F8, self._orders.enter_fields),
            (Qt.Key.Key_F10, self.wechat.asked.emit),
            (QKeySequence.StandardKey.Copy, self.copy_selected),
            (Qt.Key.Key_Escape, self._escape),
        ):
            QShortcut(QKeySequence(key), self, slot)

    def _tell_order(self) -> None:
        self.order_changed.emit(self.order())

    def _show_entry_problem(self, words: str) -> None:
        from posmember.ui.view.screen import Hint, Severity

        self._entry_problem = Hint(Severity.WARNING, words) if words else None
        self._show_hint()

    def _show_hint(self) -> None:
        """Show what is being typed wrongly, else what the view has to say."""
        said = self._view.hint if self._view is not None else None
        self._hint.show_hint(self._entry_problem or said)

    def _toggle_help(self) -> None:
        if self._help is None:
            from posmember.ui.panels.help_sheet import HelpSheet

            self._help = HelpSheet(self)
        self._help.toggle()

    def _show_details(self, panel: AssetPanel, toggle: bool) -> None:
        """Show a panel's selected card in full, over the other list."""
        if self._details is None:
            from posmember.ui.panels.details_sheet import DetailsSheet

            self._details = DetailsSheet(self)
        covered = self._gift_cards if panel is self._coupons else self._coupons
        self._details.request(panel, covered, toggle=toggle)

    def _follow_details(self, panel: AssetPanel) -> None:
        if self._details is not None:
            self._details.follow(panel)

    def _uncover(self, panel: AssetPanel) -> None:
        """Close the details that lie over the list that takes the keyboard."""
        details = self._details
        if details is not None and details.is_open() and not details.is_open_for(panel):
            details.close_sheet()

    def _escape(self) -> None:
        """Close the sheet that is open; where none is, clear for the next member."""
        if any(close() for close in self._closers):
            return
        if self._help is not None and self._help.isVisible():
            self._help.hide()
            return
        if self._details is not None and self._details.is_open():
            self._details.close_sheet()
            return
        if self.wechat.close_sheet():
            return
        self._orders.forget()
        self._orders.enter_scan()
        self.cleared.emit()
        self._orders.forget_order()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the Ctrl+C of a field in which nothing is selected."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
            return
        super().keyPressEvent(event)

    def copy_selected(self) -> None:
        """Copy the code of the selected card; of the gift cards' where they have the keyboard."""
        panels: tuple[AssetPanel, ...] = (self._coupons, self._gift_cards)
        in_gift_cards = self._gift_cards.isAncestorOf(self.focusWidget())
        for panel in reversed(panels) if in_gift_cards else panels:
            if panel.selected_code():
                self._copy(panel.selected_code())
                return

    def _copy(self, code: str) -> None:
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(code)
        for panel in (self._coupons, self._gift_cards):
            panel.show_copied(code)

    # --- how it is built ---------------------------------------------------------------------

    def _panels(self) -> tuple[Panel, ...]:
        return (self._member, self._balances, self._coupons, self._gift_cards)

    def _lay_out(self) -> QWidget:
        left = self._left = QVBoxLayout()
        left.setSpacing(_SPACE)
        self._person = _Person(self._member, self._balances)
        left.addWidget(self._person, 1)
        columns = QHBoxLayout()
        columns.setSpacing(_SPACE)
        columns.addLayout(left, _COLUMNS[0])
        columns.addWidget(self._coupons, _COLUMNS[1])
        columns.addWidget(self._gift_cards, _COLUMNS[2])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(_SPACE, _SPACE, _SPACE, 6)
        layout.setSpacing(8)
        layout.addWidget(self._orders)
        layout.addWidget(self._warning)
        layout.addWidget(self._hint)
        layout.addLayout(columns, 1)
        layout.addWidget(self._status)
        return page

    def _show_asked_at(self, view: View) -> None:
        at = view.member_panel.at
        if view.refreshing:
            text = self.tr("正在刷新…")
        elif at is None:
            text = ""
        else:
            from posmember.ui.messages import clock_text

            text = self.tr("{clock} 查询").format(clock=clock_text(at))
        keys = self.tr("F5 刷新  Esc 清屏")
        self._orders.asked_at.setText(f"{text}   {keys}" if text else keys)

    def _mask_scanned(self, before: View | None, view: View) -> None:
        """Mask a typed phone number once it was found, once a lookup."""
        found_before = (
            before is not None and before.run == view.run and before.member_panel.at is not None
        )
        if not found_before:
            self.scan_field.looked_up()


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

    def prepare(self) -> None:
        """Set what the first paint does not need."""
        from PySide6.QtCore import Qt

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
