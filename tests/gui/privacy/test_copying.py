"""复制: the words that a code is on the clipboard are true as long as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from posmember.domain.rules.assessment import Suggestion
from posmember.domain.rules.reasons import Verdict
from posmember.ui.clipboard import clipboard
from posmember.ui.main_window import MainWindow
from tests.gui import samples
from tests.gui.bad_views import grouped_view

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


def test_the_suggested_code_is_copied_also_where_its_row_is_filtered_out(
    window: MainWindow,
) -> None:
    suggested = window.code_at_hand()
    window._coupons._model.seek(Verdict.NOT_USABLE, "")
    assert window._coupons.row_list is not None
    window._coupons.row_list.sought()
    window.copy_selected()
    assert QGuiApplication.clipboard().text() == suggested == "880000000001"


def test_of_several_alike_the_suggested_one_is_copied(window: MainWindow) -> None:
    view = grouped_view()
    suggested = view.assessment.coupons[3].coupon  # the last of those in one row
    suggestion = Suggestion(suggested, None)
    window.render(replace(view, assessment=replace(view.assessment, suggestion=suggestion)))
    window.copy_selected()
    assert QGuiApplication.clipboard().text() == suggested.redemption_code


def test_of_a_selected_row_without_a_code_nothing_of_others_is_copied(window: MainWindow) -> None:
    view = samples.loaded_view()
    first, *rest = view.assessment.coupons
    first = replace(first, coupon=replace(first.coupon, redemption_code=""))
    window.render(replace(view, assessment=replace(view.assessment, coupons=(first, *rest))))
    window._gift_cards.enter()
    assert window._gift_cards.selected_code()
    window._coupons.enter()
    assert window._gift_cards.selected_code() == "", "one row of the window is selected"
    QGuiApplication.clipboard().setText("mine")
    window.copy_selected()
    assert QGuiApplication.clipboard().text() == "mine"


def test_a_code_that_is_shown_large_again_is_still_said_to_be_copied(window: MainWindow) -> None:
    codes = window.codes
    assert codes is not None
    window.copy_selected()
    codes.show_suggested()
    sheet = codes._sheet
    assert sheet is not None
    assert sheet._copy.text() == "已复制"
    codes.close()
    codes.show_suggested()
    assert sheet._copy.text() == "已复制"
    clipboard().forget()
    assert sheet._copy.text() == "复制 Ctrl+C"


def test_the_clipboard_outlives_a_clear(window: MainWindow) -> None:
    """A cashier clears for the next customer, and pastes into the till's own program."""
    window.copy_selected()
    code = QGuiApplication.clipboard().text()
    window.forget()
    assert QGuiApplication.clipboard().text() == code
