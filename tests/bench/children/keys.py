"""Strikes keys at a platform window, as a scanner does: before any widget sees them."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow

GAP_MS = 2
"""Between two keys, as they say."""


def scan(window: QWindow, text: str) -> float:
    """Strike a text and Enter.

    The keys carry times of a scanner's pace, so that a machine that is busy meanwhile does not
    break the burst.

    Returns:
        When Enter was struck: seconds of `time.perf_counter`.
    """
    at = int(time.monotonic() * 1000)
    for letter in text:
        at += GAP_MS
        _strike(window, ord(letter.upper()), letter, at)
    entered_at = time.perf_counter()
    _strike(window, Qt.Key.Key_Return.value, "\r", at + GAP_MS)
    return entered_at


def _strike(window: QWindow, key: int, text: str, at: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at)
        QCoreApplication.sendEvent(window, event)
