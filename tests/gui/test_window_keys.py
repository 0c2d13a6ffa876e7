"""The window's keys, its messages and what a screen reader and a finger find in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QGuiApplication,
    QPointingDevice,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScroller, QWidget
from pytestqt.qtbot import QtBot

from posmember.domain.context import OrderType
from posmember.domain.money import Money
from posmember.domain.rules.assessment import Assessment
from posmember.errors import ApiTimeoutError, MemberNotFoundError
from posmember.lookup.sections import Failed, Loading, Section
from posmember.scanning.nobody import guess
from posmember.ui.main_window import MainWindow
from posmember.ui.messages import error_text
from posmember.ui.panels.waiting import SLOW_MS, TICKS_MS, Waiting
from posmember.ui.till.panel_states import panel_states
from posmember.ui.view.screen import Hint, PanelKind, PanelState, Severity, View
from tests.gui import samples
from tests.gui.bad_views import late_view
from tests.gui.driving import hint_text, shows
from tests.gui.themed import give_theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
Inactive = QScroller.State.Inactive


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    qtbot.addWidget(made)
    made.resize(1366, 688)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.prepare()
    return made


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def rows(window: MainWindow) -> int:
    assert window._coupons.row_list is not None
    return window._coupons.row_list.model().rowCount()


# --- / -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [None, Key.Key_F6])
def test_slash_filters_coupons_by_words(window: MainWindow, where: Qt.Key | None) -> None:
    window.show_scanned("qm0000001")
    window.render(samples.loaded_view())
    if where is not None:
        press(window, where)
    press(window, Key.Key_Slash)
    assert window.focusWidget().accessibleName() == "筛选优惠券"
    QTest.keyClicks(window.focusWidget(), "8.5")
    assert rows(window) == 1
    press(window, Key.Key_Return)
    assert window.focusWidget() is window._coupons.row_list
    assert window._coupons.selected_code() == "880000000005"


def test_slash_filters_gift_cards_where_they_have_the_keyboard(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_F7, Key.Key_Slash)
    assert window.focusWidget().accessibleName() == "筛选礼品卡"


def test_slash_is_a_letter_where_something_is_being_typed(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    QTest.keyClicks(window.scan_field, "a/b")
    assert window.scan_field.text() == "a/b"


def test_nothing_is_filtered_where_there_is_nothing(window: MainWindow) -> None:
    press(window, Key.Key_Slash)
    assert window.scan_field.hasFocus()


# --- Esc ---------------------------------------------------------------------------------------


def test_escape_takes_back_one_thing_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_Slash)
    QTest.keyClicks(window.focusWidget(), "8")
    press(window, Key.Key_Return, Key.Key_Right, Key.Key_F1)
    with qtbot.assertNotEmitted(window.cleared):
        press(window, Key.Key_Escape)
        assert window._sheets.help is not None
        assert not window._sheets.help.isVisible()
        press(window, Key.Key_Escape)
        assert window._sheets.details is not None
        assert not window._sheets.details.isVisible()
        press(window, Key.Key_Escape)
        assert rows(window) == 10
        assert window.scan_field.hasFocus()
    with qtbot.waitSignal(window.cleared, timeout=0):
        press(window, Key.Key_Escape)


def test_escape_takes_back_a_number_and_keeps_the_member(window: MainWindow, qtbot: QtBot) -> None:
    window.numbers.amount.setText("58.00")
    window.render(samples.loaded_view())
    press(window, Key.Key_F8)
    QTest.keyClicks(window.focusWidget(), "580")
    assert window.order().amount == Money(58000)
    with qtbot.assertNotEmitted(window.cleared):
        press(window, Key.Key_Escape)
    assert window.order().amount == Money(5800)
    assert window.scan_field.hasFocus()


# --- rows' buttons -----------------------------------------------------------------------------


def test_a_rows_button_switches_the_order_type(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    coupons = window._coupons.row_list
    assert coupons is not None
    window._act(coupons.model().index(4, 0).data(Qt.ItemDataRole.UserRole + 1).action)
    assert window.order().order_type is OrderType.DELIVERY


@pytest.mark.parametrize(("kind", "name"), [("amount", "订单金额"), ("items", "件数")])
def test_a_rows_button_goes_to_what_is_missing(window: MainWindow, kind: str, name: str) -> None:
    from posmember.ui.models.card import Action, ActionKind

    window._act(Action(ActionKind(kind), "填"))
    assert window.focusWidget().accessibleName() == name


# --- 8.8 ---------------------------------------------------------------------------------------


def type_discount(window: MainWindow, amount: str, discount: str) -> None:
    window.numbers.amount.setText(amount)
    press(window, Key.Key_F8, Key.Key_F8)
    QTest.keyClicks(window.focusWidget(), discount)
    press(window, Key.Key_Return)


def answers(window: MainWindow) -> list[str]:
    return window._body.say.answers()


def test_8_8_beside_a_large_amount_is_asked_about_once(window: MainWindow) -> None:
    type_discount(window, "58", "8.8")
    assert window.messages._discount.words() is not None
    assert hint_text(window) == "注意：已优惠 \u00a58.80，还是打 8.8 折？"
    assert answers(window) == ["是 \u00a58.80", "打 8.8 折，优惠 \u00a56.96"]
    assert window.order().discount == Money(880), "until it is answered it is what was typed"
    window._body.say.answered.emit(0)
    assert answers(window) == []
    press(window, Key.Key_F8, Key.Key_F8, Key.Key_Return)
    assert answers(window) == [], "asked once"


def test_a_discount_that_was_meant_becomes_an_amount(window: MainWindow) -> None:
    type_discount(window, "58", "8.8")
    window._body.say.answered.emit(1)
    assert window.order().discount == Money(696)
    assert answers(window) == []


@pytest.mark.parametrize(
    ("amount", "discount"),
    [("58", "8"), ("58", "8.80"), ("58", "12.5"), ("20", "8.8"), ("", "8.8"), ("58", "0.5")],
)
def test_what_can_hardly_be_a_discount_is_not_asked_about(
    window: MainWindow, amount: str, discount: str
) -> None:
    type_discount(window, amount, discount)
    assert answers(window) == []


def test_a_question_about_a_number_goes_with_it(window: MainWindow) -> None:
    type_discount(window, "58", "8.8")
    window.numbers.discount.setText("")
    assert hint_text(window) == ""


# --- messages ----------------------------------------------------------------------------------


def test_a_failure_is_said_once(window: MainWindow) -> None:
    window.show_scanned(samples.FULL_PHONE)
    window.render(samples.failed_view())
    assert hint_text(window).count("太久没有回应") == 1
    assert window._body.say.text() == ""
    assert shows(window, "138****5678   问题编号 7F3A")
    retries = [b for b in window.findChildren(QPushButton) if b.isVisible() and "重试" in b.text()]
    assert len(retries) == 1


@pytest.mark.parametrize(
    ("looked_up", "said"),
    [
        ("qm0000009", "没有找到这位会员"),
        ("1380000000", "手机号少 1 位"),
        ("2380000000", "没有找到这位会员"),
        ("6901028075022", "这是商品条码，请扫会员码"),
        ("6901028075023", "没有找到这位会员"),
        ("5901234123457", "这像是商品条码，请扫会员码"),
    ],
)
def test_why_nobody_was_found_is_said_where_the_number_tells_it(
    window: MainWindow, looked_up: str, said: str
) -> None:
    window.show_scanned(looked_up)
    failed = Failed(MemberNotFoundError("nobody"), 5)
    found = guess(looked_up)
    panel = panel_states(samples.sections(failed), found).member
    view = replace(
        samples.failed_view(),
        sections=samples.sections(failed),
        member_panel=panel,
        hint=error_text(failed.error, found),
    )
    window.render(view)
    assert said in hint_text(window)
    assert len(hint_text(window).splitlines()) == 1
    assert not any(b.isVisible() and "重试" in b.text() for b in window.findChildren(QPushButton))


def test_a_warning_goes_with_the_next_action(window: MainWindow) -> None:
    window.render(replace(samples.loaded_view(), hint=Hint(Severity.WARNING, "大写锁定开着")))
    assert hint_text(window) == "注意：大写锁定开着"
    press(window, Key.Key_F6)
    assert hint_text(window).startswith("推荐")


# --- waiting -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elapsed", "said"),
    [
        (0, ""),
        (TICKS_MS - 1, ""),
        (TICKS_MS, "会员 … · 账号 ✓ · 礼品卡 …"),
        (SLOW_MS - 1, "会员 … · 账号 ✓ · 礼品卡 …"),
        (SLOW_MS, "会员系统较慢，已等 3 秒 · Esc 取消"),
        (7400, "会员系统较慢，已等 7 秒 · Esc 取消"),
    ],
)
def test_what_is_waited_for_is_said_the_longer_the_more(elapsed: int, said: str) -> None:
    loaded = samples.sections()[Section.IDENTITY]
    sections = samples.sections(Loading(), identity=loaded)
    view = replace(samples.loading_view(), sections=sections)
    assert Waiting._text(Waiting(QApplication.instance()), view, elapsed) == said  # type: ignore[arg-type]


def test_the_times_are_those_of_the_contract() -> None:
    assert (TICKS_MS, SLOW_MS) == (800, 3000)


def test_waiting_ends_with_the_answer(window: MainWindow, qtbot: QtBot) -> None:
    told: list[str] = []
    window._body._waiting.changed.connect(told.append)
    window.render(late_view())
    assert hint_text(window) == "正在核对账号状态…"
    window.render(samples.loaded_view())
    assert hint_text(window).startswith("推荐")
    assert not window._body._waiting._timer.isActive()


def test_escape_gives_up_waiting(window: MainWindow, qtbot: QtBot) -> None:
    window.render(samples.loading_view())
    with qtbot.waitSignal(window.cleared, timeout=0):
        press(window, Key.Key_Escape)


# --- a screen reader ---------------------------------------------------------------------------


def interfaces(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Return the interface of each widget in sight that can be named."""
    for child in (widget, *widget.findChildren(QWidget)):
        if child.isVisible():
            found = QAccessible.queryAccessibleInterface(child)
            if found is not None:
                yield found


CONTROLS = (
    QAccessible.Role.PushButton,
    QAccessible.Role.RadioButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.List,
)


@pytest.mark.parametrize(
    "make", [samples.loaded_view, samples.failed_view, samples.partly_failed_view]
)
def test_every_control_has_a_name(window: MainWindow, make: Callable[[], View]) -> None:
    window.render(make())
    press(window, Key.Key_F6, Key.Key_Right)
    found = [each for each in interfaces(window) if each.role() in CONTROLS]
    assert len(found) > 8
    unnamed = [each for each in found if not each.text(QAccessible.Text.Name)]
    assert unnamed == []


def test_figures_are_heard_and_not_only_their_words(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    names = [each.text(QAccessible.Text.Name) for each in interfaces(window)]
    suggested = "推荐 满30减10  约省 \u00a510.00"
    for heard in ("积分 1,280", "储值 \u00a5230.00", "138****5678", suggested):
        assert heard in names


def test_an_order_type_is_one_of_several(window: MainWindow) -> None:
    roles = {
        QAccessible.queryAccessibleInterface(button).role()
        for button in window._orders._types.findChildren(QPushButton)
    }
    assert roles == {QAccessible.Role.RadioButton}


def test_a_row_is_heard_whole(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    assert window._coupons.row_list is not None
    first = QAccessible.queryAccessibleInterface(window._coupons.row_list).child(0)
    assert first.role() is QAccessible.Role.ListItem
    assert first.text(QAccessible.Text.Name).startswith("满30减10；\u00a510；现金券；可用；")


def test_copying_and_why_are_actions_of_a_list(window: MainWindow, qtbot: QtBot) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_F6, Key.Key_Down)
    cards = window._coupons.row_list
    assert cards is not None
    assert "ShowMenu" in QAccessible.queryAccessibleInterface(cards).actionInterface().actionNames()
    code, copy, why = cards.actions()[:3]
    code.trigger()
    assert window.codes is not None
    assert window.codes.code() == "880000000002"
    press(window, Key.Key_Escape)
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "880000000002"
    why.trigger()
    assert window._sheets.details is not None
    assert window._sheets.details.isVisible()


# --- a finger ----------------------------------------------------------------------------------


def test_lists_and_sheets_scroll_by_finger(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    press(window, Key.Key_F6, Key.Key_Right)
    assert window._coupons.row_list is not None
    assert window._sheets.details is not None
    areas = (window._coupons.row_list, window._gift_cards.row_list, window._sheets.details._scroll)
    assert all(area is not None and QScroller.hasScroller(area.viewport()) for area in areas)


@pytest.fixture(scope="session")
def finger(qapp: QApplication) -> QPointingDevice:
    """A touch screen as Qt knows one: it keeps what it was told of for the rest of the process."""
    return QTest.createTouchDevice()


def touch(finger: QPointingDevice, widget: QWidget, *points: QPoint) -> None:
    """Put a finger on a widget, move it, and lift it."""
    QTest.touchEvent(widget, finger).press(0, points[0], widget).commit()
    for point in points[1:-1]:
        QTest.qWait(15)
        QTest.touchEvent(widget, finger).move(0, point, widget).commit()
    QTest.qWait(15)
    QTest.touchEvent(widget, finger).release(0, points[-1], widget).commit()


def test_a_drag_scrolls(window: MainWindow, qtbot: QtBot, finger: QPointingDevice) -> None:
    window.render(samples.many_view(run=9))
    cards = window._coupons.row_list
    assert cards is not None
    places = [QPoint(200, y) for y in range(390, 90, -20)]
    touch(finger, cards.viewport(), *places, places[-1])
    qtbot.waitUntil(lambda: cards.verticalScrollBar().value() > 100)
    assert window._coupons.selected_code() == ""
    qtbot.waitUntil(lambda: QScroller.scroller(cards.viewport()).state() == Inactive)
    assert window._coupons.selected_code() == ""
    assert window._sheets.details is None or not window._sheets.details.isVisible()


def test_a_drag_that_rests_before_the_finger_leaves_selects_nothing(
    window: MainWindow, qtbot: QtBot, finger: QPointingDevice
) -> None:
    """The row is under the finger all the time, and the scroller is at rest when it leaves."""
    window.render(samples.many_view(run=9))
    cards = window._coupons.row_list
    assert cards is not None
    viewport, start, end = cards.viewport(), QPoint(200, 390), QPoint(200, 200)
    scroller = QScroller.scroller(viewport)
    QTest.touchEvent(viewport, finger).press(0, start, viewport).commit()
    for y in range(start.y(), end.y(), -10):
        QTest.touchEvent(viewport, finger).move(0, QPoint(200, y), viewport).commit()
        QApplication.processEvents()

    def rests() -> bool:
        QTest.touchEvent(viewport, finger).move(0, end, viewport).commit()
        return abs(scroller.velocity().y()) < 0.001

    qtbot.waitUntil(rests)
    assert cards.indexAt(start).isValid()
    QTest.touchEvent(viewport, finger).release(0, end, viewport).commit()
    qtbot.waitUntil(lambda: scroller.state() == Inactive)
    assert cards.verticalScrollBar().value() > 0
    assert window._coupons.selected_code() == ""
    row = cards.visualRect(cards.indexAt(end)).center()
    touch(finger, viewport, row, row)
    qtbot.waitUntil(lambda: window._coupons.selected_code() != "")


def test_a_tap_selects(window: MainWindow, qtbot: QtBot, finger: QPointingDevice) -> None:
    window.render(samples.loaded_view())
    cards = window._coupons.row_list
    assert cards is not None
    place = cards.visualRect(cards.model().index(2, 0)).center()
    touch(finger, cards.viewport(), place, place)
    qtbot.waitUntil(lambda: window._coupons.selected_code() == "880000000003")
    assert window._sheets.details is not None
    assert window._sheets.details.isVisible()


# --- one list at a time --------------------------------------------------------------------------


def test_below_1100_pixels_gift_cards_are_a_tab(window: MainWindow) -> None:
    window.render(samples.loaded_view())
    window.resize(1024, 688)
    QApplication.processEvents()
    assert window._coupons.isVisible()
    assert not window._gift_cards.isVisible()
    (tab,) = (
        b for b in window.findChildren(QPushButton) if b.isVisible() and b.text() == "礼品卡 3"
    )
    tab.click()
    assert window._gift_cards.isVisible()
    assert not window._coupons.isVisible()
    press(window, Key.Key_F6)
    assert window._coupons.isVisible()
    assert window.focusWidget() is window._coupons.row_list
    press(window, Key.Key_F7)
    assert window.focusWidget() is window._gift_cards.row_list
    window.render(samples.loading_view())
    assert window._coupons.isVisible()


def test_without_gift_cards_coupons_take_their_place(window: MainWindow) -> None:
    view = samples.loaded_view()
    window.render(view)
    assert window._gift_cards.isVisible()
    window.render(replace(view, assessment=Assessment(view.assessment.coupons)))
    QApplication.processEvents()
    assert not window._gift_cards.isVisible()
    assert window._coupons.width() > 1300


def test_gift_cards_that_failed_keep_their_place(window: MainWindow) -> None:
    view = samples.loaded_view()
    failed = Failed(ApiTimeoutError("late"), 5)
    window.render(
        replace(
            view,
            assessment=Assessment(view.assessment.coupons),
            sections=samples.sections(gift_cards=failed),
            gift_cards_panel=PanelState(
                PanelKind.LOADED, ("礼品卡列表没有查到：断了",), samples.NOW
            ),
        )
    )
    assert window._gift_cards.isVisible()
    assert shows(window, "礼品卡列表没有查到：断了")
    assert not shows(window, "没有礼品卡")
    window.resize(1024, 688)
    QApplication.processEvents()
    tabs = [b.text() for b in window.findChildren(QPushButton) if b.isVisible()]
    assert "礼品卡 —" in tabs
    assert "礼品卡 0" not in tabs
