"""The sheet with the member's 微信会员卡; not modal, over the right-hand list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from posmember.ui.view.wechat import CardStage
from posmember.ui.wechat.block import WechatCardBlock
from posmember.ui.widgets.covering import CoveringSheet, SheetPlace
from posmember.ui.widgets.touch import scroll_by_finger

if TYPE_CHECKING:
    from posmember.ui.view.wechat import WechatView

_CLOSE_SIZE = 36


class WechatSheet(CoveringSheet):
    """Opens when the card is asked for; closed, it keeps its place until the next member.

    Args:
        window: owns it. covered: what it lies over.
    """

    closed = Signal()
    """It was closed, by hand or with its member."""

    def __init__(self, window: QWidget, covered: SheetPlace) -> None:
        super().__init__(window)
        self._place_over = covered
        self._stage = CardStage.IDLE
        self.block = WechatCardBlock()
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addWidget(self.block)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("微信会员卡内容"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll_by_finger(scroll)
        close = QPushButton("✕")
        close.setFixedSize(_CLOSE_SIZE, _CLOSE_SIZE)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.setAccessibleName(self.tr("收起微信会员卡"))
        close.clicked.connect(self.close_sheet)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(scroll, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def show_wechat(self, view: WechatView | None) -> None:
        """Show a view; a query that begins opens the sheet, and with the member it closes."""
        self.block.show_wechat(view)
        stage = view.stage if view is not None else CardStage.IDLE
        before, self._stage = self._stage, stage
        if stage is CardStage.IDLE:
            self.close_sheet()
        elif before is CardStage.IDLE:
            self.open_sheet()

    def open_sheet(self) -> None:
        """Show it; where nothing was asked for yet there is nothing to show."""
        if self._stage is not CardStage.IDLE:
            self._cover(self._place_over)
            self._show_covering()

    def close_sheet(self) -> bool:
        """Close it; returns whether it was open."""
        if self.isHidden():
            return False
        had_keyboard = self.isAncestorOf(self._window.focusWidget())
        self._cover(None)
        self.hide()
        self.closed.emit()
        if had_keyboard:
            self.block.left.emit()
        return True
