"""A field in which Chinese is written: no scan that is on its way reaches it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui import tour
from posmember.ui.capture.input_method import writes_chinese
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.widgets.chinese_field import BURST_OVER_MS, QUIET_MS, ChineseField

CODE = "qm0000001"


class Lower:
    """Stands for what reads keys below the input method, by the field that has the keyboard."""

    def reads(self) -> bool:
        return writes_chinese(QApplication.focusWidget())

    def is_late(self, _event: QKeyEvent) -> bool:
        return False

    def owes_answer(self) -> bool:
        return False

    def note_answer(self) -> None:
        pass

    def given(self, within_s: float, *, of_burst: bool) -> str:
        return ""


class Page(QWidget):
    """A button that brings the keyboard to such a field."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.field = QPushButton("open"), ChineseField()
        layout = QVBoxLayout(self)
        layout.addWidget(self.button)
        layout.addWidget(self.field)
        self.button.clicked.connect(self.field.setFocus)
        self.scans: list[str] = []
        self.filter = ScanFilter(parent=self)
        self.filter.leave_to(Lower())
        self.filter.scanned.connect(lambda text, _place: self.scans.append(text))

    def strike(self, text: str, *, every_ms: int = 5) -> None:
        for char in text:
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
            tour._Clock.ms += every_ms
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key.value, Qt.KeyboardModifier.NoModifier, char)
                event.setTimestamp(tour._Clock.ms)
                QApplication.sendEvent(self.windowHandle(), event)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.button.setFocus()
    tour._Clock.ms += 10_000
    yield made
    made.filter.stop()


def has_input_method(field: QWidget) -> bool:
    event = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(field, event)
    return bool(event.value(Qt.InputMethodQuery.ImEnabled))


def test_a_scan_right_behind_the_click_is_a_scan(page: Page) -> None:
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.field
    page.strike(CODE + "\r")
    assert page.scans == [CODE]
    assert page.field.text() == ""
    assert not page.field.isUndoAvailable()


@pytest.mark.parametrize("keys", range(4, len(CODE)))
def test_a_scan_that_began_before_it_is_whole(page: Page, keys: int) -> None:
    page.strike(CODE[:keys])
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    page.strike(CODE[keys:] + "\r")
    assert page.scans == [CODE]
    assert page.field.text() == ""


def test_once_it_is_quiet_there_is_the_input_method(page: Page, qtbot: QtBot) -> None:
    page.field.setFocus()
    assert not has_input_method(page.field)
    qtbot.waitUntil(lambda: writes_chinese(page.field))
    assert has_input_method(page.field)
    page.button.setFocus()
    assert not has_input_method(page.field)
    page.field.setFocus()
    assert not has_input_method(page.field), "each time anew"


def test_what_a_person_types_at_once_is_in_it(page: Page, qtbot: QtBot) -> None:
    page.field.setFocus()
    page.strike("gold", every_ms=120)
    assert page.field.text() == "gold"
    qtbot.waitUntil(lambda: writes_chinese(page.field))


def test_keys_keep_it_waiting(page: Page) -> None:
    page.field.setFocus()
    timer = page.field._quiet._timer
    assert timer.interval() == QUIET_MS
    page.strike("12", every_ms=30)
    assert timer.interval() == QUIET_MS
    page.strike("345", every_ms=30)
    assert timer.interval() == BURST_OVER_MS, "what stalls may go on for half a second"
    page.button.setFocus()
    assert not timer.isActive()
    assert not page.field._quiet._is_watching


def test_a_field_that_goes_away_watches_no_more(page: Page) -> None:
    page.field.setFocus()
    page.field.setParent(None)
    page.field.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.strike(CODE + "\r")
    assert page.scans == [CODE]
