"""One way of hearing a key in every program."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.settings.beside import Hotkey


class Problem(StrEnum):
    """Why a key is not heard."""

    TAKEN = "taken"
    """Another program has it."""
    NO_SUCH_KEY = "no_such_key"
    """This keyboard has none."""
    NOT_HERE = "not_here"
    """This desktop lets no program hear one; a person can set it to start the program."""
    REFUSED = "refused"
    """The desktop, or whoever was asked there, said no."""


class Grab(Protocol):
    """Hears one key at a time."""

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        """Hear this key from now on, and no other.

        Args:
            pressed: called once each time it is struck, however long it is held, with the time (see
                `FrontWindow.bring_up`) and Wayland's token.
            said: called whenever `problem` is known, or another than before.
        """

    @property
    def problem(self) -> Problem | None:
        """Why the key is not heard; None where it is, or nobody knows yet."""

    def release(self) -> None:
        """Hear no key; calling it again does nothing."""


class NoGrab:
    """Where no key can be heard."""

    problem = Problem.NOT_HERE

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        said()

    def release(self) -> None:
        return
