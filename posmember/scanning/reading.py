"""Finds a known code among recorded keys, also where something changed its characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from posmember.scanning.trace import TracedKey

KEYPAD_DIGITS = {
    "Insert": "0", "End": "1", "Down": "2", "PageDown": "3", "Left": "4",
    "Clear": "5", "Right": "6", "Home": "7", "Up": "8", "PageUp": "9",
}  # fmt: skip
"""What the keypad's digits are without Num Lock."""

_TERMINATORS = ("\r", "\n", "\t")
_LEAST_ALIKE = 0.35
"""The share of characters that any layout leaves alone: most letters."""


class Change(StrEnum):
    """What happened to all characters alike."""

    NONE = "none"
    CAPS_LOCK = "caps_lock"
    AZERTY = "azerty"
    """The scanner types for a US keyboard, the till takes it for a French one."""
    QWERTZ = "qwertz"
    """The scanner types for a US keyboard, the till takes it for a German one."""
    OTHER_LAYOUT = "other_layout"


@dataclass(frozen=True, slots=True)
class Read:
    """Where a code stands: the numbers of its first and its last press, and what changed it."""

    first: int
    last: int
    change: Change


class Damage(StrEnum):
    """How a code that is not there whole arrived."""

    SWAPPED = "swapped"
    """All of its characters, in another order."""
    LETTERS_MISSING = "letters_missing"
    """All of its digits, and fewer letters."""
    MISSING = "missing"
    """Fewer of its characters."""
    ANOTHER = "another"
    """Something else altogether."""


def find_reads(presses: Sequence[TracedKey], expected: str) -> tuple[Read, ...]:
    """Find every read of a code, in order; () where it is nowhere whole."""
    typed = _typed(presses)
    text = "".join(char for _, char in typed)
    change, starts = _find(text, expected)
    last = len(expected) - 1
    return tuple(Read(typed[at][0], typed[at + last][0], change) for at in starts)


def text_of(presses: Sequence[TracedKey], change: Change) -> str:
    """Return the characters of some presses as they were before a change, no Enter or Tab."""
    text = "".join(_char(key) for key in presses if key.char not in _TERMINATORS)
    return _UNDO.get(change, _as_it_is)(text)


def damage(presses: Sequence[TracedKey], expected: str) -> tuple[Damage, int]:
    """Tell how a code arrived that was not found whole, and how many characters are missing."""
    text = "".join(char for _, char in _typed(presses))
    if not Counter(expected) - Counter(text):
        return Damage.SWAPPED, 0
    blocks = SequenceMatcher(None, expected, text, autojunk=False).get_matching_blocks()
    arrived = {at for block in blocks for at in range(block.a, block.a + block.size)}
    missing = [char for at, char in enumerate(expected) if at not in arrived]
    if len(missing) > len(expected) / 2:
        return Damage.ANOTHER, len(missing)
    if not any(char.isdigit() for char in missing):
        return Damage.LETTERS_MISSING, len(missing)
    return Damage.MISSING, len(missing)


def _typed(presses: Sequence[TracedKey]) -> list[tuple[int, str]]:
    """The printable characters with the numbers of their presses; keypad keys as the digits."""
    chars = enumerate(map(_char, presses))
    return [(number, char) for number, char in chars if len(char) == 1 and char.isprintable()]


def _char(key: TracedKey) -> str:
    return KEYPAD_DIGITS[key.key_name] if is_keypad_without_num_lock(key) else key.char


def is_keypad_without_num_lock(key: TracedKey) -> bool:
    """Whether it is a digit of the keypad that moves a cursor instead."""
    return key.keypad and not key.char and key.key_name in KEYPAD_DIGITS


def _find(text: str, expected: str) -> tuple[Change, tuple[int, ...]]:
    """Where a code stands in a text, and what changed it."""
    for change, undo in _UNDO.items():
        if starts := tuple(_occurrences(undo(text), expected)):
            return change, starts
    return Change.OTHER_LAYOUT, tuple(_consistent(text, expected))[:1]


def _occurrences(text: str, expected: str) -> Iterator[int]:
    at = text.find(expected)
    while at >= 0:
        yield at
        at = text.find(expected, at + len(expected))


def _consistent(text: str, expected: str) -> Iterator[int]:
    """Where each character of a code stands for one other, as with an unknown layout."""
    for at in range(len(text) - len(expected) + 1):
        window = text[at : at + len(expected)]
        pairs = set(zip(expected, window, strict=True))
        one_to_one = len(pairs) == len(set(expected)) == len(set(window))
        alike = sum(a == b for a, b in zip(expected, window, strict=True))
        swapped = Counter(window) == Counter(expected)  # in another order, by something else
        if one_to_one and not swapped and alike >= len(expected) * _LEAST_ALIKE:
            yield at


def _as_it_is(text: str) -> str:
    return text


def _swap_case(text: str) -> str:
    # Letter by letter: some letters of other languages become two.
    return "".join(char.swapcase() if char.isascii() else char for char in text)


def _undo_layout(us: str, other: str) -> Callable[[str], str]:
    table = str.maketrans(other, us)
    return lambda text: text.translate(table)


_UNDO: dict[Change, Callable[[str], str]] = {
    Change.NONE: _as_it_is,
    Change.CAPS_LOCK: _swap_case,
    Change.AZERTY: _undo_layout("1234567890-qwazmQWAZM", "&é\"'(-è_çà)azqw,AZQW?"),
    Change.QWERTZ: _undo_layout("yzYZ-", "zyZYß"),
}
