"""The keys that close the code on the screen, and what else they do meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from posmember.ui.capture.key_events import ENTER_KEYS, MODIFIER_KEYS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_CLOSING_KEYS = frozenset(
    {
        *ENTER_KEYS, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip
"""Keys that close it and do nothing else; all others close it and do what they always do."""
_WITH_MEANING = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_NO_FINGER_MS = 30
"""No finger leaves a key and strikes it again as fast; a keyboard that repeats it does."""


class CodeSheetKeys(QObject):
    """Looks at a window's keys while a code lies over it.

    Args:
        sheet: owns this.
        window: whose keys.
    """

    copy_struck = Signal()
    close_struck = Signal()

    def __init__(self, sheet: QObject, window: QWidget) -> None:
        super().__init__(sheet)
        self._window = window
        self._released = 0, 0

    def watch(self) -> None:
        """Look at the keys from now on."""
        # At the platform window, so behind the scan filter: no key of a known burst comes here.
        keys = self._window.windowHandle()
        if keys is not None:
            keys.installEventFilter(self)

    def unwatch(self) -> None:
        """Look at no keys, and forget those that were struck."""
        self._released = 0, 0
        keys = self._window.windowHandle()
        if keys is not None:
            keys.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            self._released = event.key(), event.timestamp()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Close at a key; True keeps it from everyone else."""
        if event.key() in MODIFIER_KEYS:
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            if not event.isAutoRepeat():
                self.copy_struck.emit()  # also where a field below has a text selected
            return True
        if event.key() == Qt.Key.Key_Escape or _hands_over(event):
            return False  # the window's, which takes back one thing at a time
        if event.isAutoRepeat() or self._is_held(event):
            return True  # the key that opened it
        self.close_struck.emit()
        return event.key() in _CLOSING_KEYS and not event.modifiers() & _WITH_MEANING

    def _is_held(self, event: QKeyEvent) -> bool:
        """Whether a key is held down: on X11, Qt does not always say so where it repeats."""
        key, released_at = self._released
        return event.key() == key and event.timestamp() - released_at < _NO_FINGER_MS


def _hands_over(event: QKeyEvent) -> bool:
    """Whether the code that is shown is to be typed into the till: Ctrl+Enter."""
    modifiers = event.modifiers() & _WITH_MEANING
    return event.key() in ENTER_KEYS and modifiers == Qt.KeyboardModifier.ControlModifier
