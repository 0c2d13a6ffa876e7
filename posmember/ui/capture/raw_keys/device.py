"""A named scanner on Windows, read by its device: it works while another program has the focus.

Windows tells by WM_INPUT which keyboard a key is of. It does not keep the key from the program
that has the focus: that one gets the code as well. While this program has the focus its other
ways of reading a scan are better, as they keep the code out of its fields; so then nothing is
taken here, and no scan comes twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
)
from PySide6.QtGui import QGuiApplication

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import Outcome, ScanSettings
from posmember.ui.capture.quiet_timer import QuietTimer
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.user32 import System, User32
from posmember.ui.capture.raw_keys.watch import POINTER_SIZE, message_at, message_number
from posmember.ui.capture.raw_keys.windows import (
    WM_INPUT,
    WM_INPUT_DEVICE_CHANGE,
    DeviceKeys,
    RawInput,
)

_log = logging.getLogger(__name__)

_NO_DEVICE: Final = 0
"""Of keys that a program sends, as this one does: no scanner has struck them ("RAWINPUTHEADER")."""


def available() -> bool:
    """Return whether a device can be named here: on Windows alone."""
    return QGuiApplication.platformName() == "windows"


def keyboard_names(system: System | None = None) -> list[str]:
    r"""Return the names of all keyboards and scanners, such as ``\\?\HID#VID_05E0&PID_1200#...``.

    Raises:
        OSError: on another system than Windows, or if Windows refuses.
    """
    return sorted((system or User32()).keyboards().values())


class ScannerDevice(QObject):
    """Reads the scanner of a name while another program has the focus.

    Args:
        name: a part of the device's name, in any case, such as "VID_05E0&PID_1200".
        window: the native handle of a window that lives as long as this.
        settings: how a burst is told.
        system: Windows; a stand-in for tests.
        parent: owns this.
    """

    scanned = Signal(str, int)
    """A code without its prefix and terminator, and its place in its burst, from 1."""
    misread = Signal(object)
    """A `Misread`: a burst that is no code."""

    def __init__(
        self,
        name: str,
        window: int,
        settings: ScanSettings | None = None,
        system: System | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name.casefold()
        self._window = window
        self._buffer = ScanBuffer(settings)
        self._system = system
        self._devices: dict[int, DeviceKeys | None] = {}
        self._number = 0
        self._messages = _InputMessages(self._take)
        self._quiet = QuietTimer(self._fall_quiet, self)

    def start(self) -> None:
        """Begin to read. Raises OSError where the system does not let it."""
        self._system = self._system or User32()
        self._system.listen(self._window)
        self._messages.start()

    def use(self, settings: ScanSettings) -> None:
        """Tell bursts by other settings from now on."""
        self._quiet.stop()
        self._buffer = ScanBuffer(settings)

    def stop(self) -> None:
        """Read no more. Raises OSError where Windows refuses."""
        if not self._messages.is_on:
            return
        self._messages.stop()
        self._quiet.stop()
        self._buffer.reset()
        if self._system is not None:
            self._system.stop_listening()

    def _take(self, address: int) -> None:
        """Take a message about keyboards."""
        message = message_at(address)
        if message.number == WM_INPUT_DEVICE_CHANGE:
            self._devices.clear()
            return
        assert self._system is not None
        raw = RawInput.read(self._system.raw_input(message.lparam), POINTER_SIZE)
        if raw is None or raw.device == _NO_DEVICE:
            return
        keys = self._keys_of(raw.device)
        if keys is not None:
            # Its Shift is followed at all times; what it types, only while nobody else does.
            key = keys.read(raw, message.time_ms)
            if message.is_for_another_program and not key.is_modifier:
                self._press(key)

    def _keys_of(self, device: int) -> DeviceKeys | None:
        """Return what reads a device; None if it has another name."""
        if device not in self._devices:
            assert self._system is not None
            name = self._system.device_name(device)
            is_it = self._name in name.casefold()
            self._devices[device] = DeviceKeys(name) if is_it else None
        return self._devices[device]

    def _press(self, key: RawKey) -> None:
        if not key.pressed:
            self._buffer.let_go(key.place, key.at)
        elif not key.repeated:
            self._number += 1
            self._do(self._buffer.press(self._number, key.char, key.place, key.at))
            self._quiet.wait(self._buffer.patience_s)

    def _fall_quiet(self) -> None:
        self._do(self._buffer.fall_quiet())
        self._quiet.wait(self._buffer.patience_s)

    def _do(self, outcome: Outcome) -> None:
        if outcome.misread is not None:
            self.misread.emit(outcome.misread)
        if outcome.scan is not None:
            self.scanned.emit(outcome.scan.text, outcome.scan.place)


class _InputMessages(QAbstractNativeEventFilter):
    """Hands the messages about keyboards over. Off from the first exception on."""

    def __init__(self, take: Callable[[int], None]) -> None:
        super().__init__()
        self._take = take
        self.is_on = False

    def start(self) -> None:
        if not self.is_on:
            self.is_on = True
            _application().installNativeEventFilter(self)

    def stop(self) -> None:
        if self.is_on:
            self.is_on = False
            _application().removeNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        """Never swallow: Windows wants every WM_INPUT to reach its default procedure."""
        address = int(message)
        try:
            if self.is_on and message_number(address) in (WM_INPUT, WM_INPUT_DEVICE_CHANGE):
                self._take(address)
        except OSError:
            _log.debug("a device went away before its key was read")
        except Exception:  # noqa: BLE001 - an exception here would come with every key
            _log.exception("reading the scanner's device failed and is off")
            self.stop()
        return False, 0


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "messages come with the application"
    return application
