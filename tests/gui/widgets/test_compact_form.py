"""The window's two forms: each at its own place, one native window, what needs width gets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from posmember.settings.window_place import WindowPlace, WindowPlaces, read_places
from posmember.ui.widgets import window_memory
from posmember.ui.widgets.fitting import COMPACT_WIDTH, Fitting, give_back, widen
from posmember.ui.widgets.in_window import InWindow
from posmember.ui.widgets.window_memory import WindowMemory

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
ON_TOP = Qt.WindowType.WindowStaysOnTopHint
SHY = Qt.WidgetAttribute.WA_ShowWithoutActivating
FULL = WindowPlace(30, 50, 700, 600, False, "")
COMPACT = WindowPlace(120, 60, COMPACT_WIDTH, 640, False, "")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QWidget())
    return made


def fitted(window: QMainWindow, places: WindowPlaces | None = None) -> Fitting:
    made = Fitting(window, (700, 600), (600, 400))
    made.show(places)
    return made


def test_each_form_has_a_place_of_its_own(window: QMainWindow) -> None:
    fitting = fitted(window, WindowPlaces(FULL, COMPACT))
    assert window.geometry().getRect() == FULL[:4]
    fitting.change_form()
    assert window.geometry().getRect() == COMPACT[:4]
    window.move(90, 70)
    fitting.change_form()
    assert window.geometry().getRect() == FULL[:4]
    fitting.change_form()
    assert window.pos().x() == 90
    assert fitting.places().is_compact


def test_the_first_time_it_stands_at_the_right_edge_as_high_as_the_screen(
    window: QMainWindow,
) -> None:
    fitting = fitted(window)
    fitting.change_form()
    area, frame = window.screen().availableGeometry(), window.frameGeometry()
    assert window.width() == COMPACT_WIDTH
    assert frame.right() == area.right()
    assert frame.top() == area.top()
    assert frame.bottom() == area.bottom()


def test_the_native_window_stays_the_same_and_stands_above(window: QMainWindow) -> None:
    fitting = fitted(window)
    handle, number = window.windowHandle(), int(window.winId())
    hidden: list[bool] = []
    handle.visibleChanged.connect(hidden.append)
    for compact in (True, False, True):
        fitting.change_form()
        assert window.windowHandle() is handle
        assert int(window.winId()) == number
        assert bool(handle.flags() & ON_TOP) is compact
        assert bool(window.windowFlags() & ON_TOP) is compact
        assert window.testAttribute(SHY) is compact
        assert bool(handle.property("_q_showWithoutActivating")) is compact
    assert hidden == []


def test_it_begins_in_the_form_of_the_last_time_and_does_not_ask_for_the_keyboard(
    window: QMainWindow,
) -> None:
    fitting = Fitting(window, (700, 600), (600, 400))
    said: list[tuple[bool, bool]] = []
    fitting.narrowed.connect(lambda narrow: said.append((narrow, window.isVisible())))
    fitting.show(WindowPlaces(FULL, COMPACT, is_compact=True))
    assert said == [(True, False)], "it is laid out before it is seen"
    assert window.geometry().getRect() == COMPACT[:4]
    assert window.windowHandle().property("_q_showWithoutActivating")
    fitting.prepare()
    assert window.windowHandle().flags() & ON_TOP
    assert fitting.places() == WindowPlaces(FULL, COMPACT._replace(screen=_screen(window)), True)


def test_maximised_it_goes_to_compact_and_is_maximised_again(window: QMainWindow) -> None:
    fitting = fitted(window, WindowPlaces(FULL, COMPACT))
    window.showMaximized()
    fitting.change_form()
    assert not window.isMaximized()
    assert window.width() == COMPACT_WIDTH
    fitting.change_form()
    assert window.isMaximized()


def test_the_next_edge_is_the_other_one_and_then_this_one_again(window: QMainWindow) -> None:
    fitting = fitted(window)
    fitting.to_next_edge()
    assert window.width() == 700, "in the full form it means nothing"
    fitting.change_form()
    area = window.screen().availableGeometry()
    fitting.to_next_edge()
    assert window.frameGeometry().left() == area.left()
    fitting.to_next_edge()
    assert window.frameGeometry().right() == area.right()
    window.move(window.x() - 40, window.y())
    fitting.to_next_edge()
    assert window.frameGeometry().right() == area.right(), "first to the edge that it is near"


def test_a_page_that_needs_width_has_it_while_it_is_open(window: QMainWindow) -> None:
    fitting = fitted(window, WindowPlaces(FULL, COMPACT, is_compact=True))
    said: list[bool] = []
    fitting.narrowed.connect(said.append)
    page = InWindow(window, "设置")
    page.open_page()
    assert window.width() == 600
    assert page.width() == 600
    assert fitting.places().compact == COMPACT._replace(screen=_screen(window)), "not this place"
    other = QWidget(window)
    widen(window, other)
    page.close_page()
    assert window.width() == 600, "another one is still open"
    give_back(window, other)
    assert window.geometry().getRect() == COMPACT[:4]
    assert said == [False, True]
    assert fitting.is_compact()


def test_the_form_can_be_changed_while_a_page_has_its_width(window: QMainWindow) -> None:
    fitting = fitted(window, WindowPlaces(FULL, COMPACT, is_compact=True))
    page = InWindow(window, "设置")
    page.open_page()
    fitting.change_form()
    assert window.geometry().getRect() == FULL[:4]
    page.close_page()
    assert window.geometry().getRect() == FULL[:4]
    fitting.change_form()
    assert window.geometry().getRect() == COMPACT[:4]


def test_a_page_that_is_open_has_its_width_in_the_compact_form_too(window: QMainWindow) -> None:
    fitting = fitted(window, WindowPlaces(FULL, COMPACT))
    page = InWindow(window, "设置")
    page.open_page()
    fitting.change_form()
    assert window.width() == 600
    page.close_page()
    assert window.geometry().getRect() == COMPACT[:4]


def test_in_the_full_form_a_page_needs_nothing(window: QMainWindow) -> None:
    fitted(window, WindowPlaces(FULL))
    page = InWindow(window, "设置")
    page.open_page()
    page.close_page()
    assert window.geometry().getRect() == FULL[:4]


def test_both_places_are_kept_and_read_again(
    qtbot: QtBot, window: QMainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_memory, "_LAST_WRITE_S", 30.0)  # however slow the disk is
    file = tmp_path / "window"
    fitting = fitted(window, WindowPlaces(FULL))
    memory = WindowMemory(window, file, None, fitting.places)
    fitting.change_form()
    compact = window.geometry().getRect()
    qtbot.waitUntil(file.exists)
    window.showMinimized()
    memory.keep_last()
    places = read_places(file)
    assert places is not None
    assert places.is_compact
    assert places.full is not None
    assert places.full[:4] == FULL[:4]
    assert places.compact is not None
    assert places.compact[:4] == compact


@pytest.mark.parametrize(
    "place",
    [
        WindowPlace(5000, 5000, COMPACT_WIDTH, 90_000, False, "gone"),
        WindowPlace(-4000, 10, 1, 1, True, ""),
        WindowPlace(0, 0, 90_000, 300, False, "a wall"),
    ],
)
def test_a_place_that_cannot_be_is_made_one_that_can(
    window: QMainWindow, place: WindowPlace
) -> None:
    fitted(window, WindowPlaces(FULL, place, is_compact=True))
    area = window.screen().availableGeometry()
    assert area.contains(window.geometry())
    assert window.width() == COMPACT_WIDTH
    assert window.height() >= 560
    assert not window.isMaximized()


def _screen(window: QMainWindow) -> str:
    return window.screen().name()
