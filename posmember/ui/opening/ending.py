"""Every way in which the program is asked to end: the window closed, Ctrl+C, SIGTERM.

Python's own way, an exception wherever the program happens to be, is lost inside a slot of Qt's,
and brings the process down in the middle of an import. So a signal is only noted, and Qt's loop
is woken; what then happens depends on how far the program is.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Final, Self

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
PATIENCE_S: Final = 3.0
"""After so long a further signal ends a process whose orderly end hangs."""


class Ending(QObject):
    """Asked for once; it is then done by whoever said what is to be done. Needs an application.

    As a context manager it goes back to no handlers of before: a program that ends does so
    with the exit code of that, whatever signal comes in its last moments.
    """

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[], object] = _nothing
        self._asked_at: float | None = None
        self._over = False
        self._notifier: QSocketNotifier | None = None
        if sys.platform != "win32":
            # Windows needs none: Python code runs there each second at least, and with it this.
            self._notifier = QSocketNotifier(self._wake_by_signals(), _READ, self)
            self._notifier.activated.connect(self._drain)
        for number in SIGNALS:
            signal.signal(number, self._take)
        atexit.register(_ignore_signals)

    @property
    def asked(self) -> bool:
        """Whether the program is to end."""
        return self._asked_at is not None

    def ask(self) -> None:
        """End the program, in the way that was last said."""
        self._note()
        self._then()

    def then(self, do: Callable[[], object]) -> None:
        """Say how the program ends from now on; at once where it is asked to already."""
        self._then = do
        if self.asked:
            do()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._note()
        self._over, self._then = True, _nothing
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            os.close(self._read_end)
            os.close(self._write_end)

    def _wake_by_signals(self) -> int:
        """Have each signal write to a pipe; returns where that is read."""
        self._read_end, self._write_end = os.pipe()
        for end in (self._read_end, self._write_end):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        return self._read_end

    def _drain(self, *_what: object) -> None:
        """By now Python has called `_take`."""
        os.read(self._read_end, 64)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        """A signal, in the midst of anything."""
        if self._asked_at is not None and time.monotonic() - self._asked_at > PATIENCE_S:
            os._exit(128 + number)
        self._note()
        if not self._over:
            QTimer.singleShot(0, self.ask)

    def _note(self) -> None:
        if self._asked_at is None:
            self._asked_at = time.monotonic()


_READ: Final = QSocketNotifier.Type.Read


def _nothing() -> None:
    """There is nothing to end yet, or any more."""


def _ignore_signals() -> None:
    """In the interpreter's own end a signal could only spoil the exit code."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
