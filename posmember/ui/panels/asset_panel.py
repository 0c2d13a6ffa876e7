"""Coupons and gift cards: a list of rows, and tabs with how many there are of each verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from posmember.ui.panels.base import Panel, page_label
from posmember.ui.widgets.labels import own_label

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from posmember.ui.models.assets import AssetListModel, AssetPlace
    from posmember.ui.models.detail import Details, ShownCode
    from posmember.ui.panels.seek_field import SeekField
    from posmember.ui.panels.tabs import TabButton, VerdictTabs
    from posmember.ui.view.screen import PanelState, View
    from posmember.ui.widgets.rows.list_view import RowList

HEADER_HEIGHT = 34
_ROOMY = 480
"""From this width on there is room for the filter's button beside the tabs."""


class AssetPanel(Panel):
    """A panel with a list of assets; subclasses say which.

    Args:
        nothing: what is said where the member has none.
    """

    copy_requested = Signal(str)
    code_requested = Signal(bool)
    hand_over_requested = Signal(str)
    action_requested = Signal(object)
    details_requested = Signal(bool)
    details_changed = Signal()
    close_requested = Signal()
    entered = Signal()
    touched = Signal()
    """These are the list's; see `RowList`."""
    other_asked = Signal()
    """The other list is wanted, where only one has room."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__(title)
        self.setAccessibleName("")  # its heading and its list say it
        self._nothing_text = nothing
        self._shown: tuple[Any, ...] | None = None
        self._shown_for: tuple[int, datetime, bool, str, tuple[str, ...]] | None = None
        self._count = 0
        self._is_narrow = self._hands_over = False
        self.row_list: RowList | None = None

    # --- what is asked -------------------------------------------------------------------------

    def selected_code(self) -> str:
        """Return the code of the selected row, or ""."""
        return self.row_list.selected_code() if self.row_list is not None else ""

    def selected_place(self) -> AssetPlace | None:
        """Return where the selected asset is, or None."""
        row = self.row_list.selected_row() if self.row_list is not None else -1
        return self._model.place_of_row(row) if row >= 0 else None

    def starred_place(self) -> AssetPlace | None:
        """Return where what is suggested is, also where its row is not shown; or None."""
        starred = self._shown_for[3] if self._shown_for is not None else ""
        return self._model.place_of_asset(starred) if starred else None

    def shown_code(self, place: AssetPlace) -> ShownCode | None:
        """Return the code of an asset and what it is of; None where there is none such."""
        return self._model.shown_code(place)

    def details(self) -> Details | None:
        """Return what is known of the selected row, in words; None where none is selected."""
        return self.row_list.details() if self.row_list is not None else None

    def count(self) -> int:
        """Return how many assets there are."""
        return self._count

    def is_all_known(self) -> bool:
        """Return whether what is shown is all there is: nothing failed, nothing is under way."""
        return self._kind == "loaded" and not self.problems() and not self._is_checking()

    def is_empty(self) -> bool:
        """Return whether there is nothing to show: no asset so far, and nothing failed."""
        return self._kind == "loaded" and not self.problems() and not self._count

    # --- what comes in -------------------------------------------------------------------------

    def set_narrow(self, *, narrow: bool) -> None:
        """Have rows for the compact window, or for the full one."""
        self._is_narrow = narrow
        if self.row_list is not None:
            self.row_list.set_narrow(narrow=narrow)

    def enter(self) -> None:
        """Take the keyboard, if there are rows."""
        if self.row_list is not None and self._shown:
            self.row_list.enter()

    def seek(self) -> None:
        """Let words be typed that rows have to hold."""
        if self._shown:
            self._seek.open_field()

    def end_seek(self) -> bool:
        """Show all rows again; returns whether some were not."""
        if self.row_list is None:
            return False
        sought = self._seek.close_field()
        if self._tabs.verdict() is not None:
            self._tabs.show_all()
            self._show_sought()
            sought = True
        return sought

    def unselect(self) -> None:
        """Select nothing."""
        if self.row_list is not None:
            self.row_list.unselect()

    def close_menu(self) -> None:
        """Close the selected row's menu."""
        if self.row_list is not None:
            self.row_list.close_menu()

    def show_copied(self, code: str) -> None:
        """Say on the rows which code is on the clipboard."""
        if self.row_list is not None:
            self.row_list.show_copied(code)

    def offer_hand_over(self, *, offered: bool) -> None:
        """Offer to type a row's code into the till, or not."""
        self._hands_over = offered
        if self.row_list is not None:
            self.row_list.offer_hand_over(offered=offered)

    def offer_other(self, words: str) -> None:
        """Offer the other list as one more tab; "" where both have room."""
        if self.row_list is not None:
            self._other.setText(words)
            self._other.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if self.row_list is not None:
            self._seek.set_roomy(roomy=self.width() >= _ROOMY)

    # --- how it is built -----------------------------------------------------------------------

    def _make_model(self) -> AssetListModel[Any]:
        raise NotImplementedError

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        raise NotImplementedError

    def _starred_in(self, view: View) -> str:
        return ""

    def _checks(self, view: View) -> bool:
        raise NotImplementedError

    def _make_bars(self) -> QWidget:
        from posmember.ui.widgets.rows.places import ROW_HEIGHT
        from posmember.ui.widgets.skeleton import Skeleton

        bars = ((0.02, 16, 0.1, 22), (0.18, 8, 0.34, 14), (0.18, 32, 0.5, 12), (0.84, 10, 0.12, 14))
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, HEADER_HEIGHT, 0, 0)
        rows.addWidget(Skeleton(bars, ROW_HEIGHT))
        return page

    def _make_content(self) -> QWidget:
        from posmember.ui.widgets.rows.list_view import RowList

        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(1, 0, 1, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_header())
        self._inner = QStackedLayout()
        rows.addLayout(self._inner, 1)
        self._model = self._make_model()
        self.row_list = made = RowList(self._model, self._title)
        self._nothing = page_label(self._nothing_text)
        self._inner.addWidget(made)
        self._inner.addWidget(self._nothing)
        for signal, relayed in (
            (made.copy_requested, self.copy_requested),
            (made.code_requested, self.code_requested),
            (made.hand_over_requested, self.hand_over_requested),
            (made.action_requested, self.action_requested),
            (made.details_requested, self.details_requested),
            (made.details_changed, self.details_changed),
            (made.close_requested, self.close_requested),
            (made.entered, self.entered),
            (made.touched, self.touched),
        ):
            signal.connect(relayed)
        made.set_narrow(narrow=self._is_narrow)
        made.offer_hand_over(offered=self._hands_over)
        return page

    def _last_in_reach(self) -> QWidget | None:
        return self.row_list

    def _make_header(self) -> QWidget:
        from posmember.ui.panels.seek_field import SeekField
        from posmember.ui.panels.tabs import TabButton, VerdictTabs

        header = QWidget()
        header.setFixedHeight(HEADER_HEIGHT)
        self._heading = own_label(self._title)
        self._heading.setObjectName("heading")
        self._tabs: VerdictTabs = VerdictTabs()
        self._tabs.chosen.connect(lambda _verdict: self._show_sought())
        self._seek: SeekField = SeekField(self._title)
        self._seek.sought.connect(lambda _words: self._show_sought())
        self._seek.done.connect(self.enter)
        self._other: TabButton = TabButton()
        self._other.setCheckable(False)
        self._other.clicked.connect(self.other_asked)
        self._other.hide()
        row = QHBoxLayout(header)
        row.setContentsMargins(12, 1, 8, 1)
        row.setSpacing(8)
        row.addWidget(self._heading)
        row.addWidget(self._tabs, 1)
        row.addWidget(self._other)
        row.addWidget(self._seek)
        return header

    # --- what it shows -------------------------------------------------------------------------

    def _show_content(self, view: View) -> None:
        from posmember.ui.models.cards import ShownIn

        assets, checking, starred = (
            self._assets_of(view),
            self._checks(view),
            self._starred_in(view),
        )
        minute = view.now.replace(second=0, microsecond=0)
        shown_for = (view.run, minute, checking, starred, self.problems())
        # Words such as 还有 25 分钟 move on with the minute, even where no verdict changed.
        if assets is self._shown and shown_for == self._shown_for:
            return
        if self._shown_for is not None and self._shown_for[0] != view.run:
            self.end_seek()
        self._shown, self._shown_for, self._count = assets, shown_for, len(assets)
        assert self.row_list is not None
        answers = tuple([asset.eligibility for asset in assets])
        self._tabs.show_counts(answers, checking=checking)
        self.row_list.show_assets(assets, ShownIn(view.context, checking), view.run, starred)
        self._seek.setVisible(bool(assets))
        self._show_page()

    def _show_sought(self) -> None:
        """Show the rows of the chosen tab that hold the words."""
        assert self.row_list is not None
        self._model.seek(self._tabs.verdict(), self._seek.words())
        self.row_list.sought()
        self._show_page()
        self.touched.emit()

    def _show_page(self) -> None:
        rows = self._model.rowCount()
        sought = bool(self._shown) and not rows
        # What failed is not said to be nothing.
        nothing = "" if self.problems() or self._is_checking() else self._nothing_text
        self._nothing.setText(self.tr("没有符合的") if sought else nothing)
        self._inner.setCurrentIndex(0 if rows else 1)

    def _is_checking(self) -> bool:
        return self._shown_for is not None and self._shown_for[2]

    def _forget_content(self) -> None:
        if self._shown is None:
            return
        self._shown = self._shown_for = None
        self._count = 0
        if self.row_list is not None:
            self.end_seek()
            self._tabs.show_counts((), checking=False)
            self.row_list.forget()


class CouponsPanel(AssetPanel):
    """优惠券."""

    section_names = ("member", "identity")

    def __init__(self) -> None:
        super().__init__(self.tr("优惠券"), self.tr("这位会员没有优惠券"))

    def _state_of(self, view: View) -> PanelState:
        return view.coupons_panel

    def _make_model(self) -> AssetListModel[Any]:
        from posmember.ui.models.coupons import CouponListModel

        return CouponListModel()

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        return view.assessment.coupons

    def _starred_in(self, view: View) -> str:
        suggestion = view.assessment.suggestion
        if suggestion is None or suggestion.remedy is not None:
            return ""
        from posmember.ui.models.coupons import coupon_key

        return coupon_key(suggestion.coupon)

    def _checks(self, view: View) -> bool:
        return view.checks_coupons


class GiftCardsPanel(AssetPanel):
    """礼品卡."""

    section_names = ("member", "gift_cards")

    def __init__(self) -> None:
        super().__init__(self.tr("礼品卡"), self.tr("这位会员没有礼品卡"))

    def _state_of(self, view: View) -> PanelState:
        return view.gift_cards_panel

    def _make_model(self) -> AssetListModel[Any]:
        from posmember.ui.models.gift_cards import GiftCardListModel

        return GiftCardListModel()

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        return view.assessment.gift_cards

    def _checks(self, view: View) -> bool:
        return view.checks_gift_cards
