"""A line edit in which a person writes Chinese, and which a scan begun before it does not reach.

A field with the input method has its keys read below that, where they can be kept from it. Which
reader a key has is decided by the field that has the keyboard then; so while a scan's keys are on
their way the keyboard must not come to such a field. It comes to a plain one, therefore, which
has the input method once the keyboard has been quiet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QWindow

from posmember.ui.capture.input_method import let_write_chinese
from posmember.ui.capture.key_events import MODIFIER_KEYS, struck_at
from posmember.ui.widgets.fields import MarkedLineEdit

QUIET_MS: Final = 150
"""Longer than any scanner needs from key to key; nobody moves the hand to the keys as fast."""
BURST_OVER_MS: Final = 700
"""What follows a burst that stalled, within half a second, is the rest of it."""
_FAST_S: Final = 0.1
_BURST_KEYS: Final = 3


class ChineseField(MarkedLineEdit):
    """Has the input method while it has the keyboard, from the first quiet moment on."""

    def __init__(self) -> None:
        super().__init__()
        self._quiet = _Quiet(self._write_chinese, self)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self._quiet.wait()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self._quiet.stop()
        let_write_chinese(self, on=False)

    def _write_chinese(self) -> None:
        let_write_chinese(self)
        QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)


class _Quiet(QObject):
    """Waits for a quiet moment of the keyboard; watches keys only while it waits."""

    def __init__(self, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.stop)
        self._timer.timeout.connect(then)
        self._last_at, self._fast_keys = 0.0, 0
        self._is_watching = False

    def wait(self) -> None:
        self._last_at, self._fast_keys = 0.0, 0
        if not self._is_watching:
            self._is_watching = True
            _application().installEventFilter(self)
        self._timer.start(QUIET_MS)

    def stop(self) -> None:
        self._timer.stop()
        if self._is_watching:
            self._is_watching = False
            _application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(watched, QWindow):
            self._see(event)
        return False

    def _see(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIER_KEYS:
            return
        if event.type() == QEvent.Type.KeyPress:
            at = struck_at(event)
            fast = 0 <= at - self._last_at <= _FAST_S
            self._fast_keys = self._fast_keys + 1 if fast else 0
            self._last_at = at
        is_burst = self._fast_keys >= _BURST_KEYS
        self._timer.start(BURST_OVER_MS if is_burst else QUIET_MS)


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "a field comes with the application"
    return application
