"""Enter and the code: whose Enter it is, what closes the sheet, and that no scan is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import STALLED_S
from posmember.ui import tour
from posmember.ui.capture.late_enter import LATE_S, LateEnter
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.codes import Codes
from posmember.ui.view.screen import Hint, Severity, View
from tests.gui import samples
from tests.gui.driving import hint_text
from tests.gui.typing_till import CODE, PHONE, Key, Till, a_button, coupons, opened, order_types

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

SUGGESTED = "880000000001"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def till(qapp: QApplication, qtbot: QtBot) -> Iterator[Till]:
    """A till whose member was scanned, and has been on the screen for a while."""
    for made in opened(qtbot):
        made.window.show_scanned(CODE)
        codes(made).late_enter.end()
        yield made


def codes(till: Till) -> Codes:
    assert till.window.codes is not None
    return till.window.codes


def shown(till: Till) -> str:
    return codes(till).code()


def hold(till: Till, key: Qt.Key, text: str, times: int) -> None:
    """Strike a key and hold it down: the keyboard repeats it."""
    till.type(key)
    for _ in range(times):
        tour._Clock.ms += 130
        event = QKeyEvent(
            QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, text, True
        )
        event.setTimestamp(tour._Clock.ms)
        QApplication.sendEvent(till.window.windowHandle(), event)


# --- Enter ----------------------------------------------------------------------------------------


def test_the_suggested_code_takes_one_key_behind_a_scan(till: Till) -> None:
    assert QApplication.focusWidget() is till.field
    assert till.field.text() == CODE
    till.type(Key.Key_Return)
    assert shown(till) == SUGGESTED
    assert till.entered == []


def test_a_typed_text_is_looked_up(till: Till) -> None:
    till.type(PHONE, Key.Key_Return)
    assert (till.entered, shown(till)) == ([PHONE], "")


def test_the_same_text_typed_again_is_looked_up(till: Till) -> None:
    till.type(CODE, Key.Key_Return)
    assert (till.entered, shown(till)) == ([CODE], "")


def test_with_a_type_chosen_it_is_looked_up(till: Till) -> None:
    till.window._orders._kinds.setCurrentIndex(2)
    till.type(Key.Key_Return)
    assert (till.entered, shown(till)) == ([CODE], "")


def test_an_empty_field_is_nothing_to_look_up(till: Till) -> None:
    till.type(Key.Key_Backspace, Key.Key_Return)
    assert (till.entered, shown(till)) == ([], SUGGESTED)


@pytest.mark.parametrize("place", [a_button, order_types], ids=lambda place: place.__name__)
def test_what_is_typed_goes_before_the_code_of_the_member_before(till: Till, place: object) -> None:
    assert callable(place)
    till.field.setFocus()
    till.type(PHONE)
    place(till.window).setFocus()
    till.type(Key.Key_Return)
    assert (till.entered, shown(till)) == ([PHONE], "")


def test_but_not_by_an_enter_that_may_be_a_scanners(till: Till) -> None:
    till.field.setFocus()
    till.type(PHONE)
    a_button(till.window).setFocus()
    codes(till).late_enter.expect()
    till.type(Key.Key_Return)
    assert (till.entered, shown(till)) == ([], "")


def test_where_nothing_is_suggested_enter_looks_up_again(till: Till) -> None:
    till.window.render(samples.unknown_view())
    codes(till).late_enter.end()
    till.type(Key.Key_Return)
    assert (till.entered, shown(till)) == ([CODE], "")


@pytest.mark.parametrize("place", [a_button, order_types], ids=lambda place: place.__name__)
def test_enter_where_nothing_is_typed(till: Till, place: object) -> None:
    assert callable(place)
    place(till.window).setFocus()
    till.type(Key.Key_Return)
    assert (till.entered, shown(till)) == ([], SUGGESTED)


def test_enter_in_a_list_without_a_selected_row(till: Till) -> None:
    coupons(till.window).setFocus(Qt.FocusReason.MouseFocusReason)
    till.window._coupons.unselect()
    till.type(Key.Key_Return)
    assert shown(till) == SUGGESTED


def test_the_selected_row_goes_before_the_suggested_one(till: Till) -> None:
    till.type(Key.Key_F6, Key.Key_Down, Key.Key_Return)
    assert shown(till) == "880000000002"
    till.type(Key.Key_Escape, Key.Key_F2, Key.Key_Return)
    assert shown(till) == "880000000002", "as Ctrl+C copies what is visibly selected"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_enter_in_an_order_field_ends_that_alone(till: Till, place: int) -> None:
    till.window.numbers.enter_place(place)
    till.type("5", Key.Key_Return)
    assert shown(till) == ""
    assert QApplication.focusWidget() is till.field


def test_enter_on_an_answer_answers(till: Till, qtbot: QtBot) -> None:
    answered: list[int] = []
    till.window.answered.connect(answered.append)
    hint = Hint(Severity.WARNING, "哪种？", answers=("这种", "那种"))
    till.window.render(replace(samples.loaded_view(), hint=hint))
    codes(till).late_enter.end()
    answer = till.window._body.say._buttons[1]
    qtbot.waitUntil(answer.isVisible)
    answer.setFocus()
    till.type(Key.Key_Return)
    assert (answered, shown(till)) == ([1], "")


def test_enter_in_the_filter_goes_to_the_list_alone(till: Till) -> None:
    till.type(Key.Key_F6, "/", "8", Key.Key_Return)
    assert shown(till) == ""


def test_enter_in_a_sheet_of_others_is_theirs(till: Till) -> None:
    assert not codes(till).is_for(till.window._status)
    assert codes(till).is_for(None)
    assert codes(till).is_for(till.window)


# --- an Enter that is no person's -----------------------------------------------------------------


def found(till: Till, run: int) -> None:
    """Let a lookup begin and its member be found."""
    till.window.show_scanned(CODE)
    till.window.render(replace(samples.loading_view(), run=run))
    till.window.render(samples.loaded_view(run))


@pytest.mark.parametrize("where", ["scan field", "list", "button"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_scanners_late_enter_opens_nothing(till: Till, where: str, times: int) -> None:
    {"scan field": till.field, "list": coupons(till.window), "button": a_button(till.window)}[
        where
    ].setFocus()
    till.scan()
    found(till, run=2)
    for _ in range(times):
        till.type(Key.Key_Return, every_ms=300)
    assert (till.scans, shown(till)) == ([CODE], "")


def test_nor_where_the_scan_is_the_same_again_and_the_member_stays(till: Till) -> None:
    till.scan()
    till.type(Key.Key_Return, every_ms=300)
    assert shown(till) == ""


def test_nor_behind_a_serial_scanners_code(till: Till) -> None:
    till.window.take_secret_scan(CODE, 1)
    till.type(Key.Key_Return)
    assert shown(till) == ""


def test_nor_does_the_second_end_of_a_slow_scanner(till: Till) -> None:
    """A scanner so slow that it is taken for a person, with CR and LF, or two Enters."""
    till.type(*CODE, Key.Key_Return, every_ms=60)
    assert till.entered == [CODE]
    found(till, run=2)
    till.type(Key.Key_Return, every_ms=60)
    assert shown(till) == ""


def test_an_enter_that_is_held_down_is_struck_once(till: Till) -> None:
    till.type(PHONE)
    hold(till, Key.Key_Return, "\r", times=3)
    found(till, run=2)
    codes(till).late_enter.end()
    hold_on = QKeyEvent(
        QEvent.Type.KeyPress, Key.Key_Return.value, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    for _ in range(3):
        tour._Clock.ms += 130
        hold_on.setTimestamp(tour._Clock.ms)
        QApplication.sendEvent(till.window.windowHandle(), hold_on)
    assert (till.entered, shown(till)) == ([PHONE], "")


@pytest.mark.parametrize("where", ["scan field", "list", "button"])
def test_the_enter_that_opens_it_does_not_close_it_while_it_is_held(till: Till, where: str) -> None:
    {"scan field": till.field, "list": coupons(till.window), "button": a_button(till.window)}[
        where
    ].setFocus()
    hold(till, Key.Key_Return, "\r", times=4)
    assert shown(till) == SUGGESTED


def test_nor_where_qt_does_not_tell_that_it_repeats(till: Till) -> None:
    """On X11 it forgets to now and then; the release and the next press have one time."""
    till.type(Key.Key_Return)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Key.Key_Return.value, Qt.KeyboardModifier.NoModifier, "\r")
        event.setTimestamp(tour._Clock.ms + 290)
        QApplication.sendEvent(till.window.windowHandle(), event)
    assert shown(till) == SUGGESTED
    till.type(Key.Key_Return, every_ms=500)
    assert shown(till) == ""


def test_after_a_while_it_is_the_persons(till: Till, qtbot: QtBot) -> None:
    till.scan()
    found(till, run=2)
    qtbot.waitUntil(lambda: not codes(till).late_enter.may_come())
    till.type(Key.Key_Return)
    assert shown(till) == SUGGESTED


def test_so_long_may_a_scanner_stand_still() -> None:
    assert LATE_S == STALLED_S


def test_in_a_busy_window_a_late_enter_is_still_expected(
    qtbot: QtBot, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits to be read was struck before the time was over."""
    late = LateEnter(till.window)
    late.expect()
    late._timer.stop()
    late._timer._look_once_more()  # the time is over, in a window that was busy until now
    assert late.may_come()
    qtbot.waitUntil(lambda: not late.may_come())


# --- any key closes it ----------------------------------------------------------------------------


@pytest.fixture
def open_till(till: Till) -> Till:
    till.type(Key.Key_F6, Key.Key_Return)
    assert shown(till) == SUGGESTED
    return till


@pytest.mark.parametrize(
    "key",
    [
        Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_Right, Key.Key_Down, Key.Key_Tab,
        Key.Key_Backspace, Key.Key_PageDown, Key.Key_Escape,
    ],
)  # fmt: skip
def test_a_key_closes_it_and_does_nothing_else(open_till: Till, key: Qt.Key) -> None:
    window = open_till.window
    cleared: list[int] = []
    window.cleared.connect(lambda: cleared.append(1))
    open_till.type(key)
    assert shown(open_till) == ""
    assert QApplication.focusWidget() is coupons(window)
    assert window._coupons.selected_code() == SUGGESTED
    assert window._sheets.details is None
    assert (open_till.entered, cleared) == ([], [])


@pytest.mark.parametrize("key", [Key.Key_Shift, Key.Key_Control, Key.Key_CapsLock])
def test_a_key_that_only_changes_others_does_not(open_till: Till, key: Qt.Key) -> None:
    open_till.type(key)
    assert shown(open_till) == SUGGESTED


def test_copying_does_not(open_till: Till) -> None:
    open_till.type("c", modifier=CTRL)
    assert shown(open_till) == SUGGESTED


@pytest.mark.parametrize("where", ["scan field", "amount"])
def test_copying_copies_the_code_also_where_a_field_has_a_text_selected(
    till: Till, where: str
) -> None:
    till.window.numbers.amount.setText("58")
    till.window.numbers.enter_place(0) if where == "amount" else till.field.selectAll()
    codes(till).show_suggested()
    till.type("c", modifier=CTRL)
    assert QGuiApplication.clipboard().text() == SUGGESTED
    assert shown(till) == SUGGESTED


def test_a_letter_closes_it_and_is_the_scan_fields(open_till: Till) -> None:
    open_till.type(PHONE)
    assert (shown(open_till), open_till.field.text()) == ("", PHONE)
    open_till.type(Key.Key_Return)
    assert open_till.entered == [PHONE]


def test_a_function_key_closes_it_and_does_what_it_does(open_till: Till) -> None:
    open_till.type(Key.Key_F8)
    assert shown(open_till) == ""
    assert QApplication.focusWidget() is open_till.window.numbers.amount


def test_a_click_on_another_row_closes_it_and_selects_that_one(till: Till) -> None:
    codes(till).show_suggested()
    rows = till.window._coupons.row_list
    assert rows is not None
    place = rows.visualRect(rows.model().index(3, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (shown(till), rows.selected_code()) == ("", "880000000004")


def test_words_without_keys_close_it(open_till: Till) -> None:
    open_till.field.setFocus()
    open_till.field.insert("1")
    open_till.field.textEdited.emit("1")
    assert shown(open_till) == ""


def test_escape_closes_it_before_all_else(open_till: Till) -> None:
    open_till.type(Key.Key_Escape, Key.Key_Right, Key.Key_Return)
    window = open_till.window
    assert window._sheets.details is not None
    assert (shown(open_till), window._sheets.details.is_open()) == (SUGGESTED, True)
    open_till.type(Key.Key_Escape)
    assert (shown(open_till), window._sheets.details.is_open()) == ("", True)
    open_till.type(Key.Key_Escape)
    assert not window._sheets.details.is_open()


# --- a scan while it is open ----------------------------------------------------------------------


@pytest.mark.parametrize("where", ["scan field", "list", "button"])
@pytest.mark.parametrize("every_ms", [1, 5, 20])
def test_a_scan_closes_it_and_is_whole(till: Till, where: str, every_ms: int) -> None:
    {"scan field": till.field, "list": coupons(till.window), "button": a_button(till.window)}[
        where
    ].setFocus()
    till.type(Key.Key_Return)
    assert shown(till) == SUGGESTED
    tour._Clock.ms += 1000
    focused = QApplication.focusWidget()
    tour.send_burst(till.window.windowHandle(), "qm0000042\r", every_ms)
    assert (till.scans, shown(till)) == (["qm0000042"], "")
    assert (till.entered, till.field.text()) == ([], CODE)
    assert QApplication.focusWidget() is focused


def test_a_scan_that_stands_still_behind_its_first_key_is_whole(open_till: Till) -> None:
    tour._Clock.ms += 1000
    handle = open_till.window.windowHandle()
    tour.send_burst(handle, "qm00")
    tour._Clock.ms += 200
    tour.send_burst(handle, "00042\r")
    assert (open_till.scans, shown(open_till)) == (["qm0000042"], "")


def test_behind_a_scan_that_changes_nothing_enter_is_for_the_code_again(open_till: Till) -> None:
    open_till.field.setFocus()
    open_till.type(Key.Key_Escape)
    open_till.scan()
    codes(open_till).late_enter.end()
    open_till.type(Key.Key_Return)
    assert (open_till.entered, shown(open_till)) == ([], SUGGESTED)


@pytest.mark.parametrize("place", [1, 2])
def test_the_code_itself_read_back_is_no_members(till: Till, place: int) -> None:
    till.type(Key.Key_F6, Key.Key_Return)
    assert till.window.take_secret_scan(SUGGESTED, place)
    assert shown(till) == ""
    assert "先点收银系统的窗口" in hint_text(till.window)
    assert not till.window.take_secret_scan(CODE, 1)
    assert not till.window.take_secret_scan("", 1)


def test_of_the_member_before_it_is_looked_up_as_ever(till: Till) -> None:
    till.type(Key.Key_F6, Key.Key_Return)
    till.window.render(View(now=samples.NOW))
    assert not till.window.take_secret_scan(SUGGESTED, 1)


def test_a_code_that_was_not_shown_is_looked_up_as_ever(till: Till) -> None:
    assert not till.window.take_secret_scan(SUGGESTED, 1)


def test_it_stays_where_another_program_is_used(
    open_till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The till's own program has the keyboard while its scanner reads the code from here."""
    window: MainWindow = open_till.window
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))
    assert shown(open_till) == SUGGESTED
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    before = hint_text(window)
    assert window.take_secret_scan(SUGGESTED, 1)
    assert hint_text(window) == before


# --- the button -----------------------------------------------------------------------------------


def test_row_c_offers_it(till: Till) -> None:
    button = till.window._body.say._suggestion._large  # type: ignore[union-attr]
    assert (button.isVisible(), button.text()) == (True, "出码 Enter")
    assert min(button.width(), button.height()) >= 32
    codes(till).late_enter.expect()
    button.click()
    assert shown(till) == SUGGESTED, "a hand is nobody's late Enter"
