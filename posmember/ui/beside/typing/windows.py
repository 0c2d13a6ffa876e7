"""Typing on Windows: SendInput, after a look at the window in front.

By Microsoft's reference: "SendInput function" (UIPI: a program may type only into those of its own
integrity level or a lower one, and is not told of a refusal), "KEYBDINPUT structure"
(KEYEVENTF_UNICODE: a character by itself, which no layout and no input method changes),
"SetForegroundWindow function" (who may), "GUITHREADINFO structure" (an open menu has the keys).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PureWindowsPath
from typing import Final

from posmember.ui.beside.typing.desk import (
    ENTER,
    TAB,
    CannotTypeError,
    DeskWindow,
    Struck,
    Why,
)
from posmember.ui.beside.typing.win32 import KeyInput, System, Win32

VK_TAB, VK_RETURN = 0x09, 0x0D
VK_SHIFT, VK_CONTROL, VK_MENU, VK_LWIN, VK_RWIN = 0x10, 0x11, 0x12, 0x5B, 0x5C
KEYEVENTF_KEYUP, KEYEVENTF_UNICODE = 0x0002, 0x0004

_HELD: Final = (VK_SHIFT, VK_CONTROL, VK_MENU, VK_LWIN, VK_RWIN, VK_RETURN)
_NAMED: Final = {ENTER: (VK_RETURN, 0x1C), TAB: (VK_TAB, 0x0F)}
"""Virtual key code and scan code."""


class WindowsDesk:
    """The desktop of this session.

    Args:
        system: Windows; a stand-in for tests.

    Raises:
        CannotTypeError: this is no Windows.
    """

    def __init__(self, system: System | None = None) -> None:
        with _refusals(Why.NO_DESK):
            self._system = system or Win32()
        self._asked = 0

    def windows(self) -> Sequence[DeskWindow]:
        """Return all windows that are on the screen, the topmost first."""
        with _refusals(Why.NO_DESK):
            return [self._described(handle) for handle in self._system.visible_windows()]

    def front(self) -> DeskWindow | None:
        """Return the window in front; None where there is none."""
        handle = self._system.foreground()
        return self._described(handle) if handle else None

    def prepare(self, chars: str, window: DeskWindow) -> None:
        """See that Windows will take keys for a window: it would drop them without a word."""
        with _refusals(Why.ELEVATED):  # whose level cannot even be asked for
            level = self._system.integrity(self._system.process_of(window.handle))
            if level > self._system.own_integrity():
                raise CannotTypeError(Why.ELEVATED)

    def is_key_held(self) -> bool:
        """Return whether Enter is down, or a key that changes what others do."""
        return any(map(self._system.is_down, _HELD))

    def bring_to_front(self, window: DeskWindow) -> None:
        """Ask Windows for it: this program has just had the user's key, and so may."""
        self._system.bring_to_front(window.handle)

    def is_in_front(self, expected: Callable[[DeskWindow], bool]) -> bool:
        """Return whether the window in front is the expected one, and has the keyboard."""
        window = self.front()
        if window is None or not expected(window):
            return False
        return not self._system.is_in_menu(window.handle)

    def begin(self) -> None:
        """Change nothing: a character does not hang on Caps Lock."""

    def ask(self, window: DeskWindow) -> None:
        """Know whose thread is asked: one that takes a sent message is reading its keys, too."""
        self._asked = window.handle

    def has_answered(self) -> bool:
        """Return whether it takes messages now."""
        return self._system.takes_messages(self._asked)

    def strike(self, char: str, expected: Callable[[DeskWindow], bool]) -> Struck:
        """Strike a key, if the window in front is the expected one and no other key is held.

        Windows knows no way to look and type in one: where another window came in between, that
        is noticed behind the key, and it is the last.
        """
        if not self.is_in_front(expected):
            return Struck.ELSEWHERE
        if self.is_key_held():
            return Struck.HELD
        inputs = inputs_for(char)
        if self._system.send(inputs) != len(inputs):
            raise CannotTypeError(Why.REFUSED)
        return Struck.DONE if self.is_in_front(expected) or char == ENTER else Struck.ELSEWHERE

    def end(self) -> None:
        """Leave nothing: what was pressed is up again."""

    def close(self) -> None:
        """Hold nothing."""

    def _described(self, handle: int) -> DeskWindow:
        programs: tuple[str, ...] = ()
        try:
            path = self._system.program(self._system.process_of(handle))
            programs = (PureWindowsPath(path).name,)
        except OSError:
            pass  # it is gone, or is another user's
        return DeskWindow(
            handle,
            programs,
            self._system.title(handle),
            self._system.owner(handle),
            self._system.is_enabled(handle),
        )


def inputs_for(char: str) -> list[KeyInput]:
    """Return what strikes a character: each UTF-16 unit of it down, then up."""
    if char in _NAMED:
        virtual_key, scan_code = _NAMED[char]
        return [
            KeyInput(virtual_key, scan_code, 0),
            KeyInput(virtual_key, scan_code, KEYEVENTF_KEYUP),
        ]
    units = memoryview(char.encode("utf-16-le")).cast("H")
    return [
        KeyInput(0, unit, flags)
        for unit in units
        for flags in (KEYEVENTF_UNICODE, KEYEVENTF_UNICODE | KEYEVENTF_KEYUP)
    ]


@contextmanager
def _refusals(why: Why) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotTypeError(why) from error
