"""What can be done with a row: a menu at it, for the Menu key and for a screen reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from posmember.domain.context import OrderType
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import View
from posmember.ui.widgets.rows.list_view import RowList
from tests.gui import samples
from tests.gui.bad_views import grouped_view
from tests.gui.showing import full_window

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform, of a menu
Key = Qt.Key
Description = QAccessible.Text.Description
Name = QAccessible.Text.Name


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = full_window(qapp, qtbot)
    made.render(samples.loaded_view())
    return made


def coupons(window: MainWindow) -> RowList:
    assert window._coupons.row_list is not None
    return window._coupons.row_list


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def go_to(window: MainWindow, row: int) -> None:
    press(window, Key.Key_F6, *[Key.Key_Down] * row)


def opened(window: MainWindow) -> QMenu:
    """Open the menu by its key; returns it."""
    rows = coupons(window)
    at = QPoint(3, 3)  # wherever the system says: it is to open at the row
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, rows.mapToGlobal(at))
    QApplication.sendEvent(rows, event)
    (menu,) = (each for each in rows.findChildren(QMenu) if each.isVisible())
    return menu


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible()]


def choose(menu: QMenu, text: str) -> None:
    (action,) = (each for each in menu.actions() if each.text() == text)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Key.Key_Return)


def test_it_opens_at_the_row_that_is_selected(window: MainWindow) -> None:
    go_to(window, 2)
    menu = opened(window)
    row = coupons(window).visualRect(coupons(window).currentIndex())
    top = coupons(window).viewport().mapToGlobal(row.topLeft()).y()
    assert top <= menu.y() <= top + row.height()
    assert menu.activeAction() is not None, "Enter has something to do"
    menu.close()


def test_shift_f10_opens_it_where_the_system_makes_nothing_of_it(window: MainWindow) -> None:
    go_to(window, 1)
    QTest.keyClick(coupons(window), Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = (each for each in coupons(window).findChildren(QMenu) if each.isVisible())
    QTest.keyClick(menu, Key.Key_Escape)
    assert not menu.isVisible()
    assert window._view is not None
    assert window._view.run, "Esc closed the menu alone"


def test_copying_and_why_are_in_it(window: MainWindow) -> None:
    go_to(window, 1)
    choose(opened(window), "复制")
    assert QGuiApplication.clipboard().text() == "880000000002"
    choose(opened(window), "为什么")
    details = window._sheets.details
    assert details is not None
    assert details.isVisible()


def test_the_change_that_helps_is_in_it(window: MainWindow) -> None:
    rows = coupons(window)
    wanted = next(
        row for row in range(rows.model().rowCount())
        if "切换为外卖" in str(rows.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    )  # fmt: skip
    go_to(window, 0)
    assert "切换为外卖" not in words(opened(window))
    press(window, Key.Key_Escape)
    go_to(window, wanted)
    menu = opened(window)
    assert "切换为外卖" in words(menu), "and no arrow, which is read aloud"
    choose(menu, "切换为外卖")
    assert window.order().order_type is OrderType.DELIVERY


def test_every_line_of_it_has_a_name(window: MainWindow) -> None:
    go_to(window, 0)
    menu = opened(window)
    found = QAccessible.queryAccessibleInterface(menu)
    assert found.role() is QAccessible.Role.PopupMenu
    names = [found.child(number).text(Name) for number in range(found.childCount())]
    assert [name for name in names if name] == words(menu)
    assert found.text(Name) == "优惠券"
    menu.close()


def test_without_a_row_nothing_opens_and_nothing_can_be_done(window: MainWindow) -> None:
    rows = coupons(window)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(rows, event)
    assert [each for each in rows.findChildren(QMenu) if each.isVisible()] == []
    assert not any(action.isEnabled() for action in rows.actions())


def test_a_screen_reader_is_told_of_it_and_opens_it_at_the_row(window: MainWindow) -> None:
    go_to(window, 3)
    actions = QAccessible.queryAccessibleInterface(coupons(window)).actionInterface()
    assert "ShowMenu" in actions.actionNames()
    actions.doAction("ShowMenu")
    (menu,) = (each for each in coupons(window).findChildren(QMenu) if each.isVisible())
    choose(menu, "复制")
    assert QGuiApplication.clipboard().text() == "880000000004"


def test_the_next_member_closes_it_and_takes_what_it_was_about(window: MainWindow) -> None:
    go_to(window, 1)
    menu = opened(window)
    window.render(View(now=samples.NOW))
    assert not menu.isVisible()
    assert not any(action.isEnabled() for action in coupons(window).actions())


def without_codes() -> View:
    view = samples.loaded_view()
    coupons = tuple(
        replace(each, coupon=replace(each.coupon, redemption_code=""))
        for each in view.assessment.coupons
    )
    return replace(view, assessment=replace(view.assessment, coupons=coupons))


def test_the_next_member_closes_that_of_a_row_without_a_code(window: MainWindow) -> None:
    window.render(without_codes())
    go_to(window, 0)
    menu = opened(window)
    window.render(replace(samples.loading_view(), run=2))
    assert not menu.isVisible()


def test_of_a_row_without_a_code_no_code_can_be_copied_or_shown(window: MainWindow) -> None:
    window.render(without_codes())
    go_to(window, 0)
    menu = opened(window)
    can = {each.text(): each.isEnabled() for each in menu.actions() if each.isVisible()}
    assert can == {"出码": False, "复制": False, "为什么": True}
    menu.close()
    window.render(replace(samples.loaded_view(), run=2))
    go_to(window, 0)
    menu = opened(window)
    assert all(each.isEnabled() for each in menu.actions() if each.isVisible())
    menu.close()


def test_verdicts_made_anew_leave_it_open(window: MainWindow) -> None:
    go_to(window, 1)
    menu = opened(window)
    window.render(replace(samples.loaded_view(), refreshing=True))
    assert menu.isVisible()
    menu.close()


def test_a_scan_goes_on_below_it(window: MainWindow, qtbot: QtBot) -> None:
    scans: list[str] = []
    keys = ScanFilter(parent=window)
    keys.scanned.connect(lambda text, _place: scans.append(text))
    QGuiApplication.clipboard().clear()
    go_to(window, 1)
    menu = opened(window)
    tour.send_burst(menu.windowHandle(), "qm0000002\r")
    qtbot.waitUntil(lambda: scans == ["qm0000002"])
    assert QGuiApplication.clipboard().text() != "880000000002"
    keys.stop()
    menu.close()


def test_the_late_enter_of_a_scan_of_the_same_member_does_nothing_in_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    keys = ScanFilter(parent=window)
    keys.scanned.connect(window.take_secret_scan)
    keys.burst_began.connect(window.begin_burst)
    go_to(window, 1)
    menu = opened(window)
    tour.send_burst(menu.windowHandle(), "qm0000001\r")
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert window.codes is not None
    assert window.codes.late_enter.may_come()
    press(window, Key.Key_Return)
    assert window.codes.code() == ""
    keys.stop()


def test_a_row_tells_its_place_its_code_digit_by_digit_and_its_keys(window: MainWindow) -> None:
    found = QAccessible.queryAccessibleInterface(coupons(window))
    count = coupons(window).model().rowCount()
    first, last = found.child(0), found.child(count - 1)
    assert first.text(Name).startswith("满30减10；\u00a510；现金券；可用；")
    assert "核销码 8 8 0 0 0 0 0 0 0 0 0 1；" in first.text(Name)
    assert first.text(Name).endswith(f"第 1 条，共 {count} 条")
    assert last.text(Name).endswith(f"第 {count} 条，共 {count} 条")
    assert first.text(Description) == "→ 为什么；Ctrl+C 复制；菜单键 列出能做的"


def test_a_group_tells_that_it_opens(window: MainWindow) -> None:
    window.render(grouped_view())
    found = QAccessible.queryAccessibleInterface(coupons(window))
    told = [found.child(n).text(Description) for n in range(found.childCount())]
    assert any(text.startswith("→ 逐张展开；") for text in told)
