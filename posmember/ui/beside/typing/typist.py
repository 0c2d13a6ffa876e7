"""Types into the till's window, a key at a time, as long as that window is in front."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from posmember.settings.beside import Template
from posmember.ui.beside.typing.desk import (
    ENTER,
    TAB,
    CannotTypeError,
    Desk,
    DeskWindow,
    Struck,
    Target,
    Why,
)

_log = logging.getLogger(__name__)

_LOOK_EVERY_MS: Final = 10
_ANSWERS_WITHIN_S: Final = 3.0
"""A program that is busy for longer would read the rest of the code who knows when, and where."""
_ANSWER_MS: Final = 1
_RELEASED_WITHIN_S: Final = 5.0
"""Nobody leans on Ctrl+Enter for longer."""
_FRONT_WITHIN_S: Final = 2.0
_HELD_WITHIN_S: Final = 2.0
_STEADY_S: Final = 0.05
"""So long the window has to be in front before the first key."""
_CATCH_UP_S: Final = 0.1
"""Between the code and the Enter behind it, that the program has read all of it; and at the end."""
_NAMED: Final = {"{Enter}": ENTER, "{Tab}": TAB}


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is to be struck.

    Args:
        char: a character, `ENTER` or `TAB`.
        is_of_code: whether it is one of the code, not of the text around it.
    """

    char: str = field(repr=False)
    is_of_code: bool = False


def keys_for(template: Template, code: str) -> tuple[Key, ...]:
    """Return the keys that type a code.

    Raises:
        CannotTypeError: the code, or what stands around it, holds what is no character to type.
    """
    keys: list[Key] = []
    for piece in template.pieces:
        if piece in _NAMED:
            keys.append(Key(_NAMED[piece]))
            continue
        is_code = piece == "{code}"
        text = code if is_code else piece
        if not text.isprintable():
            raise CannotTypeError(Why.UNTYPABLE)
        keys += [Key(char, is_code) for char in text]
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Args:
        why: why not all was typed; None where it was.
        typed: characters of the code that were typed. of: characters that it has.
        keys: keys that were struck, with those around the code.
        has_moved: all was typed, and just then another window came to the front: it may be the
            till's answer, or what kept the last key from it.
    """

    why: Why | None
    typed: int
    of: int
    keys: int
    has_moved: bool = False


class Typist(QObject):
    """Types one text at a time, on Qt's timer: nothing waits for it."""

    ended = Signal(object)
    """An `Outcome`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._target = Target("", "")
        self._window = DeskWindow(0, (), "")
        self._keys: tuple[Key, ...] = ()
        self._struck = 0
        self._pause_ms = 0
        self._step: Callable[[], None] = self._wait_for_release
        self._until = self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)

    def is_typing(self) -> bool:
        """Return whether something is being typed, or is about to be."""
        return self._desk is not None

    def start(self, desk: Desk, target: Target, keys: tuple[Key, ...], pause_ms: int) -> None:
        """Bring the till's window to the front, and type into it.

        Args:
            desk: the caller's; it is not closed.
            pause_ms: milliseconds between two keys.
        """
        assert self._desk is None, "one at a time"
        self._desk, self._target, self._keys, self._pause_ms = desk, target, keys, pause_ms
        self._struck = 0
        self._then(self._begin, 0)

    def stop(self, why: Why) -> None:
        """Type no more; nothing where nothing is typed. What is all typed only ends sooner."""
        if self._desk is not None:
            self._end(None if self._struck == len(self._keys) else why)

    # --- one step after the other --------------------------------------------------------------

    def _go_on(self) -> None:
        try:
            self._step()
        except CannotTypeError as error:
            self._end(error.why)
        except Exception:  # noqa: BLE001 - a half-typed code has to be told of, whatever happened
            _log.exception("typing failed")
            self._end(Why.REFUSED)

    def _then(self, step: Callable[[], None], after_ms: int, within_s: float = 0.0) -> None:
        self._step, self._until = step, monotonic() + within_s
        self._timer.start(after_ms)

    def _again(self, why: Why, after_ms: int = _LOOK_EVERY_MS) -> None:
        """Look again a moment later; where that has lasted too long, end."""
        if monotonic() > self._until:
            raise CannotTypeError(why)
        self._timer.start(after_ms)

    def _begin(self) -> None:
        assert self._desk is not None
        self._window = self._target.find(self._desk.windows())
        self._desk.prepare("".join(dict.fromkeys(key.char for key in self._keys)), self._window)
        self._then(self._wait_for_release, 0, _RELEASED_WITHIN_S)

    def _wait_for_release(self) -> None:
        """The till would else get the repeats of the Enter that is still down, with Ctrl."""
        assert self._desk is not None
        if self._desk.is_key_held():
            self._again(Why.HELD)
            return
        self._desk.bring_to_front(self._window)
        self._since = 0.0
        self._then(self._wait_for_front, 0, _FRONT_WITHIN_S)

    def _wait_for_front(self) -> None:
        assert self._desk is not None
        now = monotonic()
        if not self._desk.is_in_front(self._is_it):
            self._since = 0.0
            self._again(Why.NOT_FRONT)
            return
        self._since = self._since or now
        if now - self._since < _STEADY_S:
            self._timer.start(_LOOK_EVERY_MS)
            return
        self._desk.begin()
        self._then(self._ask, 0)

    def _ask(self) -> None:
        """Keys that a busy program has not read yet would all go to a dialog that it opens."""
        assert self._desk is not None
        self._desk.ask(self._window)
        self._then(self._wait_for_answer, 0, _ANSWERS_WITHIN_S)

    def _wait_for_answer(self) -> None:
        assert self._desk is not None
        if not self._desk.has_answered():
            self._again(Why.SILENT, _ANSWER_MS)
            return
        self._step, self._until = self._strike, monotonic() + _HELD_WITHIN_S
        self._strike()  # at once: it may be busy again in a moment

    def _strike(self) -> None:
        assert self._desk is not None
        key = self._keys[self._struck]
        match self._desk.strike(key.char, self._is_it):
            case Struck.ELSEWHERE:
                raise CannotTypeError(Why.OTHER_FRONT)
            case Struck.HELD:
                self._again(Why.HELD)
                return
            case Struck.DONE:
                self._struck += 1
        if self._struck == len(self._keys):
            self._then(self._look_back, 0, _CATCH_UP_S)
            return
        ends_code = key.is_of_code and not self._keys[self._struck].is_of_code
        pause_ms = max(self._pause_ms, round(_CATCH_UP_S * 1000)) if ends_code else self._pause_ms
        self._then(self._ask, pause_ms)

    def _look_back(self) -> None:
        """See whether the window was still in front when it read the last key."""
        assert self._desk is not None
        if not self._desk.is_in_front(self._is_it):
            self._end(None, has_moved=True)
        elif monotonic() > self._until:
            self._end(None)
        else:
            self._timer.start(_LOOK_EVERY_MS)

    # --- how -----------------------------------------------------------------------------------

    def _is_it(self, window: DeskWindow) -> bool:
        is_same = window.handle == self._window.handle and window.takes_keys
        return is_same and self._target.is_met_by(window)

    def _end(self, why: Why | None, *, has_moved: bool = False) -> None:
        desk, self._desk = self._desk, None
        self._timer.stop()
        struck, keys = self._keys[: self._struck], self._keys
        self._keys = ()
        assert desk is not None
        desk.end()
        of_code = sum(key.is_of_code for key in keys)
        typed = sum(key.is_of_code for key in struck)
        self.ended.emit(Outcome(why, typed, of_code, len(struck), has_moved))
