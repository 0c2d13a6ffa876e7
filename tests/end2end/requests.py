"""What is asked of a window in a process of its own: lines of JSON on its standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

Request = Mapping[str, object]


def tell(**message: object) -> None:
    """Print a message at once."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class Requests:
    """Hands on each line as it comes, and ends the program with its standard input.

    Args:
        take: does what a line asks for.
    """

    def __init__(self, take: Callable[[Request], None]) -> None:
        self._take, self._rest = take, b""
        self._stdin = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._stdin.activated.connect(self._read)

    def _read(self) -> None:
        data = os.read(0, 65536)
        if not data:
            QApplication.quit()
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take(json.loads(line))
