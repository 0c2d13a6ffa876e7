"""What typing asks of a desktop: its windows, which one is in front, and its keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

ENTER: Final = "\r"
TAB: Final = "\t"


class Why(StrEnum):
    """Why nothing, or not all, was typed."""

    WAYLAND = "wayland"
    NO_DESK = "no desk"
    """This system lets no program type into another, or something it takes is missing."""
    UNTYPABLE = "untypable"
    """The code holds what no key gives."""
    NO_WINDOW = "no window"
    COVERED = "covered"
    """The till's program has another window open over its own."""
    ELEVATED = "elevated"
    HELD = "held"
    """A key is held down that would change what arrives."""
    NOT_FRONT = "not front"
    """The till's window does not come to the front."""
    OTHER_FRONT = "other front"
    """Another window came to the front."""
    SILENT = "silent"
    """The till's program does not come to read the keys that it has got."""
    FORGOTTEN = "forgotten"
    """The member is not on the screen any more."""
    REFUSED = "refused"
    """The system did not take a key."""


class CannotTypeError(Exception):
    """Nothing can be typed, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class DeskWindow:
    """A window of any program.

    Args:
        handle: the system's number of it.
        programs: the file names of the program that owns it; none where that is not told.
        owner: the window that it lies over, as a dialog does; 0 for none.
        takes_keys: False where a dialog of its program has to be answered first.
    """

    handle: int
    programs: tuple[str, ...]
    title: str = field(repr=False)
    owner: int = 0
    takes_keys: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """The till's window, as the settings describe it.

    Args:
        program: a file name, such as pos.exe, in any case.
        title: a pattern with * for anything, in any case.
    """

    program: str
    title: str

    def is_met_by(self, window: DeskWindow) -> bool:
        """Return whether a window is the one that is described."""
        program = self.program.casefold()
        if program not in [name.casefold() for name in window.programs]:
            return False
        parts = map(re.escape, self.title.casefold().split("*"))
        return re.fullmatch(".*".join(parts), window.title.casefold(), re.DOTALL) is not None

    def find(self, windows: Sequence[DeskWindow]) -> DeskWindow:
        """Choose the till's window.

        Args:
            windows: the topmost first.

        Raises:
            CannotTypeError: there is none, or a dialog has to be answered first.
        """
        met = [window for window in windows if self.is_met_by(window)]
        if not met:
            raise CannotTypeError(Why.NO_WINDOW)
        found = met[0]
        if not found.takes_keys or found.owner in [window.handle for window in met]:
            raise CannotTypeError(Why.COVERED)
        return found


class Struck(StrEnum):
    """What became of a key."""

    DONE = "done"
    HELD = "held"
    """Not struck: another key is held down."""
    ELSEWHERE = "elsewhere"
    """Not struck: another window is in front, or was, or may have the keyboard."""


class Desk(Protocol):
    """A desktop. All but `end` and `close` raise CannotTypeError where it does not let them."""

    def windows(self) -> Sequence[DeskWindow]:
        """Return all windows that are on the screen, the topmost first."""

    def front(self) -> DeskWindow | None:
        """Return the window in front; None where there is none."""

    def prepare(self, chars: str, window: DeskWindow) -> None:
        """Make sure that these characters can be typed into a window."""

    def is_key_held(self) -> bool:
        """Return whether Enter is down, or a key that changes what others do."""

    def bring_to_front(self, window: DeskWindow) -> None:
        """Ask for a window to be in front, with the keyboard. It may come later, or not at all."""

    def is_in_front(self, expected: Callable[[DeskWindow], bool]) -> bool:
        """Return whether the window in front is the expected one, and has the keyboard."""

    def begin(self) -> None:
        """Know that typing begins: from now on no other window may have been in front."""

    def ask(self, window: DeskWindow) -> None:
        """Ask a window's program whether it has read all that it has got."""

    def has_answered(self) -> bool:
        """Return whether it has; True also of a program that cannot be asked."""

    def strike(self, char: str, expected: Callable[[DeskWindow], bool]) -> Struck:
        """Strike a key, if the window in front is the expected one and no other key is held."""

    def end(self) -> None:
        """Leave the keyboard as it was before `begin`."""

    def close(self) -> None:
        """Let go of the desktop."""
