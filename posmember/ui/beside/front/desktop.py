"""What is asked of a desktop about the windows on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.beside.x_server import XServer


class Desktop(Protocol):
    """Windows are told by their numbers there; 0 is none."""

    def front(self) -> int | None:
        """Return the window that has the keyboard, or 0; None where that cannot be known."""

    def is_there(self, window: int) -> bool:
        """Return whether a window can be brought to the front."""

    def activate(self, window: int, at: int) -> None:
        """Bring a window to the front, with the keyboard.

        Args:
            at: the time of the key that asked for it, in the desktop's own milliseconds; 0 is now.
        """

    def watch(self, moved: Callable[[int], None]) -> None:
        """Have it told which window comes to the front, each time one does."""

    def close(self) -> None:
        """Watch no more."""


class NoDesktop:
    """One that tells nothing, such as Wayland or macOS, or that is not to be asked."""

    def front(self) -> int | None:
        return None

    def is_there(self, window: int) -> bool:
        return False

    def activate(self, window: int, at: int) -> None:
        return

    def watch(self, moved: Callable[[int], None]) -> None:
        return

    def close(self) -> None:
        return


def desktop_of(server: XServer | None) -> Desktop:
    """Return what this window is on.

    Args:
        server: the X server, where there is one.
    """
    if server is not None:
        from posmember.ui.beside.front.x11 import XDesktop

        return XDesktop(server)
    if QGuiApplication.platformName() == "windows":
        from posmember.ui.beside.front.windows import User32, WindowsDesktop

        return WindowsDesktop(User32())
    return NoDesktop()
