"""Set up by head office's printed page: its codes in any order, then the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from posmember.errors import PosMemberError
from posmember.settings.pages import PageCollector, Taken, read_pages
from posmember.settings.passphrase import plain_passphrase
from posmember.settings.provision_errors import ProvisionError
from posmember.settings.provisioning import Provision
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.row import TextRow
from posmember.ui.theme import restyle
from posmember.ui.threads import in_a_daemon
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label, scaled_font
from posmember.ui.widgets.tick_box import TickBox
from posmember.ui.wording.provisions import provision_error_text, taken_text


def _now() -> datetime:
    return datetime.now(UTC)


class PaperPage(QWidget):
    """Tells which codes are missing; asks for the passphrase when none is.

    Args:
        now: this computer's time, aware.
    """

    opened = Signal(object)
    """The `Provision` that the page held."""

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._now = now
        self._collector = PageCollector()
        self._work = BackgroundWork()
        self.progress, self._said = plain_label(wrap=True), plain_label(wrap=True)
        self.progress.setFont(scaled_font(self.font(), 1.15, bold=True))
        self.passphrase = TextRow(
            self.tr("口令"), self.tr("总部另外告诉您的，不在纸上；不分大小写"), secret=True
        )
        self.passphrase.field.setMaxLength(400)
        self.passphrase.entered.connect(self._open)
        self._show = TickBox(self.tr("显示口令"))
        self._show.toggled.connect(self._reveal)
        self.go, self.anew = wide_button(self.tr("打开")), wide_button(self.tr("重新开始"))
        self.go.clicked.connect(self._open)
        self.anew.clicked.connect(self.start_anew)
        self._lay_out()
        self._tell()

    def take_scan(self, text: str) -> str:
        """Take a code of the page; returns a word where it is none, or not taken, or ""."""
        taken = self._collector.take(text, self._now())
        self._tell()
        if taken is Taken.NEW and self._collector.is_whole:
            self.passphrase.setFocus()
        return taken_text(taken)

    def start_anew(self) -> None:
        """Forget what was scanned: another page comes."""
        self._work.cancel()
        self._collector.reset()
        self.forget()
        self._tell()
        self.setFocus()

    def forget(self) -> None:
        """Keep no passphrase; what was scanned stays, as it is sealed."""
        self.passphrase.forget()
        self._show.setChecked(False)
        self._say("")

    def text(self) -> str:
        """Return what is said to be wrong."""
        return self._said.text()

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()

    # --- how far it is ---------------------------------------------------------------------------

    def _tell(self) -> None:
        collector = self._collector
        if not collector.count:
            words = self.tr("请用扫码枪扫纸上的每一个码，先扫哪个都行。")
        elif collector.missing:
            text = self.tr("扫到 {found} 个，共 {count} 个；还差第 {missing} 个")
            words = text.format(
                found=len(collector.places),
                count=collector.count,
                missing="、".join(map(str, collector.missing)),
            )
        else:
            words = self.tr("{count} 个码都扫到了，请输入口令。").format(count=collector.count)
        self.progress.setText(words)
        for part in (self.passphrase, self._show, self.go):
            part.setEnabled(collector.is_whole)
        self.anew.setEnabled(bool(collector.count))

    def _open(self) -> None:
        phrase = plain_passphrase(self.passphrase.text())
        if self._work.running or not phrase or not self._collector.is_whole:
            return
        self._say(self.tr("正在打开…"), wrong=False)
        self._work.start(self._opened(phrase), self._fail)

    async def _opened(self, phrase: str) -> None:
        now = self._now()
        try:
            whole = self._collector.whole()
            provision: Provision = await in_a_daemon(lambda: read_pages(whole, phrase, now))
        except ProvisionError as error:
            self._say(provision_error_text(error))
            self.passphrase.setFocus()
            self.passphrase.field.selectAll()
        except PosMemberError as error:
            self._say(error_text(error).text)
        else:
            self._collector.reset()
            self.forget()
            self._tell()
            self.opened.emit(provision)

    def _fail(self, code: str) -> None:
        self._say(self.tr("程序出错了。") + support_code_text(code))

    def _reveal(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.passphrase.field.setEchoMode(mode)

    def _say(self, words: str, *, wrong: bool = True) -> None:
        self._said.setObjectName("failure" if wrong else "helps")
        restyle(self._said)
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.go)
        row.addWidget(self.anew)
        row.addWidget(self._show)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(16)
        for part in (self.progress, self._said, self.passphrase):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addStretch(1)
        self._said.hide()
