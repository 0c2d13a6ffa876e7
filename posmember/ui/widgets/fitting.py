"""Keeps a window within the screen that it is on, whatever its size and scale are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from posmember.settings.window_place import WindowPlace

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

    def show(self, place: WindowPlace | None = None) -> None:
        """Show the window for the first time, and have it follow its screen from then on.

        Args:
            place: where it was the last time, if that is known.
        """
        tight = self._stand_where_it_was(place) if place is not None else self._stand_anew()
        self._window.showMaximized() if tight else self._window.show()
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

    def _stand_anew(self) -> bool:
        """Take the size that is wanted; returns whether the screen has no room for it."""
        size = self._wanted.boundedTo(self._make_room())
        self._window.resize(size)
        return size != self._wanted

    def _stand_where_it_was(self, place: WindowPlace) -> bool:
        """Take the place of the last time, on a screen that is there; whether it is to be filled.

        The screen may be gone, smaller, or of another scale: it lies within one that is there.
        """
        was = QRect(place.x, place.y, place.width, place.height)
        screen = _screen_of(place.screen, was)
        if screen is None:
            return self._stand_anew()
        if screen is not self._window.screen():
            self._window.setScreen(screen)
        room = self._make_room()
        least = self._window.minimumSize()
        size = was.size().expandedTo(least).boundedTo(room)
        self._window.setGeometry(within(QRect(was.topLeft(), size), screen.availableGeometry()))
        return place.is_maximised or size != was.size().expandedTo(least)

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


def within(place: QRect, area: QRect) -> QRect:
    """Move a place, which has room in an area, into it; its title bar is in sight, too."""
    if area.contains(place):
        return place
    x = max(area.left(), min(place.x(), area.left() + area.width() - place.width()))
    top = area.top() + _FRAME_HEIGHT
    y = max(top, min(place.y(), area.top() + area.height() - place.height()))
    return QRect(x, y, place.width(), place.height())


def _screen_of(name: str, was: QRect) -> QScreen | None:
    """The screen of that name, if the window was on it; else the one with most of the place."""
    screens = QGuiApplication.screens()
    seen = {screen: _area(screen.geometry().intersected(was)) for screen in screens}
    named = next((screen for screen in screens if screen.name() == name and seen[screen]), None)
    most = max(screens, key=lambda screen: seen[screen], default=None)
    if named is not None or (most is not None and seen[most]):
        return named or most
    return QGuiApplication.primaryScreen()


def _area(part: QRect) -> int:
    return 0 if part.isEmpty() else part.width() * part.height()
