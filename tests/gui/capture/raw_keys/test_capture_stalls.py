"""A scanner that stands still within a code, read below the input method."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import LONGEST_CODE, Flaw, Misread
from tests.gui.capture.raw_keys.writing import CODE, FAST_S, KEYS, Till


@pytest.mark.parametrize("place", [2, 3, 4, 7, len(CODE)])
def test_a_code_that_stalls_is_one(till: Till, place: int) -> None:
    till.type(CODE[:place])
    till.compose("全")
    till.now_s += 0.3
    till.type(CODE[place:] + "\r")
    assert (till.scans, till.note.text()) == ([(CODE, 1)], "备注")


def test_a_persons_key_meanwhile_is_written(qtbot: QtBot, till: Till) -> None:
    till.type(CODE[:6])
    till.now_s += 0.1
    assert till.send(KEYS["5"][0])
    qtbot.waitUntil(lambda: till.note.text() == "备5注")
    till.now_s += 0.08
    till.send(KEYS["5"][0], pressed=False)
    till.now_s += 0.1
    till.type(CODE[6:] + "\r")
    assert (till.scans, till.note.text()) == ([(CODE, 1)], "备5注")


def test_also_in_the_field_that_the_keyboard_went_to(qtbot: QtBot, till: Till) -> None:
    entered: list[str] = []
    till.other.returnPressed.connect(lambda: entered.append(till.other.text()))
    till.type(CODE[:6])
    till.focus(till.other)
    for char in "5\r":
        till.now_s += 0.1
        assert till.send(KEYS[char][0])
        qtbot.waitUntil(lambda: till.other.text() == "5")
    qtbot.waitUntil(lambda: entered == ["5"])
    assert (till.scans, till.note.text()) == ([], "备注")


def test_a_key_that_is_held_on_over_a_stall_stays_the_scanners(till: Till) -> None:
    """X tells of each repeat as let go and struck at one time."""
    till.type(CODE[:6])
    till.now_s += FAST_S
    code = KEYS["0"][0]
    assert till.send(code)
    for _ in range(5):
        till.now_s += 0.05
        assert till.send(code, pressed=False)
        assert till.send(code, repeated=True)
    assert till.send(code, pressed=False)
    till.type(CODE[7:] + "\r")
    assert (till.scans, till.note.text()) == ([(CODE, 1)], "备注")


def test_what_others_have_read_the_beginning_of(till: Till) -> None:
    said: list[Misread] = []
    till.capture.misread.connect(said.append)
    till.type("13800000001")
    till.capture.distrust()
    till.type("\r")
    assert (till.scans, said) == ([], [Misread(Flaw.UNFINISHED)])


def test_of_a_burst_without_an_end_little_is_kept(till: Till) -> None:
    for _ in range(LONGEST_CODE + 100):
        till.strike("7")
    assert len(till.capture._struck) <= LONGEST_CODE + 1
