"""A word that is about no view: how long it is said, and what it covers meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.main_window import MainWindow
from posmember.ui.view.screen import Hint, Severity, View
from tests.gui import samples

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
BEFORE = Hint(Severity.INFO, "先前的话")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.prepare()
    return made


@pytest.fixture
def said(window: MainWindow) -> list[str]:
    """All that is announced."""
    told: list[str] = []
    window.messages.announced.connect(told.append)
    return told


def loaded(**more: object) -> View:
    return replace(samples.loaded_view(), **more)  # type: ignore[arg-type]


def text(window: MainWindow) -> str:
    return window._body.say.text()


@pytest.mark.parametrize("before", [None, BEFORE])
def test_views_of_the_same_member_leave_it(
    window: MainWindow, said: list[str], before: Hint | None
) -> None:
    window.render(loaded(hint=before))
    window.messages.warn("没有这个码")
    del said[:]
    window.render(loaded(hint=before, refreshing=True))
    window.render(loaded(hint=before))
    assert text(window) == "注意：没有这个码"
    assert said == [], "nor is what was said before said again"


def test_it_leaves_with_what_is_done_next_and_does_not_come_back(window: MainWindow) -> None:
    window.render(loaded(hint=BEFORE))
    window.messages.warn("没有这个码")
    window.messages.acted()
    window.render(loaded(hint=BEFORE, refreshing=True))
    assert text(window).startswith("推荐")


def test_a_newer_word_takes_its_place(window: MainWindow) -> None:
    window.render(loaded())
    window.messages.warn("没有这个码")
    window.render(loaded(hint=Hint(Severity.WARNING, "刷新没有成功")))
    assert text(window) == "注意：刷新没有成功"


def test_the_next_member_does_not_get_it(window: MainWindow) -> None:
    window.render(loaded())
    window.messages.warn("没有这个码")
    window.render(replace(samples.loaded_view(2)))
    assert "没有这个码" not in text(window)


def test_a_question_below_it_is_asked_again(window: MainWindow) -> None:
    asks = Hint(Severity.WARNING, "是哪一种？", answers=("甲", "乙"))
    window.render(loaded(hint=asks))
    window.messages.warn("没有这个码")
    assert window._body.say.answers() == []
    window.messages.acted()
    assert text(window) == "注意：是哪一种？"
    assert window._body.say.answers() == ["甲", "乙"]


def test_nor_is_a_field_that_cannot_be_read_forgotten(window: MainWindow) -> None:
    window.render(loaded())
    window.numbers.amount.setText("abc")
    problem = text(window)
    assert problem
    window.messages.warn("没有这个码")
    assert "没有这个码" in text(window)
    window.messages.acted()
    assert text(window) == problem
