"""微信会员卡 in the window: the block in the member's panel, and the sheet that changes the card.

They show a `WechatView`, and tell what is wanted. Neither is made before it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from posmember.ui.view.wechat import WechatView
    from posmember.ui.wechat.block import WechatCardBlock
    from posmember.ui.wechat.change_sheet import WechatChangeSheet
    from posmember.ui.widgets.covering import SheetPlace


class WechatFront(QObject):
    """What the cashier and a supervisor want of the card.

    Args:
        window: the window that the sheet belongs to.
        covered: what the sheet lies over.
    """

    asked = Signal()
    """The member's card is wanted."""
    given = Signal(str)
    """The card's code or the openid that was asked for."""
    given_up = Signal()
    """What was asked for is not to be had."""
    change_asked = Signal()
    """The card is to be changed."""
    review_asked = Signal(object)
    """The `CardChange` that was entered."""
    edit_asked = Signal()
    """Back from the review to the form."""
    confirmed = Signal(str, str)
    """A supervisor's staff number and PIN for the change that is shown."""
    change_closed = Signal()
    """Nothing is to be changed any more."""
    left = Signal()
    """What had the keyboard is gone."""
    refused = Signal(str)
    """A scan was nobody's, and why, in words: there is no sheet any more to say it on."""

    def __init__(self, window: QWidget, covered: SheetPlace) -> None:
        super().__init__(window)
        self._window, self._covered = window, covered
        self._sheet: WechatChangeSheet | None = None
        self._began_at_secret = self._is_refusing = False

    def adopt(self, block: WechatCardBlock) -> None:
        """Take what is wanted of the block in the member's panel."""
        block.asked.connect(self.asked)
        block.given.connect(self.given)
        block.change_asked.connect(self.change_asked)
        block.left.connect(self.left)

    def show_change(self, view: WechatView | None) -> None:
        """Show a change of the card, over what is covered; None is that there is no card."""
        if self._sheet is None:
            if view is None or view.change is None:
                return
            self._sheet = self._make_sheet()
        had_keyboard = self._sheet.isAncestorOf(self._window.focusWidget())
        self._sheet.show_change(view)
        if had_keyboard and not self._sheet.is_open():
            self.left.emit()

    def asks_secret(self) -> bool:
        """Return whether a supervisor is asked for staff number and PIN."""
        return self._sheet is not None and self._sheet.asks_secret()

    def keeps_keys(self) -> bool:
        """Return whether what is struck in no field may be a supervisor's PIN."""
        return self._sheet is not None and self._sheet.keeps_keys()

    def is_sending(self) -> bool:
        """Return whether a change is on its way, whose end a supervisor has to see."""
        return self._sheet is not None and self._sheet.is_sending()

    def begin_burst(self) -> None:
        """Know that a scanner has begun to type."""
        self._began_at_secret = self.asks_secret()

    def take_scan(self, text: str, place: int) -> bool:
        """Take a scan while a supervisor is asked for, or if its burst began then.

        Args:
            place: its place among the codes of its burst, from 1; all are treated alike.

        Returns:
            Whether it is taken as a badge, or refused with a word.
        """
        if place == 1:
            self._is_refusing, self._began_at_secret = self._began_at_secret, False
        if self._sheet is not None and self._sheet.asks_secret():
            self._is_refusing = True
            self._sheet.take_scan(text)
        elif self._is_refusing:
            self.refused.emit(self.tr("没有查询：扫码时正在输入主管密码，请再扫一次"))
        return self._is_refusing

    def close_sheet(self) -> bool:
        """Ask for the end of a change; returns whether there was one."""
        if self._sheet is None or not self._sheet.is_open():
            return False
        self.change_closed.emit()
        return True

    def _make_sheet(self) -> WechatChangeSheet:
        from posmember.ui.wechat.change_sheet import WechatChangeSheet

        sheet = WechatChangeSheet(self._window, self._covered)
        sheet.review_asked.connect(self.review_asked)
        sheet.edit_asked.connect(self.edit_asked)
        sheet.confirmed.connect(self.confirmed)
        sheet.closed.connect(self.change_closed)
        return sheet
