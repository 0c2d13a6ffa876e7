"""Coupons and gift cards: a list of cards, and how many of each verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from posmember.ui.panels.base import MARGIN, Panel, page_label

if TYPE_CHECKING:
    from datetime import datetime

    from posmember.ui.models.assets import AssetListModel
    from posmember.ui.models.detail import Details
    from posmember.ui.panels.asset_parts import Counts
    from posmember.ui.view.screen import PanelState, View
    from posmember.ui.widgets.cards.list_view import CardList


class AssetPanel(Panel):
    """A panel with a list of assets; subclasses say which.

    Args:
        nothing: what is said where the member has none.
    """

    copy_requested = Signal(str)
    details_requested = Signal(bool)
    details_changed = Signal()
    entered = Signal()
    """These are the list's; see `CardList`."""

    stacked = False
    """Whether its cards have their value on top, as suits a narrow panel."""

    def __init__(self, title: str, empty: str, nothing: str) -> None:
        super().__init__(title, empty)
        self._nothing = nothing
        self._shown: tuple[Any, ...] | None = None
        self._shown_for: tuple[int, datetime] | None = None
        self.card_list: CardList | None = None
        self._counts: Counts | None = None
        # The list's scroll bar takes the space that other panels leave at their right.
        self._rows.setContentsMargins(MARGIN, MARGIN - 2, 2, MARGIN)
        self._header.setContentsMargins(0, 0, MARGIN - 2, 0)

    def selected_code(self) -> str:
        """Return the code of the selected card, or ""."""
        return self.card_list.selected_code() if self.card_list is not None else ""

    def details(self) -> Details | None:
        """Return what is known of the selected card, in words; None where none is selected."""
        return self.card_list.details() if self.card_list is not None else None

    def enter(self) -> None:
        """Take the keyboard, if there are cards."""
        if self.card_list is not None and self._shown:
            self.card_list.enter()

    def show_copied(self, code: str) -> None:
        """Say on the cards which code is on the clipboard."""
        if self.card_list is not None:
            self.card_list.show_copied(code)

    def _make_model(self) -> AssetListModel[Any]:
        raise NotImplementedError

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        raise NotImplementedError

    def _make_content(self) -> QWidget:
        from posmember.ui.panels.asset_parts import Counts
        from posmember.ui.widgets.cards.list_view import CardList

        self._counts = Counts()
        self._rows.insertWidget(1, self._counts)
        page = QWidget()
        self._inner = QStackedLayout(page)
        self.card_list = CardList(self._make_model(), self._title, stacked=self.stacked)
        self.card_list.copy_requested.connect(self.copy_requested)
        self.card_list.details_requested.connect(self.details_requested)
        self.card_list.details_changed.connect(self.details_changed)
        self.card_list.entered.connect(self.entered)
        self._inner.addWidget(self.card_list)
        self._inner.addWidget(page_label(self._nothing))
        return page

    def _show_content(self, view: View) -> None:
        assets = self._assets_of(view)
        shown_for = (view.run, view.now.replace(second=0, microsecond=0))
        # Words such as 还有 25 分钟 move on with the minute, even where no verdict changed.
        if assets is self._shown and shown_for == self._shown_for:
            return
        self._shown, self._shown_for = assets, shown_for
        if self.card_list is not None and self._counts is not None:
            self._counts.show_counts(tuple(asset.eligibility for asset in assets))
            self.card_list.show_assets(assets, view.context, view.run)
            self._inner.setCurrentIndex(0 if assets else 1)

    def _forget_content(self) -> None:
        if self._shown is None:
            return
        self._shown = self._shown_for = None
        if self.card_list is not None and self._counts is not None:
            self._counts.show_counts(())
            self.card_list.forget()


class CouponsPanel(AssetPanel):
    """优惠券."""

    section_names = ("member", "identity")

    def __init__(self) -> None:
        super().__init__(
            self.tr("优惠券"), self.tr("扫会员码后显示优惠券"), self.tr("这位会员没有优惠券")
        )

    def _state_of(self, view: View) -> PanelState:
        return view.coupons_panel

    def _make_model(self) -> AssetListModel[Any]:
        from posmember.ui.models.coupons import CouponListModel

        return CouponListModel()

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        return view.assessment.coupons


class GiftCardsPanel(AssetPanel):
    """礼品卡."""

    section_names = ("member", "gift_cards")
    stacked = True

    def __init__(self) -> None:
        super().__init__(
            self.tr("礼品卡"), self.tr("扫会员码后显示礼品卡"), self.tr("这位会员没有礼品卡")
        )

    def _state_of(self, view: View) -> PanelState:
        return view.gift_cards_panel

    def _make_model(self) -> AssetListModel[Any]:
        from posmember.ui.models.gift_cards import GiftCardListModel

        return GiftCardListModel()

    def _assets_of(self, view: View) -> tuple[Any, ...]:
        return view.assessment.gift_cards
