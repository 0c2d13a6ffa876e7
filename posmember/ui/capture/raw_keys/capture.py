"""Takes scans out of the keys of a field in which a person writes Chinese.

Such a field has the input method, so a filter of Qt's key events sees its keys late, changed or
never. Here they are read before the input method has them, and never held back in doubt: they
could not be handed to it later. From the fourth fast key on nobody gets the burst's keys, and
the field is put back as it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import Fate, Outcome, ScanSettings, State
from posmember.ui.capture.key_events import type_into
from posmember.ui.capture.quiet_timer import QuietTimer
from posmember.ui.capture.raw_keys.composing import ComposingField, PutBack
from posmember.ui.capture.raw_keys.keys import RawKey
from posmember.ui.capture.raw_keys.watch import RawKeyWatch

_REMEMBERED_KEYS = 64
"""The first keys of the last twenty bursts and more."""


class NativeCapture(QObject):
    """Watches the keys of the program while a field that writes Chinese has the keyboard.

    Args:
        writing: returns the field that has the keyboard, if Chinese is written in it.
        remember: remembers a field as it is; None where a key changes nothing.
        settings: how a burst is told.
        parent: owns this.
    """

    scanned = Signal(str, int)
    """A code without its prefix and terminator, and its place in its burst, from 1."""
    misread = Signal(object)
    """A `Misread`: a burst that is no code, of which nobody gets anything."""
    burst_began = Signal()
    """A scanner has begun to type: a lookup will follow within some milliseconds."""

    def __init__(
        self,
        writing: Callable[[], QWidget | None],
        remember: Callable[[QWidget], PutBack | None],
        settings: ScanSettings | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writing = writing
        self._remember = remember
        self._buffer = ScanBuffer(settings, hold=False)
        self._watch = RawKeyWatch(self.take)
        self._number = 0
        self._struck: dict[int, RawKey] = {}
        self._kept_down: set[int] = set()
        self._let_go: tuple[int, float] | None = None
        self._field: QWidget | None = None
        self._put_back: PutBack | None = None
        self._guard: ComposingField | None = None
        self._unanswered = False
        """Whether the input method owes an answer to a key that it was let have."""
        self._passed_ms: deque[int] = deque(maxlen=_REMEMBERED_KEYS)
        self._given: deque[tuple[float, str]] = deque(maxlen=_REMEMBERED_KEYS)
        self._given_of_burst: list[tuple[float, str]] = []
        self._quiet = QuietTimer(self._fall_quiet, self)

    def start(self) -> None:
        """Begin to watch, where the platform lets keys be read."""
        self._watch.start()

    def stop(self) -> None:
        """Watch no more, and let every field go."""
        self._watch.stop()
        self._forget()
        self._end_guard()

    def use(self, settings: ScanSettings) -> None:
        """Tell bursts by other settings from now on."""
        self._forget()
        self._buffer = ScanBuffer(settings, hold=False)

    def distrust(self) -> None:
        """Take the present burst for no whole code: it began where others read."""
        self._buffer.distrust()

    def reads(self) -> bool:
        """Whether the keys are for a field that writes Chinese, and it sees them."""
        return self._watch.is_on and self._writing() is not None

    def is_late(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to a burst that is known, and was the input method's until now.

        The input method has the first keys of a burst before anyone can know what they are. It
        sends on what it does not want, with the key's own time; on a busy PC that took more than
        a second, and until then the keyboard may be another field's.
        """
        return event.timestamp() in self._passed_ms

    def owes_answer(self) -> bool:
        """Whether the input method has yet to answer a key that it was let have."""
        return self._unanswered

    def note_answer(self) -> None:
        """Know that the input method has answered: with words, or with a key it does not want."""
        if self._guard is None or not self._guard.is_sending:
            self._unanswered = False

    def given(self, within_s: float, *, of_burst: bool) -> str:
        """Return what the keys typed that the input method was let have just now.

        Args:
            within_s: how long ago at most.
            of_burst: only those that were the first of the last burst.
        """
        chars = self._given_of_burst if of_burst else self._given
        now = monotonic()
        return "".join(char for at, char in chars if now - at < within_s)

    # --- keys -----------------------------------------------------------------------------------

    def take(self, key: RawKey) -> bool:
        """Take a key as the keyboard sent it.

        Returns:
            Whether it is to be swallowed.
        """
        if not self._concerns_us():
            return self._is_release_of_kept(key)
        if key.is_modifier:
            return self._modifier(key)
        if not key.pressed:
            self._buffer.let_go(key.place, key.at)
            return self._is_release_of_kept(key)
        return self._is_kept_on(key) if key.repeated else self._press(key)

    def _concerns_us(self) -> bool:
        """Whether the key is one of a field's, or of a burst that began in one."""
        field = self._writing()
        if self._buffer.state is State.BURST:
            return True
        if self._struck and field is not self._field:
            self._forget()
        return field is not None

    def _is_release_of_kept(self, key: RawKey) -> bool:
        if key.pressed or key.place not in self._kept_down:
            return False
        self._kept_down.remove(key.place)
        self._let_go = (key.place, key.at)
        return True

    def _is_kept_on(self, key: RawKey) -> bool:
        """Whether a key that is held on is kept. X tells of each repeat as let go and struck."""
        if self._let_go == (key.place, key.at):
            self._kept_down.add(key.place)
        return key.place in self._kept_down

    def _modifier(self, key: RawKey) -> bool:
        """Swallow a scanner's own Shift: alone, it switches input methods to English."""
        if not key.pressed:
            return self._is_release_of_kept(key) or self._buffer.state is State.BURST
        if self._buffer.state is not State.BURST:
            return False
        self._kept_down.add(key.place)
        return True

    def _press(self, key: RawKey) -> bool:
        self._number += 1
        number = self._number
        self._struck[number] = key
        outcome = self._buffer.press(number, key.char, key.place, key.at)
        swallowed = outcome.fate is not Fate.PASS
        if swallowed:
            self._kept_down.add(key.place)
        else:
            self._kept_down.discard(key.place)
            if self._guard is not None and not self._unanswered:
                self._guard.struck(key)
            self._unanswered = True
            self._given.append((monotonic(), key.char))
        self._do(outcome)
        if outcome.fate is Fate.HOLD:
            self._struck[number] = key  # of what follows another burst
        elif swallowed:
            self._struck.pop(number, None)
        if self._buffer.is_fresh and not swallowed:
            # Before the key gets there: what it does may have to be put back.
            self._struck = {number: key}
            self._field = self._writing()
            self._put_back = self._remember(self._field) if self._field is not None else None
        if swallowed and self._guard is not None:
            self._guard.swallowed(key)
        self._wait()
        return swallowed

    # --- bursts ---------------------------------------------------------------------------------

    def _do(self, outcome: Outcome) -> None:
        if outcome.began:
            self._begin()
        if outcome.release:
            self._write(outcome.release)
        if outcome.misread is not None:
            self._struck = {}
            self.misread.emit(outcome.misread)
        if outcome.scan is not None:
            self._struck = {}
            self.scanned.emit(outcome.scan.text, outcome.scan.place)

    def _begin(self) -> None:
        passed = list(self._struck.values())[:-1]
        self._passed_ms.extend(round(key.at * 1000) for key in passed)
        now = monotonic()
        self._given_of_burst = [(now, key.char) for key in passed]
        field, put_back = self._field, self._put_back
        self._put_back = None
        if field is not None and put_back is not None and shiboken6.isValid(field):
            self._end_guard()
            self._guard = ComposingField(field, put_back, self)
            self._guard.begin()
        self.burst_began.emit()

    def _end_guard(self) -> None:
        if self._guard is not None:
            self._guard.end()
            self._guard.deleteLater()
            self._guard = None

    def _write(self, numbers: tuple[int, ...]) -> None:
        """Write what was a person's after all: plainly, as an input method in English mode."""
        widget = QApplication.focusWidget()
        for char in [self._struck[number].char for number in numbers]:
            if self._guard is not None and widget is self._field and char.isprintable():
                self._guard.write(char)
            elif widget is not None:
                type_into(widget, char)

    # --- when nothing follows -------------------------------------------------------------------

    def _wait(self) -> None:
        patience_s = self._buffer.patience_s
        if patience_s is None:
            self._forget()
        self._quiet.wait(patience_s)

    def _fall_quiet(self) -> None:
        self._do(self._buffer.fall_quiet())
        self._wait()

    def _forget(self) -> None:
        self._quiet.stop()
        self._buffer.reset()
        self._struck, self._field, self._put_back = {}, None, None
