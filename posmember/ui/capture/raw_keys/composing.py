"""A text field that an input method writes into, while a scanner's burst goes by.

The input method has the first keys of a burst before anyone can know what they are. It answers
later: with a preedit, or with a candidate that a digit has chosen. None of that may stay in the
field. What it answers by sending a key on is told by the key's own time; see `NativeCapture`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget

from posmember.ui.capture.raw_keys.keys import RawKey

PutBack = Callable[[], None]

ANSWERS_WITHIN_S: Final = 0.3
"""Measured: an input method answers a key in 1 to 25 ms, and its first one in up to 250."""
_LASTS_MS = 1000


class ComposingField(QObject):
    """Keeps a field as it was before a burst, until the input method has nothing more to say.

    What the person was composing is given up: the keys of the burst are already part of it.

    Args:
        widget: the field that has the input method.
        put_back: puts back what it held before the first key of the burst.
        parent: owns this.
    """

    def __init__(self, widget: QWidget, put_back: PutBack, parent: QObject) -> None:
        super().__init__(parent)
        self._widget: QWidget | None = widget
        self._put_back = put_back
        self._last_at = 0.0
        self._is_own = False
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(_LASTS_MS)
        self._over.timeout.connect(self.end)
        widget.destroyed.connect(self._lose)

    @property
    def is_on(self) -> bool:
        """Whether it keeps the field; it ends by itself, a while behind the burst."""
        return self._widget is not None

    @property
    def is_sending(self) -> bool:
        """Whether what the field gets now is sent from here, not by the input method."""
        return self._is_own

    def begin(self) -> None:
        """Put the field back as it was, and keep it so.

        The input method takes its requests in order: it forgets behind the keys that it has.
        Qt's own side of it may write what was composed into the field at once, as on Windows;
        so the field is guarded first.
        """
        assert self._widget is not None
        self._widget.installEventFilter(self)
        QGuiApplication.inputMethod().reset()
        self._send(QInputMethodEvent())
        self._put_back()
        self._over.start()

    def swallowed(self, key: RawKey) -> None:
        """Take a key of the burst: the field is kept for a while behind the last one."""
        self._last_at = key.at
        self._over.start()

    def struck(self, key: RawKey) -> None:
        """Take a key that is none of the burst: what comes behind it is the person's.

        Not to be told of it while the input method has yet to answer the burst's: on a starved
        machine that takes longer than a person needs for the next key.
        """
        if key.at - self._last_at > ANSWERS_WITHIN_S:
            self.end()

    def write(self, text: str) -> None:
        """Write into the field what turned out to be a person's."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._send(event)

    def end(self) -> None:
        """Leave the field to the person."""
        self._over.stop()
        if self._widget is not None:
            self._widget.removeEventFilter(self)
            self._widget = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.InputMethod and not self._is_own

    def _send(self, event: QInputMethodEvent) -> None:
        if self._widget is None:
            return
        self._is_own = True
        try:
            QCoreApplication.sendEvent(self._widget, event)
        finally:
            self._is_own = False

    def _lose(self) -> None:
        self._widget = None
        self._over.stop()
