"""Letters and digits that are struck where nothing takes them are the scan field's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from posmember.ui.capture.key_events import MODIFIER_KEYS
from posmember.ui.widgets.fields import ScanField, is_letter_or_digit

MOVES_AFTER_MS: Final = 700
"""Longer than any scanner stands still within a code."""


class StrayKeys(QObject):
    """Hands keys on to the scan field, at once; the keyboard itself follows a moment later.

    It cannot follow at once: the first key of a scan looks like a person's, and where the
    keyboard moves between two keys the second begins another run. Until then what the scan field
    gets is taken from the widget that has the keyboard.

    Args:
        window: owns this.
        field: the scan field.
    """

    def __init__(self, window: QWidget, field: ScanField) -> None:
        super().__init__(window)
        self._window = window
        self._field = field
        self._source: QWidget | None = None
        self._put_back: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOVES_AFTER_MS)
        self._timer.timeout.connect(self._move)

    def take(self, event: QKeyEvent) -> bool:
        """Take a key that nobody had a use for; returns whether it was one for the scan field."""
        if not is_letter_or_digit(event):
            return False
        if self._source is None:
            source = QApplication.focusWidget() or self._window
            source.installEventFilter(self)
            source.destroyed.connect(self._lose)
            self._source, self._put_back = source, self._field.remember()
        self._strike(event)
        return True

    def take_back(self) -> None:
        """Take back out what was struck: a scanner's burst has begun, and these were its keys.

        What a person had begun to type just before is gone with them; so it would be with the
        code that follows.
        """
        put_back = self._put_back
        self._end()
        if put_back is not None:
            put_back()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._relay(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._end()  # somebody has moved it
        return False

    def _relay(self, event: QKeyEvent) -> bool:
        if event.key() in MODIFIER_KEYS:
            return False
        if event.text() and event.text().isprintable():
            self._strike(event)
        else:  # no code holds such a key
            self._move()
            QApplication.sendEvent(self._field, event)
        return True

    def _strike(self, event: QKeyEvent) -> None:
        self._timer.start()
        self._field.take_key(event)

    def _move(self) -> None:
        """Let the keyboard follow."""
        self._end()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self._timer.stop()
        self._put_back = None
        source, self._source = self._source, None
        if source is not None:
            source.removeEventFilter(self)
            source.destroyed.disconnect(self._lose)

    def _lose(self) -> None:
        """What had the keyboard is gone, and Qt has let go of it already."""
        self._source = None
        self._end()
