"""The sheet of a change: a part of the window, over the coupons, and every part has a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.domain.wechat.change import CardField
from posmember.ui.panels.asset_panel import CouponsPanel
from posmember.ui.widgets.chinese_field import ChineseField
from tests.gui.wechat.driving import (
    Counter,
    Key,
    button,
    focused,
    one,
    place_of,
    played_with_a_card,
    tab_to,
    until,
)


class TopLevels(QObject):
    """Notes which windows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWindow)
        if is_window and event.type() == QEvent.Type.Show:
            self.shown.append(watched.objectName())
        return False


def test_opening_it_shows_no_other_window(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        windows = TopLevels()
        qapp.installEventFilter(windows)
        tab_to(at, at.block._card.change)
        at.press(Key.Key_Space)
        await at.painted()
        qapp.removeEventFilter(windows)
        assert windows.shown == []
        assert at.window.isActiveWindow()
        assert focused() is at.sheet._form.first()

    played_with_a_card(qapp, tmp_path, work)


# --- how it lies, and what it is called --------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (1024, 720)])
def test_it_lies_over_the_coupons_and_nothing_else(
    qapp: QApplication, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def work(at: Counter) -> None:
        await at.reviewed()
        at.window.resize(*size)
        coupons = one(at.window, CouponsPanel)
        await until(
            lambda: at.sheet.geometry() == place_of(coupons, at.window), "the sheet's place"
        )

    played_with_a_card(qapp, tmp_path, work)


def test_every_part_has_a_name(qapp: QApplication, tmp_path: Path) -> None:
    async def work(at: Counter) -> None:
        at.window.wechat.change_asked.emit()
        assert at.sheet.accessibleName() == "主管修改微信会员卡"
        for field in at.sheet.findChildren(QLineEdit):
            if field.isVisible():
                assert field.accessibleName()
        fields = at.sheet._form._fields
        chinese = {name for name, field in fields.items() if isinstance(field, ChineseField)}
        assert chinese == {CardField.LEVEL, CardField.ATTACH}
        assert button(at.block, "F10").accessibleName() == "查询微信会员卡"

    played_with_a_card(qapp, tmp_path, work)
