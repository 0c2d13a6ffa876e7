"""Keeps a window within the screen that it is on, whatever its size and scale are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

_FRAME_HEIGHT = 40
"""What a title bar takes, at most."""


class Fitting(QObject):
    """Shows a window as large as is wanted, or maximised where there is no room for that.

    Sizes are in Qt's pixels, which the screen's scale is already taken out of.

    Args:
        window: owns this.
        wanted: its size where the screen has room for it.
        least: its smallest size where the screen has room for that.
    """

    def __init__(self, window: QWidget, wanted: tuple[int, int], least: tuple[int, int]) -> None:
        super().__init__(window)
        self._window = window
        self._wanted, self._least = QSize(*wanted), QSize(*least)
        self._screen: QScreen | None = None
        window.setMinimumSize(self._least)
        window.resize(self._wanted)

    def show(self) -> None:
        """Show the window for the first time, and have it follow its screen from then on."""
        room = self._make_room()
        size = self._wanted.boundedTo(room)
        self._window.resize(size)
        self._window.showMaximized() if size != self._wanted else self._window.show()
        handle = self._window.windowHandle()
        if handle is not None:
            self._follow(handle.screen())
            handle.screenChanged.connect(self._change_screen)

    def fit(self) -> None:
        """Bring the window back to the room that there is now."""
        room = self._make_room()
        window = self._window
        if window.isMaximized() or window.isFullScreen() or window.isMinimized():
            return
        if window.size() != window.size().boundedTo(room):
            window.resize(window.size().boundedTo(room))
            window.showMaximized()

    def _make_room(self) -> QSize:
        """Let the window be as small as the screen needs; returns the size that it may have."""
        area = self._window.screen().availableSize()
        room = QSize(area.width(), area.height() - _FRAME_HEIGHT)
        self._window.setMinimumSize(self._least.boundedTo(room))
        return room

    def _change_screen(self, screen: QScreen) -> None:
        self._follow(screen)
        self.fit()

    def _follow(self, screen: QScreen) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self.fit)
            self._screen.destroyed.disconnect(self._lose_screen)
        self._screen = screen
        screen.availableGeometryChanged.connect(self.fit)
        screen.destroyed.connect(self._lose_screen)

    def _lose_screen(self) -> None:
        """A screen was unplugged; Qt takes the window to another one, and tells so."""
        self._screen = None
