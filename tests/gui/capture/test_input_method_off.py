"""No field that a scan can reach gives its keys to an input method."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from posmember.ui.capture.input_method import let_write_chinese, writes_chinese
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.scanner_check.sheet import ScannerCheckSheet
from tests.gui.samples import loaded_view

Query = Qt.InputMethodQuery
EDITORS = (QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox, QListView)


@pytest.fixture
def scan_filter() -> Iterator[ScanFilter]:
    watching = ScanFilter()
    yield watching
    watching.stop()


def ask(widget: QWidget, queries: Query = Query.ImEnabled) -> QInputMethodQueryEvent:
    """Ask a widget as the platform does."""
    event = QInputMethodQueryEvent(queries)
    QApplication.sendEvent(widget, event)
    return event


def is_enabled(widget: QWidget) -> bool:
    return bool(ask(widget).value(Query.ImEnabled))


def focusable(root: QWidget) -> list[QWidget]:
    widgets = [root, *root.findChildren(QWidget)]
    return [each for each in widgets if each.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def editable_combo_box() -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    return box


# --- the program's own windows -----------------------------------------------------------------


@pytest.mark.usefixtures("scan_filter")
def test_the_main_window_with_all_that_lies_over_it(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.prepare()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.render(loaded_view())
    window._sheets.toggle_help()
    window._coupons.enter()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert window._sheets.details is not None
    assert window._sheets.details.is_open()
    asked = focusable(window)
    assert {QLineEdit, QComboBox, QListView} <= {
        kind for kind in EDITORS for widget in asked if isinstance(widget, kind)
    }
    assert window.scan_field in asked
    assert [widget for widget in asked if is_enabled(widget)] == []
    assert [widget for widget in asked if writes_chinese(widget)] == []


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("make", [*EDITORS, QPushButton, editable_combo_box])
def test_any_dialog(qtbot: QtBot, make: type[QWidget]) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    widget = make()
    QVBoxLayout(dialog).addWidget(widget)
    dialog.show()
    assert [each for each in focusable(dialog) if is_enabled(each)] == []


@pytest.mark.usefixtures("scan_filter")
def test_the_scanner_check_sees_what_an_input_method_does(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    sheet = ScannerCheckSheet(window)
    sheet.open_sheet()
    assert is_enabled(sheet)
    assert not is_enabled(window.scan_field)
    sheet.close_sheet()


# --- fields in which a person writes Chinese ---------------------------------------------------


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("make", [QLineEdit, QTextEdit, QPlainTextEdit])
def test_a_field_for_chinese_keeps_its_input_method(qtbot: QtBot, make: type[QWidget]) -> None:
    field, other = make(), make()
    for each in (field, other):
        qtbot.addWidget(each)
    let_write_chinese(field)
    assert writes_chinese(field)
    assert is_enabled(field)
    assert not is_enabled(other)


def test_nobody_writes_chinese_where_nothing_is(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    assert not writes_chinese(None)
    assert not writes_chinese(field)


# --- everything else is answered as before -----------------------------------------------------

OTHERS = (
    Query.ImCursorPosition,
    Query.ImSurroundingText,
    Query.ImCurrentSelection,
    Query.ImMaximumTextLength,
    Query.ImAnchorPosition,
    Query.ImCursorRectangle,
    Query.ImHints,
)


def asked_for(field: QLineEdit, queries: Query) -> list[object]:
    event = ask(field, queries)
    return [event.value(query) for query in OTHERS if queries & query]


@pytest.mark.parametrize("together", [False, True])
def test_other_queries_are_answered_as_before(qtbot: QtBot, together: bool) -> None:
    field = QLineEdit("58.00")
    field.setMaxLength(9)
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    field.setSelection(1, 2)
    qtbot.addWidget(field)
    every = Query.ImEnabled
    for query in OTHERS:
        every |= query
    queries = [every] if together else [*OTHERS]
    before = [asked_for(field, query) for query in queries]
    assert before[0]
    assert is_enabled(field)
    scan_filter = ScanFilter()
    try:
        assert [asked_for(field, query) for query in queries] == before
        assert not is_enabled(field)
    finally:
        scan_filter.stop()
    assert is_enabled(field), "and so it is again without it"


@pytest.mark.usefixtures("scan_filter")
def test_a_query_that_does_not_ask_for_it_gets_no_answer_to_it(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    assert ask(field, Query.ImHints).value(Query.ImEnabled) is None


# --- words that come late ----------------------------------------------------------------------


@pytest.mark.usefixtures("scan_filter")
@pytest.mark.parametrize("is_for_chinese", [False, True])
def test_late_words_of_an_input_method_reach_only_fields_that_have_one(
    qtbot: QtBot, is_for_chinese: bool
) -> None:
    """It answers a key after the keyboard has moved on to a field without one."""
    field = QLineEdit("58")
    qtbot.addWidget(field)
    if is_for_chinese:
        let_write_chinese(field)
    event = QInputMethodEvent()
    event.setCommitString("曲目")
    QApplication.sendEvent(field, event)
    assert field.text() == ("58曲目" if is_for_chinese else "58")
