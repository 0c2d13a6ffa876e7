"""A supervisor lets somebody into the settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posmember.errors import PosMemberError
from posmember.trust.supervisors import Supervisors
from posmember.ui.messages import support_code_text
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.sign_rows import SignRows
from posmember.ui.threads import in_a_daemon
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.wechat.errors import card_error_text


class PinPage(QWidget):
    """Asks for a staff number and a PIN, and checks them.

    Args:
        supervisors: gives those of this machine.
    """

    passed = Signal()
    """A supervisor has shown the PIN."""

    def __init__(self, supervisors: Callable[[], Supervisors]) -> None:
        super().__init__()
        self._supervisors = supervisors
        self._work = BackgroundWork()
        self.sign = SignRows(self.tr("主管工号"), self.tr("主管密码"))
        self._said = plain_label(wrap=True)
        self._said.setObjectName("failure")
        self._go = wide_button(self.tr("打开设置"))
        self._go.clicked.connect(self._check)
        self.sign.entered.connect(self._check)
        row = QHBoxLayout()
        row.addWidget(self._go)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(plain_label(self.tr("改设置要主管同意。"), wrap=True))
        layout.addWidget(self._said)
        layout.addWidget(self.sign)
        layout.addLayout(row)
        layout.addStretch(1)
        self.setFocusProxy(self.sign)

    def take_scan(self, text: str) -> str:
        """Take a badge; returns a word where it is none, or ""."""
        return self.sign.take_scan(text)

    def text(self) -> str:
        """Return what is said to be wrong."""
        return self._said.text()

    def forget(self) -> None:
        """Keep nothing."""
        self._work.cancel()
        self._clear()

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()

    def _check(self) -> None:
        if self._work.running or self.sign.is_blank():
            return
        self._said.setText(self.tr("正在核对…"))
        self._work.start(self._ask(*self.sign.take()), self._fail)

    async def _ask(self, who: str, pin: str) -> None:
        supervisors = self._supervisors()
        try:
            await in_a_daemon(lambda: supervisors.check(who, pin))
        except PosMemberError as error:
            self._refuse(card_error_text(error))
            return
        self._clear()
        self.passed.emit()

    def _fail(self, code: str) -> None:
        self._refuse(self.tr("核对时程序出错了。") + support_code_text(code))

    def _refuse(self, words: str) -> None:
        self._said.setText(words)
        self.sign.pin.setFocus()

    def _clear(self) -> None:
        self.sign.forget()
        self._said.clear()
