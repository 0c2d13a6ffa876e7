"""Notices a scanner in ALT mode among the application's keys, and keeps its digits from everyone.

Without that a field would get the numbers of the characters, and a list their Enter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from posmember.scanning.alt_codes import OVER_AFTER_S, AltCodes
from posmember.ui.capture.key_events import ENTER_KEYS, struck_at, typed_char

KEYPAD_DIGITS: Final = {
    Qt.Key.Key_Insert: "0",
    Qt.Key.Key_End: "1",
    Qt.Key.Key_Down: "2",
    Qt.Key.Key_PageDown: "3",
    Qt.Key.Key_Left: "4",
    Qt.Key.Key_Clear: "5",
    Qt.Key.Key_Right: "6",
    Qt.Key.Key_Home: "7",
    Qt.Key.Key_Up: "8",
    Qt.Key.Key_PageUp: "9",
}
"""What the keypad's keys are without Num Lock: a scanner that types on it means digits."""

_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ENDS = (*ENTER_KEYS, Qt.Key.Key_Tab)


def is_alt_digit(event: QKeyEvent) -> bool:
    """Whether a key is a digit of the keypad with Alt, as in the number of a character."""
    modifiers = event.modifiers()
    if not (modifiers & _ALT and modifiers & _KEYPAD):
        return False
    return Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 or event.key() in KEYPAD_DIGITS


class AltMode:
    """Watches keys; to be asked of each press and release of the application.

    Args:
        tell: called once for each scan that nobody made anything of.
        parent: owns the timer.
    """

    def __init__(self, tell: Callable[[], None], parent: QObject) -> None:
        self._tell = tell
        self._codes = AltCodes()
        self._over = QTimer(parent)
        self._over.setSingleShot(True)
        self._over.setInterval(round(OVER_AFTER_S * 1000))
        self._over.timeout.connect(self._end)
        self._last_at = 0.0
        self._ends_kept: set[int] = set()

    def keeps(self, event: QKeyEvent) -> bool:
        """Take a key; True keeps it from everyone else."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_alt_digit(event):
            if is_press:
                self._last_at = struck_at(event)
                self._codes.digit(self._last_at)
            return True
        if not is_press:
            return self._let_go(event)
        if event.key() in _ENDS:
            return self._end_key(event)
        if typed_char(event) and not event.modifiers() & _ALT:
            self._codes.character(struck_at(event))
        return False

    def _let_go(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt:
            self._last_at = struck_at(event)
            self._codes.alt_up(self._last_at)
            if self._codes.is_scan:
                self._over.start()
        kept = event.key() in self._ends_kept
        self._ends_kept.discard(event.key())
        return kept

    def _end_key(self, event: QKeyEvent) -> bool:
        if not self._codes.ends(struck_at(event)):
            return False
        self._over.stop()
        self._ends_kept.add(event.key())
        self._tell()
        return True

    def _end(self) -> None:
        if self._codes.ends(self._last_at):
            self._tell()
