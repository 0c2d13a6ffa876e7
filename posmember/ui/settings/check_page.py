"""The connection check as a page: one button, and what came of each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from posmember.errors import KeyringSilentError, PosMemberError
from posmember.lookup.check import Finding, Step
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.check_list import CheckList
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.examining import Examined, examine
from posmember.ui.settings.last_check import LastCheck
from posmember.ui.widgets.in_window import BUTTON_HEIGHT, wide_button
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.checks import report_text
from posmember.ui.wording.plain import breakable

if TYPE_CHECKING:
    from posmember.api.qimai.signing import SignKeys

Prepare = Callable[[], Examined]


class CheckPage(QWidget):
    """Runs the check with what `prepare` gives. What IT alone reads of it is folded.

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
        self.fold, self.report = QPushButton(), plain_label(wrap=True)
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
        layout.addWidget(self.list)
        layout.addWidget(self.fold)
        layout.addWidget(self.report)
        layout.addStretch(1)
        self._make_fold()
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
        self._show_report()
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
            await examine(self._prepare(), self._last, self._show, self._wait_for_keyring)
            self._say("")
        except PosMemberError as error:
            self._last.error = error
            self._say(error_text(error).text)
        self._end()
        self.over.emit()

    def _show(self, finding: Finding) -> None:
        self.list.show_finding(finding)
        self._show_report()

    def _make_fold(self) -> None:
        self.fold.setObjectName("tab")
        self.fold.setCheckable(True)
        self.fold.setFixedHeight(BUTTON_HEIGHT)
        self.fold.setAccessibleName(self.tr("详细情况"))
        self.fold.toggled.connect(self._show_report)
        self._show_report()

    def _show_report(self, *_on: bool) -> None:
        """Show what `posmember doctor` tells of it, as far as that is known."""
        is_open, lines = self.fold.isChecked(), self._last.lines
        self.fold.setText(self.tr("▾ 详细情况") if is_open else self.tr("▸ 详细情况"))
        self.fold.setVisible(bool(lines))
        self.report.setText(breakable(report_text(lines)))
        self.report.setVisible(bool(lines) and is_open)

    def _wait_for_keyring(self) -> None:
        self._say(error_text(KeyringSilentError("no answer yet")).text)

    def _fail(self, code: str) -> None:
        self._say(self.tr("检查时程序出错了。") + support_code_text(code))
        self._end()
        self.over.emit()

    def _end(self) -> None:
        self.list.stop()
        self._show_report()
        self.again.setText(self.tr("再检查一次"))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
