"""What a support bundle holds, shown part by part before it is saved."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from posmember.domain.values import CHINA
from posmember.errors import KeyringSilentError, PosMemberError
from posmember.lookup.support import CHECK, LOG, SETTINGS_FILE, VERSIONS, Entries, save_support
from posmember.ui.messages import error_text, support_code_text
from posmember.ui.settings.checking import BackgroundWork
from posmember.ui.settings.examining import examine
from posmember.ui.settings.pages import PageMaker, Pages
from posmember.ui.settings.place import FULL, NOT_ALLOWED
from posmember.ui.setup.saving import ask_where
from posmember.ui.setup.text_page import TextPage
from posmember.ui.threads import in_a_daemon
from posmember.ui.widgets.in_window import InWindow, wide_button
from posmember.ui.widgets.labels import plain_label
from posmember.ui.wording.plain import breakable, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from posmember.ui.setup.support_source import SupportSource

translate = QCoreApplication.translate


class SupportScreen(InWindow):
    """Needs no configuration, no network and no key; nothing of anybody is in what it shows.

    Args:
        source: what is shown comes from there, each time that it is opened.
    """

    left = Signal()
    """It is closed."""

    def __init__(self, window: QMainWindow, source: SupportSource) -> None:
        super().__init__(window, "")
        self.title.setText(self.tr("技术支持"))
        self.setAccessibleName(self.title.text())
        self._source = source
        self._work = BackgroundWork()
        self.entries: Entries = {}
        """What is shown, and saved; nothing while it is gathered."""
        self._taken: Path | None = None
        words = self.tr(
            "下面是要保存的全部内容，没有顾客资料，也没有密钥。保存成一个文件，发给技术支持。"
        )
        self.body.addWidget(plain_label(words, wrap=True))
        self.pages = Pages(self._makers())
        self.body.addWidget(self.pages, 1)
        self.save, self.check = wide_button(self.tr("保存…")), wide_button(self.tr("检查连接"))
        self.replace = wide_button(self.tr("替换这个文件"))
        self.leave = wide_button(self.tr("关闭 Esc"))
        for button, slot in (
            (self.leave, self.close_screen),
            (self.replace, self._replace),
            (self.check, self._check),
            (self.save, self._save),
        ):
            button.clicked.connect(lambda _on=False, slot=slot: slot())
        self.add_buttons(self.save, self.replace, self.check, self.leave)
        self.check.setVisible(source.may_check)
        self.replace.hide()

    def open_screen(self) -> None:
        """Gather what there is now, and show it."""
        self.open_page()
        self.pages.turn_to(self.pages.shown or VERSIONS)
        self.pages.enter_titles()
        self._start(self._gather())

    def close_screen(self) -> None:
        """Close it, whatever is under way; nothing is kept."""
        if not self.is_open():
            return
        self._work.cancel()
        self._show({})
        self._ask_to_replace(None)
        self.close_page()
        self.left.emit()

    def take_scan(self, _text: str) -> str:
        """Take no scan."""
        return self.tr("没有查询：先关闭技术支持，再扫会员码")

    async def aclose(self) -> None:
        """End what is under way."""
        await self._work.aclose()

    # --- what it does ----------------------------------------------------------------------------

    async def _gather(self) -> None:
        self._show({})
        self.say(self.tr("正在收集…"))
        self._show(await in_a_daemon(self._source.gather))
        self.say("")

    def _check(self) -> None:
        if not self._work.running:
            self._ask_to_replace(None)
            self._start(self._checked())

    async def _checked(self) -> None:
        last = self._source.last
        last.begin()
        self.say(self.tr("正在检查连接…"))
        try:
            examined = await in_a_daemon(self._source.to_check)
            await examine(examined, last, tell_of_silence=self._wait_for_keyring)
        except PosMemberError as error:
            last.error = error
        await self._gather()
        self.pages.turn_to(CHECK)
        if last.error is not None:
            self.say(error_text(last.error).text, wrong=True)

    def _save(self) -> None:
        if self.entries and not self._work.running:
            self._ask_to_replace(None)
            self._start(self._saved())

    async def _saved(self) -> None:
        name = f"posmember-support-{datetime.now(CHINA):%Y%m%d-%H%M%S}.zip"
        self.say(self.tr("请选保存的位置"))
        path = await ask_where(self.window(), self.tr("保存技术支持资料"), name)
        self.save.setFocus()
        if path is None:
            self.say(self.tr("没有保存"))
        elif await in_a_daemon(path.exists):
            self._ask_to_replace(path)
        else:
            await self._write(path)

    def _replace(self) -> None:
        path = self._taken
        self._ask_to_replace(None)
        if path is not None and not self._work.running:
            self._start(self._write(path))

    async def _write(self, path: Path) -> None:
        entries = self.entries
        self.say(self.tr("正在保存…"))
        try:
            await in_a_daemon(lambda: save_support(entries, path))
        except OSError as error:
            self.say(not_saved_text(error), wrong=True)
        else:
            self.say(breakable(self.tr("已保存：{path}").format(path=one_line(str(path)))))

    def _ask_to_replace(self, path: Path | None) -> None:
        """Ask whether a file that is there may be replaced; None asks no more."""
        self._taken = path
        if path is None and self.replace.hasFocus():
            self.save.setFocus()
        self.replace.setVisible(path is not None)
        if path is not None:
            words = self.tr("已经有 {name}，没有保存。要替换它吗？").format(
                name=one_line(path.name)
            )
            self.say(breakable(words), wrong=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._work.start(work, self._fail)

    def _wait_for_keyring(self) -> None:
        self.say(error_text(KeyringSilentError("no answer yet")).text)

    def _fail(self, code: str) -> None:
        self.say(self.tr("程序出错了。") + support_code_text(code), wrong=True)

    # --- what it shows ---------------------------------------------------------------------------

    def _show(self, entries: Entries) -> None:
        self.entries = entries
        for name, page in self.pages.made():
            if isinstance(page, TextPage):
                page.show_text(entries.get(name, ""))

    def _makers(self) -> list[PageMaker]:
        titles = {
            VERSIONS: self.tr("版本"),
            SETTINGS_FILE: self.tr("设置"),
            CHECK: self.tr("检查结果"),
            LOG: self.tr("日志"),
        }
        return [
            PageMaker(name, title, partial(self._make_page, name, title))
            for name, title in titles.items()
        ]

    def _make_page(self, name: str, title: str) -> QWidget:
        page = TextPage(title, from_end=name == LOG)
        page.show_text(self.entries.get(name, ""))
        return page


def not_saved_text(error: OSError) -> str:
    """Say why the bundle was not saved, and what to do."""
    if error.errno in FULL:
        return translate("SupportScreen", "没有保存：磁盘满了，请清理，或换个位置保存")
    if error.errno in NOT_ALLOWED:
        return translate("SupportScreen", "没有保存：这个位置不让写，请换个位置保存")
    why = one_line(error.strerror or type(error).__name__)
    return translate("SupportScreen", "没有保存，请换个位置保存：{why}").format(why=why)
