"""The scan filter at the window's own stage: a scanner's keys go nowhere, a person's go through."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.tour import send_burst
from tests.gui.capture.counter import (
    CODE,
    KEY_PRESS,
    NONE,
    SLOW_MS,
    Counter,
    focus,
    key_event,
    scan,
)

# --- a scan ------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter], ids=["Return", "keypad"])
def test_a_burst_is_a_scan_and_no_field_keeps_any_of_it(counter: Counter, end: Qt.Key) -> None:
    scan(counter, end=end)
    assert counter.scans == [CODE]
    assert counter.field.text() == ""
    assert counter.entered == []


@dataclass(frozen=True)
class Before:
    """A field before a scan."""

    name: str
    prepare: Callable[[QLineEdit], object]


FIELDS = [
    Before("cursor at the end", lambda field: field.setCursorPosition(5)),
    Before("cursor inside", lambda field: field.setCursorPosition(2)),
    Before("a selection", lambda field: field.setSelection(1, 3)),
    Before("everything selected", lambda field: field.selectAll()),
    Before("a backward selection", lambda field: field.setSelection(4, -3)),
]


@pytest.mark.parametrize("before", FIELDS, ids=lambda before: before.name)
def test_the_field_is_as_before(counter: Counter, before: Before) -> None:
    field = counter.field
    field.setText("58.00")
    before.prepare(field)
    was = (field.text(), field.cursorPosition(), field.selectedText(), field.selectionStart())
    scan(counter)
    now = (field.text(), field.cursorPosition(), field.selectedText(), field.selectionStart())
    assert counter.scans == [CODE]
    assert now == was


def test_the_middle_of_the_burst_is_in_no_field(counter: Counter) -> None:
    counter.field.setText("58")
    counter.strike(CODE[:4])
    assert counter.field.text() == "58", "from the fourth key on it is a burst"
    counter.strike(CODE[4:], Qt.Key.Key_Return)
    assert counter.scans == [CODE]
    assert counter.field.text() == "58"


def test_a_read_only_field_is_left_alone(counter: Counter) -> None:
    counter.field.setText("fixed")
    counter.field.setReadOnly(True)
    scan(counter)
    assert (counter.scans, counter.field.text()) == ([CODE], "fixed")


def test_a_full_field_is_left_alone(counter: Counter) -> None:
    counter.field.setMaxLength(5)
    counter.field.setText("58.00")
    scan(counter)
    assert (counter.scans, counter.field.text()) == ([CODE], "58.00")


def test_no_button_is_pressed_by_a_scanned_space_or_enter(qtbot: QtBot, counter: Counter) -> None:
    focus(qtbot, counter.button)
    scan(counter, "qm00 0001 ")
    assert counter.scans == ["qm00 0001 "]
    assert counter.clicks == 0


def test_two_scans_one_after_the_other(counter: Counter) -> None:
    counter.field.setText("58")
    scan(counter)
    scan(counter, "13800000001")
    assert counter.scans == [CODE, "13800000001"]
    assert counter.field.text() == "58"


def test_capitals_come_with_shift(counter: Counter) -> None:
    for char in "VIP880001":
        if char.isupper():
            shift = key_event(QEvent.Type.KeyPress, Qt.Key.Key_Shift, NONE, auto_repeat=False)
            QApplication.sendEvent(counter.windowHandle(), shift)
            counter.strike(char, modifiers=Qt.KeyboardModifier.ShiftModifier)
        else:
            counter.strike(char)
    counter.strike(Qt.Key.Key_Return)
    assert (counter.scans, counter.field.text()) == (["VIP880001"], "")


def test_the_time_of_the_keys_counts_and_not_of_their_arrival(counter: Counter) -> None:
    """A busy window comes round to a person's keys all at once."""
    counter.strike("13800000001", Qt.Key.Key_Return, every_ms=SLOW_MS)
    assert counter.scans == []
    assert counter.entered == ["13800000001"]


@pytest.fixture
def scan_filter() -> Iterator[ScanFilter]:
    watching = ScanFilter()
    yield watching
    watching.stop()


def test_the_main_windows_own_field(qtbot: QtBot, scan_filter: ScanFilter) -> None:
    window = MainWindow()
    window.prepare()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.scan_field)
    scans: list[str] = []
    entered: list[str] = []
    scan_filter.scanned.connect(lambda text, _place: scans.append(text))
    window.identifier_entered.connect(lambda text, _kind: entered.append(text))
    handle: QWindow = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_F8)
    QTest.keyClick(handle, ord("5"))
    QTest.keyClick(handle, Qt.Key.Key_F8)
    before = window.order()
    send_burst(handle, f"{CODE}\r")
    assert (scans, entered) == ([CODE], [])
    assert window.order() == before
    assert window.scan_field.text() == ""


# --- a person ----------------------------------------------------------------------------------


def test_slow_typing_goes_through(counter: Counter) -> None:
    counter.strike("13800000001", every_ms=36)
    assert counter.field.text() == "13800000001"
    counter.strike(Qt.Key.Key_Return, every_ms=36)
    assert (counter.scans, counter.entered) == ([], ["13800000001"])


@pytest.mark.parametrize("text", ["58", "58.", "5", "123"])
def test_a_short_fast_entry_goes_through_with_its_enter(counter: Counter, text: str) -> None:
    counter.strike(text, Qt.Key.Key_Return)
    assert (counter.scans, counter.entered) == ([], [text])


@pytest.mark.parametrize("text", ["58.5", "58.50"])
def test_four_keys_and_enter_at_once_are_a_scan(counter: Counter, text: str) -> None:
    counter.field.setText("58")
    counter.strike(text, Qt.Key.Key_Return)
    assert (counter.scans, counter.entered, counter.field.text()) == ([text], [], "58")


@pytest.mark.parametrize("text", ["58.5", "58.50", "123456"])
def test_what_fingers_rolled_over_is_given_back_in_order(
    qtbot: QtBot, counter: Counter, text: str
) -> None:
    counter.field.setText("ab")
    counter.field.setCursorPosition(1)
    for char in text:
        counter.now_ms += 20
        event = key_event(KEY_PRESS, char, NONE, auto_repeat=False)
        event.setTimestamp(counter.now_ms)
        QApplication.sendEvent(counter.windowHandle(), event)
    assert counter.field.text() == "ab"
    qtbot.waitUntil(lambda: counter.field.text() == f"a{text}b")
    assert (counter.scans, counter.misread) == ([], [])


# --- a person, and then a scanner --------------------------------------------------------------


def test_a_person_then_a_scanner_in_the_same_field(counter: Counter) -> None:
    counter.strike("58", every_ms=SLOW_MS)
    counter.now_ms += SLOW_MS
    scan(counter)
    assert (counter.scans, counter.field.text()) == ([CODE], "58")


def test_a_person_whose_last_key_comes_with_the_scan(counter: Counter) -> None:
    """What cannot be told apart is taken for the scanner's: the code must not lose a letter."""
    counter.strike("5", every_ms=SLOW_MS)
    counter.strike("8", every_ms=SLOW_MS)
    scan(counter)
    assert counter.scans == [f"8{CODE}"]
    assert counter.field.text() == "5"


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    ],
)
def test_a_shortcut_is_no_character(counter: Counter, modifier: Qt.KeyboardModifier) -> None:
    counter.strike("abcdef", modifiers=modifier)
    counter.strike(Qt.Key.Key_Return, modifiers=modifier)
    assert counter.scans == []


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_F2, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Backspace]
)
def test_another_key_ends_what_a_person_was_typing(counter: Counter, key: Qt.Key) -> None:
    counter.strike("12")
    counter.strike(key)
    scan(counter, "345678")
    assert counter.scans == ["345678"]


def test_a_burst_survives_a_key_without_a_character(counter: Counter) -> None:
    counter.strike("qm000", Qt.Key.Key_CapsLock, "0001", Qt.Key.Key_Return)
    assert counter.scans == [CODE]


def test_a_field_left_by_the_mouse_gets_nothing(qtbot: QtBot, counter: Counter) -> None:
    counter.strike("12", every_ms=120, hold_ms=60)
    focus(qtbot, counter.other)
    counter.now_ms += 200
    scan(counter, "345678")
    assert counter.scans == ["345678"]
    assert (counter.field.text(), counter.other.text()) == ("12", "")


@pytest.mark.parametrize("before", [1, 2, 3, 5])
def test_a_field_that_opens_under_a_scan_does_not_cut_it(
    qtbot: QtBot, counter: Counter, before: int
) -> None:
    """A click moves the keyboard between two keys; nobody types on that fast."""
    counter.strike(CODE[:before])
    focus(qtbot, counter.other)
    counter.strike(CODE[before:], Qt.Key.Key_Return)
    assert counter.scans == [CODE]
    assert (counter.field.text(), counter.other.text()) == ("", "")


def test_a_held_key_is_no_scanner(counter: Counter) -> None:
    counter.strike("1")
    counter.now_ms += 300
    counter.strike("1" * 20, every_ms=30, auto_repeat=True)
    counter.strike(Qt.Key.Key_Return)
    assert counter.scans == []
    assert counter.entered == ["1" * 21]


@pytest.mark.parametrize("code", ["0000000000", "qm0000001", "1122334455"])
def test_a_key_struck_twice_at_once_is_no_repeat(counter: Counter, code: str) -> None:
    """As Qt tells of it on X11: the release and the next press have one time."""
    for before, char in zip(f" {code}", code, strict=False):
        counter.strike(char, every_ms=1, auto_repeat=char == before)
    counter.strike(Qt.Key.Key_Return)
    assert (counter.scans, counter.field.text()) == ([code], "")


def test_text_of_an_input_method_goes_through(counter: Counter) -> None:
    counter.strike("王小明", every_ms=SLOW_MS)
    assert counter.field.text() == "王小明"


# --- safety ------------------------------------------------------------------------------------


@pytest.mark.allow_log("posmember.ui.capture.scan_filter")
def test_a_bug_inside_disarms_it_and_the_keys_go_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    window = Counter()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    focus(qtbot, window.field)
    scan_filter = window.watch()

    def explode(*_key: object, **_how: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(scan_filter._buffer, "press", explode)
    window.strike("13800000001", Qt.Key.Key_Return)
    assert window.scans == []
    assert window.entered == ["13800000001"]
    failures = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(failures) == 1
    assert "13800000001" not in caplog.text


def test_keys_of_every_window_are_watched(qtbot: QtBot, counter: Counter) -> None:
    another = Counter()
    qtbot.addWidget(another)
    another.show()
    another.activateWindow()
    focus(qtbot, another.field)
    another.strike(CODE, Qt.Key.Key_Return)
    assert counter.scans == [CODE]
    assert (another.entered, another.field.text()) == ([], "")
