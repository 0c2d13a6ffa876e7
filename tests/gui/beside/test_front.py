"""Coming up and going back, on a desktop that a test moves by hand; and what Windows is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.beside.front.desktop import NoDesktop, desktop_of
from posmember.ui.beside.front.window import FrontWindow
from posmember.ui.beside.front.windows import User32, WindowsDesktop
from posmember.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)

TILL, OTHER = 0xAAAA, 0xBBBB


class Desk:
    """A desktop.

    Args:
        refuses: how often it gives nobody the keyboard.
    """

    def __init__(self, refuses: int = 0) -> None:
        self.refuses = refuses
        self.now: int | None = TILL
        self.there = {TILL, OTHER}
        self.asked: list[tuple[int, int]] = []
        self.is_closed = False
        self._moved: Callable[[int], None] = lambda _window: None

    def front(self) -> int | None:
        return self.now

    def is_there(self, window: int) -> bool:
        return window in self.there

    def activate(self, window: int, at: int) -> None:
        self.asked.append((window, at))
        self.refuses -= 1
        if self.refuses < 0:
            self.move(window)

    def watch(self, moved: Callable[[int], None]) -> None:
        self._moved = moved

    def close(self) -> None:
        self.is_closed = True

    def move(self, window: int) -> None:
        self.now = window
        self._moved(window)


def mine(window: MainWindow) -> int:
    return int(window.windowHandle().winId())


def test_up_and_back(window: MainWindow) -> None:
    desk = Desk()
    front = FrontWindow(window, desk)
    window.numbers.enter()
    window.scan_field.setText("1380")
    front.toggle(77)
    assert desk.asked == [(mine(window), 77)]
    assert window.scan_field.selectedText() == "1380"
    assert front.is_in_front()
    front.toggle(99)
    assert desk.asked[1:] == [(TILL, 99)]
    assert not window.isMinimized()


def test_asks_again_until_it_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    desk = Desk(refuses=3)
    front = FrontWindow(window, desk)
    front.bring_up()
    qtbot.waitUntil(front.is_in_front)
    assert len(desk.asked) == 4


def test_gives_up_at_last(window: MainWindow, qtbot: QtBot) -> None:
    desk = Desk(refuses=1000)
    front = FrontWindow(window, desk)
    front.bring_up()
    qtbot.waitUntil(lambda: not front._insisting.isActive())
    assert 10 <= len(desk.asked) <= 15


def test_a_person_goes_elsewhere_meanwhile(window: MainWindow) -> None:
    desk = Desk(refuses=1000)
    front = FrontWindow(window, desk)
    front.bring_up()
    desk.move(OTHER)
    assert not front._insisting.isActive()


def test_the_last_one_in_front_is_gone_back_to(window: MainWindow) -> None:
    desk = Desk()
    front = FrontWindow(window, desk)
    desk.move(OTHER)
    desk.move(0)
    desk.move(mine(window))  # with the mouse
    front.toggle()
    assert desk.asked == [(OTHER, 0)]


def test_nobody_to_go_back_to(window: MainWindow) -> None:
    desk = Desk()
    front = FrontWindow(window, desk)
    front.bring_up()
    desk.there.clear()
    front.toggle()
    assert window.isMinimized()
    front.toggle()
    assert not window.isMinimized()
    assert front.is_in_front()


def test_a_desktop_that_tells_nothing(window: MainWindow, qtbot: QtBot) -> None:
    front = FrontWindow(window, NoDesktop())
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    front.toggle()
    assert window.isMinimized()
    front.toggle(token="a token")
    assert not window.isMinimized()
    asyncio.run(front.aclose())


def test_a_token_of_wayland_is_handed_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    front = FrontWindow(window, Desk())
    front.bring_up(token="a token")
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "a token"


def test_shown_quietly(window: MainWindow) -> None:
    desk = Desk()
    front = FrontWindow(window, desk)
    window.hide()
    front.show_quietly()
    assert window.isVisible()
    assert desk.asked == []
    assert not window.windowHandle().property("_q_showWithoutActivating")


def test_a_compact_window_never_takes_the_keyboard_by_itself(window: MainWindow) -> None:
    window.fitting.change_form()
    window.hide()
    FrontWindow(window, Desk()).show_quietly()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.windowHandle().property("_q_showWithoutActivating")


def test_looks_no_more(window: MainWindow) -> None:
    desk = Desk()
    asyncio.run(FrontWindow(window, desk).aclose())
    assert desk.is_closed


# --- Windows -------------------------------------------------------------------------------------


class System:
    """Windows."""

    def __init__(self) -> None:
        self.front, self.names = TILL, {TILL: "PosMainFrame", OTHER: "Shell_TrayWnd"}
        self.brought: list[int] = []
        self.allows = True
        self.moved: Callable[[int], None] | None = None

    def foreground(self) -> int:
        return self.front

    def class_name(self, window: int) -> str:
        return self.names.get(window, "")

    def is_visible(self, window: int) -> bool:
        return window in self.names

    def bring(self, window: int) -> bool:
        self.brought.append(window)
        return self.allows

    def hook(self, moved: Callable[[int], None]) -> None:
        self.moved = moved

    def unhook(self) -> None:
        self.moved = None


def test_windows_of_windows() -> None:
    system = System()
    desktop = WindowsDesktop(system)
    assert desktop.front() == TILL
    system.front = OTHER  # the taskbar: nobody goes back to it
    assert desktop.front() == 0
    assert (desktop.is_there(TILL), desktop.is_there(0), desktop.is_there(1)) == (
        True,
        False,
        False,
    )
    seen: list[int] = []
    desktop.watch(seen.append)
    assert system.moved is not None
    system.moved(OTHER)
    system.moved(TILL)
    assert seen == [TILL]
    desktop.activate(TILL, 5)
    system.allows = False
    desktop.activate(TILL, 5)
    assert system.brought == [TILL, TILL]
    desktop.close()
    assert system.moved is None


def test_there_is_no_such_library_here() -> None:
    with pytest.raises(OSError, match=r"user32\.dll"):
        User32()


def test_what_this_desktop_is(qapp: QApplication) -> None:
    assert isinstance(desktop_of(None), NoDesktop)
