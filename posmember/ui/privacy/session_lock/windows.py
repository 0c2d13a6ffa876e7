"""A locked PC and a user switch on Windows: WM_WTSSESSION_CHANGE.

By Microsoft's reference: "WTSRegisterSessionNotification function", "WM_WTSSESSION_CHANGE message".
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
)

from posmember import windows_dll
from posmember.ui.capture.raw_keys.watch import message_at, message_number

_log = logging.getLogger(__name__)

WM_WTSSESSION_CHANGE: Final = 0x02B1
_NOTIFY_FOR_THIS_SESSION: Final = 0
_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _LOGOFF, _LOCK = 2, 4, 6, 7
_LEAVES: Final = frozenset((_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _LOGOFF, _LOCK))
"""Another user, another screen, nobody, or the lock."""


class System(Protocol):
    """What is asked of Windows. Both raise OSError where it refuses."""

    def listen(self, window: int) -> None:
        """Have a window told what becomes of its session."""

    def stop_listening(self, window: int) -> None:
        """Have it told no more."""


class WtsApi32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._dll = windows_dll.load("wtsapi32")
        self._dll.WTSRegisterSessionNotification.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        self._dll.WTSUnRegisterSessionNotification.argtypes = (ctypes.c_void_p,)

    def listen(self, window: int) -> None:
        if not self._dll.WTSRegisterSessionNotification(window, _NOTIFY_FOR_THIS_SESSION):
            raise windows_dll.refused()

    def stop_listening(self, window: int) -> None:
        if not self._dll.WTSUnRegisterSessionNotification(window):
            raise windows_dll.refused()


class WindowsSessionLock(QObject):
    """Has a window told of it.

    Args:
        window: the native handle of a window that lives as long as this.
        system: Windows; a stand-in for tests.
    """

    locked = Signal()
    """The PC was locked, or the session left its screen."""

    def __init__(self, window: int, parent: QObject, system: System | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._system = system
        self._messages: _SessionMessages | None = None

    def start(self) -> None:
        """Begin to listen. Where Windows refuses, that is logged, and nothing is heard."""
        try:
            self._system = self._system or WtsApi32()
            self._system.listen(self._window)
        except OSError as error:
            _log.warning("a locked PC is not noticed: %s", error)
            return
        self._messages = _SessionMessages(self._take)
        _application().installNativeEventFilter(self._messages)

    def stop(self) -> None:
        """Listen no more."""
        messages, self._messages = self._messages, None
        if messages is None or self._system is None:
            return
        _application().removeNativeEventFilter(messages)
        try:
            self._system.stop_listening(self._window)
        except OSError as error:
            _log.debug("Windows tells on of its sessions: %s", error)

    def _take(self, what: int) -> None:
        if what in _LEAVES:
            self.locked.emit()


class _SessionMessages(QAbstractNativeEventFilter):
    """Hands what became of the session over. Off from the first exception on."""

    def __init__(self, take: Callable[[int], None]) -> None:
        super().__init__()
        self._take = take
        self._is_on = True

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        address = int(message)
        try:
            if self._is_on and message_number(address) == WM_WTSSESSION_CHANGE:
                self._take(message_at(address).wparam)
        except Exception:  # noqa: BLE001 - an exception here would come with every message
            _log.exception("a locked PC is not noticed any more")
            self._is_on = False
        return False, 0


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "messages come with the application"
    return application
