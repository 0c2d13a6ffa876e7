"""The fields that a scanner's keys may reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from posmember.domain.money import Money
from posmember.scanning.entry import EntryProblem
from posmember.ui.widgets.fields import CountField, MoneyField, ScanField

Key = Qt.Key


@pytest.fixture
def scan(qtbot: QtBot) -> ScanField:
    field = ScanField()
    qtbot.addWidget(field)
    return field


def input_method_enabled(field: QLineEdit) -> object:
    """Ask as Qt does before it gives keys to an input method."""
    event = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(field, event)
    return event.value(Qt.InputMethodQuery.ImEnabled)


@pytest.mark.parametrize("kind", [ScanField, MoneyField, CountField])
def test_no_field_gives_keys_to_an_input_method(
    qtbot: QtBot, kind: type[ScanField | MoneyField | CountField]
) -> None:
    field, plain = kind(), QLineEdit()
    qtbot.addWidget(field)
    qtbot.addWidget(plain)
    assert input_method_enabled(plain) is True
    assert input_method_enabled(field) is False


def test_enter_submits_what_was_typed(scan: ScanField, qtbot: QtBot) -> None:
    QTest.keyClicks(scan, "qm0000001")
    with qtbot.waitSignal(scan.submitted, timeout=0) as submitted:
        QTest.keyClick(scan, Key.Key_Return)
    assert submitted.args == ["qm0000001"]
    assert scan.selectedText() == "qm0000001"


def test_the_keypads_enter_submits_too_and_blank_as_well(scan: ScanField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scan.submitted, timeout=0) as submitted:
        QTest.keyClick(scan, Key.Key_Enter)
    assert submitted.args == [""]


def test_typing_replaces_what_was_looked_up(scan: ScanField) -> None:
    scan.show_scanned("qm0000001")
    QTest.keyClicks(scan, "x")
    assert scan.text() == "x"


@pytest.mark.parametrize(
    "phone", ["13812345678", "+8613812345678", "138 1234 5678", "138-1234-5678"]
)
def test_a_phone_number_is_masked_and_still_submitted(
    scan: ScanField, qtbot: QtBot, phone: str
) -> None:
    scan.show_scanned(phone)
    assert "1234" not in scan.text().replace("*", "")
    assert scan.entered() == phone
    with qtbot.waitSignal(scan.submitted, timeout=0) as submitted:
        QTest.keyClick(scan, Key.Key_Return)
    assert submitted.args == [phone]


@pytest.mark.parametrize("text", ["qm0000001", "12345678901", "138123456789", "13812345678x"])
def test_other_texts_are_shown_as_they_are(scan: ScanField, text: str) -> None:
    scan.show_scanned(text)
    assert scan.text() == text


def test_editing_a_mask_drops_it(scan: ScanField) -> None:
    scan.show_scanned("13812345678")
    QTest.keyClick(scan, Key.Key_End)
    QTest.keyClick(scan, Key.Key_Backspace)
    assert scan.text() == ""
    assert scan.entered() == ""


def test_a_mask_that_is_typed_over_is_forgotten(scan: ScanField) -> None:
    scan.show_scanned("13812345678")
    QTest.keyClicks(scan, "9")
    assert scan.entered() == "9"


def test_masking_twice_keeps_the_number(scan: ScanField) -> None:
    scan.show_scanned("13812345678")
    scan.looked_up()
    assert scan.entered() == "13812345678"


def test_forgetting_leaves_nothing(scan: ScanField) -> None:
    scan.show_scanned("13812345678")
    scan.forget()
    scan.undo()
    assert (scan.text(), scan.entered()) == ("", "")


def test_what_was_typed_and_then_forgotten_cannot_be_brought_back(scan: ScanField) -> None:
    QTest.keyClicks(scan, "13812345678")
    scan.forget()
    scan.undo()
    assert scan.text() == ""


@pytest.mark.parametrize("text", ["x" * 5000, "\x02\x1d\x00abc", "👨‍👩‍👧" * 50, "a\nb\tc"])
def test_odd_texts_do_no_harm(scan: ScanField, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(scan.submitted, timeout=0):
        scan.setText(text)
        QTest.keyClick(scan, Key.Key_Return)
    scan.show_scanned(text)
    assert len(scan.text()) <= 5000


def test_a_field_marks_what_it_cannot_read(qtbot: QtBot) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    seen: list[tuple[EntryProblem | None, object, Money | None]] = []
    field.problem_changed.connect(
        lambda: seen.append((field.problem, field.property("problem"), field.amount()))
    )
    QTest.keyClicks(field, "5xy")
    QTest.keyClick(field, Key.Key_Backspace)
    QTest.keyClick(field, Key.Key_Backspace)
    assert seen == [(EntryProblem.NOT_A_NUMBER, True, None), (None, False, Money(500))]


def test_blank_fields_are_not_entered(qtbot: QtBot) -> None:
    money, count = MoneyField(), CountField()
    qtbot.addWidget(money)
    qtbot.addWidget(count)
    assert money.amount() is None
    assert count.count() is None
    count.setText("\uff13")
    assert count.count() == 3
