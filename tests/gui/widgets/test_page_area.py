"""A page has all the room there is, and what it needs where there is less."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posmember.ui.widgets.page_area import PageArea

WORDS = "一行会随宽度变长变短的字" * 8


class Page(QWidget):
    """A list that scrolls by itself, below words that wrap, above a field."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.list, self.field = QLabel(WORDS), QListView(), QLineEdit()
        self.words.setWordWrap(True)
        self.list.setMinimumSize(300, 60)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.list, self.field):
            layout.addWidget(widget)


@pytest.fixture
def area(qtbot: QtBot) -> PageArea:
    made = PageArea(Page())
    qtbot.addWidget(made)
    made.prepare()
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def page_of(area: PageArea) -> Page:
    page = area.widget()
    assert isinstance(page, Page)
    return page


def bars(area: PageArea) -> tuple[bool, bool]:
    """Whether it scrolls sideways, and up and down."""
    return (area.horizontalScrollBar().maximum() > 0, area.verticalScrollBar().maximum() > 0)


@pytest.mark.parametrize("size", [(800, 600), (1300, 900), (400, 300)])
def test_where_there_is_room_nothing_scrolls(area: PageArea, size: tuple[int, int]) -> None:
    area.resize(*size)
    page = page_of(area)
    assert page.size() == QSize(*size)
    assert bars(area) == (False, False)
    assert page.words.height() >= page.words.heightForWidth(page.words.width())


@pytest.mark.parametrize(
    ("size", "scrolls"),
    [((200, 900), (True, False)), ((500, 80), (False, True)), ((200, 80), (True, True))],
)
def test_where_there_is_less_the_page_scrolls(
    area: PageArea, size: tuple[int, int], scrolls: tuple[bool, bool]
) -> None:
    area.resize(*size)
    page = page_of(area)
    assert bars(area) == scrolls
    assert page.list.width() >= 300
    assert page.list.height() >= 60
    assert page.words.height() >= page.words.heightForWidth(page.words.width())


def test_words_that_come_later_have_room(area: PageArea, qtbot: QtBot) -> None:
    area.resize(400, 220)
    page = page_of(area)
    assert bars(area) == (False, False)
    page.words.setText(WORDS * 4)
    qtbot.waitUntil(lambda: bars(area) == (False, True))
    page.words.setText("")
    qtbot.waitUntil(lambda: bars(area) == (False, False))
    assert page.height() == 220


def test_what_has_the_keyboard_comes_in_sight(area: PageArea, qtbot: QtBot) -> None:
    area.resize(500, 80)
    page = page_of(area)
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    assert page.field.visibleRegion().isEmpty()
    page.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert QApplication.focusWidget() is page.field
    assert not page.field.visibleRegion().isEmpty()
