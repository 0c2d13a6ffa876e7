"""Every way in which a scanner can be heard, as one: keyboard, device, serial port."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from posmember.scanning.burst import ScanSettings
from posmember.ui.capture.input_method import writes_chinese
from posmember.ui.capture.put_back import remember
from posmember.ui.capture.raw_keys import device as named_device
from posmember.ui.capture.raw_keys.capture import NativeCapture
from posmember.ui.capture.raw_keys.device import ScannerDevice
from posmember.ui.capture.scan_filter import ScanFilter

if TYPE_CHECKING:
    from posmember.scanning.findings import ProposedSettings
    from posmember.settings.config import ScannerSettings
    from posmember.ui.capture.serial_scanner import SerialScanner

MOST_CODES = 20
"""Codes of one burst, of which each is compared with those before it. A scanner that sends all that
it has stored is at no till."""

_log = logging.getLogger(__name__)


class ScanSources(QObject):
    """The keyboard's filter, and beside it what a store has set up.

    Args:
        keyboard: the filter, which has been there since the first stage.
        window: owns this; its handle is what devices are read for.
    """

    scanned = Signal(str, int)
    """A code without its prefix and terminator, and its place in its burst, from 1."""
    misread = Signal(object)
    """A `Misread`: something was scanned that is no code."""
    burst_began = Signal()
    """A scanner has begun to type."""

    def __init__(self, keyboard: ScanFilter, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keyboard = keyboard
        self._writing = NativeCapture(self._written_in, remember, parent=self)
        self._is_checked: Callable[[], bool] = lambda: False
        self._device: ScannerDevice | None = None
        self._serial: SerialScanner | None = None
        for keys in (keyboard, self._writing):
            keys.scanned.connect(self._pass_on)
            keys.misread.connect(self.misread)
            keys.burst_began.connect(self.burst_began)
        self._writing.burst_began.connect(self._distrust)

    def start(self, settings: ScannerSettings) -> None:
        """Listen to all that the settings name."""
        self._writing.start()
        self._keyboard.leave_to(self._writing)
        self.listen_beside(settings)

    def listen_beside(self, settings: ScannerSettings) -> None:
        """Tell bursts by these settings, and listen to what they name beside the keyboard.

        What others named before is heard no more.
        """
        self._stop_beside()
        told = scan_settings(settings)
        self.use(told)
        if settings.device:
            self._listen_to(settings.device, told)
        if settings.serial_port:
            from posmember.ui.capture.serial_scanner import SerialScanner

            port, baud = settings.serial_port, settings.serial_baud
            self._serial = SerialScanner(port, baud, told, parent=self)
            self._serial.scanned.connect(self._pass_on)
            self._serial.misread.connect(self.misread)
            self._serial.start()

    def use(self, settings: ScanSettings) -> None:
        """Tell bursts by other settings from now on."""
        self._keyboard.use(settings)
        self._writing.use(settings)
        if self._device is not None:
            self._device.use(settings)
        if self._serial is not None:
            self._serial.use(settings)

    def leave_while(self, is_checked: Callable[[], bool]) -> None:
        """Leave the input method its keys while the scanner check looks at what it does."""
        self._is_checked = is_checked

    def stop(self) -> None:
        """Listen no more."""
        self._keyboard.stop()
        self._writing.stop()
        self._stop_beside()

    def _stop_beside(self) -> None:
        if self._device is not None:
            self._device.stop()
        if self._serial is not None:
            self._serial.close()
        self._device = self._serial = None

    def _listen_to(self, name: str, settings: ScanSettings) -> None:
        if not named_device.available():
            _log.info("a scanner is read by its device on Windows only")
            return
        self._device = ScannerDevice(name, int(self._window.winId()), settings, parent=self)
        self._device.scanned.connect(self._pass_on)
        self._device.misread.connect(self.misread)
        try:
            self._device.start()
        except OSError as error:
            _log.warning("the scanner's device cannot be read: %s", error)
            self._device = None

    def _pass_on(self, text: str, place: int) -> None:
        if place <= MOST_CODES:
            self.scanned.emit(text, place)

    def _distrust(self) -> None:
        """Somebody went to a field that writes Chinese, while a scanner stood still."""
        if self._keyboard.is_in_a_burst:
            self._writing.distrust()

    def _written_in(self) -> QWidget | None:
        """The field with the keyboard, where a person writes Chinese in it."""
        field = QApplication.focusWidget()
        return field if writes_chinese(field) and not self._is_checked() else None


def scan_settings(settings: ScannerSettings | ProposedSettings) -> ScanSettings:
    """How a burst is told, from the configuration or from what the scanner check proposes."""
    return ScanSettings(
        max_gap_s=settings.max_gap_ms / 1000,
        prefix=settings.prefix,
        suffix=settings.suffix,
        enter_follows=settings.enter_follows,
    )
