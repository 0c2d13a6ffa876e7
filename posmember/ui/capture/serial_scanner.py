"""A scanner on a serial port, or on USB as a virtual one: its codes come around the keyboard.

Read by pyserial, in a thread of its own. Qt's serial port is only in PySide6-Addons, which is
some 100 MB more to install.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from posmember.scanning.burst import LONGEST_CODE, STALLED_S, Flaw, Misread, ScanSettings

if TYPE_CHECKING:
    import serial

_log = logging.getLogger(__name__)

_ASKED_EACH_S: Final = 0.05
"""How long a read waits for a byte: within so long it is noticed that it is to end."""
_LONGEST_WAIT_S = 30.0
_ENDS_WITHIN_S = 2.0

_TERMINATORS = b"\r\n\t\x03"
_STX = b"\x02"


class CodeSplitter:
    """Cuts a stream of bytes into codes: at CR, LF, Tab and ETX, or where it falls quiet.

    Where the scanner's codes have an end, only their end ends them: bytes come in pieces. What
    then falls quiet for `quiet_s` is a misread, and so is a code of more than `LONGEST_CODE`
    bytes.

    Args:
        settings: what the scanner sends around its codes.
    """

    def __init__(self, settings: ScanSettings | None = None) -> None:
        self.settings = settings or ScanSettings()
        self._prefix = self.settings.prefix.encode()
        self._suffix = self.settings.suffix.encode()
        self._suffix_ends = bool(self._suffix) and not self.settings.enter_follows
        self._code = bytearray()
        self._is_too_long = False

    @property
    def quiet_s(self) -> float:
        """Seconds of nothing after which what came is over."""
        return STALLED_S if self.settings.has_end else self.settings.quiet_s

    @property
    def is_open(self) -> bool:
        """Whether a code has begun."""
        return bool(self._code)

    def feed(self, data: bytes) -> list[str | Flaw]:
        """Take some bytes; return the codes that they complete, or why one is none."""
        found: list[str | Flaw] = []
        for byte in data:
            if byte in _TERMINATORS:
                found += self._end()
                continue
            if len(self._code) >= LONGEST_CODE:
                self._is_too_long = True
                self._code.clear()
            self._code.append(byte)
            if self._suffix_ends and self._code.endswith(self._suffix):
                found += self._end()
        return found

    def fall_quiet(self) -> list[str | Flaw]:
        """Take it that nothing followed for `quiet_s`; return what came, if anything did."""
        if not self.settings.has_end or self._is_too_long:
            return self._end()
        is_open = bool(self._code)
        self._code.clear()
        return [Flaw.UNFINISHED] if is_open else []

    def _end(self) -> list[str | Flaw]:
        code = bytes(self._code).removeprefix(_STX)
        code = code.removeprefix(self._prefix).removesuffix(self._suffix)
        is_too_long, self._is_too_long = self._is_too_long, False
        self._code.clear()
        if is_too_long:
            return [Flaw.TOO_LONG]
        return [code.decode("utf-8", "replace")] if code else []


class SerialScanner(QObject):
    """Reads codes from a serial port until it is closed; waits for a scanner that is unplugged.

    Args:
        port: as the system names it: "COM3", "/dev/ttyACM0".
        baud: bits a second.
        settings: what the scanner sends around its codes.
        retry_s: seconds to wait before the port is opened again; twice as long each time, up to
            30 seconds.
        parent: owns this. Call `close` before it goes.

    Raises:
        ValueError: `baud` is not above 0.
    """

    scanned = Signal(str, int)
    """A code without what is around it, and its place among those that came without a pause."""
    misread = Signal(object)
    """A `Misread`: something that is no code."""
    connected = Signal(bool)
    """Whether the port is open, whenever that changes."""

    _read = Signal(object, int)
    _opened = Signal(bool)

    def __init__(
        self,
        port: str,
        baud: int = 9600,
        settings: ScanSettings | None = None,
        *,
        retry_s: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        if baud <= 0:
            raise ValueError(f"a serial port runs at more than {baud} bits a second")
        self._port = port
        self._baud = baud
        self._settings = settings or ScanSettings()
        self._retry_s = retry_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="posmember-serial", daemon=True)
        # The thread's own signals: what others connect to is emitted in the thread of this object.
        self._read.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._opened.connect(self._tell_connected, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Open the port and read; in its own thread, so that this returns at once."""
        self._thread.start()

    def use(self, settings: ScanSettings) -> None:
        """Cut codes by other settings from now on; what has begun is forgotten."""
        self._settings = settings  # one name: the reader's thread has the old ones or the new ones

    def close(self) -> None:
        """Read no more, and end the thread. Nothing is emitted from then on."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(_ENDS_WITHIN_S)

    # --- in the thread of this object -----------------------------------------------------------

    def _pass_on(self, found: str | Flaw, place: int) -> None:
        if self._closing.is_set():
            return
        if isinstance(found, Flaw):
            self.misread.emit(Misread(found, place))
        else:
            self.scanned.emit(found, place)

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
                with serial.Serial(self._port, self._baud, timeout=_ASKED_EACH_S) as port:
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
        splitter, place, last_at = CodeSplitter(self._settings), 0, 0.0
        while not self._closing.is_set():
            if splitter.settings is not self._settings:
                splitter = CodeSplitter(self._settings)
            asked_at = time.monotonic()
            data = port.read(1)
            data += port.read(port.in_waiting) if data else b""
            found: list[str | Flaw] = []
            if data:
                found, last_at = splitter.feed(data), time.monotonic()
            elif asked_at - last_at >= splitter.quiet_s:  # nothing is waiting to be read, either
                found = splitter.fall_quiet()
            for code in found:
                place += 1
                self._read.emit(code, place)
            if not data and not splitter.is_open:
                place = 0
