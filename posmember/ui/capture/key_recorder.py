"""Records what a scanner types while the scanner check is open, and keeps it from everyone else.

Its event filter is the application's and the last installed, so it has every key first. What a
person needs to leave or to press a button goes through.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from posmember.scanning.trace import Trace, TracedKey
from posmember.ui.capture.alt_mode import is_alt_digit
from posmember.ui.capture.key_events import (
    ENTER_KEYS,
    MODIFIER_KEYS,
    NO_SCANNERS,
    HeldKeys,
    key_number,
    struck_at,
    typed_char,
)

_log = logging.getLogger(__name__)

QUIET_MS = 400
"""A burst that was quiet for so long is over: far longer than the slowest scanner's gap."""

_LEAST_KEYS = 4
"""Fewer are a person's: a key struck in passing is no read."""

_PRESS, _RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
_OVERRIDE = QEvent.Type.ShortcutOverride
_INPUT_METHOD = QEvent.Type.InputMethod
_MOVING_KEYS = (
    *ENTER_KEYS,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
"""No code begins with these; a person presses buttons with them."""


class KeyRecorder(QObject):
    """Makes a `Trace` of every burst of keys, from `start` to `stop`."""

    recorded = Signal(object)
    """A `Trace`, once its keys have been quiet for `QUIET_MS`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: list[TracedKey] = []
        self._began_at = 0.0
        self._kept: set[int] = set()
        self._held_keys = HeldKeys()
        self._committed = ""
        self._composing = ""
        self._on = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._finish)

    def start(self) -> None:
        """Have every key from now on, before any filter that was installed earlier."""
        if not self._on:
            self._on = True
            self._app().installEventFilter(self)

    def stop(self) -> None:
        """Let every key through again, and forget what was recorded."""
        if self._on:
            self._on = False
            self._app().removeEventFilter(self)
        self.forget()

    def forget(self) -> None:
        """Forget the burst under way."""
        self._quiet.stop()
        self._keys, self._committed, self._composing = [], "", ""
        self._kept.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (_PRESS, _RELEASE, _OVERRIDE, _INPUT_METHOD):
            return False
        try:
            return self._take(watched, event)
        except Exception:  # noqa: BLE001 - a bug here would take the whole keyboard away
            _log.exception("the key recorder failed and is off; keys go to the window")
            self.stop()
            return False

    @staticmethod
    def _app() -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication), "keys come to an application"
        return app

    def _take(self, watched: QObject, event: QEvent) -> bool:
        """Take one event; True keeps it from everyone else."""
        if isinstance(event, QInputMethodEvent):
            return self._compose(event)
        assert isinstance(event, QKeyEvent)
        if event.type() == _OVERRIDE:
            # Accepted, it is no shortcut: a scanner's ETX is Ctrl+C, and comes as a key then.
            event.setAccepted(self._is_recorded(event))
            return event.isAccepted()
        if not isinstance(watched, QWindow) or event.key() in MODIFIER_KEYS:
            return False
        if event.type() == _RELEASE:
            return self._release(event)
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        if self._held_keys.repeats(event):
            return key_number(event) in self._kept
        recorded = self._is_recorded(event)
        if recorded or self._is_under_way() or _is_function_key(event.key()):
            self._record(event)
        if recorded:
            self._kept.add(key_number(event))
        return recorded

    def _release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() or key_number(event) not in self._kept:
            return key_number(event) in self._kept
        self._kept.discard(key_number(event))
        self._record(event)
        return True

    def _is_recorded(self, event: QKeyEvent) -> bool:
        """Whether a key is kept from the window: all but those that work it."""
        key = event.key()
        if key == Qt.Key.Key_Escape or _is_function_key(key):
            return False
        if is_alt_digit(event):
            return True
        if key in MODIFIER_KEYS or event.modifiers() & NO_SCANNERS:
            return False
        on_keypad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        moves = key in _MOVING_KEYS and (key in ENTER_KEYS or not on_keypad)
        return self._is_under_way() or not moves

    def _is_under_way(self) -> bool:
        return self._quiet.isActive()

    def _record(self, event: QKeyEvent) -> None:
        at = struck_at(event)
        if not self._keys:
            self._began_at = at
        self._keys.append(_traced(event, at - self._began_at))
        self._quiet.start()

    def _compose(self, event: QInputMethodEvent) -> bool:
        """Take what an input method made of keys that never came."""
        self._committed += event.commitString()
        self._composing = event.preeditString()
        if self._committed or self._composing:
            self._quiet.start()
        return True

    def _finish(self) -> None:
        trace = Trace(tuple(self._keys), self._committed + self._composing)
        if trace.composed:
            QGuiApplication.inputMethod().reset()  # else it may stand before the next read
        self.forget()
        if len(trace.presses) + len(trace.composed) >= _LEAST_KEYS:
            self.recorded.emit(trace)


def _traced(event: QKeyEvent, at: float) -> TracedKey:
    modifiers = event.modifiers()
    return TracedKey(
        at=round(at, 3),
        char=typed_char(event),
        key_name=_name(event.key()),
        pressed=event.type() == _PRESS,
        scan_code=event.nativeScanCode(),
        keypad=bool(modifiers & Qt.KeyboardModifier.KeypadModifier),
        control=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
    )


def _is_function_key(key: int) -> bool:
    """Such a key goes to the window, and is recorded too: scanners can begin with one."""
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def _name(key: int) -> str:
    """Qt's name of a key; its number where Qt has none."""
    return Qt.Key(key).name.removeprefix("Key_")
