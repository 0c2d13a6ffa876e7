"""A key that is heard everywhere on Windows: WM_HOTKEY.

By Microsoft's reference: "RegisterHotKey function", "UnregisterHotKey function", "WM_HOTKEY
message", "Virtual-Key Codes", "System Error Codes (1300-1699)". A held key is one (MOD_NOREPEAT).
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QWindow

from posmember import windows_dll
from posmember.settings.beside import Hotkey
from posmember.ui.beside.hotkey.grab import Problem
from posmember.ui.capture.raw_keys.watch import message_at, message_number

_log = logging.getLogger(__name__)

WM_HOTKEY: Final = 0x0312
NUMBER: Final = 1
"""Of the hotkey; a program may choose it from 0 to 0xBFFF."""
ERROR_HOTKEY_ALREADY_REGISTERED: Final = 1409
_MODIFIERS: Final = {"Alt": 0x0001, "Ctrl": 0x0002, "Shift": 0x0004, "Win": 0x0008}
_MOD_NOREPEAT: Final = 0x4000
_VK_F1: Final = 0x70
_NAMED: Final = {"Space": 0x20, "Home": 0x24, "End": 0x23, "Insert": 0x2D, "Pause": 0x13}


class System(Protocol):
    """What is asked of Windows. Both raise OSError where it refuses."""

    def register(self, window: int, number: int, modifiers: int, virtual_key: int) -> None:
        """Have WM_HOTKEY sent to a window of this thread, whichever program has the focus."""

    def unregister(self, window: int, number: int) -> None:
        """Have it sent no more."""


class User32:
    """The real one. Raises OSError on any other system than Windows."""

    def __init__(self) -> None:
        self._dll = windows_dll.load("user32")
        self._dll.RegisterHotKey.argtypes = (
            ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_uint32,
        )  # fmt: skip
        self._dll.UnregisterHotKey.argtypes = (ctypes.c_void_p, ctypes.c_int)

    def register(self, window: int, number: int, modifiers: int, virtual_key: int) -> None:
        if not self._dll.RegisterHotKey(window, number, modifiers, virtual_key):
            raise windows_dll.refused()

    def unregister(self, window: int, number: int) -> None:
        if not self._dll.UnregisterHotKey(window, number):
            raise windows_dll.refused()


class WindowsGrab:
    """Hears a key by a window that is never shown: the main one's handle may become another.

    Args:
        system: Windows; a stand-in for tests.
    """

    def __init__(self, system: System) -> None:
        self._system = system
        self._receiver = QWindow()
        self._receiver.create()
        self._window = int(self._receiver.winId())
        self._messages: _Messages | None = None
        self.problem: Problem | None = None

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        self.release()
        modifiers = sum(_MODIFIERS[name] for name in hotkey.modifiers) | _MOD_NOREPEAT
        try:
            self._system.register(self._window, NUMBER, modifiers, virtual_key(hotkey.key))
            self.problem = None
        except OSError as error:
            is_taken = _number_of(error) == ERROR_HOTKEY_ALREADY_REGISTERED
            problem = Problem.TAKEN if is_taken else Problem.REFUSED
            if problem is not self.problem:  # it is asked for again and again
                _log.info("the hotkey is not heard: %s", error)
            self.problem = problem
        else:
            self._messages = _Messages(lambda at: pressed(at, ""))
            _application().installNativeEventFilter(self._messages)
        said()

    def release(self) -> None:
        messages, self._messages = self._messages, None
        if messages is None:
            return
        _application().removeNativeEventFilter(messages)
        try:
            self._system.unregister(self._window, NUMBER)
        except OSError as error:
            _log.info("the hotkey is not given back: %s", error)


def virtual_key(key: str) -> int:
    """Return the virtual-key code of a key; those of letters and digits are their ASCII codes."""
    if key in _NAMED:
        return _NAMED[key]
    return ord(key) if len(key) == 1 else _VK_F1 + int(key[1:]) - 1


class _Messages(QAbstractNativeEventFilter):
    """Takes WM_HOTKEY out of the messages: Qt would ask again when it hands it to the window."""

    def __init__(self, take: Callable[[int], None]) -> None:
        super().__init__()
        self._take = take

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        address = int(message)
        if message_number(address) != WM_HOTKEY:
            return False, 0
        try:
            hotkey = message_at(address)
            if hotkey.wparam != NUMBER:
                return False, 0
            self._take(hotkey.time_ms)
        except Exception:  # noqa: BLE001 - Qt is above it
            _log.exception("the hotkey did not do what it should")
        return True, 0


def _number_of(error: OSError) -> int | None:
    number: int | None = getattr(error, "winerror", None)
    return number


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "messages come with the application"
    return application
