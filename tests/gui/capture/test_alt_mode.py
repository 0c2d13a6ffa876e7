"""A scanner in ALT mode: Alt held down, digits on the keypad, Alt let go, for each character."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import Flaw, Misread
from tests.gui.capture.counter import CODE, KEY_PRESS, KEY_RELEASE, NONE, SLOW_MS, Counter, focus

ALT, KEYPAD = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier
LOST = [Misread(Flaw.ALT_CODES)]
WITHOUT_NUM_LOCK = {
    "0": Qt.Key.Key_Insert, "1": Qt.Key.Key_End, "2": Qt.Key.Key_Down, "3": Qt.Key.Key_PageDown,
    "4": Qt.Key.Key_Left, "5": Qt.Key.Key_Clear, "6": Qt.Key.Key_Right, "7": Qt.Key.Key_Home,
    "8": Qt.Key.Key_Up, "9": Qt.Key.Key_PageUp,
}  # fmt: skip


def send(
    counter: Counter, kind: QEvent.Type, key: int, modifiers: Qt.KeyboardModifier, text: str = ""
) -> None:
    counter.now_ms += 2
    event = QKeyEvent(kind, key, modifiers, text)
    event.setTimestamp(counter.now_ms)
    QApplication.sendEvent(counter.windowHandle(), event)


def alt_code(counter: Counter, char: str, *, num_lock: bool = True) -> None:
    """Send a character as its number, as on a system that makes nothing of it."""
    send(counter, KEY_PRESS, Qt.Key.Key_Alt, NONE)
    for digit in f"0{ord(char)}":
        key, text = (ord(digit), digit) if num_lock else (WITHOUT_NUM_LOCK[digit].value, "")
        for kind in (KEY_PRESS, KEY_RELEASE):
            send(counter, kind, key, ALT | KEYPAD, text)
    send(counter, KEY_RELEASE, Qt.Key.Key_Alt, NONE)


@pytest.mark.parametrize("place", ["field", "button"])
@pytest.mark.parametrize("num_lock", [True, False])
def test_it_is_named_at_its_enter(
    counter: Counter, qtbot: QtBot, place: str, num_lock: bool
) -> None:
    focus(qtbot, getattr(counter, place))
    for char in CODE:
        alt_code(counter, char, num_lock=num_lock)
    assert counter.misread == []
    counter.strike(Qt.Key.Key_Return)
    assert counter.misread == LOST
    assert (counter.scans, counter.entered, counter.clicks) == ([], [], 0)
    assert counter.field.text() == ""


def test_without_an_enter_it_is_named_when_it_falls_quiet(counter: Counter, qtbot: QtBot) -> None:
    for char in CODE:
        alt_code(counter, char)
    qtbot.waitUntil(lambda: counter.misread == LOST)
    counter.now_ms += 1000
    counter.strike("1", Qt.Key.Key_Return, every_ms=SLOW_MS)
    assert counter.misread == LOST
    assert counter.entered == ["1"]


def test_each_scan_is_named_once(counter: Counter) -> None:
    for _scan in range(2):
        for char in CODE:
            alt_code(counter, char)
        counter.strike(Qt.Key.Key_Return)
        counter.now_ms += 2000
    assert counter.misread == LOST * 2


def test_where_the_system_makes_it_out_it_is_a_scan(counter: Counter) -> None:
    """As Windows does: the character comes behind each Alt."""
    for char in CODE:
        alt_code(counter, char)
        counter.strike(char)
    counter.strike(Qt.Key.Key_Return)
    assert counter.misread == []
    assert counter.scans == [CODE] or counter.entered == [CODE]


def test_a_person_may_type_one(counter: Counter, qtbot: QtBot) -> None:
    alt_code(counter, "¥")
    counter.now_ms += SLOW_MS
    counter.strike("58", Qt.Key.Key_Return, every_ms=SLOW_MS)
    assert counter.misread == []
    assert counter.entered == ["58"]


def test_alt_with_other_keys_goes_through(counter: Counter) -> None:
    counter.strike("k", modifiers=ALT)
    for char in "123":
        counter.strike(char, modifiers=ALT)  # of the row above the letters
    counter.strike(Qt.Key.Key_Return, every_ms=SLOW_MS)
    assert counter.misread == []
    assert counter.entered != []
