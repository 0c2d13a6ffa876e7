"""复制: the words that a code is on the clipboard are true as long as they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from posmember.ui.clipboard import clipboard
from posmember.ui.main_window import MainWindow
from tests.gui import samples

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.render(samples.loaded_view())
    yield made
    clipboard().forget()


def says_copied(window: MainWindow) -> bool:
    buttons = window._body.say.findChildren(QPushButton)
    return any(button.text() == "已复制" for button in buttons)


def copied_rows(window: MainWindow) -> set[str]:
    lists = [panel.row_list for panel in window._assets.panels()]
    return {made._rows.copied_code for made in lists if made is not None}


def test_the_words_go_back_when_it_is_forgotten(window: MainWindow) -> None:
    window.copy_selected()
    code = QGuiApplication.clipboard().text()
    assert code
    assert says_copied(window)
    assert copied_rows(window) == {code}
    clipboard().forget()
    assert not says_copied(window)
    assert copied_rows(window) == {""}


def test_what_is_copied_out_of_a_field_takes_its_place(window: MainWindow) -> None:
    window.copy_selected()
    clipboard().copy("13957264813")
    assert not says_copied(window)
    assert QGuiApplication.clipboard().text() == "13957264813"


def test_a_screen_reader_is_told_once(window: MainWindow, qtbot: QtBot) -> None:
    told: list[str] = []
    window.messages.announced.connect(told.append)
    window.copy_selected()
    clipboard().forget()
    assert told == ["已复制"]


def test_the_clipboard_outlives_a_clear(window: MainWindow) -> None:
    """A cashier clears for the next customer, and pastes into the till's own program."""
    window.copy_selected()
    code = QGuiApplication.clipboard().text()
    window.forget()
    assert QGuiApplication.clipboard().text() == code
