"""The buttons that type a code into the till: where they are, and what they do and do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from posmember.settings.policy import Policy
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.code_sheet import CodeSheet
from posmember.ui.panels.details_sheet import DetailsSheet
from posmember.ui.panels.suggestion import SuggestionLine
from posmember.ui.tones import Tone
from posmember.ui.view.screen import View
from posmember.ui.widgets.fitted_label import FittedLabel
from posmember.ui.widgets.hand_over_button import HandOverButton
from tests.gui import samples
from tests.gui.bad_views import late_view
from tests.gui.beside.hand_over_till import (
    BLOCKED,
    CHECK,
    CTRL,
    USABLE,
    Till,
    settings,
    till_of,
    view,
)
from tests.gui.beside.test_typist import TILL
from tests.gui.touching import tap

pytestmark = pytest.mark.qt_log_ignore("does not support")

Key = Qt.Key
FINGER = 44
OFF = Policy("policy.toml", {"policy.hand_over": "off"})


@pytest.fixture
def till(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Till]:
    """A till whose second taps are none of a double tap, unless a test says so."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    with till_of(window, monkeypatch) as made:
        yield made
    qapp.setDoubleClickInterval(before)


def buttons(till: Till) -> list[HandOverButton]:
    """Return those that can be seen."""
    found = till.window.findChildren(HandOverButton)
    return [button for button in found if button.isVisible()]


def in_row_c(till: Till) -> HandOverButton:
    line = till.window.findChild(SuggestionLine)
    assert line is not None
    return line._hand_over


def in_details(till: Till, row: int) -> HandOverButton:
    """Open a row's details, as a tap on it does; returns their button."""
    till.select(row)
    till.press(Key.Key_Right)
    QApplication.processEvents()  # laid out
    sheet = till.window.findChild(DetailsSheet)
    assert sheet is not None
    return sheet._hand_over


def on_code(till: Till, row: int) -> HandOverButton:
    """Show a row's code large; returns its button."""
    till.select(row)
    assert till.window.codes is not None
    till.window.codes.late_enter.end()
    till.press(Key.Key_Return)
    QApplication.processEvents()  # laid out
    sheet = till.window.findChild(CodeSheet)
    assert sheet is not None
    return sheet._hand_over


def menu_of(till: Till, row: int) -> QMenu:
    """Open a row's menu."""
    till.select(row)
    till.press(Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = [each for each in till.window.findChildren(QMenu) if each.isVisible()]
    return menu


def click(button: HandOverButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def double_click(button: HandOverButton) -> None:
    """Click twice, as Qt tells of it."""
    click(button)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)  # the second press, and no more
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


def words_on(sheet: CodeSheet) -> str:
    """Return all that can be read on it."""
    labels = [*sheet.findChildren(QLabel), *sheet.findChildren(FittedLabel)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def note(till: Till) -> str:
    """Return what the code's sheet says besides."""
    sheet = till.window.findChild(CodeSheet)
    assert sheet is not None
    return sheet._how.text()


def is_still(till: Till, qtbot: QtBot) -> bool:
    """Wait until nothing is typed; returns whether nothing was."""
    qtbot.waitUntil(lambda: not till.part._typist.is_typing())
    return not till.desk.typed


# --- where they are -----------------------------------------------------------------------------


def test_they_are_where_codes_are_typed_into_the_till(till: Till) -> None:
    assert buttons(till) == [in_row_c(till)]
    assert buttons(till)[0].text() == "输进收银"
    assert "输进收银系统" in buttons(till)[0].accessibleName()
    till.part.use(settings(OFF))
    assert not buttons(till)
    till.part.use(settings())
    assert buttons(till)


@pytest.mark.parametrize("missing", ["program", "title"])
def test_without_a_program_and_a_title_there_are_none(till: Till, missing: str) -> None:
    till.part.use(settings(None, **{missing: ""}))
    assert not buttons(till)
    till.part.use(None)
    assert not buttons(till)


def test_in_training_there_are_none(till: Till) -> None:
    till.part._is_training = True
    till.part.use(settings())
    assert not buttons(till)
    offered = [each.text() for each in menu_of(till, 0).actions() if each.isVisible()]
    assert "出码" in offered
    assert "输进收银" not in offered


def test_where_no_code_is_there_is_none(till: Till) -> None:
    till.window.render(View(samples.NOW))
    assert not buttons(till)
    assert not in_row_c(till)._code, "nothing of a member stays"


def test_sheets_made_before_and_after_have_one(till: Till) -> None:
    till.part.use(settings(OFF))
    assert not in_details(till, 0).isVisible()
    till.part.use(settings())
    assert in_details(till, 0).isVisible()
    till.press(Key.Key_Escape)
    assert on_code(till, 0).isVisible()
    till.part.use(settings(OFF))
    assert not on_code(till, 0).isVisible()


@pytest.mark.parametrize("compact", [False, True], ids=["full", "compact"])
def test_they_are_as_large_as_a_finger(till: Till, qtbot: QtBot, compact: bool) -> None:
    if compact:
        till.window.fitting.change_form()
        qtbot.waitUntil(till.window.fitting.is_compact)
    QApplication.processEvents()
    for where in (in_row_c, partial(in_details, row=0), partial(on_code, row=0)):
        button = where(till)
        assert button.isVisible()
        assert min(button.width(), button.height()) >= FINGER
        corners = (button.rect().topLeft(), button.rect().bottomRight())
        assert all(button.hitButton(corner) for corner in corners), "its margin is touched, too"
        till.press(Key.Key_Escape)


# --- what they do -------------------------------------------------------------------------------


def test_a_click_types_what_is_suggested(till: Till, qtbot: QtBot) -> None:
    click(in_row_c(till))
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")
    assert till.desk.in_front == TILL, "the window came to the front by the click, and gave way"


def test_a_tap_types_it(till: Till, qtbot: QtBot, finger: QPointingDevice) -> None:
    tap(finger, in_row_c(till))
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


def test_a_tap_at_its_edge_does(till: Till, qtbot: QtBot, finger: QPointingDevice) -> None:
    button = in_row_c(till)
    tap(finger, button, QPoint(button.width() // 2, 1))
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


def test_the_suggested_goes_where_another_row_is_selected(till: Till, qtbot: QtBot) -> None:
    till.select(2)
    click(in_row_c(till))
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


@pytest.mark.parametrize("where", [in_details, on_code])
def test_a_code_to_be_checked_is_asked_about(
    till: Till, qtbot: QtBot, finger: QPointingDevice, where: object
) -> None:
    assert callable(where)
    button = where(till, 1)
    tap(finger, button)
    qtbot.waitUntil(lambda: till.answers() == ["输入", "不输入"])
    assert is_still(till, qtbot)
    tap(finger, button)
    qtbot.waitUntil(lambda: till.desk.typed == f"{CHECK}\r")


def test_the_question_stands_on_the_code_too(till: Till, qtbot: QtBot) -> None:
    """In the compact window the code lies over row C."""
    click(on_code(till, 1))
    assert "再按一次" in note(till)
    till.window._body.say._buttons[1].click()
    assert "再按一次" not in note(till)
    click(on_code(till, 1))
    till.window._body.say._buttons[0].click()
    qtbot.waitUntil(lambda: till.desk.typed == f"{CHECK}\r")


@pytest.mark.parametrize("height", [560, 728])
def test_the_question_is_seen_in_the_compact_window(till: Till, qtbot: QtBot, height: int) -> None:
    till.window.fitting.change_form()
    qtbot.waitUntil(till.window.fitting.is_compact)
    till.window.setMinimumHeight(height)
    till.window.resize(till.window.width(), height)
    button = in_details(till, 1)
    click(button)
    assert till.answers()
    assert not button.isVisible(), "the details lay over the question"
    till.press(Key.Key_Escape)
    assert not till.answers()
    click(on_code(till, 0))  # the row that is selected
    sheet = till.window.findChild(CodeSheet)
    assert sheet is not None
    assert "再按一次" in words_on(sheet)
    till.part.take_back()
    assert "再按一次" not in words_on(sheet)
    assert "先确认" in words_on(sheet)


@pytest.mark.parametrize("where", [in_details, on_code])
def test_a_blocked_code_is_refused(till: Till, qtbot: QtBot, where: object) -> None:
    assert callable(where)
    button = where(till, 2)
    assert button._code == BLOCKED
    click(button)
    assert is_still(till, qtbot)
    assert "没有输入，不能用" in till.said()
    assert till.heard == [Tone.WRONG]
    if where is on_code:
        assert "没有输入，不能用" in note(till), "the code may lie over row C"


def test_a_rows_menu_types_its_code(till: Till, qtbot: QtBot) -> None:
    menu = menu_of(till, 0)
    (types,) = [each for each in menu.actions() if each.text() == "输进收银"]
    assert types.isVisible()
    types.trigger()
    menu.close()
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r")


def test_a_finger_shows_a_rows_code_large(till: Till, finger: QPointingDevice) -> None:
    in_details(till, 1)
    sheet = till.window.findChild(DetailsSheet)
    assert sheet is not None
    tap(finger, sheet._large)
    assert till.shown() == CHECK


# --- what a hand does without meaning it ----------------------------------------------------------


def test_a_double_tap_types_once(till: Till, qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setDoubleClickInterval(60_000)
    button = on_code(till, 0)
    double_click(button)
    qtbot.waitUntil(lambda: not till.part._typist.is_typing())
    assert till.desk.typed == f"{USABLE}\r"
    click(button)
    assert not till.part._typist.is_typing(), "what comes late was meant for the first time"
    till.press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: till.desk.typed == f"{USABLE}\r" * 2)


def test_a_double_tap_is_no_answer(till: Till, qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setDoubleClickInterval(60_000)
    button = in_details(till, 1)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    double_click(button)
    assert len(clicks) == 2
    assert till.answers()
    assert is_still(till, qtbot)


def test_a_member_who_comes_under_a_finger_is_not_typed(till: Till, qtbot: QtBot) -> None:
    button = in_row_c(till)
    other = view(run=2)
    first, *others = other.assessment.coupons
    first = replace(first, coupon=replace(first.coupon, redemption_code="990000000009"))
    suggestion = other.assessment.suggestion
    assert suggestion is not None
    suggestion = replace(suggestion, coupon=first.coupon)
    assessment = replace(other.assessment, coupons=(first, *others), suggestion=suggestion)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    till.window.render(replace(other, assessment=assessment))
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert is_still(till, qtbot)
    click(button)
    qtbot.waitUntil(lambda: till.desk.typed == "990000000009\r")


def test_a_member_who_comes_while_it_is_typed_ends_it(till: Till, qtbot: QtBot) -> None:
    till.part.use(settings(pause_ms=60))
    click(in_row_c(till))
    qtbot.waitUntil(lambda: len(till.desk.typed) >= 3)
    till.window.render(view(run=2))
    assert not till.part._typist.is_typing()
    assert len(till.desk.typed) < len(USABLE)


def test_what_is_still_checked_waits(till: Till, qtbot: QtBot) -> None:
    till.window.render(late_view())
    click(in_details(till, 0))
    assert "还在核对" in till.said()
    assert is_still(till, qtbot)


def test_what_is_typed_and_not_looked_up_waits(till: Till, qtbot: QtBot) -> None:
    till.press(Key.Key_F2)
    QTest.keyClicks(till.window.scan_field, "1380000")
    click(in_row_c(till))
    assert "扫码框里的还没查" in till.said()
    assert is_still(till, qtbot)


def test_while_a_secret_is_asked_for_nothing_goes(
    till: Till, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(till.window.secrets, "keeps_keys", lambda: True)
    click(in_row_c(till))
    assert "先输完密码" in till.said()
    assert is_still(till, qtbot)


def test_the_tills_window_is_not_there(till: Till, qtbot: QtBot) -> None:
    till.desk.open.clear()
    click(in_row_c(till))
    qtbot.waitUntil(lambda: "没找到收银系统的窗口" in till.said())
    assert till.shown() == USABLE


def test_the_tills_window_does_not_come_to_the_front(till: Till, qtbot: QtBot) -> None:
    """It is minimised, and stays so."""
    till.desk.comes_to_front = False
    click(in_row_c(till))
    qtbot.waitUntil(lambda: "没有到前面来" in till.said())
    assert is_still(till, qtbot)


def test_another_row_ends_a_question(till: Till, qtbot: QtBot) -> None:
    click(in_details(till, 1))
    assert till.answers()
    till.press(Key.Key_Up)
    assert not till.answers()
    assert is_still(till, qtbot)
