"""Types as a scanner does, and as a person does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from random import Random

from tests.scanrig.keyboard import Key, Keyboard, Move, gaps_ms

_HELD_MS = (60, 120)
STX, ETX, GS = "\x02", "\x03", "\x1d"
_CHARS = {"tab": "\t", "lf": "\n", "crlf": "\r\n", "etx, enter": ETX + "\r", "none": ""}


class Suffix(StrEnum):
    """What a scanner sends behind a code."""

    ENTER = "enter"
    KEYPAD_ENTER = "keypad enter"
    TAB = "tab"
    LF = "lf"
    CRLF = "crlf"
    ETX_ENTER = "etx, enter"
    NONE = "none"

    @property
    def chars(self) -> str:
        """Return its characters; both Enter keys are CR."""
        return _CHARS.get(self.value, "\r")

    @property
    def kept(self) -> str:
        """Return what of it arrives with the code; what reads the code leaves it out."""
        return ETX if self is Suffix.ETX_ENTER else ""


class Keypad(StrEnum):
    """Where a scanner strikes digits."""

    UNUSED = "unused"
    NUM_LOCK = "with Num Lock"
    NO_NUM_LOCK = "without Num Lock"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a scanner types.

    Args:
        gap_ms: from each key going down to the next one, in milliseconds; 0 is back to back.
        prefix: before each code.
        caps_lock: whether somebody left it on.
        stalls_ms: how long it stands still before the keys of these numbers, from 0.
    """

    gap_ms: int = 5
    suffix: Suffix = Suffix.ENTER
    prefix: str = ""
    caps_lock: bool = False
    keypad: Keypad = Keypad.UNUSED
    stalls_ms: tuple[tuple[int, int], ...] = ()

    def sends(self, code: str) -> str:
        """Return what arrives for a code, less prefix and suffix."""
        return (code.swapcase() if self.caps_lock else code) + self.suffix.kept


class Scanner:
    """A scanner on a keyboard's wire."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard

    def scan(self, codes: Sequence[str], manner: Manner) -> int:
        """Send codes in one burst.

        Returns:
            The longest time between two keys that the server really took, in milliseconds; of
            those before which it was to stand still only what it stood still too long.
        """
        self._keyboard.lock("Caps_Lock", on=manner.caps_lock)
        self._keyboard.lock("Num_Lock", on=manner.keypad is not Keypad.NO_NUM_LOCK)
        times = self._keyboard.play(self._moves(codes, manner))
        self._keyboard.lock("Caps_Lock", on=False)
        stalls = dict(manner.stalls_ms)
        gaps = enumerate(gaps_ms(times), start=1)
        return max((gap - stalls.get(number, 0) for number, gap in gaps), default=0)

    def _moves(self, codes: Sequence[str], manner: Manner) -> list[Move]:
        keys = [key for code in codes for key in self._keys(code, manner)]
        moves: list[Move] = []
        stalls_ms, at_ms = dict(manner.stalls_ms), 0
        for number, key in enumerate(keys):
            at_ms += stalls_ms.get(number, manner.gap_ms if number else 0)
            moves += _struck(key, at_ms, at_ms + manner.gap_ms // 2)
        return moves

    def _keys(self, code: str, manner: Manner) -> list[Key]:
        on_keypad = manner.keypad is not Keypad.UNUSED
        keys = [self._keyboard.key(char, keypad=on_keypad) for char in manner.prefix + code]
        if manner.suffix is Suffix.KEYPAD_ENTER:
            return [*keys, self._keyboard.key("\r", keypad=True)]
        return [*keys, *(self._keyboard.key(char) for char in manner.suffix.chars)]


class Person:
    """A person on a keyboard: slow, uneven, and a key may be down still when the next one is."""

    def __init__(self, keyboard: Keyboard, random: Random) -> None:
        self._keyboard = keyboard
        self._random = random

    def type(self, text: str, *, least_ms: int = 60, most_ms: int = 180) -> int:
        """Type a text; returns the shortest time between two keys, in milliseconds."""
        starts = list(accumulate(self._random.randint(least_ms, most_ms) for _ in text))
        moves: list[Move] = []
        free_at: dict[Key, int] = {}
        for char, at_ms in reversed(list(zip(text, starts, strict=True))):
            key = self._keyboard.key(char)
            up_ms = at_ms + self._random.randint(*_HELD_MS)
            if key in free_at:  # the same finger strikes it once more
                up_ms = min(up_ms, (at_ms + free_at[key]) // 2)
            moves += _struck(key, at_ms, up_ms)
            free_at[key] = at_ms
        return min(gaps_ms(self._keyboard.play(moves)), default=most_ms)


def _struck(key: Key, down_ms: int, up_ms: int) -> list[Move]:
    """A key and its modifiers: they come and go in one report of the keyboard."""
    codes = (*key.held, key.code)
    pressed = [Move(down_ms, code, down=True) for code in codes]
    return [*pressed, *(Move(up_ms, code, down=False) for code in reversed(codes))]
