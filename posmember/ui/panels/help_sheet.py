"""The keys, on one sheet above the panels; F1 shows and hides it. A scan goes on below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.sheet_scroll import SheetScroll

_BUTTON_HEIGHT = 44
_BESIDE, _BELOW = 12, 44
"""What of the window it leaves free, for the status bar to be seen."""


class HelpSheet(QFrame):
    """Lists every key of the window. Not modal: it takes no keys and covers no field.

    Args:
        training_word: what it offers of training mode; "" is nothing.
    """

    training_asked = Signal()
    """What it offers is wanted."""
    support_asked = Signal()
    """What support is told is to be shown."""

    def __init__(self, window: QWidget, training_word: str = "") -> None:
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
        self._scroll.setAccessibleName(self.tr("按键"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self._scroll)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        layout.addLayout(buttons)
        self._offer(buttons, self.tr("技术支持 Shift+F1"), self.support_asked)
        if training_word:
            self._offer(buttons, training_word, self.training_asked)
        self.hide()

    def _offer(self, buttons: QHBoxLayout, words: str, asked: SignalInstance) -> None:
        button = QPushButton(words)
        button.setMinimumHeight(_BUTTON_HEIGHT)
        button.clicked.connect(self.hide)
        button.clicked.connect(asked)
        buttons.addWidget(button)

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
            ("F11", self.tr("用账号密码识别会员；再按一次换成实体卡")),
            ("Ctrl+,", self.tr("设置：密钥、门店、扫码枪，检查连接")),
            ("Shift+F1", self.tr("技术支持：看这台电脑的情况，存成一个文件")),
            ("/", self.tr("按几个字筛选券和卡")),
            ("Ctrl+C", self.tr("复制选中的核销码；没有选中时复制推荐的")),
            (self.tr("回车"), self.tr("在扫码框里：查询；查到后：放大核销码，给收银系统扫")),
            (self.tr("→ / 空格"), self.tr("在券和卡上：为什么能用、不能用")),
            (self.tr("菜单键 / Shift+F10"), self.tr("在券和卡上：列出能做的")),
            (self.tr("→ / ←"), self.tr("在写着 ×2 的一行上：逐张展开 / 收起")),
            ("PageUp / PageDown", self.tr("翻看打开的说明")),
            (self.tr("空格"), self.tr("在「按住显示」上按住：显示姓名和手机号")),
            ("Esc", self.tr("一次退一步；最后清屏，准备下一位")),
            (self.tr("不操作"), self.tr("到时间自动清屏，最下面一行有倒计时；锁屏时马上清")),
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
