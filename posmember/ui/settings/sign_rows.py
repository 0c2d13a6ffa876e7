"""A supervisor's staff number and PIN, typed; the number may come from a badge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posmember.ui.settings.row import TextRow
from posmember.ui.wechat.change_sheet import staff_number


class SignRows(QWidget):
    """Two rows; the secret is cleared as soon as it is taken."""

    entered = Signal()
    """Both are there."""

    def __init__(self, who: str, pin: str) -> None:
        super().__init__()
        self.who, self.pin = TextRow(who), TextRow(pin, secret=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.who)
        layout.addWidget(self.pin)
        self.setFocusProxy(self.who)
        self.who.entered.connect(self.pin.setFocus)
        self.pin.entered.connect(self._enter)

    def take(self) -> tuple[str, str]:
        """Return the number and the PIN, of which nothing is left in its field."""
        who, pin = self.who.text().strip(), self.pin.text()
        self.pin.forget()
        return who, pin

    def is_blank(self) -> bool:
        """Return whether one of them is missing; goes to that one."""
        row = self.who if not self.who.text().strip() else self.pin
        is_blank = not row.text()
        if is_blank:
            row.setFocus()
        return is_blank

    def take_scan(self, text: str) -> str:
        """Take a badge where a number is wanted; returns a word where it is none, or ""."""
        if not self.who.editor.hasFocus():
            return self.tr("没有查询：请手工输入密码，不要扫码")
        number = staff_number(text)
        if not number:
            return self.tr("这不是工号，请扫工牌，或手工输入")
        self.who.put_text(number)
        self.pin.setFocus()
        return ""

    def forget(self) -> None:
        """Keep nothing."""
        self.who.forget()
        self.pin.forget()

    def _enter(self) -> None:
        if not self.is_blank():
            self.entered.emit()
