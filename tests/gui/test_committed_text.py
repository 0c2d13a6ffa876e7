"""Text that is written without keys: by hand, by voice, with a keyboard on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unicodedata import normalize

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.scanning.identifier import classify
from posmember.ui import tour
from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.widgets.rows.list_view import RowList
from tests.gui.typing_till import (
    CODE,
    PHONE,
    Key,
    Place,
    Till,
    a_button,
    coupons,
    go_to,
    opened,
    place,
)

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def till(qapp: QApplication, qtbot: QtBot) -> Iterator[Till]:
    yield from opened(qtbot)


def commit(text: str, preedit: str = "", replace: tuple[int, int] = (0, 0)) -> None:
    """Commit a text as an input method does, to whatever has the keyboard."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, *replace)
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
    till.type(Key.Key_Space)
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


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    at = [1000.0]
    monkeypatch.setattr("posmember.ui.capture.committed.monotonic", lambda: at[0])
    return at


@pytest.fixture
def writing(till: Till) -> QLineEdit:
    """A field that writes Chinese, which has the keyboard."""
    field = QLineEdit(till.window)
    let_write_chinese(field)
    field.show()
    field.setFocus()
    return field


@pytest.mark.parametrize("after_s", [0.0, 2.9, 3.1])
def test_letters_that_were_composed_in_a_chinese_field_are_late(
    till: Till, writing: QLineEdit, now: list[float], after_s: float
) -> None:
    """An input method may commit the letters it was composing when the keyboard has moved on."""
    commit("王")
    commit("", preedit="xiao'ming")
    assert writing.text() == "王"
    commit("")
    till.field.setFocus()
    now[0] += after_s
    commit("xiaoming")
    commit("小明")
    assert till.field.text() == ("xiaoming" if after_s > 3 else "")


@pytest.mark.parametrize("after_s", [0.0, 3.1])
def test_letters_that_were_struck_in_a_chinese_field_are_late(
    till: Till, writing: QLineEdit, now: list[float], after_s: float
) -> None:
    """Where the input method shows what it composes in a window of its own."""
    reader = OwingReader()
    reader.keys, reader.of_burst = "x7wang.", "qm0"
    till.filter.leave_to(reader)
    commit("王")
    till.field.setFocus()
    now[0] += after_s
    for late in ("wang", "qm0", "qm", "0", "。", "，"):
        commit(late)
        assert (till.field.text() != "") is (after_s > 3)
        till.field.clear()
    for of_a_person in ("7", "wa", "138", "qm1"):
        commit(of_a_person)
        assert till.field.text() == of_a_person
        till.field.clear()


@place
@pytest.mark.parametrize("pieces", [[*PHONE], [PHONE], ["1380", "0000001"]])
def test_a_phone_written_right_behind_a_chinese_field_is_whole(
    till: Till, writing: QLineEdit, place: Place, pieces: list[str]
) -> None:
    commit("王小明")
    go_to(till, place)
    for piece in pieces:
        commit(piece)
    assert till.field.text() == PHONE
    assert writing.text() == "王小明"


@pytest.mark.parametrize("pieces", [["58。", "5"], ["58", "。", "5"], ["58。5"], ["58.", "5"]])
def test_a_chinese_full_stop_is_the_point_of_an_amount(till: Till, pieces: list[str]) -> None:
    field = till.window.numbers.amount
    field.setFocus()
    for piece in pieces:
        commit(piece)
    amount = field.amount()
    assert amount is not None
    assert amount.text() == "58.50"


@pytest.mark.parametrize("pieces", [["58：", "5"], ["1，", "5"], ["58！"], ["58；", "5"]])
def test_no_other_sign_is_dropped_from_an_amount(till: Till, pieces: list[str]) -> None:
    field = till.window.numbers.amount
    field.setFocus()
    for piece in pieces:
        commit(piece)
    assert normalize("NFKC", field.text()) == normalize("NFKC", "".join(pieces))
    assert field.amount() is None
    assert field.problem is not None


def test_an_amount_that_was_said_as_a_sentence(till: Till) -> None:
    field = till.window.numbers.amount
    field.setFocus()
    commit("58。")
    amount = field.amount()
    assert amount is not None
    assert amount.text() == "58.00"


@pytest.mark.parametrize(
    "field_of",
    [lambda till: till.field, lambda till: till.window.numbers.amount],
    ids=["scan field", "amount"],
)
def test_an_input_method_may_take_back_and_replace(
    till: Till, field_of: Callable[[Till], QLineEdit]
) -> None:
    field = field_of(till)
    field.setFocus()
    field.setText("138")
    commit("", replace=(-1, 1))
    assert field.text() == "13"
    commit("99", replace=(-2, 2))
    assert field.text() == "99"
    field.setCursorPosition(0)
    commit("", replace=(0, 1))
    assert field.text() == "9"


@place
def test_it_may_do_so_where_no_field_is(till: Till, place: Place) -> None:
    go_to(till, place)
    for piece in ("1", "3", "9"):
        commit(piece)
    commit("", replace=(-1, 1))
    assert till.field.text() == "13"
    commit("800000001", replace=(0, 0))
    assert till.field.text() == "13800000001"


@place
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\v"])
def test_a_line_end_between_two_phones_ends_the_first(till: Till, place: Place, end: str) -> None:
    go_to(till, place)
    commit(f"{PHONE}{end}13900000002{end}")
    assert till.entered == [PHONE, "13900000002"]
    till.field.clear()
    till.field.setFocus()
    commit(f"{PHONE}{end}13900000002")
    assert till.entered[2:] == [PHONE]
    assert till.field.text() == "13900000002"


SAID = [f"手机号{PHONE}", f"{PHONE} 王小明", "手机号：138 0000 0001。", f"电话 {PHONE}，"]


@place
@pytest.mark.parametrize("text", SAID)
def test_words_around_a_phone_do_not_lose_it(till: Till, place: Place, text: str) -> None:
    go_to(till, place)
    commit(text)
    till.type(Key.Key_Return)
    assert till.entered == [PHONE]


@pytest.mark.parametrize("text", SAID)
def test_nor_in_the_scan_field(till: Till, text: str) -> None:
    till.field.setFocus()
    commit(text)
    till.type(Key.Key_Return)
    (entered,) = till.entered
    assert classify(entered).identifiers[0] == Identifier(IdentifierKind.MOBILE, PHONE)


@pytest.mark.parametrize("text", ["qm0000002。", "qm0000002！", "qm0000002，"])
def test_a_code_that_was_said_has_no_full_stop(till: Till, text: str) -> None:
    till.field.setFocus()
    commit(text)
    assert till.field.text() == "qm0000002"


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

    owed, keys, of_burst = True, "", ""

    def reads(self) -> bool:
        return False

    def is_late(self, _event: QKeyEvent) -> bool:
        return False

    def owes_answer(self) -> bool:
        return self.owed

    def note_answer(self) -> None:
        self.owed = False

    def given(self, within_s: float, *, of_burst: bool) -> str:
        return self.of_burst if of_burst else self.keys
