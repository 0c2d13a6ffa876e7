"""Who is a supervisor on this machine: listed, added, given another PIN, removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from posmember.errors import ConfigError
from posmember.trust.supervisors import MAX_PIN, MIN_PIN, Approval, Supervisors
from posmember.ui.settings.scanned import not_looked_up_text
from posmember.ui.settings.sign_rows import SignRows
from posmember.ui.settings.work_page import WorkPage
from posmember.ui.threads import in_a_daemon
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label


class SupervisorsPage(WorkPage):
    """The list, one supervisor to be changed, and one who allows it.

    Args:
        supervisors: gives those of this machine.
    """

    def __init__(self, supervisors: Callable[[], Supervisors]) -> None:
        super().__init__()
        self._supervisors = supervisors
        self.names = plain_label(wrap=True)
        self.who = SignRows(self.tr("工号"), self.tr("新密码"))
        self.who.pin.explain(
            self.tr("{least} 到 {most} 位字母、数字或符号").format(least=MIN_PIN, most=MAX_PIN)
        )
        self.by = SignRows(self.tr("同意的主管工号"), self.tr("同意的主管密码"))
        self.by.who.explain(self.tr("第一位主管不用填"))
        self.who.entered.connect(self.by.setFocus)
        self.by.entered.connect(self._set)
        self.add = wide_button(self.tr("添加，或换密码"))
        self.add.clicked.connect(self._set)
        self.remove = wide_button(self.tr("删除"))
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        self.setFocusProxy(self.who)

    def open_page(self) -> None:
        """Read who there is."""
        self.start(self._list)

    def take_scan(self, text: str) -> str:
        """Take a badge where a number is wanted; returns a word where it is none, or ""."""
        for rows in (self.who, self.by):
            if rows.who.editor.hasFocus() or rows.pin.editor.hasFocus():
                return rows.take_scan(text)
        return not_looked_up_text()

    def forget(self) -> None:
        """Keep no secret, and nobody's number."""
        self.who.forget()
        self.by.forget()
        self.say("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        for part in (self.names, self.result, self.who, self.by):
            layout.addWidget(part)
        layout.addLayout(row)
        layout.addStretch(1)

    async def _list(self) -> None:
        supervisors = self._supervisors()
        self.names.setText(self.tr("正在读取…"))
        names = await in_a_daemon(supervisors.names)
        if names:
            self.names.setText(self.tr("现在的主管：{names}").format(names="、".join(names)))
        else:
            self.names.setText(self.tr("还没有主管"))

    def _set(self) -> None:
        if self.work.running or self.who.is_blank():
            return
        supervisors, by = self._supervisors(), self._approval()
        who, pin = self.who.take()
        saved = self.tr("已保存")
        self.start(lambda: self._change(lambda: supervisors.set_pin(who, pin, by), saved))

    def _remove(self) -> None:
        who = self.who.who.text().strip()
        if self.work.running:
            return
        if not who:
            self.who.who.setFocus()
            return
        supervisors, by = self._supervisors(), self._approval()

        def remove() -> None:
            if not supervisors.remove(who, by):
                raise ConfigError("no such supervisor")

        removed, nobody = self.tr("已删除"), self.tr("没有这位主管")
        self.start(lambda: self._change(remove, removed, nobody))

    async def _change(self, work: Callable[[], None], done: str, wrong: str = "") -> None:
        self.say(self.tr("正在保存…"))
        try:
            await in_a_daemon(work)
        except ConfigError:
            self.say(wrong or self.tr("工号或密码的写法不对，请看下面的说明"), wrong=True)
            return
        self.who.forget()
        await self._list()
        self.say(done)

    def _approval(self) -> Approval | None:
        who, pin = self.by.take()
        return Approval(who, pin) if who else None
