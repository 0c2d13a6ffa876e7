"""Letters and digits that are struck anywhere but in a field go to the scan field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui import tour
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.widgets.fields import ChoiceBox
from posmember.ui.widgets.rows.list_view import RowList
from tests.gui import samples

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
PHONE = "13800000001"
CODE = "qm0000002"


class Till:
    """A window whose keys are watched for scans."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.scans: list[str] = []
        self.entered: list[str] = []
        self.filter = ScanFilter(parent=window)
        self.filter.scanned.connect(lambda text, _place: self.scans.append(text))
        self.filter.burst_began.connect(window.begin_burst)
        window.identifier_entered.connect(lambda text, _kind: self.entered.append(text))
        tour._Clock.ms += 10_000

    @property
    def field(self) -> QLineEdit:
        return self.window.scan_field

    def type(self, *keys: str | Qt.Key, every_ms: int = 120, modifier: object = NONE) -> None:
        """Strike keys as a person does, texts letter by letter."""
        assert isinstance(modifier, Qt.KeyboardModifier)
        for key in keys:
            if isinstance(key, Qt.Key):
                self._strike(
                    key,
                    {Key.Key_Return: "\r", Key.Key_Backspace: "\b"}.get(key, ""),
                    every_ms,
                    modifier,
                )
                continue
            for char in key:
                self._strike(Key(ord(char.upper())), char, every_ms, modifier)

    def scan(self, code: str = CODE) -> None:
        tour._Clock.ms += 1000
        tour.send_burst(self.window.windowHandle(), code + "\r")

    def _strike(self, key: Qt.Key, text: str, after_ms: int, modifier: Qt.KeyboardModifier) -> None:
        tour._Clock.ms += after_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, modifier, text)
            event.setTimestamp(tour._Clock.ms)
            QApplication.sendEvent(self.window.windowHandle(), event)


@pytest.fixture
def till(qapp: QApplication, qtbot: QtBot) -> Iterator[Till]:
    window = MainWindow(store_name="人民广场店")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.render(samples.loaded_view())
    made = Till(window)
    yield made
    made.filter.stop()


def coupons(window: MainWindow) -> QWidget:
    assert window._coupons.row_list is not None
    return window._coupons.row_list


def gift_cards(window: MainWindow) -> QWidget:
    assert window._gift_cards.row_list is not None
    return window._gift_cards.row_list


def a_button(window: MainWindow) -> QWidget:
    (found,) = (each for each in window.findChildren(QPushButton) if each.text() == "按住显示")
    return found


def order_types(window: MainWindow) -> QWidget:
    (found,) = (each for each in window.findChildren(QPushButton) if each.text() == "外卖")
    return found


def kinds(window: MainWindow) -> QWidget:
    (found,) = window.findChildren(ChoiceBox)
    return found


def nothing(window: MainWindow) -> QWidget | None:
    widget = window.focusWidget()
    if widget is not None:
        widget.clearFocus()
    return None


Place = Callable[[MainWindow], QWidget | None]
PLACES: tuple[Place, ...] = (coupons, gift_cards, a_button, order_types, kinds, nothing)
place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)


def go_to(till: Till, place: Place) -> QWidget | None:
    widget = place(till.window)
    if widget is not None:
        widget.setFocus()
    assert QApplication.focusWidget() is widget
    return widget


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
    till.type(Key.Key_Return)
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
