"""Clears the window where nobody touches it for a time, and at once where the PC is locked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QGuiApplication

from posmember.lookup.later import Later
from posmember.settings.config import WindowSettings
from posmember.ui.clipboard import clipboard
from posmember.ui.till.idle import Idle

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.ui.main_window import MainWindow
    from posmember.ui.privacy.session_lock.linux import LinuxSessionLock
    from posmember.ui.privacy.session_lock.windows import WindowsSessionLock

_USUAL_S = WindowSettings().clear_after_s
LISTENS_AFTER_S = 0.5
"""The first scan of the day comes first: what listens has to be imported."""


class Forgetting(QObject):
    """Watches a window.

    Args:
        after_s: seconds that a member stays on a screen that nobody touches; 0 is for ever.
    """

    def __init__(self, window: MainWindow, after_s: int = _USUAL_S) -> None:
        super().__init__(window)
        self._window = window
        self._lock: LinuxSessionLock | WindowsSessionLock | None = None
        self._starting = Later()
        self._held = [window.holds_someone]
        self._idle = Idle(
            after_s,
            self._is_held,
            window.wechat.is_sending,
            window.show_seconds_left,
            window.forget,
            Later(),
        )
        window.rendered.connect(self._idle.look)
        window.scan_field.textChanged.connect(self._idle.look)
        self._idle.look()  # something may have been typed before this was there

    def use(self, settings: WindowSettings) -> None:
        """Count by these settings from now on."""
        self._idle.count_to(settings.clear_after_s)

    def heed(self, *touches: SignalInstance) -> None:
        """Count anew at these signals: somebody is there."""
        for touch in touches:
            touch.connect(self._idle.touch)

    def hold(self, is_held: Callable[[], bool], *changes: SignalInstance) -> None:
        """Count also while something else is there that is not to be left open.

        Args:
            changes: come when that may have begun.
        """
        self._held.append(is_held)
        for change in changes:
            change.connect(self._idle.look)

    def start(self) -> None:
        """Begin to listen, in a moment, for a locked PC and for another user."""
        if QGuiApplication.platformName() == "windows":
            from posmember.ui.privacy.session_lock.windows import WindowsSessionLock

            self._lock = WindowsSessionLock(int(self._window.winId()), self)
        elif sys.platform == "linux":
            from posmember.ui.privacy.session_lock.linux import LinuxSessionLock

            self._lock = LinuxSessionLock(self)
        if self._lock is not None:
            self._lock.locked.connect(self._window.forget)
            self._starting.call(LISTENS_AFTER_S, self._lock.start)

    def _is_held(self) -> bool:
        return any(is_held() for is_held in self._held)

    def stop(self) -> None:
        """Watch no more, and leave nothing on the clipboard."""
        self._idle.stop()
        self._starting.cancel()
        if self._lock is not None:
            self._lock.stop()
        clipboard().forget()
