"""The connection check as a page: one button, and what came of each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posmember.errors import KeyringSilentError, PosMemberError
from posmember.lookup.check import Finding, Step
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.check_list import CheckList
from posmember.ui.settings.checking import BackgroundWork, check_connection
from posmember.ui.settings.last_check import LastCheck
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label

if TYPE_CHECKING:
    from posmember.api.qimai.signing import SignKeys
    from posmember.settings.config import Settings

Prepare = Callable[[], "tuple[Settings, Callable[[], str]]"]


class CheckPage(QWidget):
    """Runs the check with what `prepare` gives: settings, and what gives the key.

    Args:
        prepare: may raise PosMemberError, which is then said.
        last: gets what comes of it.
    """

    over = Signal()
    """The check is over, whatever came of it."""

    def __init__(self, prepare: Prepare, last: LastCheck) -> None:
        super().__init__()
        self._prepare, self._last = prepare, last
        self._work = BackgroundWork()
        self.list = CheckList()
        self._said = plain_label(wrap=True)
        self._said.setObjectName("failure")
        self._said.hide()
        self.again = wide_button(self.tr("检查连接"))
        self.again.clicked.connect(self.start)
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(self._said)
        layout.addWidget(self.list, 1)
        self.list.stop()

    @property
    def spelling(self) -> SignKeys | None:
        """The spelling of the signed keys that the platform takes; None while it is not known."""
        finding = self.list.found.get(Step.KEYS)
        return finding.spelling if finding is not None else None

    def start(self) -> None:
        """Check, in place of a check that is under way."""
        self.list.begin()
        self._last.begin()
        self._say("")
        self.again.setText(self.tr("正在检查…"))
        self._work.start(self._check(), self._fail)

    def stop(self) -> None:
        """Check no more."""
        self._work.cancel()
        self._end()

    def text(self) -> str:
        """Return what is said of the check as a whole."""
        return self._said.text()

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()

    async def _check(self) -> None:
        try:
            settings, ask_key = self._prepare()
            await check_connection(settings, ask_key, self._show, self._wait_for_keyring)
            self._say("")
        except PosMemberError as error:
            self._last.error = error
            self._say(error_text(error).text)
        self._end()
        self.over.emit()

    def _show(self, finding: Finding) -> None:
        self._last.take(finding)
        self.list.show_finding(finding)

    def _wait_for_keyring(self) -> None:
        self._say(error_text(KeyringSilentError("no answer yet")).text)

    def _fail(self, code: str) -> None:
        self._say(self.tr("检查时程序出错了。") + support_code_text(code))
        self._end()
        self.over.emit()

    def _end(self) -> None:
        self.list.stop()
        self.again.setText(self.tr("再检查一次"))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
