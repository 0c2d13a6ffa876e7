"""Where the window was is where it is again, as far as the screens that are there let it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from posmember.settings import window_place
from posmember.settings.window_place import WindowPlace, WindowPlaces, read_places
from posmember.ui.widgets import window_memory
from posmember.ui.widgets.fitting import Fitting, fitting_of, within
from posmember.ui.widgets.window_memory import WindowMemory

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
LEAST = (300, 200)
AREA = QRect(0, 0, 800, 760)
"""Of the offscreen platform's screen, less a taskbar."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last place be written, however slow the disk is."""
    monkeypatch.setattr(window_memory, "_LAST_WRITE_S", 30.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "window"


def shown(qtbot: QtBot, place: WindowPlace | None = None) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    Fitting(window, (500, 400), LEAST).show(WindowPlaces(place))
    qtbot.waitUntil(window.isVisible)
    return window


def remembered(window: QMainWindow, file: Path, known: WindowPlace | None = None) -> WindowMemory:
    fitting = fitting_of(window)
    assert fitting is not None
    return WindowMemory(window, file, WindowPlaces(known), fitting.places)


def read_place(path: Path) -> WindowPlace | None:
    places = read_places(path)
    return places.full if places is not None else None


def test_a_window_that_came_to_rest_is_there_again(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    remembered(window, file)
    window.setGeometry(120, 130, 420, 310)
    qtbot.waitUntil(lambda: read_place(file) is not None)
    place = read_place(file)
    assert place is not None
    assert place == WindowPlace(120, 130, 420, 310, False, window.screen().name())
    window.close()
    again = shown(qtbot, place)
    assert again.geometry() == QRect(120, 130, 420, 310)
    assert not again.isMaximized()


def test_nothing_is_written_while_it_is_where_it_was(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    memory = remembered(window, file)
    memory.keep_last()
    first = file.stat()
    memory.keep_last()
    assert file.stat() == first
    known = read_place(file)
    other = shown(qtbot, known)
    file.unlink()
    remembered(other, file, known).keep_last()
    assert not file.exists()


def test_a_maximised_one_is_so_again_and_knows_its_usual_place(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    window.setGeometry(100, 110, 420, 310)
    memory = remembered(window, file)
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    memory.keep_last()
    place = read_place(file)
    assert place is not None
    assert place.is_maximised
    assert (place.width, place.height) == (420, 310)
    again = shown(qtbot, place)
    assert again.isMaximized()
    again.showNormal()
    qtbot.waitUntil(lambda: again.size().toTuple() == (420, 310))


def test_a_minimised_one_is_remembered_as_it_was_before(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    memory = remembered(window, file)
    memory.keep_last()
    before = read_place(file)
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    memory.keep_last()
    assert read_place(file) == before


def test_closing_does_not_wait_for_rest(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    memory = remembered(window, file)
    window.setGeometry(90, 95, 400, 300)
    memory.keep_last()
    place = read_place(file)
    assert place is not None
    assert place[:4] == (90, 95, 400, 300)


def test_a_disk_that_hangs_holds_nobody_up_and_the_last_place_wins(
    qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, begun, written = threading.Event(), threading.Event(), []

    def write(_path: Path, places: WindowPlaces) -> None:
        begun.set()
        assert let_go.wait(10)
        assert places.full is not None
        written.append(places.full.x)

    monkeypatch.setattr(window_memory, "write_places", write)
    monkeypatch.setattr(window_memory, "_LAST_WRITE_S", 0.01)
    window = shown(qtbot)
    memory = remembered(window, file)
    for x in (11, 12, 13):
        window.setGeometry(x, 50, 400, 300)
        memory.keep()
        assert begun.wait(10)
    memory.keep_last()
    assert written == []
    let_go.set()
    qtbot.waitUntil(lambda: len(written) == 2)
    assert written[1] == 13


def test_where_nothing_can_be_written_there_is_no_memory_and_one_quiet_line(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("a file")
    window = shown(qtbot)
    with caplog.at_level(logging.DEBUG, logger="posmember"):
        remembered(window, in_the_way / "window").keep_last()
    (record,) = caplog.records
    assert record.levelno == logging.DEBUG
    assert str(tmp_path) not in record.getMessage()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((10, 50, 400, 300), (10, 50, 400, 300)),
        ((-500, -500, 400, 300), (0, 40, 400, 300)),
        ((5000, 5000, 400, 300), (400, 460, 400, 300)),
        ((10, 0, 400, 300), (10, 0, 400, 300)),
        ((10, -1, 400, 300), (10, 40, 400, 300)),
        ((700, 100, 800, 720), (0, 40, 800, 720)),
    ],
)
def test_it_lies_within_the_work_area(
    place: tuple[int, int, int, int], expected: tuple[int, int, int, int]
) -> None:
    moved = within(QRect(*place), AREA)
    assert (moved.x(), moved.y(), moved.width(), moved.height()) == expected


@pytest.mark.parametrize(
    "place",
    [
        WindowPlace(5000, 5000, 400, 300, False, "gone"),
        WindowPlace(-4000, 10, 400, 300, False, ""),
        WindowPlace(20, 700, 700, 500, False, "gone"),
        WindowPlace(100_000, -100_000, 1, 1, False, "gone"),
    ],
)
def test_a_screen_that_is_gone_leaves_it_on_one_that_is_there(
    qtbot: QtBot, place: WindowPlace
) -> None:
    window = shown(qtbot, place)
    area = window.screen().availableGeometry()
    assert area.contains(window.geometry())
    assert window.geometry().top() >= 40, "its title bar is in sight"
    assert window.width() >= LEAST[0]
    assert not window.isMaximized()


def test_a_smaller_screen_is_filled(qtbot: QtBot) -> None:
    window = shown(qtbot, WindowPlace(0, 0, 90_000, 90_000, False, "a wall"))
    assert window.isMaximized()
    assert window.normalGeometry().width() <= window.screen().availableGeometry().width()


def test_what_is_in_the_file_is_of_nobody(qtbot: QtBot, file: Path) -> None:
    window = shown(qtbot)
    window.setWindowTitle("王小明 13812345678")
    remembered(window, file).keep_last()
    assert b"138" not in file.read_bytes()
    assert set(window_place.WindowPlace._fields) == {
        "x", "y", "width", "height", "is_maximised", "screen",
    }  # fmt: skip
