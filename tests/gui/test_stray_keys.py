"""Letters and digits that are struck anywhere but in a field go to the scan field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.widgets.fields import ChoiceBox
from posmember.ui.widgets.rows.list_view import RowList
from tests.gui.typing_till import (
    CODE,
    PHONE,
    Key,
    Place,
    Till,
    coupons,
    go_to,
    kinds,
    opened,
    place,
)

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def till(qapp: QApplication, qtbot: QtBot) -> Iterator[Till]:
    yield from opened(qtbot)


@place
@pytest.mark.parametrize("every_ms", [60, 120, 400])
def test_a_phone_number_is_whole_and_looked_up(till: Till, place: Place, every_ms: int) -> None:
    go_to(till, place)
    till.type(PHONE, Key.Key_Return, every_ms=every_ms)
    assert till.entered == [PHONE]
    assert till.scans == []
    assert QApplication.focusWidget() is till.field


@place
def test_the_keyboard_follows(till: Till, place: Place, qtbot: QtBot) -> None:
    go_to(till, place)
    till.type("13")
    qtbot.waitUntil(lambda: till.field.text() == "13")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is till.field)
    till.type("8")
    assert till.field.text() == "138"


@place
def test_a_scan_leaves_no_trace(till: Till, place: Place) -> None:
    widget = go_to(till, place)
    till.field.setText("before")
    till.field.setSelection(1, 2)
    till.scan()
    assert till.scans == [CODE]
    assert till.entered == []
    assert (till.field.text(), till.field.selectedText()) == ("before", "ef")
    assert not till.field.isUndoAvailable()
    assert QApplication.focusWidget() is widget


@place
def test_a_scan_right_behind_a_typed_letter(till: Till, place: Place) -> None:
    go_to(till, place)
    till.type("1")
    for char in CODE + "\r":
        till.type(Key.Key_Return if char == "\r" else char, every_ms=40 if char == "q" else 5)
    assert till.scans == [CODE]
    assert till.entered == []


def test_what_was_masked_comes_back_behind_a_scan(till: Till) -> None:
    till.window.scan_field.show_scanned(PHONE)
    go_to(till, coupons)
    till.scan()
    assert till.field.text() == "138****0001"
    assert till.window.scan_field.entered() == PHONE


def test_a_mask_is_typed_over(till: Till) -> None:
    till.window.scan_field.show_scanned(PHONE)
    till.field.deselect()
    go_to(till, coupons)
    till.type("139")
    assert till.field.text() == "139"


def test_what_was_half_typed_is_gone_on_with(till: Till) -> None:
    till.field.setFocus()
    till.field.clear()
    till.type("138")
    go_to(till, coupons)
    till.type("0000")
    assert till.field.text() == "1380000"


def test_other_keys_work_in_the_scan_field_then(till: Till) -> None:
    go_to(till, coupons)
    till.type("138", Key.Key_Backspace, Key.Key_Left, "9")
    assert till.field.text() == "193"
    assert QApplication.focusWidget() is till.field


def test_the_lists_own_keys_stay_its_own(till: Till) -> None:
    widget = go_to(till, coupons)
    assert isinstance(widget, RowList)
    first = widget.selected_code()
    till.type(Key.Key_Down)
    assert widget.selected_code() != first
    till.type(Key.Key_Up, "-", "*")
    assert widget.selected_code() == first
    till.type(Key.Key_Space)
    assert till.window._sheets.details is not None
    assert till.window._sheets.details.is_open()
    assert till.entered == []
    assert till.field.text() == ""
    assert QApplication.focusWidget() is widget


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier]
)
def test_a_shortcut_is_no_text(till: Till, modifier: Qt.KeyboardModifier) -> None:
    widget = go_to(till, coupons)
    till.type("k", modifier=modifier)
    assert till.field.text() == ""
    assert QApplication.focusWidget() is widget


def test_the_keypad_and_capitals_count(till: Till) -> None:
    go_to(till, coupons)
    till.type("1", modifier=Qt.KeyboardModifier.KeypadModifier)
    till.type("A", modifier=Qt.KeyboardModifier.ShiftModifier)
    assert till.field.text() == "1A"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_field_keeps_its_own_keys(till: Till, place: int) -> None:
    field = till.window.numbers.fields[place][0]
    field.setFocus()
    till.type("5")
    assert (field.text(), till.field.text()) == ("5", "")
    assert QApplication.focusWidget() is field


def test_whoever_moves_on_is_not_called_back(till: Till) -> None:
    go_to(till, coupons)
    till.type("1")
    assert till.window._stray_keys is not None
    assert till.window._stray_keys._timer.isActive()
    till.type(Key.Key_F8)
    assert QApplication.focusWidget() is till.window.numbers.amount
    assert not till.window._stray_keys._timer.isActive()
    till.type("5")
    assert (till.field.text(), till.window.numbers.amount.text()) == ("1", "5")


def test_a_choice_is_made_by_arrows_only(till: Till, qtbot: QtBot) -> None:
    box = go_to(till, kinds)
    assert isinstance(box, ChoiceBox)
    till.type(Key.Key_Down)
    assert box.currentIndex() == 1
    till.type("1")
    qtbot.waitUntil(lambda: till.field.text() == "1")
    assert box.currentIndex() == 1
