"""Letters and digits that are struck anywhere but in a field go to the scan field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui import tour
from posmember.ui.capture.input_method import let_write_chinese
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


# --- text that is written without keys: handwriting, voice, a keyboard on the screen --------------


def commit(text: str, preedit: str = "") -> None:
    """Commit a text as an input method does, to whatever has the keyboard."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    receiver = QGuiApplication.focusObject()
    assert receiver is not None
    QApplication.sendEvent(receiver, event)


@place
@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([PHONE], PHONE),
        ([*PHONE], PHONE),
        ([CODE], CODE),
        (["１３８", "００００", "０００１"], PHONE),
        (["138 0000 0001。"], PHONE),
        ([" 138\u200b0000", "-0001"], "1380000-0001"),
    ],
    ids=["phone", "digit by digit", "code", "full-width", "said", "in pieces"],
)
def test_what_is_committed_is_the_scan_fields(
    till: Till, place: Place, pieces: list[str], text: str
) -> None:
    go_to(till, place)
    for piece in pieces:
        commit(piece)
    assert till.field.text() == text
    till.type(Key.Key_Return)
    assert till.entered == [text]
    assert till.scans == []
    assert QApplication.focusWidget() is till.field


@place
def test_the_keyboard_follows_what_is_committed(till: Till, place: Place, qtbot: QtBot) -> None:
    go_to(till, place)
    commit("138")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is till.field)
    commit("0000")
    till.type("0001")
    assert till.field.text() == "13800000001"


@place
def test_an_enter_may_be_committed_too(till: Till, place: Place) -> None:
    go_to(till, place)
    commit(f"{PHONE}\n")
    assert till.entered == [PHONE]


def test_the_scan_field_takes_it_itself(till: Till) -> None:
    till.field.setFocus()
    for piece in ("１３８", "0000", "0001\r"):
        commit(piece)
    assert till.entered == [PHONE]
    assert not till.field.isReadOnly()


def test_behind_a_mask_it_begins_anew(till: Till) -> None:
    till.window.scan_field.show_scanned(PHONE)
    till.field.setFocus()
    till.field.deselect()
    commit("139")
    assert (till.field.text(), till.window.scan_field.entered()) == ("139", "139")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_field_keeps_what_is_committed_to_it(till: Till, place: int) -> None:
    field = till.window.numbers.fields[place][0]
    field.setFocus()
    for piece in ("５", "8"):
        commit(piece)
    assert (field.text(), till.field.text()) == ("58", "")
    assert QApplication.focusWidget() is field


def test_a_point_reaches_an_amount(till: Till) -> None:
    till.window.numbers.amount.setFocus()
    for piece in ("58", "。", "5元"):
        commit(piece)
    assert till.window.numbers.amount.text() == "58。"
    commit("5")
    amount = till.window.numbers.amount.amount()
    assert amount is not None
    assert amount.text() == "58.50"


def test_with_a_sheet_open(till: Till) -> None:
    go_to(till, coupons)
    till.type(Key.Key_Return)
    details = till.window._sheets.details
    assert details is not None
    assert details.is_open()
    commit(PHONE)
    till.type(Key.Key_Return)
    assert till.entered == [PHONE]


@place
@pytest.mark.parametrize("text", ["会员", "wang王", " ", "/", "，", "", "\u200b"])
def test_words_and_signs_alone_are_nobodys(till: Till, place: Place, text: str) -> None:
    widget = go_to(till, place)
    before = widget.selected_code() if isinstance(widget, RowList) else None
    commit(text)
    commit("", preedit="138")
    assert till.field.text() == ""
    assert till.entered == []
    if isinstance(widget, RowList):
        assert widget.selected_code() == before


def test_a_space_presses_no_button(till: Till) -> None:
    button = go_to(till, a_button)
    assert isinstance(button, QPushButton)
    pressed: list[object] = []
    button.pressed.connect(lambda: pressed.append(button))
    commit("138 0000 0001")
    assert pressed == []
    assert till.field.text() == PHONE


def test_what_comes_in_a_burst_is_late(till: Till) -> None:
    till.field.setFocus()
    till.field.clear()
    tour._Clock.ms += 1000
    for char in CODE:
        till.type(char, every_ms=5)
    commit("qm0000002")
    till.type(Key.Key_Return, every_ms=5)
    assert till.scans == [CODE]
    assert till.field.text() == ""


@pytest.mark.parametrize("after_s", [0.0, 2.9, 3.1])
def test_letters_right_behind_a_chinese_field_are_late(
    till: Till, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, after_s: float
) -> None:
    """An input method may commit the letters it was composing when the keyboard has moved on."""
    now = [1000.0]
    monkeypatch.setattr("posmember.ui.capture.committed.monotonic", lambda: now[0])
    writing = QLineEdit(till.window)
    let_write_chinese(writing)
    writing.show()
    writing.setFocus()
    commit("王")
    assert writing.text() == "王"
    commit("wang")
    assert writing.text() == "王wang"
    till.field.setFocus()
    now[0] += after_s
    commit("wang")
    assert till.field.text() == ("wang" if after_s > 3 else "")
    commit("138")
    assert till.field.text() == ("wang138" if after_s > 3 else "")


def test_an_answer_that_is_owed_is_late(till: Till) -> None:
    reader = OwingReader()
    till.filter.leave_to(reader)
    till.field.setFocus()
    commit("wang")
    assert till.field.text() == ""
    commit("138")
    assert till.field.text() == "138"


class OwingReader:
    """Stands for what reads below the input method: one answer is owed."""

    owed = True

    def reads(self) -> bool:
        return False

    def is_late(self, _event: QKeyEvent) -> bool:
        return False

    def owes_answer(self) -> bool:
        return self.owed

    def note_answer(self) -> None:
        self.owed = False
