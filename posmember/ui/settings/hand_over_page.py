"""The settings of typing into the till; its window is found by having it in front for a moment."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from posmember.settings import declared
from posmember.settings.policy import Policy
from posmember.settings.setting import Page
from posmember.ui.settings.form_page import FormPage
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label

_SETTINGS = tuple(each for each in declared.SETTINGS if each.page is Page.HAND_OVER)


class HandOverPage(FormPage):
    """Which window codes are typed into, and a way to find it out."""

    window_asked = Signal()
    """The window that is in front in a moment is the till's."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(_SETTINGS, policy)
        self.told = plain_label(
            self.tr("按下面的键，3 秒内切到收银系统的窗口，程序和标题就会填好。"), wrap=True
        )
        self.finds = wide_button(self.tr("找收银窗口"))
        self.finds.clicked.connect(self._ask)
        policies = (declared.HAND_OVER_PROGRAM, declared.HAND_OVER_TITLE)
        self.finds.setEnabled(not any(policy.sets(each) for each in policies))
        row = QHBoxLayout()
        row.addWidget(self.finds)
        row.addStretch(1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.told)
        layout.insertLayout(1, row)

    def propose(self, program: str, title: str) -> None:
        """Put in what was found; "" for both says that nothing was."""
        self.finds.setEnabled(True)
        if not program or not title:
            self.told.setText(self.tr("没找到别的程序的窗口，请再试一次，或照着填。"))
            return
        self.put({declared.HAND_OVER_PROGRAM.path: program, declared.HAND_OVER_TITLE.path: title})
        self.told.setText(self.tr("填好了。标题里会变的部分（如单号、时间）请改成 *，再保存。"))

    def _ask(self) -> None:
        self.finds.setEnabled(False)
        self.told.setText(self.tr("请在 3 秒内切到收银系统的窗口…"))
        self.window_asked.emit()
