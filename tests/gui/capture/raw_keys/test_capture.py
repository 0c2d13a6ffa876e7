"""Scans out of the keys of a field that writes Chinese, with an input method that answers late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import Flaw, Misread, ScanSettings
from posmember.scanning.layout import LEFT_SHIFT
from posmember.ui.capture.put_back import remember
from posmember.ui.capture.raw_keys import composing
from posmember.ui.capture.raw_keys.capture import NativeCapture
from tests.gui.capture.raw_keys.writing import CODE, FAST_S, KEYS, SLOW_S, Till


def test_a_scan(till: Till) -> None:
    assert till.type(CODE + "\r") == f"{CODE[3:]}\r"
    assert (till.scans, till.begun) == ([(CODE, 1)], 1)
    assert (till.note.text(), till.note.cursorPosition()) == ("备注", 1)


def test_capital_letters_do_not_switch_the_input_method(till: Till) -> None:
    """A Shift that comes alone does; so the scanner's own is swallowed with its letter."""
    till.type("abcd")
    assert till.send(LEFT_SHIFT)
    code, _ = KEYS["E"]
    assert till.send(code, shift=True)
    assert till.send(code, pressed=False, shift=True)
    assert till.send(LEFT_SHIFT, pressed=False, shift=True)
    till.type("F\r")
    assert till.scans == [("abcdEF", 1)]


def test_a_shift_let_go_in_a_burst_is_swallowed_even_if_it_had_passed(till: Till) -> None:
    till.type("abc")
    assert not till.send(LEFT_SHIFT)
    code, _ = KEYS["D"]
    till.now_s += FAST_S
    assert till.send(code, shift=True)
    assert till.send(code, pressed=False, shift=True)
    assert till.send(LEFT_SHIFT, pressed=False, shift=True)
    till.type("efg\r")
    assert till.scans == [("abcDefg", 1)]


def test_typing_passes_whole(till: Till) -> None:
    assert till.type("nihao beizhu 12\r", SLOW_S) == ""
    assert (till.scans, till.begun) == ([], 0)


def test_a_shift_of_a_person_passes(till: Till) -> None:
    assert not till.send(LEFT_SHIFT)
    till.now_s += SLOW_S
    assert not till.send(LEFT_SHIFT, pressed=False, shift=True)


def test_a_key_that_is_held_down_is_no_scan(till: Till) -> None:
    code, _ = KEYS["n"]
    till.send(code)
    assert not any(till.send(code, repeated=True) for _ in range(20))
    assert till.begun == 0


def test_two_codes_in_one_burst(till: Till) -> None:
    till.type(f"{CODE}\r6901234567890\r")
    assert till.scans == [(CODE, 1), ("6901234567890", 2)]
    assert till.note.text() == "备注"


def test_nothing_is_taken_where_no_chinese_is_written(till: Till) -> None:
    till.writing = None
    assert till.type(CODE + "\r") == ""
    assert till.scans == []


def test_a_burst_goes_on_when_the_keyboard_moves_to_another_field(till: Till) -> None:
    till.type("qm000")
    till.writing = None
    assert till.type("0001\r") == "0001\r"
    assert till.scans == [(CODE, 1)]


def test_keys_before_the_keyboard_moved_are_no_part_of_a_scan(till: Till) -> None:
    till.type("12")
    till.writing = till.other
    till.type(CODE + "\r")
    assert till.scans == [(CODE, 1)]


# --- what the input method does with the first keys ----------------------------------------------


def test_a_preedit_is_given_up(till: Till) -> None:
    till.compose("你")
    till.type("qm0")
    till.compose("你全面")
    till.type("000001\r")
    assert (till.note.text(), till.note.displayText()) == ("备注", "备注")


def test_a_candidate_that_a_digit_chose_is_taken_out(till: Till) -> None:
    till.compose("你")
    till.strike("6")
    till.compose("", "匿")
    assert till.note.text() == "备匿注"
    till.type("901234567890\r")
    assert (till.scans, till.note.text()) == ([("6901234567890", 1)], "备注")


def test_it_knows_what_the_input_method_was_let_have(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [50.0]
    monkeypatch.setattr("posmember.ui.capture.raw_keys.capture.monotonic", lambda: now[0])
    till.type("ni", SLOW_S)
    now[0] += 2.0
    till.type("h.", SLOW_S)
    assert till.capture.given(3.0, of_burst=False) == "nih."
    assert till.capture.given(2.0, of_burst=False) == "h."
    assert till.capture.given(3.0, of_burst=True) == ""
    till.now_s += 1
    till.type(CODE + "\r")
    assert till.capture.given(3.0, of_burst=True) == CODE[:3]
    assert till.capture.given(1.0, of_burst=False) == f"h.{CODE[:3]}"
    now[0] += 3.0
    assert till.capture.given(3.0, of_burst=True) == ""


def test_what_the_input_method_says_later_is_dropped(till: Till) -> None:
    till.compose("你")
    till.type("6901234567890\r")
    till.compose("", "匿")
    till.compose("ni q m")
    assert (till.note.text(), till.note.displayText()) == ("备注", "备注")


def _first_keys(till: Till, chars: str) -> list[tuple[str, float]]:
    """Strike the first keys of a burst; return them with their times."""
    struck = []
    for char in chars:
        till.now_s += FAST_S
        struck.append((char, round(till.now_s, 3)))
        till.send(KEYS[char][0])
        till.send(KEYS[char][0], pressed=False)
    return struck


def test_keys_that_it_sends_on_later_are_dropped(till: Till) -> None:
    struck = _first_keys(till, "690")
    till.type("1234567890\r")
    for char, at_s in struck:
        till.forward(char, at_s)
    assert (till.scans, till.note.text()) == ([("6901234567890", 1)], "备注")


def test_however_late_and_wherever_the_keyboard_is_then(till: Till) -> None:
    struck = _first_keys(till, "690")
    till.type("1234567890\r")
    till.now_s += 5
    till.type(CODE + "\r")  # another scan, and then another field
    till.focus(till.other)
    for char, at_s in struck:
        till.forward(char, at_s)
    assert (till.other.text(), till.note.text()) == ("", "备注")
    till.forward("x", till.now_s + 1)
    assert till.other.text() == "x"


def test_a_late_key_is_no_shortcut_either(till: Till) -> None:
    ((char, at_s),) = _first_keys(till, "6")
    till.type("901234567890\r")
    override = QKeyEvent(
        QEvent.Type.ShortcutOverride, ord(char), Qt.KeyboardModifier.NoModifier, char
    )
    override.setTimestamp(round(at_s * 1000))
    override.ignore()
    assert till.filter.eventFilter(till.note, override)
    assert override.isAccepted()


def test_a_key_of_a_person_is_not_dropped(till: Till) -> None:
    till.type(CODE + "\r")
    till.forward("x", till.now_s + 0.05)
    assert till.note.text() == "备x注"


def test_composing_goes_on_with_the_next_key(till: Till) -> None:
    till.type(CODE + "\r")
    till.compose("qm")
    till.strike("n", composing.ANSWERS_WITHIN_S + 0.1)
    till.compose("", "你")
    assert till.note.text() == "备你注"


def test_a_key_right_behind_the_burst_does_not_let_its_answers_in(till: Till) -> None:
    till.type(CODE + "\r")
    till.strike("n", SLOW_S)
    till.compose("", "全面")
    assert till.note.text() == "备注"


@pytest.mark.parametrize("answers", ["with words", "with a key"])
def test_a_starved_input_method_is_waited_for_however_slow_the_next_key(
    till: Till, answers: str
) -> None:
    struck = _first_keys(till, CODE[:3])
    till.type(CODE[3:] + "\r")
    till.strike("7", composing.ANSWERS_WITHIN_S + 0.1)
    seven_at = round(till.now_s - (composing.ANSWERS_WITHIN_S + 0.1) / 4, 3)
    if answers == "with words":
        till.compose("qm")
        till.compose("", "全面")
    else:
        for char, at_s in struck:
            till.forward(char, at_s)
    assert till.note.text() == "备注"
    till.forward("7", seven_at)
    till.strike("n", SLOW_S)
    till.compose("n")
    till.compose("", "你")
    assert till.note.text() == "备7你注"


def test_what_the_guard_sends_itself_is_no_answer(till: Till) -> None:
    """It clears what was composed when the burst begins."""
    till.compose("你")
    till.type(CODE + "\r")
    till.strike("7", composing.ANSWERS_WITHIN_S + 0.1)
    till.compose("", "全面")
    assert till.note.text() == "备注"


def test_the_field_is_left_to_the_person_after_a_while(
    qtbot: QtBot, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any key: a text that was spoken, or drawn by hand."""
    monkeypatch.setattr(composing, "_LASTS_MS", 1)
    till.type(CODE + "\r")
    guard = till.capture._guard
    assert guard is not None
    qtbot.waitUntil(lambda: not guard.is_on)
    till.compose("", "你好")
    assert till.note.text() == "备你好注"


# --- what was no scan after all ------------------------------------------------------------------


def test_half_a_code_is_written_nowhere(qtbot: QtBot, till: Till) -> None:
    with qtbot.waitSignal(till.capture.misread) as said:
        till.type("abcdef")
    assert said.args == [Misread(Flaw.UNFINISHED)]
    assert (till.scans, till.note.text()) == ([], "备注")


def test_what_fingers_rolled_over_is_written_after_all(qtbot: QtBot, till: Till) -> None:
    for char in "abcdef":
        till.now_s += 0.02
        till.send(KEYS[char][0])
    qtbot.waitUntil(lambda: till.note.text() == "备abcdef注")
    assert till.scans == []


def test_a_code_without_an_enter_where_none_is_expected(qtbot: QtBot) -> None:
    till = Till(ScanSettings(enter_follows=False))
    qtbot.addWidget(till)
    with qtbot.waitSignal(till.capture.scanned) as scanned:
        till.type(CODE)
    assert scanned.args == [CODE, 1]
    assert till.note.text() == "备注"


def test_other_settings(till: Till) -> None:
    till.capture.use(ScanSettings(prefix="~"))
    till.type("~12\r")
    assert till.scans == [("12", 1)]


# --- ends ---------------------------------------------------------------------------------------


def test_a_field_that_goes_away_in_a_burst(qtbot: QtBot, till: Till) -> None:
    till.type("qm000")
    till.writing = None
    with qtbot.waitSignal(till.note.destroyed):
        till.note.deleteLater()
    till.type("0001\r")
    assert till.scans == [(CODE, 1)]


def test_a_field_that_goes_away_before_the_burst_is_recognised(qtbot: QtBot, till: Till) -> None:
    till.type("qm0")
    with qtbot.waitSignal(till.note.destroyed):
        till.note.deleteLater()
    till.type("000001\r")
    assert till.scans == [(CODE, 1)]


def test_stopped_in_a_burst_it_lets_the_field_go(till: Till) -> None:
    till.type("qm000")
    till.capture.stop()
    till.capture.stop()
    till.compose("", "你")
    assert till.note.text() == "备你注"


def test_it_is_off_where_keys_cannot_be_read(till: Till) -> None:
    capture = NativeCapture(lambda: till.note, remember, parent=till)
    capture.start()
    assert not capture.reads()
