"""What Qt's key events say, for whoever reads a keyboard at the QWindow."""

from __future__ import annotations

import ctypes
import sys
import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

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

_KEYS: Final = {
    "\r": Qt.Key.Key_Return,
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    "\b": Qt.Key.Key_Backspace,
}

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


def copy_of(event: QKeyEvent, kind: QEvent.Type | None = None) -> QKeyEvent:
    """Return an event like another, to be sent later; or its release, as `kind`.

    Made anew of its parts: each `QEvent.clone` of PySide6 6.11 loses 100 bytes for ever.
    """
    copy = QKeyEvent(
        kind or event.type(), event.key(), event.modifiers(), event.nativeScanCode(),
        event.nativeVirtualKey(), event.nativeModifiers(), event.text(), event.isAutoRepeat(),
        event.count(), event.device(),
    )  # fmt: skip
    copy.setTimestamp(event.timestamp())
    return copy


def type_into(widget: QWidget, char: str) -> None:
    """Strike the key of a character in a widget, around those who watch a window's keys."""
    key = _KEYS.get(char) or Qt.Key(ord(char.upper()) if char.isprintable() else 0)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key.value, Qt.KeyboardModifier.NoModifier, char)
        QCoreApplication.sendEvent(widget, event)


class HeldKeys:
    """Tells which presses are the keyboard's own repeating of a key that is held down.

    On X11, Qt also says so of the second 0 of a scanner's 00, where one key's release and next
    press have one time. No keyboard repeats a key that went down just now.
    """

    def __init__(self) -> None:
        self._down_at: dict[int, float] = {}

    def repeats(self, event: QKeyEvent) -> bool:
        """Whether a press is a repeated one; to be asked of every press."""
        if self.is_held_on(event):
            return True
        self._down_at[key_number(event)] = struck_at(event)
        return False

    def is_held_on(self, event: QKeyEvent) -> bool:
        """Whether a press or a release is none: its key has been down for a while, and stays so."""
        at = struck_at(event)
        held_s = at - self._down_at.get(key_number(event), at)
        return event.isAutoRepeat() and held_s >= _REPEATS_AFTER_S
