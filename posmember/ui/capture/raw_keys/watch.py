"""Hands every key of the program over before Qt and the input method have it."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QGuiApplication

from posmember.ui.capture.raw_keys import windows, xcb
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.user32 import System, User32

_log = logging.getLogger(__name__)

POINTER_SIZE: Final = ctypes.sizeof(ctypes.c_void_p)
_PASS, _SWALLOW = (False, 0), (True, 0)
_WATCHED_MESSAGES = windows.KEY_MESSAGES | {windows.WM_KILLFOCUS}

Read = Callable[[int], RawKey | None]
"""Reads the key at an address, if there is one."""


class RawKeyWatch(QAbstractNativeEventFilter):
    """Watches the native events of the application.

    On Windows Qt asks its filters before TranslateMessage, by which the input method gets a
    key; on X11 before its input context, which sends the key to the input method. So a key that
    is swallowed reaches neither a window nor the input method.

    Args:
        on_key: takes every key, and returns whether it is to be swallowed. If it raises, the
            watch is off from then on: a bug must not take the keyboard away.
    """

    def __init__(self, on_key: Callable[[RawKey], bool]) -> None:
        super().__init__()
        self._on_key = on_key
        self._read: Read | None = None

    @staticmethod
    def available() -> bool:
        """Return whether keys can be read on this platform: not under Wayland."""
        return QGuiApplication.platformName() in ("xcb", "windows")

    @property
    def is_on(self) -> bool:
        """Whether it watches."""
        return self._read is not None

    def start(self) -> None:
        """Begin to watch, where that is possible."""
        if self.is_on or not self.available():
            return
        on_windows = QGuiApplication.platformName() == "windows"
        self._read = windows_reader(User32()) if on_windows else xcb_reader()
        _application().installNativeEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        if self.is_on:
            self._read = None
            _application().removeNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        if self._read is None:
            return _PASS
        try:
            key = self._read(int(message))
            return _SWALLOW if key is not None and self._on_key(key) else _PASS
        except Exception:  # noqa: BLE001 - a bug here would take the whole keyboard away
            _log.exception("reading keys failed and is off; keys go to the input method")
            self.stop()
            return _PASS


def xcb_reader() -> Read:
    """Return what reads X events. It looks at one byte of those that are no keys."""
    repeats = xcb.Repeats()

    def read(address: int) -> RawKey | None:
        kind: int = ctypes.c_uint8.from_address(address).value
        if kind & 0x7F not in (xcb.KEY_PRESS, xcb.KEY_RELEASE):
            return None
        key = xcb.read(ctypes.string_at(address, xcb.EVENT_SIZE))
        return None if key is None else repeats.marked(key)

    return read


def windows_reader(system: System) -> Read:
    """Return what reads Windows messages. It looks at one number of those that are no keys."""
    messages = windows.KeyMessages(system.is_toggled)

    def read(address: int) -> RawKey | None:
        if message_number(address) not in _WATCHED_MESSAGES:
            return None
        return messages.read(message_at(address))

    return read


def message_number(address: int) -> int:
    """Return which Windows message is at an address."""
    number: int = ctypes.c_uint32.from_address(address + POINTER_SIZE).value
    return number


def message_at(address: int) -> windows.Message:
    """Return the Windows message at an address."""
    data = ctypes.string_at(address, windows.message_size(POINTER_SIZE))
    return windows.Message.read(data, POINTER_SIZE)


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "keys come with the application"
    return application
