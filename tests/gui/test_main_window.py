"""The window as a cashier uses it: keys, order, privacy, and what a view shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from posmember.domain.context import Order, OrderType
from posmember.domain.identifier import IdentifierKind
from posmember.domain.money import Money
from posmember.lookup.sections import Section
from posmember.ui import messages
from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import Hint, Severity, View
from posmember.ui.widgets.fields import CountField, MoneyField
from tests.gui import samples
from tests.gui.samples import FULL_NAME, FULL_PHONE, NOW
from tests.gui.themed import give_theme

# The offscreen platform says so whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
ROOT = Path(__file__).parents[2]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.prepare()
    return made


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    modifier = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.focusWidget(), key, modifier)


def field(window: MainWindow, name: str) -> QLineEdit:
    """Return the order field of an accessible name."""
    (found,) = (
        child
        for kind in (MoneyField, CountField)
        for child in window.findChildren(kind)
        if child.accessibleName() == name
    )
    return found


def texts(window: QWidget) -> str:
    labels = window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


# --- looking up ------------------------------------------------------------------------------


def test_the_window_opens_on_the_scan_field(window: MainWindow) -> None:
    assert window.scan_field.hasFocus()
    assert window.order() == Order()


def test_a_key_that_is_held_down_is_struck_once(window: MainWindow) -> None:
    shortcuts = window.findChildren(QShortcut)
    assert shortcuts
    assert not any(shortcut.autoRepeat() for shortcut in shortcuts)


def test_enter_emits_the_text_as_typed(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(window.scan_field, " qm0000001 ")
    with qtbot.waitSignal(window.identifier_entered, timeout=0) as entered:
        press(window, Key.Key_Return)
    assert entered.args == [" qm0000001 ", None]


def test_every_identifier_type_can_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    (kinds,) = window.findChildren(QComboBox)
    assert kinds.currentText() == "自动"
    seen = []
    for row in range(1, kinds.count()):
        kinds.setCurrentIndex(row)
        with qtbot.waitSignal(window.identifier_entered, timeout=0) as entered:
            window.scan_field.submitted.emit("x")
        assert entered.args is not None
        kind = entered.args[1]
        assert isinstance(kind, IdentifierKind)
        assert window._orders.kind() is kind
        assert kinds.currentText() == messages.identifier_kind_text(kind)
        seen.append(kind)
    assert set(seen) == set(IdentifierKind)


def test_a_scanned_phone_number_is_masked_at_once(window: MainWindow) -> None:
    window.show_scanned(FULL_PHONE)
    assert window.scan_field.text() == "138****5678"
    assert window.scan_field.selectedText() == "138****5678"


def test_a_typed_phone_number_is_masked_once_it_was_found(window: MainWindow) -> None:
    QTest.keyClicks(window.scan_field, FULL_PHONE)
    press(window, Key.Key_Return)
    window.render(samples.loading_view())
    assert window.scan_field.text() == FULL_PHONE
    window.render(samples.loaded_view())
    assert window.scan_field.text() == "138****5678"
    assert window.scan_field.selectedText() == "138****5678"


def test_what_is_typed_after_a_lookup_is_not_disturbed_by_a_refresh(window: MainWindow) -> None:
    window.show_scanned("qm0000001")
    window.render(samples.loaded_view())
    QTest.keyClicks(window.scan_field, "13")
    window.render(replace(samples.loaded_view(), refreshing=True))
    QTest.keyClicks(window.scan_field, "9")
    assert window.scan_field.text() == "139"


# --- the order -------------------------------------------------------------------------------


def test_an_order_is_told_once_a_change(window: MainWindow) -> None:
    told: list[Order] = []
    window.order_changed.connect(told.append)
    amount = field(window, "订单金额")
    QTest.keyClicks(amount, "58.0")
    QTest.keyClicks(amount, "0")
    assert [order.amount for order in told] == [Money(500), Money(5800)]
    QTest.keyClicks(field(window, "已优惠"), "2")
    field(window, "件数").insert("\uff13")
    press(window, Key.Key_F4)
    assert told[2:] == [
        Order(OrderType.DINE_IN, Money(5800), Money(200)),
        Order(OrderType.DINE_IN, Money(5800), Money(200), 3),
        Order(OrderType.DELIVERY, Money(5800), Money(200), 3),
    ]
    assert window.order() == told[-1]


def test_blank_and_unreadable_fields_count_as_not_entered(window: MainWindow) -> None:
    amount = field(window, "订单金额")
    QTest.keyClicks(amount, "5x")
    assert window.order() == Order()
    assert "注意：订单金额无法识别，请只填数字" in texts(window)
    QTest.keyClicks(field(window, "件数"), "1.5")
    assert "订单金额无法识别，请只填数字；件数无法识别，请只填数字" in texts(window)
    amount.clear()
    field(window, "件数").clear()
    assert "无法识别" not in texts(window)


def test_a_views_hint_comes_back_after_an_entry_was_put_right(window: MainWindow) -> None:
    window.render(replace(samples.loaded_view(), hint=Hint(Severity.INFO, "看这里")))
    amount = field(window, "订单金额")
    QTest.keyClicks(amount, "x")
    assert "看这里" not in texts(window)
    amount.clear()
    assert "看这里" in texts(window)


def test_f3_and_f4_move_the_order_type_and_stop_at_the_ends(window: MainWindow) -> None:
    seen = []
    for key in (Key.Key_F4, Key.Key_F4, Key.Key_F4, Key.Key_F3, Key.Key_F3, Key.Key_F3):
        press(window, key)
        seen.append(window.order().order_type)
    kind = OrderType
    assert seen == [
        kind.DELIVERY,
        kind.PAY_BILL,
        kind.PAY_BILL,
        kind.DELIVERY,
        kind.DINE_IN,
        kind.DINE_IN,
    ]


def test_a_click_chooses_the_order_type(window: MainWindow, qtbot: QtBot) -> None:
    (button,) = (found for found in window.findChildren(QAbstractButton) if found.text() == "买单")
    with qtbot.waitSignal(window.order_changed, timeout=0):
        button.click()
    with qtbot.assertNotEmitted(window.order_changed):
        button.click()
    assert window.order().order_type is OrderType.PAY_BILL


def test_enter_in_an_order_field_goes_back_to_the_scan_field(window: MainWindow) -> None:
    press(window, Key.Key_F8)
    press(window, Key.Key_Return)
    assert window.scan_field.hasFocus()


# --- keys ------------------------------------------------------------------------------------


def test_f8_goes_from_one_order_field_to_the_next(window: MainWindow) -> None:
    seen = []
    for _press in range(4):
        press(window, Key.Key_F8)
        seen.append(window.focusWidget().accessibleName())
    assert seen == ["订单金额", "已优惠", "件数", "订单金额"]


def test_f2_selects_the_scan_field(window: MainWindow) -> None:
    window.show_scanned("qm0000001")
    press(window, Key.Key_F8)
    press(window, Key.Key_F2)
    assert window.scan_field.hasFocus()
    assert window.scan_field.selectedText() == "qm0000001"


def test_f5_asks_for_a_refresh(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.refresh_requested, timeout=0):
        press(window, Key.Key_F5)


@pytest.mark.parametrize(
    ("key", "name", "code"),
    [(Key.Key_F6, "优惠券", "880000000002"), (Key.Key_F7, "礼品卡", "668800000002")],
)
def test_f6_and_f7_go_to_the_lists_and_ctrl_c_copies(
    window: MainWindow, key: Qt.Key, name: str, code: str
) -> None:
    window.render(samples.loaded_view())
    press(window, key)
    assert window.focusWidget().accessibleName() == name
    press(window, Key.Key_Down)
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == code


@pytest.mark.parametrize(
    ("key", "code"), [(Key.Key_F6, "880000000001"), (Key.Key_F7, "668800000001")]
)
def test_f6_and_f7_select_a_row_of_the_next_member_too(
    window: MainWindow, key: Qt.Key, code: str
) -> None:
    window.render(samples.loaded_view())
    press(window, key)
    press(window, Key.Key_Down)
    window.render(replace(samples.loading_view(), run=2))
    window.render(samples.loaded_view(2))
    panels = window._assets.panels()
    assert [panel.selected_code() for panel in panels] == ["", ""]
    press(window, key)
    assert code in [panel.selected_code() for panel in panels]


def test_ctrl_c_in_the_scan_field_copies_the_card_unless_text_is_selected(
    window: MainWindow,
) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_F6)
    press(window, Key.Key_F2)
    window.scan_field.setText("abc")
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "880000000001"
    window.scan_field.selectAll()
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "abc"


def test_ctrl_c_without_a_selected_row_copies_the_suggested_code(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "880000000001"


@pytest.mark.parametrize("scanned", ["qm0000002", "13800000001"])
def test_ctrl_c_behind_a_scan_copies_the_suggested_code_not_the_scanned_one(
    window: MainWindow, scanned: str
) -> None:
    window.show_scanned(scanned)
    window.render(samples.loaded_view())
    assert window.scan_field.selectedText(), "so that typing replaces it"
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "880000000001"


@pytest.mark.parametrize("make", [samples.unknown_view, samples.failed_view, samples.loading_view])
def test_ctrl_c_without_a_suggestion_copies_nothing(
    window: MainWindow, make: Callable[[], View]
) -> None:
    QGuiApplication.clipboard().setText("mine")
    window.render(make())
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "mine"


def test_one_row_of_the_window_is_selected_at_a_time(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_F6)
    press(window, Key.Key_F7)
    assert window._coupons.selected_code() == ""
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "668800000001"
    press(window, Key.Key_F6)
    assert window._gift_cards.selected_code() == ""
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "880000000001"


def test_the_keys_stand_on_the_buttons_whose_code_they_take(window: MainWindow) -> None:
    window.render(samples.loaded_view())

    def buttons() -> list[str]:
        found = window._body.say.findChildren(QPushButton)
        return [each.text() for each in found if each.isVisible()]

    assert buttons() == ["出码 Enter", "复制 Ctrl+C"]
    press(window, Key.Key_F7)
    assert buttons() == ["出码", "复制"]
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert buttons() == ["出码", "复制"]
    press(window, Key.Key_F6)
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert buttons() == ["出码", "已复制"]


def test_f6_without_coupons_leaves_the_keyboard_where_it_is(window: MainWindow) -> None:
    press(window, Key.Key_F6)
    assert window.scan_field.hasFocus()


def test_escape_clears_for_the_next_member(window: MainWindow, qtbot: QtBot) -> None:
    window.show_scanned(FULL_PHONE)
    press(window, Key.Key_F4)
    press(window, Key.Key_F8)
    QTest.keyClicks(window.focusWidget(), "58")
    (kinds,) = window.findChildren(QComboBox)
    kinds.setCurrentIndex(2)
    told: list[Order] = []
    window.order_changed.connect(told.append)
    with qtbot.waitSignal(window.cleared, timeout=0):
        press(window, Key.Key_Escape)
    assert window.scan_field.hasFocus()
    assert window.scan_field.entered() == ""
    assert kinds.currentText() == "自动"
    assert told == [Order(OrderType.DELIVERY)]
    press(window, Key.Key_Escape)
    assert len(told) == 1


def test_f1_shows_every_key_and_escape_closes_it_first(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_F1)
    said = texts(window)
    for key in (
        "F2",
        "F3 / F4",
        "F5",
        "F6",
        "F7",
        "F8",
        "Ctrl+C",
        "回车",
        "PageUp / PageDown",
        "Esc",
    ):
        assert key in said
    assert window.scan_field.hasFocus()
    with qtbot.assertNotEmitted(window.cleared):
        press(window, Key.Key_Escape)
    assert "F3 / F4" not in texts(window)
    press(window, Key.Key_F1)
    press(window, Key.Key_F1)
    assert "F3 / F4" not in texts(window)


def test_retry_is_told_to_the_outside(window: MainWindow, qtbot: QtBot) -> None:
    window.render(samples.failed_view())
    asked: list[object] = []
    window.retry_requested.connect(asked.append)
    (button,) = (
        found
        for found in window.findChildren(QAbstractButton)
        if found.isVisible() and found.text() == "重试 F5"
    )
    button.click()
    assert asked == [Section.MEMBER]


def test_closing_is_told(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing, timeout=0):
        QApplication.sendEvent(window, QCloseEvent())


# --- views -----------------------------------------------------------------------------------


def test_a_whole_view_is_shown(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    said = texts(window)
    for part in ("138****5678", "1,280", "推荐 满30减10", "再加 ¥6.00 可用 满64减15", "12:00 查询"):
        assert part in said
    assert FULL_NAME not in said
    assert FULL_PHONE not in said


def test_a_background_refresh_is_said(window: MainWindow) -> None:
    window.render(replace(samples.loaded_view(), refreshing=True))
    assert "正在刷新…" in texts(window)


def test_the_hints_support_code_is_in_the_status_bar_too(window: MainWindow) -> None:
    window.render(samples.failed_view())
    assert texts(window).count("问题编号 7F3A") == 2
    window.render(samples.loaded_view())
    assert "7F3A" not in texts(window)


def test_a_cleared_view_forgets_the_scanned_text(window: MainWindow) -> None:
    window.show_scanned(FULL_PHONE)
    window.render(samples.loaded_view())
    window.render(View(now=NOW))
    assert window.scan_field.entered() == ""
    said = texts(window)
    assert "138" not in said
    assert "建议" not in said


def test_a_hint_without_a_lookup_leaves_the_scan_field_alone(window: MainWindow) -> None:
    window.scan_field.setText("http://example.com")
    window.render(View(now=NOW, hint=Hint(Severity.WARNING, "这是网址二维码")))
    assert window.scan_field.text() == "http://example.com"
    assert "注意：这是网址二维码" in texts(window)


def test_rendering_the_same_view_again_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    view = samples.loaded_view()
    window.render(view)
    watch = _Events(window)
    qtbot.waitUntil(watch.was_quiet)
    window.render(view)
    window.render(replace(view))
    QApplication.processEvents()
    assert watch.painted == []


class _Events(QObject):
    """Notes which widgets of a window are painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.painted: list[str] = []
        self._has_painted = False
        for widget in window.findChildren(QWidget):
            if not isinstance(widget, QLineEdit):  # its text cursor blinks
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(type(watched).__name__)
        return False

    def was_quiet(self) -> bool:
        """Whether all is painted: something was, and nothing since this was asked before."""
        painted = bool(self.painted)
        self.painted.clear()
        self._has_painted = self._has_painted or painted
        return self._has_painted and not painted


def test_the_window_has_an_icon(window: MainWindow) -> None:
    assert not window.windowIcon().pixmap(48, 48).isNull()


def test_a_view_may_come_before_the_window_was_prepared(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.render(samples.loaded_view())
    window.prepare()
    lists = window.findChildren(QListView)
    models = [found.model().rowCount() for found in lists if found.accessibleName()]
    assert sorted(models) == [3, 10]


def test_store_and_warning_can_come_later(window: MainWindow) -> None:
    window.introduce("南京西路店", "正在用明文 http")
    assert "正在用明文 http" in texts(window)
    names = [child.accessibleName() for child in window.findChildren(QWidget)]
    assert any("南京西路店" in name for name in names)
    window.introduce("南京西路店", "")
    assert "明文" not in texts(window)


def test_connection_and_clock_are_shown(window: MainWindow) -> None:
    window.set_connection(True, 86)
    window.set_clock(False, 0)
    assert "网络正常" in texts(window)
    assert "电脑时间没能核对" in texts(window)


# --- accessibility and size ------------------------------------------------------------------


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    window.render(samples.partly_failed_view())
    for control in window.findChildren(QWidget):
        internal = control.objectName().startswith("qt_")
        if control.focusPolicy() == Qt.FocusPolicy.NoFocus or internal:
            continue
        if not control.isVisible():
            continue
        named = control.accessibleName() or getattr(control, "text", str)()
        assert named, control


def test_tab_goes_through_the_window_in_reading_order(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    window.scan_field.setFocus()
    seen = []
    for _press in range(24):
        seen.append(window.focusWidget().accessibleName())
        press(window, Key.Key_Tab)
        if window.focusWidget() is window.scan_field:
            break
    assert seen == [
        "会员码、手机号或卡号",
        "识别类型",
        "订单类型 堂食",
        "订单金额",
        "已优惠",
        "件数",
        "按住显示完整姓名和手机号",
        "放大核销码 8 8 0 0 0 0 0 0 0 0 0 1",
        "复制核销码 8 8 0 0 0 0 0 0 0 0 0 1",
        "可用 3",
        "需确认 1",
        "不可用 6",
        "筛选优惠券",
        "优惠券",
        "可用 1",
        "需确认 1",
        "不可用 1",
        "礼品卡",
    ]


@pytest.mark.parametrize("make", [samples.loaded_view, samples.odd_view, samples.failed_view])
def test_the_least_window_is_960_by_560(window: MainWindow, make: object) -> None:
    assert callable(make)
    window.render(make())
    window.resize(600, 400)
    assert (window.width(), window.height()) == (960, 560)
    QApplication.processEvents()
    assert window.page.size() == window._area.maximumViewportSize(), "nothing scrolls the page"


@pytest.mark.parametrize("compact", [False, True])
def test_the_first_paint_needs_neither_domain_nor_network(compact: bool) -> None:
    """The start-up budget: what these would cost comes after the window is there."""
    code = """
import sys
from PySide6.QtWidgets import QApplication
from posmember.ui.theme import install_theme
from posmember.ui.main_window import MainWindow
from posmember.settings.window_place import WindowPlaces
app = QApplication([])
install_theme(app)
window = MainWindow()
window.show_fitting(WindowPlaces(is_compact="compact" in sys.argv))
app.processEvents()
heavy = ("asyncio", "dataclasses", "decimal", "httpx", "posmember.api",
         "posmember.domain", "posmember.lookup", "posmember.scanning", "qasync")
print(*(name for name in heavy if name in sys.modules))
import PySide6.QtCore
print("Qt" in vars(PySide6.QtCore))
"""
    # Measuring coverage would import some of them itself.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code, *["compact"] * compact],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["", "False"]


def test_nothing_becomes_a_window_of_its_own(window: MainWindow) -> None:
    """A part that is shown before it has its place flashes up, and takes the keyboard."""
    window.introduce("南京西路店", "正在用明文 http")
    for make in (samples.loading_view, samples.odd_view, samples.partly_failed_view):
        window.render(make())
        press(window, Key.Key_F6)
        press(window, Key.Key_F2)
    press(window, Key.Key_F1)
    QApplication.processEvents()
    assert [found for found in QApplication.topLevelWidgets() if found.isVisible()] == [window]
    assert window.isActiveWindow()
    assert window.scan_field.hasFocus()
