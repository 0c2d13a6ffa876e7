"""Takes a scanner's keys before any widget sees them.

Works at the QWindow stage only, where every key comes by exactly once. Keys of a person go
through at once; from the key on at which a burst is recognised, its keys are kept back, and
what had already gone into a field is taken out of it again.
"""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from posmember.scanning.buffer import BufferState, Rejected, Scan, ScanBuffer

_log = logging.getLogger(__name__)

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIER_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
_NO_TEXT = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_QUIET_MS = 120
"""A burst that was quiet for so long has ended without its Enter."""


class ScanFilter(QObject):
    """Watches one window's keys.

    Args:
        window: its platform window; there is one once the window was shown.
    """

    scanned = Signal(str)
    """A whole scan, without its terminator."""

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._window = window
        self._buffer = ScanBuffer()
        self._field: _FieldBefore | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._expire)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or watched is not self._window:
            return False
        assert isinstance(event, QKeyEvent)
        try:
            return self._key(event)
        except Exception:  # noqa: BLE001 - a bug here would take the whole keyboard away
            _log.exception("the scan filter failed and is off; keys go to the fields")
            self._window.removeEventFilter(self)
            return False

    def _key(self, event: QKeyEvent) -> bool:
        """Feed one key; True keeps it from everyone else."""
        char = _char(event)
        if char is None or event.isAutoRepeat():
            self._not_a_character(event)
            return False
        if self._buffer.state is BufferState.DOUBTFUL and self._focus_has_moved():
            self._buffer.reset()
        was_burst = self._buffer.state is BufferState.BURST
        result = self._buffer.feed(char, _seconds(event))
        if isinstance(result, Scan):
            self._quiet.stop()
            self.scanned.emit(result.text)
            return True
        if isinstance(result, Rejected):
            self._give_back(result)
        if len(self._buffer.text) == 1:  # a new run; its first key has not reached the field yet
            self._field = _FieldBefore.focused()
        if self._buffer.state is not BufferState.BURST:
            return False
        if not was_burst and self._field is not None:
            self._field.restore()
        self._quiet.start()
        return True

    def _focus_has_moved(self) -> bool:
        """Whether somebody went to another field since the run began, by a shortcut, say."""
        return self._field is not None and not self._field.has_focus()

    def _not_a_character(self, event: QKeyEvent) -> None:
        """A key such as F2 or Tab ends what a person was typing; Shift does not."""
        if self._buffer.state is BufferState.DOUBTFUL and event.key() not in _MODIFIER_KEYS:
            self._buffer.reset()

    def _expire(self) -> None:
        rejected = self._buffer.expire()
        if rejected is not None:
            self._give_back(rejected)

    def _give_back(self, rejected: Rejected) -> None:
        self._quiet.stop()
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and not field.isReadOnly():
            field.insert(rejected.text)


class _FieldBefore:
    """What the focused text field held before the keys that may be a burst."""

    def __init__(self, field: QLineEdit) -> None:
        self._field = field
        self._text = field.text()
        self._cursor = field.cursorPosition()
        self._selection = (field.selectionStart(), field.selectionLength())

    @classmethod
    def focused(cls) -> _FieldBefore | None:
        field = QApplication.focusWidget()
        return cls(field) if isinstance(field, QLineEdit) else None

    def has_focus(self) -> bool:
        return self._field is QApplication.focusWidget()

    def restore(self) -> None:
        if self._field.text() != self._text:
            self._field.setText(self._text)
        start, length = self._selection
        if start >= 0 and self._cursor == start:  # selected from its end
            self._field.setSelection(start + length, -length)
        elif start >= 0:
            self._field.setSelection(start, length)
        else:
            self._field.setCursorPosition(self._cursor)


def _char(event: QKeyEvent) -> str | None:
    """The character of a key, CR for both Enter keys, None for a key that gives none."""
    if event.key() in _ENTER_KEYS:
        return "\r"
    text = event.text()
    if event.modifiers() & _NO_TEXT or len(text) != 1 or not text.isprintable():
        return None
    return text


def _seconds(event: QKeyEvent) -> float:
    """When the key was struck; not when a busy window came round to it."""
    return event.timestamp() / 1000 if event.timestamp() else time.monotonic()
