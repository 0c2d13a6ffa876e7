"""A scanner on a serial port, or on USB as a virtual one: its codes come around the keyboard.

Read by pyserial, in a thread of its own. Qt's serial port is only in PySide6-Addons, which is
some 100 MB more to install.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    import serial

_log = logging.getLogger(__name__)

LONGEST_CODE: Final = 2500
"""Bytes. A QR code holds up to 2,953, and no membership code is near that."""
QUIET_S: Final = 0.05
"""A code without a terminator ends when nothing followed for so long."""
_LONGEST_WAIT_S = 30.0
_ENDS_WITHIN_S = 2.0

_TERMINATORS = b"\r\n\x03"
_STX = b"\x02"


class CodeSplitter:
    """Cuts a stream of bytes into codes: at CR, LF and ETX, and where it falls quiet.

    A code of more than `LONGEST_CODE` bytes is dropped whole.
    """

    def __init__(self) -> None:
        self._code = bytearray()
        self._is_too_long = False

    def feed(self, data: bytes) -> list[str]:
        """Take some bytes; return the codes that they complete."""
        codes = []
        for byte in data:
            if byte in _TERMINATORS:
                codes += self.fall_quiet()
            elif len(self._code) < LONGEST_CODE:
                self._code.append(byte)
            else:
                self._is_too_long = True
        return codes

    def fall_quiet(self) -> list[str]:
        """Return the code that is complete as nothing follows, if there is one."""
        code = bytes(self._code).removeprefix(_STX)
        whole = code and not self._is_too_long
        self._code.clear()
        self._is_too_long = False
        return [code.decode("utf-8", "replace")] if whole else []


class SerialScanner(QObject):
    """Reads codes from a serial port until it is closed; waits for a scanner that is unplugged.

    Args:
        port: as the system names it: "COM3", "/dev/ttyACM0".
        baud: bits a second.
        retry_s: seconds to wait before the port is opened again; twice as long each time, up to
            30 seconds.
        parent: owns this. Call `close` before it goes.

    Raises:
        ValueError: `baud` is not above 0.
    """

    scanned = Signal(str, int)
    """A code without its terminator, and its place among those that came without a pause."""
    connected = Signal(bool)
    """Whether the port is open, whenever that changes."""

    _read = Signal(str, int)
    _opened = Signal(bool)

    def __init__(
        self, port: str, baud: int = 9600, *, retry_s: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        if baud <= 0:
            raise ValueError(f"a serial port runs at more than {baud} bits a second")
        self._port = port
        self._baud = baud
        self._retry_s = retry_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="posmember-serial", daemon=True)
        # The thread's own signals: what others connect to is emitted in the thread of this object.
        self._read.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._opened.connect(self._tell_connected, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the port and read; in its own thread, so that this returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Read no more, and end the thread. Nothing is emitted from then on."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(_ENDS_WITHIN_S)

    # --- in the thread of this object -----------------------------------------------------------

    def _pass_on(self, code: str, place: int) -> None:
        if not self._closing.is_set():
            self.scanned.emit(code, place)

    def _tell_connected(self, is_open: bool) -> None:
        if not self._closing.is_set():
            self.connected.emit(is_open)

    # --- in the reader's thread -----------------------------------------------------------------

    def _run(self) -> None:
        import serial  # only tills with such a scanner pay for it

        wait_s = self._retry_s
        is_first = True
        while not self._closing.is_set():
            try:
                with serial.Serial(self._port, self._baud, timeout=QUIET_S) as port:
                    wait_s, is_first = self._retry_s, True
                    self._opened.emit(True)
                    self._read_codes(port)
            except (OSError, ValueError) as error:  # SerialException is an OSError
                if is_first:
                    # Not its text: pyserial quotes what it was given.
                    name = type(error).__name__
                    _log.warning("no scanner at %s (%s); trying again", self._port, name)
                    self._opened.emit(False)
                is_first = False
                self._closing.wait(wait_s)
                wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    def _read_codes(self, port: serial.Serial) -> None:
        splitter, place = CodeSplitter(), 0
        while not self._closing.is_set():
            data = port.read(1)
            data += port.read(port.in_waiting) if data else b""
            for code in splitter.feed(data) if data else splitter.fall_quiet():
                place += 1
                self._read.emit(code, place)
            if not data:
                place = 0
