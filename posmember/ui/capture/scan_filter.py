"""Takes a scanner's keys before any widget sees them, in every window of the program.

Works at the QWindow stage only, where every key comes by exactly once. Keys of a person go
through at once, or, where two follow each other as fast as a scanner's, a moment later and in
order. From the key on at which a burst is recognised its keys reach nobody, and what the first
had done is put back.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QMouseEvent,
    QTouchEvent,
    QWheelEvent,
    QWindow,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import Fate, Flaw, Misread, Outcome, ScanSettings, State
from posmember.ui.capture.alt_mode import KEYPAD_DIGITS, AltMode
from posmember.ui.capture.committed import CommittedText
from posmember.ui.capture.input_method import answer_without, writes_chinese
from posmember.ui.capture.key_events import (
    ENTER_KEYS,
    MODIFIER_KEYS,
    NO_SCANNERS,
    HeldKeys,
    copy_of,
    key_number,
    struck_at,
    typed_char,
)
from posmember.ui.capture.put_back import PutBack, remember, remember_focused
from posmember.ui.capture.quiet_timer import QuietTimer

_log = logging.getLogger(__name__)

_KEY_PRESS, _KEY_RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
_COMPOSED = QEvent.Type.InputMethod
_QUERY, _SHORTCUT = QEvent.Type.InputMethodQuery, QEvent.Type.ShortcutOverride
_HANDS = frozenset((QMouseEvent, QTouchEvent, QWheelEvent))
_TOUCHES = frozenset((QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel))
_WATCHED = frozenset((QKeyEvent, QInputMethodEvent, QInputMethodQueryEvent)) | _HANDS
"""Asked first: hundreds of others go by for each answer, and an event's type is slow to get at."""


@dataclass(frozen=True, slots=True)
class _Struck:
    """A key as it came: the window it came to, the widget that then had the keyboard."""

    window: QWindow
    widget: QWidget | None
    press: QKeyEvent

    def receiver(self) -> QObject:
        """Who gets it when it comes late: its own widget, where the keyboard has moved on."""
        moved = self.widget is not None and self.widget is not QApplication.focusWidget()
        return self.widget if moved and self.widget and isValid(self.widget) else self.window


class LowerReader(Protocol):
    """Reads keys before the input method has them, and so before a filter of events."""

    def reads(self) -> bool:
        """Return whether the keys are theirs now."""

    def is_late(self, event: QKeyEvent) -> bool:
        """Return whether a key is of a burst that they have read, and is nobody's therefore."""

    def owes_answer(self) -> bool:
        """Return whether the input method has yet to answer a key that it was let have."""

    def note_answer(self) -> None:
        """Know that the input method has answered: with words, or with a key it does not want."""

    def given(self, within_s: float, *, of_burst: bool) -> str:
        """Return what the keys typed that the input method was let have; see `GivenKeys`."""


class _Nobody:
    """Reads no keys."""

    def reads(self) -> bool:
        return False

    def is_late(self, _event: QKeyEvent) -> bool:
        return False

    def owes_answer(self) -> bool:
        return False

    def note_answer(self) -> None:
        pass

    def given(self, within_s: float, *, of_burst: bool) -> str:
        return ""


class ScanFilter(QObject):
    """Watches every key of the application.

    Args:
        settings: how a burst is told.
    """

    scanned = Signal(str, int)
    """A code without its prefix and terminator, and its place in its burst, from 1."""
    misread = Signal(object)
    """A `Misread`: a burst that is no code, of which nobody gets anything."""
    burst_began = Signal()
    """A scanner has begun to type: a lookup will follow within some milliseconds."""
    touched = Signal()
    """A key, a mouse button, a wheel or a finger: somebody is there. A key held down is one."""

    def __init__(self, settings: ScanSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert app is not None, "keys come to an application"
        self._app = app
        self._buffer = ScanBuffer(settings)
        self._held: dict[int, _Struck] = {}
        self._passed: dict[int, _Struck] = {}
        self._kept_down: set[int] = set()
        self._held_keys = HeldKeys()
        self._put_back: PutBack | None = None
        self._number = 0
        self._replaying = False
        self._lower: LowerReader = _Nobody()
        self._committed = CommittedText()
        self._alt_mode = AltMode(self._tell_of_alt_codes, self)
        self._quiet = QuietTimer(self._fall_quiet, self)
        self._app.installEventFilter(self)

    @property
    def is_in_a_burst(self) -> bool:
        """Whether a scanner is typing; it may stand still just now."""
        return self._buffer.state is State.BURST

    def leave_to(self, lower: LowerReader) -> None:
        """Take no keys while somebody else reads them, below the input method."""
        self._lower = lower

    def use(self, settings: ScanSettings) -> None:
        """Tell bursts by other settings from now on; one that has begun is nobody's."""
        self._buffer = ScanBuffer(settings)
        self._wait()

    def stop(self) -> None:
        """Watch no more keys."""
        self._quiet.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if type(event) not in _WATCHED:
            return False
        kind = event.type()
        if type(event) in _HANDS:
            if kind in _TOUCHES and isinstance(watched, QWindow):
                self.touched.emit()
            return False
        if kind == _SHORTCUT:
            return self._shortcut(event)
        if kind not in (_KEY_PRESS, _KEY_RELEASE, _QUERY, _COMPOSED):
            return False
        try:
            if kind == _COMPOSED:
                return self._compose(watched, event)
            return self._query(watched, event) if kind == _QUERY else self._key(watched, event)
        except Exception:  # noqa: BLE001 - a bug here would take the whole keyboard away
            _log.exception("the scan filter failed and is off; keys go to the fields")
            self.stop()
            return False

    # --- one event ------------------------------------------------------------------------------

    def _shortcut(self, event: QEvent) -> bool:
        """A control character of a code is nobody's shortcut."""
        assert isinstance(event, QKeyEvent)
        is_the_scanners = self._buffer.claims(_char(event), struck_at(event))
        if not is_the_scanners and not self._lower.is_late(event):
            if not _char(event) and event.key() not in MODIFIER_KEYS:
                self._end_typing()  # if it is a shortcut, it never comes as a key
            return False
        event.accept()
        return True

    def _compose(self, watched: QObject, event: QEvent) -> bool:
        """Take what an input method made; True keeps it from its widget."""
        is_late = self._lower.owes_answer() or self.is_in_a_burst
        self._lower.note_answer()
        if self._committed.is_handing_on or not isinstance(watched, QWidget):
            return False
        assert isinstance(event, QInputMethodEvent)
        self.touched.emit()
        if writes_chinese(watched):
            self._committed.note_chinese(event)
            return False
        if not is_late:
            self._committed.hand_on(watched, event, self._lower)
        return True

    def _query(self, watched: QObject, event: QEvent) -> bool:
        if writes_chinese(watched):
            self._committed.note_chinese()
            return False
        if isinstance(watched, QWindow):
            return False
        assert isinstance(event, QInputMethodQueryEvent)
        answer_without(watched, event)
        return True

    def _key(self, watched: QObject, event: QEvent) -> bool:
        """Take one key; True keeps it from everyone else."""
        if self._replaying or not isinstance(watched, QWindow):
            return False
        assert isinstance(event, QKeyEvent)
        if self._alt_mode.keeps(event):
            return True
        if event.type() == _KEY_PRESS:
            self._lower.note_answer()
            if not event.isAutoRepeat():
                self.touched.emit()
        if self._lower.is_late(event):
            return True
        if self._lower.reads():
            return False
        if event.key() in MODIFIER_KEYS:
            return False
        key = key_number(event)
        if event.type() == _KEY_RELEASE:
            return self._release(event, key)
        if self._held_keys.repeats(event):
            return key in self._kept_down
        return self._press(watched, event, key)

    def _tell_of_alt_codes(self) -> None:
        self.burst_began.emit()
        self.misread.emit(Misread(Flaw.ALT_CODES))

    def _release(self, event: QKeyEvent, key: int) -> bool:
        if self._held_keys.is_held_on(event):
            return key in self._kept_down
        # An event without a time comes round when the window has time for it.
        self._buffer.let_go(key, struck_at(event) if event.timestamp() else None)
        if key not in self._kept_down:
            return False
        self._kept_down.remove(key)
        return True

    def _press(self, window: QWindow, event: QKeyEvent, key: int) -> bool:
        # Nobody goes to another field between two keys so fast: a click moved it under a scan.
        if self._focus_has_moved() and not self._buffer.keeps_pace(struck_at(event)):
            self._end_typing()
        self._number += 1
        number, struck = self._number, _Struck(window, QApplication.focusWidget(), copy_of(event))
        outcome = self._buffer.press(
            number, _char(event), key, struck_at(event), hold_first=_cannot_be_put_back(event)
        )
        self._do(outcome)
        kept = outcome.fate is not Fate.PASS
        if kept:
            self._kept_down.add(key)
        else:
            self._kept_down.discard(key)  # its last release may have gone to another program
        if outcome.fate is Fate.HOLD:
            self._held[number] = struck
        if self._buffer.is_fresh:
            self._forget_passed()
            if not kept:
                # Before the key gets there: what it does may have to be put back.
                self._passed, self._put_back = {number: struck}, remember_focused()
        self._wait()
        return kept

    def _end_typing(self) -> None:
        """Close what is not yet known to be a scanner's: a person did something else."""
        if self._buffer.state is not State.BURST:
            self._do(self._buffer.interrupt())
            self._forget_passed()

    def _focus_has_moved(self) -> bool:
        """Whether somebody went to another field since a doubtful run began."""
        if self._buffer.state is State.BURST or not self._passed:
            return False
        first = next(iter(self._passed.values()))
        return first.widget is not QApplication.focusWidget()

    def _do(self, outcome: Outcome) -> None:
        if outcome.began:
            self._begin()
        for number in outcome.release:
            self._send_on(number)
        if outcome.scan is not None or outcome.misread is not None:
            self._held.clear()
        if outcome.misread is not None:
            self.misread.emit(outcome.misread)
        if outcome.scan is not None:
            self.scanned.emit(outcome.scan.text, outcome.scan.place)

    def _begin(self) -> None:
        """A burst: its first keys have reached a widget, and are taken back out of it."""
        first = next(iter(self._passed.values()), None)
        if first and self._put_back and isValid(first.widget):
            self._put_back()
        self._held = {**self._passed, **self._held}
        self._forget_passed()
        self.burst_began.emit()

    def _send_on(self, number: int) -> None:
        """Let a held key go where it was meant to go."""
        struck = self._held.pop(number)
        receiver = struck.receiver()
        if self._buffer.may_go_on:
            # A scanner may only stand still: then this is taken back out as well.
            if not self._passed and struck.widget is not None and isValid(struck.widget):
                self._put_back = remember(struck.widget)
            self._passed[number] = struck
        self._kept_down.discard(key_number(struck.press))  # if it is held on, it repeats there
        self._replaying = True
        try:
            for event in (struck.press, copy_of(struck.press, _KEY_RELEASE)):
                QCoreApplication.sendEvent(receiver, event)
        finally:
            self._replaying = False

    # --- when nothing follows -------------------------------------------------------------------

    def _wait(self) -> None:
        patience_s = self._buffer.patience_s
        if patience_s is None:
            self._held.clear()
            self._forget_passed()
        self._quiet.wait(patience_s)

    def _fall_quiet(self) -> None:
        self._do(self._buffer.fall_quiet())
        self._wait()

    def _forget_passed(self) -> None:
        """Forget the first keys of a run that is over: they were a person's."""
        self._passed, self._put_back = {}, None


def _cannot_be_put_back(event: QKeyEvent) -> bool:
    """Whether a single key may do what nobody can undo.

    It chooses from an open menu or a combo box, whose search goes on from letter to letter;
    it opens the editor of a table's cell, or takes a selection with all its formats; or it is
    the keypad's without Num Lock, which moves things.
    """
    if isinstance(QApplication.activePopupWidget(), QMenu) or _is_moving_keypad(event):
        return True
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox):
        return not widget.isEditable()
    if isinstance(widget, QAbstractItemView):
        return bool(widget.editTriggers() & QAbstractItemView.EditTrigger.AnyKeyPressed)
    return isinstance(widget, QTextEdit) and widget.textCursor().hasSelection()


def _is_moving_keypad(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier) and not event.text()


def _char(event: QKeyEvent) -> str:
    """The character of a key, a digit for one of the keypad's without Num Lock."""
    if event.modifiers() & NO_SCANNERS and event.key() not in ENTER_KEYS:
        return ""
    if _is_moving_keypad(event) and event.key() not in ENTER_KEYS:
        return KEYPAD_DIGITS.get(Qt.Key(event.key()), "")
    return typed_char(event)
