"""A window within its screen, by the room that a taskbar and a title bar leave."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from posmember.ui.widgets.fitting import Fitting

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
WANTED, LEAST = (1280, 800), (960, 560)
TITLE_BAR = 40


class Screen:
    """Stands for a QScreen: only its room is asked for."""

    def __init__(self, width: int, height: int) -> None:
        self.room = QSize(width, height)

    def availableSize(self) -> QSize:
        return self.room


class Window(QMainWindow):
    """A window on a screen of a test's own."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.on = screen

    def screen(self) -> Screen:  # type: ignore[override]
        return self.on


ROOMS = [
    # the screen at its scale, without a taskbar of 40; whether the window is maximised
    ((1920, 1040), False),
    ((1280, 840), False),
    ((1280, 839), True),
    ((1280, 800), True),
    ((1366, 728), True),
    ((1093, 582), True),
    ((1280, 680), True),
    ((1024, 728), True),
    ((1280, 693), True),
    ((1280, 700), True),
    ((819, 582), True),
    ((512, 364), True),
]


def assert_within(window: QMainWindow, room: tuple[int, int]) -> None:
    least = window.minimumSize()
    assert least.width() <= min(room[0], LEAST[0])
    assert least.height() <= min(room[1] - TITLE_BAR, LEAST[1])


@pytest.mark.parametrize(("room", "maximised"), ROOMS, ids=str)
def test_a_screen_that_is_too_small_is_filled(
    qtbot: QtBot, room: tuple[int, int], maximised: bool
) -> None:
    window = Window(Screen(*room))
    qtbot.addWidget(window)
    fitting = Fitting(window, WANTED, LEAST)
    assert (window.width(), window.height()) == WANTED
    fitting.show()
    assert window.isVisible()
    assert window.isMaximized() is maximised
    normal = window.normalGeometry() if maximised else window.geometry()
    assert normal.width() <= room[0]
    assert normal.height() <= room[1] - TITLE_BAR
    assert_within(window, room)


def test_a_screen_that_becomes_smaller_is_followed(qtbot: QtBot) -> None:
    """Another scale, a taskbar that comes, another screen."""
    screen = Screen(1920, 1040)
    window = Window(screen)
    qtbot.addWidget(window)
    fitting = Fitting(window, WANTED, LEAST)
    fitting.show()
    fitting.fit()
    assert not window.isMaximized(), "it has room"
    screen.room = QSize(1093, 582)
    fitting.fit()
    assert window.isMaximized()
    assert window.normalGeometry().height() <= 582 - TITLE_BAR
    assert_within(window, (1093, 582))
    screen.room = QSize(1920, 1040)
    fitting.fit()
    assert window.minimumSize() == QSize(*LEAST)
    assert window.isMaximized(), "what the cashier sees does not jump"


def test_it_is_told_of_its_screen(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    fitting = Fitting(window, WANTED, LEAST)
    fitting.show()
    handle = window.windowHandle()
    assert handle is not None
    screen = handle.screen()
    window.showNormal()
    window.setMinimumSize(1, 1)
    told = [screen.availableGeometryChanged, handle.screenChanged]
    for signal, argument in zip(told, (screen.availableGeometry(), screen), strict=True):
        window.setMinimumSize(1, 1)
        signal.emit(argument)
        assert window.minimumSize() != QSize(1, 1), "it is fitted anew"
    fitting._lose_screen()
    handle.screenChanged.emit(screen)
    assert fitting._screen is screen
