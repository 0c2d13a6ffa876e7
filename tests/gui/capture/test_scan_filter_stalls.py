"""A scanner that stands still within a code, at the window's own stage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from posmember.scanning.burst import Flaw, Misread, ScanSettings
from tests.gui.capture.counter import (
    FAST_MS,
    KEY_PRESS,
    KEY_RELEASE,
    NONE,
    SLOW_MS,
    Counter,
    focus,
    key_event,
    scan,
)

UNFINISHED = Misread(Flaw.UNFINISHED)
MEMBER, PHONE = "9000000000000", "13800000001"
"""In one code, the second of which is somebody's phone number."""


@pytest.mark.parametrize("place", [2, 3, 4, 13, 24])
@pytest.mark.parametrize("pause_ms", [80, 150, 490])
def test_a_code_that_stalls_is_one(counter: Counter, place: int, pause_ms: int) -> None:
    """By the keys' own times, however late the window comes round to them."""
    counter.field.setText("58")
    code = MEMBER + PHONE
    counter.strike(code[:place], hold_ms=1)
    counter.now_ms += pause_ms
    counter.strike(code[place:], Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.misread) == ([code], [])
    assert (counter.field.text(), counter.entered) == ("58", [])


@pytest.mark.parametrize("place", [2, 3, 4, 13])
def test_also_where_the_window_has_time_for_each_part(
    qtbot: QtBot, counter: Counter, place: int
) -> None:
    """Then the first keys have reached the field, and are taken out of it again."""
    counter.field.setText("58")
    counter.field.setSelection(0, 1)
    code = MEMBER + PHONE
    counter.strike(code[:place], hold_ms=1)
    buffer = counter.scan_filter._buffer
    qtbot.waitUntil(lambda: buffer.may_go_on if place < 4 else not buffer._is_open)
    assert counter.field.text() == ("58" if place > 3 else f"{code[:place]}8")
    counter.now_ms += 150
    counter.strike(code[place:], Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.misread) == ([code], [])
    assert (counter.field.text(), counter.field.selectedText()) == ("58", "5")


def test_behind_its_first_key_alone_the_rest_is_not_looked_up(counter: Counter) -> None:
    counter.strike("9", hold_ms=1)
    counter.now_ms += 150
    counter.strike(PHONE, Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.misread) == ([], [UNFINISHED])
    assert counter.field.text() == "9"


def test_half_a_code_reaches_nobody_and_is_said(qtbot: QtBot, counter: Counter) -> None:
    counter.field.setText("58")
    counter.field.selectAll()
    with qtbot.waitSignal(counter.scan_filter.misread) as said:
        counter.strike(MEMBER)
    assert said.args == [UNFINISHED]
    assert (counter.field.text(), counter.field.selectedText()) == ("58", "58")
    assert (counter.scans, counter.scan_filter._held) == ([], {})


def test_a_slow_key_behind_half_a_code_is_the_persons(qtbot: QtBot, counter: Counter) -> None:
    counter.strike(MEMBER)
    counter.strike("7", every_ms=SLOW_MS, hold_ms=80)
    qtbot.waitUntil(lambda: counter.field.text() == "7")
    qtbot.waitUntil(lambda: counter.misread == [Misread(Flaw.UNFINISHED, typed=True)])
    counter.strike(Qt.Key.Key_Return, every_ms=SLOW_MS + 500)
    assert (counter.scans, counter.entered) == ([], ["7"])


def test_it_goes_to_the_field_that_somebody_went_to(qtbot: QtBot, counter: Counter) -> None:
    counter.strike(MEMBER)
    focus(qtbot, counter.other)
    counter.strike("7", every_ms=SLOW_MS, hold_ms=80)
    qtbot.waitUntil(lambda: counter.other.text() == "7")
    counter.strike(PHONE, Qt.Key.Key_Return, every_ms=FAST_MS)
    assert (counter.field.text(), counter.other.text()) == ("", "7")
    assert counter.scans in ([MEMBER + PHONE], [])


def test_a_key_that_is_held_on_repeats_in_its_field(qtbot: QtBot, counter: Counter) -> None:
    counter.strike(MEMBER)
    counter.now_ms += SLOW_MS
    event = key_event(KEY_PRESS, "7", NONE, auto_repeat=False)
    event.setTimestamp(counter.now_ms)
    QApplication.sendEvent(counter.windowHandle(), event)
    qtbot.waitUntil(lambda: counter.field.text() == "7")
    counter.now_ms += 250
    counter.strike("777", every_ms=30, auto_repeat=True)
    assert counter.field.text() == "7777"


def test_a_key_that_is_held_on_over_a_stall_stays_the_scanners(counter: Counter) -> None:
    """The scanner's own key, where its release is what comes late."""
    counter.strike(MEMBER, hold_ms=1)
    last = key_event(KEY_PRESS, "1", NONE, auto_repeat=False)
    counter.now_ms += FAST_MS
    last.setTimestamp(counter.now_ms)
    QApplication.sendEvent(counter.windowHandle(), last)
    counter.now_ms += 250
    for _ in range(3):
        counter.now_ms += 30
        for kind in (KEY_RELEASE, KEY_PRESS):  # as Qt tells of it on X11
            event = key_event(kind, "1", NONE, auto_repeat=True)
            event.setTimestamp(counter.now_ms)
            QApplication.sendEvent(counter.windowHandle(), event)
    released = key_event(KEY_RELEASE, "1", NONE, auto_repeat=False)
    released.setTimestamp(counter.now_ms)
    QApplication.sendEvent(counter.windowHandle(), released)
    counter.strike(PHONE[1:], Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.field.text()) == ([MEMBER + PHONE], "")


def test_first_keys_that_moved_the_keyboard_away(qtbot: QtBot, counter: Counter) -> None:
    """On the keypad without Num Lock they move it themselves."""
    counter.strike("16", hold_ms=1)
    qtbot.waitUntil(lambda: counter.scan_filter._buffer.may_go_on)
    focus(qtbot, counter.other)
    counter.now_ms += 100
    counter.strike("957104474", Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.misread) == ([], [UNFINISHED])
    assert counter.other.text() == ""


def test_first_keys_where_the_very_first_was_held(qtbot: QtBot, counter: Counter) -> None:
    """As it may be the prefix: it reached the field only when it fell quiet."""
    counter.scan_filter.use(ScanSettings(prefix="~"))
    counter.field.setText("58")
    counter.strike("~", hold_ms=1)
    qtbot.waitUntil(lambda: counter.field.text() == "58~")
    counter.now_ms += 100
    counter.strike(PHONE, Qt.Key.Key_Return, hold_ms=1)
    assert (counter.scans, counter.field.text()) == ([PHONE], "58")


def test_first_keys_whose_field_is_gone(qtbot: QtBot, counter: Counter) -> None:
    counter.strike("90", hold_ms=1)
    qtbot.waitUntil(lambda: counter.scan_filter._buffer.may_go_on)
    counter.field.deleteLater()
    qtbot.waitUntil(lambda: not isValid(counter.field))
    counter.now_ms += 100
    counter.strike(PHONE, Qt.Key.Key_Return, hold_ms=1)
    assert len(counter.scans) + len(counter.misread) == 1


def test_a_shortcut_of_a_person_works_while_a_scanner_stands_still(counter: Counter) -> None:
    counter.strike(MEMBER)
    f2, enter = Qt.Key.Key_F2, Qt.Key.Key_Return
    for key, late_ms, is_the_scanners in ((f2, 2, True), (f2, 200, False), (enter, 200, True)):
        override = key_event(QEvent.Type.ShortcutOverride, key, NONE, auto_repeat=False)
        override.setTimestamp(counter.now_ms + late_ms)
        override.ignore()
        assert counter.scan_filter.eventFilter(counter.field, override) is is_the_scanners
        assert override.isAccepted() is is_the_scanners


def test_other_settings_forget_a_burst_that_has_begun(counter: Counter) -> None:
    counter.strike(MEMBER)
    counter.scan_filter.use(ScanSettings(prefix="~"))
    assert counter.scan_filter._held == {}
    scan(counter, f"~{PHONE}")
    assert (counter.scans, counter.field.text()) == ([PHONE], "")
