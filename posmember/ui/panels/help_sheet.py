"""The keys, on one sheet above the panels; F1 shows and hides it. A scan goes on below it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.sheet_scroll import SheetScroll

_BESIDE, _BELOW = 12, 44
"""What of the window it leaves free, for the status bar to be seen."""


class HelpSheet(QFrame):
    """Lists every key of the window. Not modal: it takes no keys and covers no field."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("sheet")
        self.setAccessibleName(self.tr("按键帮助"))
        keys = QWidget()
        grid = QGridLayout(keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        for row, (key, meaning) in enumerate(self._keys()):
            name = plain_label(key)
            name.setObjectName("panelTitle")
            grid.addWidget(name, row, 0)
            grid.addWidget(plain_label(meaning), row, 1)
        self._scroll = SheetScroll(keys)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self._scroll)
        self.hide()

    def _keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("F2", self.tr("到扫码框")),
            ("F3 / F4", self.tr("订单类型往左 / 往右")),
            ("F5", self.tr("刷新这位会员")),
            ("F6", self.tr("到优惠券，用上下键选择")),
            ("F7", self.tr("到礼品卡，用上下键选择")),
            ("F8", self.tr("到订单金额；再按到已优惠、件数")),
            ("F9", self.tr("检测扫码枪，按结果设置")),
            ("F10", self.tr("查询这位会员的微信会员卡（设置过才有）")),
            ("Ctrl+,", self.tr("设置：密钥、门店、扫码枪，检查连接")),
            ("/", self.tr("按几个字筛选券和卡")),
            ("Ctrl+C", self.tr("复制选中的核销码；没有选中时复制推荐的")),
            (self.tr("回车"), self.tr("在扫码框里：查询")),
            (self.tr("→ / 空格 / 回车"), self.tr("在券和卡上：为什么能用、不能用")),
            (self.tr("→ / ←"), self.tr("在写着 ×2 的一行上：逐张展开 / 收起")),
            ("PageUp / PageDown", self.tr("翻看打开的说明")),
            (self.tr("空格"), self.tr("在「按住显示」上按住：显示姓名和手机号")),
            ("Esc", self.tr("一次退一步；最后清屏，准备下一位")),
            ("F1", self.tr("打开或收起本帮助")),
        )

    def toggle(self) -> None:
        """Show the sheet at the lower right, or hide it."""
        if self.isVisible():
            self.hide()
            return
        area = self._window.rect()
        room = QSize(area.width() - 2 * _BESIDE, area.height() - _BESIDE - _BELOW)
        wanted = self.sizeHint()
        if wanted.height() > room.height():
            wanted += QSize(self._scroll.verticalScrollBar().sizeHint().width(), 0)
        self.resize(wanted.boundedTo(room))
        right, bottom = area.right() - self.width(), area.bottom() - self.height()
        self.move(right - _BESIDE, bottom - _BELOW)
        self.raise_()
        self.show()
