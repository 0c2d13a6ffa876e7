"""Which screen is the customer's: never the one that the cashier's window is on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

_SLIVER = 16
"""Pixels by which a maximised window may lie over the edge of the screen beside it."""
_MOVES = frozenset(
    (
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.WindowStateChange,
        QEvent.Type.ScreenChangeInternal,  # comes behind the move that leads to it
    )
)


class ScreenChoice(QObject):
    """Finds the customer's screen, again whenever screens come, go or change, or the window moves.

    Args:
        window: the cashier's; owns this.
    """

    changed = Signal()
    """Another screen is it, none any more, or it is of another size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._wanted = window, ""
        self._gone: QScreen | None = None
        self._found: tuple[QScreen, QRect] | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._add)
        application.screenRemoved.connect(self._remove)
        application.primaryScreenChanged.connect(self.look)
        for screen in QGuiApplication.screens():
            self._follow(screen)
        window.installEventFilter(self)

    @property
    def screen(self) -> QScreen | None:
        """The customer's screen; None where there is none, or the cashier's window is there."""
        return self._found[0] if self._found is not None else None

    def use(self, wanted: str) -> None:
        """Look for another screen from now on: by its number, from 1, or its name; "" is none."""
        self._wanted = wanted
        self.look()

    def look(self, *_how: object) -> None:
        """Find it anew."""
        screens = [screen for screen in QGuiApplication.screens() if screen is not self._gone]
        screen = find(self._wanted, screens)
        if screen is not None and self._is_taken(screen):
            screen = None
        found = (screen, screen.geometry()) if screen is not None else None
        if found != self._found:
            self._found = found
            self.changed.emit()

    def stop(self) -> None:
        """Look no more."""
        self._window.removeEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.disconnect(self._add)
        application.screenRemoved.disconnect(self._remove)
        application.primaryScreenChanged.disconnect(self.look)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.disconnect(self.look)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self._wanted:
            self.look()
        return False

    def _is_taken(self, screen: QScreen) -> bool:
        """Whether the cashier's window is there, or sees the same picture (mirrored screens)."""
        own, area = self._window.screen(), screen.geometry()
        if screen is own or _overlap(area, own.geometry()):
            return True
        return self._window.isVisible() and _overlap(area, self._window.frameGeometry())

    def _add(self, screen: QScreen) -> None:
        self._gone = None
        self._follow(screen)
        self.look()

    def _remove(self, screen: QScreen) -> None:
        """Leave a screen before Qt moves its windows to another one, which is the cashier's."""
        self._gone = screen
        self.look()
        QTimer.singleShot(0, self, self._forget_gone)

    def _forget_gone(self) -> None:
        self._gone = None
        self.look()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look)


def find(wanted: str, screens: Sequence[QScreen]) -> QScreen | None:
    """Find a screen by its number, from 1, or else by its name or model; None where none is so."""
    sought = wanted.strip().casefold()
    if not sought:
        return None
    for screen in screens:
        if sought in (screen.name().casefold(), screen.model().casefold()):
            return screen
    place = int(sought) - 1 if sought.isascii() and sought.isdigit() else -1
    return screens[place] if 0 <= place < len(screens) else None


def _overlap(first: QRect, second: QRect) -> bool:
    common = first.intersected(second)
    return common.width() > _SLIVER and common.height() > _SLIVER
