"""The hotkey by the settings, and what is said where it is not heard."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from posmember.settings.beside import NO_HOTKEY, Hotkey
from posmember.ui.beside.hotkey.grab import Grab, NoGrab, Problem
from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.beside.x_server import XServer

translate = QCoreApplication.translate

_AGAIN_MS: Final = 30_000
"""How often a key is asked for that another program has: nobody tells when it is let go of."""


class HotkeyPart(QObject):
    """Hears the key that the settings name.

    Args:
        grab: how it is heard.
        again_ms: how long until a key is asked for again that another program has.
    """

    pressed = Signal(object, str)
    """It was struck: the time, and Wayland's token; see `FrontWindow.toggle`."""
    told = Signal(object)
    """A `Hint`: why it is not heard."""
    changed = Signal()
    """Another key is heard, or none."""

    def __init__(self, parent: QObject, grab: Grab, *, again_ms: int = _AGAIN_MS) -> None:
        super().__init__(parent)
        self._grab = grab
        self._hotkey = NO_HOTKEY
        self._is_first, self._is_by_a_person = True, False
        self._known: Problem | None = None
        self._again = QTimer(self, interval=again_ms, singleShot=True)
        self._again.timeout.connect(self._take)

    def heard_text(self) -> str:
        """Return the key that is heard, as people read it; "" where none is."""
        return self.key_text() if self._grab.problem is None else ""

    def use(self, settings: Settings | None) -> None:
        """Hear this key from now on."""
        hotkey = settings.beside.hotkey if settings is not None else NO_HOTKEY
        if hotkey == self._hotkey:
            return
        self._hotkey = hotkey
        self._again.stop()
        self._grab.release()
        if hotkey == NO_HOTKEY:
            self.changed.emit()
        else:
            self._known, self._is_by_a_person = None, not self._is_first
            self._take()
        self._is_first = False

    async def aclose(self) -> None:
        """Give the key back."""
        self._again.stop()
        self._grab.release()

    def _take(self) -> None:
        self._grab.take(self._hotkey, self.pressed.emit, self._say)

    def _say(self) -> None:
        """Say why it is not heard, where that is news."""
        problem, known = self._grab.problem, self._known
        self._known = problem
        if problem is Problem.TAKEN:
            self._again.start()
        else:
            self._again.stop()  # to take it again is to let go of it for a moment
        self.changed.emit()
        # That a desktop lets nobody hear one is no news each morning; the keys' sheet says it.
        is_news = problem is not Problem.NOT_HERE or self._is_by_a_person
        if problem is not None and problem is not known and is_news:
            self.told.emit(Hint(Severity.WARNING, problem_text(problem, self._hotkey)))

    def text(self) -> str:
        """Return what the key does, or why it is not heard; "" where there is to be none."""
        if self._hotkey == NO_HOTKEY:
            return ""
        problem = self._grab.problem
        if problem is not None:
            return problem_text(problem, self._hotkey)
        return translate("HotkeyPart", "在别的程序里：叫出本窗口；再按一次回去")

    def key_text(self) -> str:
        """Return the key as people read it; "" where there is to be none."""
        return "" if self._hotkey == NO_HOTKEY else str(self._hotkey)


def problem_text(problem: Problem, hotkey: Hotkey) -> str:
    """Say why a key is not heard, and what to do."""
    return _problem_words(problem).format(key=hotkey)


def _problem_words(problem: Problem) -> str:
    match problem:
        case Problem.TAKEN:
            return translate("HotkeyPart", "{key} 被别的程序占用，叫不出本窗口，请在设置里换一个")
        case Problem.NO_SUCH_KEY:
            return translate("HotkeyPart", "这个键盘没有 {key}，请在设置里换一个叫出窗口的键")
        case Problem.REFUSED:
            return translate("HotkeyPart", "系统不让用 {key} 叫出窗口，请在系统设置里允许或换一个")
        case Problem.NOT_HERE:
            return translate(
                "HotkeyPart",
                "这个桌面不让程序设快捷键；请在系统的键盘设置里加一个，命令填 posmember",
            )


def grab_for(parent: QObject, server: XServer | None) -> Grab:
    """Return how a key is heard on this desktop.

    Args:
        server: the X server, where there is one.
    """
    platform = QGuiApplication.platformName()
    if platform == "windows":
        from posmember.ui.beside.hotkey.windows import User32, WindowsGrab

        return WindowsGrab(User32())
    if sys.platform == "linux" and (platform == "wayland" or _is_under_wayland()):
        from posmember.ui.beside.hotkey.portal import PortalGrab

        return PortalGrab(parent, translate("HotkeyPart", "叫出会员查询窗口"))
    if server is not None:
        from posmember.ui.beside.hotkey.x11 import XGrab

        return XGrab(server)
    return NoGrab()


def _is_under_wayland() -> bool:
    """Whether an X server is only a guest there: it sees the keys of its own windows alone."""
    is_x = QGuiApplication.platformName() == "xcb"
    return is_x and bool(os.environ.get("WAYLAND_DISPLAY"))
