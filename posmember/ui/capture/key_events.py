"""What Qt's key events say, for whoever reads a keyboard at the QWindow."""

from __future__ import annotations

import ctypes
import sys
import time
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

ENTER_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MODIFIER_KEYS: Final = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
NO_SCANNERS: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""Modifiers that no scanner holds down."""

_REPEATS_AFTER_S = 0.1
"""Keyboards begin to repeat after a quarter of a second at the earliest."""


def typed_char(event: QKeyEvent) -> str:
    """The character of a key, CR for both Enter keys, "" for a key that gives none.

    A letter with Ctrl gives none, where the system makes no control character of it.
    """
    if event.key() in ENTER_KEYS:
        return "\r"
    text = event.text()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier and text.isprintable():
        return ""
    return text if len(text) == 1 else ""


def key_number(event: QKeyEvent) -> int:
    """Which key it is; the same when it goes up, whatever happened to Shift."""
    return event.nativeScanCode() or event.key()


def struck_at(event: QKeyEvent) -> float:
    """When the key was struck, in seconds; not when a busy window came round to it."""
    if sys.platform == "win32":
        # Qt's own time there is that of the reading, not that of the message.
        return float(ctypes.windll.user32.GetMessageTime()) / 1000
    return event.timestamp() / 1000 if event.timestamp() else time.monotonic()


class HeldKeys:
    """Tells which presses are the keyboard's own repeating of a key that is held down.

    On X11, Qt also says so of the second 0 of a scanner's 00, where one key's release and next
    press have one time. No keyboard repeats a key that went down just now.
    """

    def __init__(self) -> None:
        self._down_at: dict[int, float] = {}

    def repeats(self, event: QKeyEvent) -> bool:
        """Whether a press is a repeated one; to be asked of every press."""
        at, key = struck_at(event), key_number(event)
        if event.isAutoRepeat() and at - self._down_at.get(key, at) >= _REPEATS_AFTER_S:
            return True
        self._down_at[key] = at
        return False
