"""Where the member's 微信会员卡 is shown: the sheet, which is made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from posmember.ui.panels.person_row import PersonRow
    from posmember.ui.panels.wechat_sheet import WechatSheet
    from posmember.ui.view.wechat import WechatView
    from posmember.ui.wechat.front import WechatFront
    from posmember.ui.widgets.covering import SheetPlace


class WechatCard:
    """Opens and closes the sheet, and keeps it to what a view says.

    Args:
        page: owns the sheet. place: what it lies over.
        front: is told what is wanted of the card.
        person: whose 按住显示 counts for the card, too.
    """

    def __init__(
        self, page: QWidget, place: SheetPlace, front: WechatFront, person: PersonRow
    ) -> None:
        self._page, self._place = page, place
        self._front, self._person = front, person
        self._sheet: WechatSheet | None = None

    def ask(self) -> None:
        """Ask for the member's card, or show again what was asked for."""
        if self._sheet is not None:
            self._sheet.open_sheet()
        self._front.asked.emit()

    def show_wechat(self, view: WechatView | None) -> None:
        """Show what is known of the card; None is that WeChat Pay is not set up."""
        if self._sheet is None:
            if view is None:
                return
            self._sheet = self._make_sheet()
        self._sheet.show_wechat(view)
        self._person.let_reveal(more=self._sheet.block.has_card())

    def close_sheet(self) -> bool:
        """Close the sheet; returns whether it was open."""
        return self._sheet is not None and self._sheet.close_sheet()

    def _make_sheet(self) -> WechatSheet:
        from posmember.ui.panels.wechat_sheet import WechatSheet

        made = WechatSheet(self._page, self._place)
        block = made.block
        self._person.reveal_changed.connect(lambda on: block.reveal(revealed=on))
        self._front.adopt(block)
        made.closed.connect(self._front.given_up)
        return made
