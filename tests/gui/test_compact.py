"""The compact window does what the full one does, and the change between them loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.money import Money
from posmember.settings.window_place import WindowPlaces
from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.code_sheet import CodeSheet
from posmember.ui.panels.tabs import TabButton
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import View
from posmember.ui.widgets.fitting import COMPACT_WIDTH
from tests.gui import samples
from tests.gui.key_counts import FLOWS, Flow, Hand, counted
from tests.gui.test_geometry import settle

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    """A full window with a member on it."""
    install_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    made.resize(1366, 768)
    made.show()
    QTest.qWaitForWindowActive(made)
    made.render(samples.loaded_view())
    settle()
    yield made
    made.close()
    made.deleteLater()


def strike(window: MainWindow, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        held = modifier or Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window.windowHandle(), key, held)
        settle()


def change(window: MainWindow) -> None:
    strike(window, Key.Key_M, modifier=CONTROL)


def shown_texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(TabButton) if each.isVisible()]


def test_ctrl_m_makes_it_compact_and_full_again(window: MainWindow) -> None:
    change(window)
    assert window.width() == COMPACT_WIDTH
    assert window.page.width() == COMPACT_WIDTH
    strike(window, Key.Key_M, modifier=CONTROL | SHIFT)
    assert window.frameGeometry().left() == window.screen().availableGeometry().left()
    change(window)
    assert window.width() > COMPACT_WIDTH
    assert window.page.width() > COMPACT_WIDTH


def test_what_is_typed_selected_and_open_is_so_in_the_other_form(window: MainWindow) -> None:
    strike(window, Key.Key_F6, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    window.numbers.amount.setText("64.00")
    window.scan_field.setText("138")
    details = window._sheets.details
    assert details is not None
    said, place = details.said(), window._coupons.selected_place()
    for _form in range(2):
        change(window)
        assert details.isVisible()
        assert details.said() == said
        assert window._coupons.selected_place() == place
        assert window._coupons.isAncestorOf(window.focusWidget())
        assert window.scan_field.text() == "138"
        assert window.order().amount == Money(6400)


def test_the_list_that_has_the_keyboard_stays_in_front(window: MainWindow) -> None:
    strike(window, Key.Key_F7, Key.Key_Down)
    change(window)
    assert window._gift_cards.isVisible()
    assert not window._coupons.isVisible()
    assert window._gift_cards.isAncestorOf(window.focusWidget())
    assert "优惠券 10" in shown_texts(window._gift_cards)
    strike(window, Key.Key_F6)
    assert window._coupons.isVisible()
    assert "礼品卡 3" in shown_texts(window._coupons)
    change(window)
    window.resize(1366, 768)  # this platform's screen is not as wide
    settle()
    assert window._gift_cards.isVisible()
    assert window._coupons.isVisible()


def test_an_open_code_stays_open_and_is_large_enough(window: MainWindow) -> None:
    strike(window, Key.Key_F6)
    assert window.codes is not None
    window.codes.late_enter.end()
    strike(window, Key.Key_Return)
    (sheet,) = window.findChildren(CodeSheet)
    code = sheet.code()
    assert code
    window.fitting.change_form()
    settle()
    assert sheet.isVisible()
    assert sheet.code() == code
    assert sheet._square.width() >= 240
    assert window.rect().contains(sheet.geometry())
    window.fitting.change_form()
    settle()
    assert sheet.isVisible()
    assert sheet.width() >= 640


def test_a_scan_in_the_middle_of_the_change_is_one_scan(window: MainWindow) -> None:
    found: list[str] = []
    scans = ScanFilter(parent=window)
    scans.scanned.connect(lambda code, _place: found.append(code))
    handle = window.windowHandle()
    for _form in range(2):
        tour.send_burst(handle, "qm000")
        window.fitting.change_form()
        tour.send_burst(handle, "0001\r")
        settle()
    scans.stop()
    assert found == ["qm0000001"] * 2


def test_discount_and_count_come_when_the_order_is_typed(window: MainWindow) -> None:
    change(window)
    discount, count = window.numbers.discount, window.numbers.count
    assert not discount.isVisible()
    strike(window, Key.Key_F8)
    assert window.numbers.amount.hasFocus()
    assert discount.isVisible()
    strike(window, Key.Key_F8, Key.Key_F8)
    assert count.hasFocus()
    strike(window, Key.Key_3, Key.Key_Return)
    assert window.scan_field.hasFocus()
    assert count.isVisible(), "what counts is seen"
    strike(window, Key.Key_Escape)
    assert not count.isVisible()
    window.numbers.enter_place(2)
    assert count.hasFocus(), "a row's button leads there, too"


def test_the_amount_is_named_where_its_word_has_no_room(window: MainWindow) -> None:
    amount = window.numbers.amount
    usual = amount.placeholderText()
    change(window)
    assert amount.placeholderText() == "订单金额"
    change(window)
    assert amount.placeholderText() == usual


def test_details_lie_above_the_list_and_leave_their_row_in_sight(window: MainWindow) -> None:
    change(window)
    strike(window, Key.Key_F6, *[Key.Key_Down] * 9, Key.Key_Right)
    details, rows = window._sheets.details, window._coupons.row_list
    assert details is not None
    assert rows is not None
    assert details.isVisible()
    sheet = details.rect().translated(details.mapTo(window, QPoint(0, 0)))
    row = rows.visualRect(rows.currentIndex())
    seen = rows.viewport().mapTo(window, row.topLeft())
    assert sheet.bottom() <= seen.y()
    assert details.width() >= 400


def test_tab_goes_through_it_in_reading_order(window: MainWindow) -> None:
    change(window)
    window.scan_field.setFocus()
    found = []
    for _step in range(4):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        found.append(window.focusWidget())
    assert found[0] is window._orders._kinds
    assert found[1] is _button(window, "完整")
    assert window._orders._types.isAncestorOf(found[2])


def test_a_finger_goes_there_and_back(qtbot: QtBot, window: MainWindow) -> None:
    keys = window._status._keys
    assert keys.isVisible()
    QTest.mouseClick(window._status, Qt.MouseButton.LeftButton, pos=keys.geometry().center())
    assert window._sheets.help is not None
    assert window._sheets.help.isVisible()
    there = _button(window, "紧凑窗口")
    assert min(there.width(), there.height()) >= 44
    QTest.mouseClick(there, Qt.MouseButton.LeftButton)
    settle()
    assert window.width() == COMPACT_WIDTH
    back = _button(window, "完整")
    assert min(back.width(), back.height()) >= 44
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    settle()
    assert window.width() > COMPACT_WIDTH
    assert not back.isVisible()


def _button(window: MainWindow, text: str) -> QPushButton:
    (found,) = (
        each
        for each in window.findChildren(QPushButton)
        if each.text() == text and each.isVisible()
    )
    return found


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_it_takes_as_many_keys_as_in_the_full_window(qapp: QApplication, flow: Flow) -> None:
    install_theme(qapp)

    def begin(hand: Hand) -> None:
        hand.window.fitting.change_form()
        settle()
        assert hand.window.width() == COMPACT_WIDTH
        flow.begin(hand)

    assert counted(replace(flow, begin=begin)) == (flow.keys, True)


@pytest.mark.parametrize(
    "view", [samples.loaded_view, samples.failed_view, lambda: View(now=samples.NOW)]
)
def test_it_is_compact_from_its_first_paint_on(
    qapp: QApplication, view: Callable[[], View]
) -> None:
    """Nothing is made for the first paint that comes later anyway."""
    install_theme(qapp)
    window = MainWindow(store_name="人民广场店")
    window.show_fitting(WindowPlaces(is_compact=True))
    settle()
    assert window.width() == window.page.width() == COMPACT_WIDTH
    assert window._orders.height() > 80
    window.prepare()
    window.render(view())
    settle()
    assert window.page.width() == COMPACT_WIDTH
    assert window._body.say.height() == 84
    window.close()
    window.deleteLater()
