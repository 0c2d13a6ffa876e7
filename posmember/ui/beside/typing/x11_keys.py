"""Which key of an X server gives which character, whatever layout or input method is on.

Digits, Enter and Tab are struck where the layout has them. Every other character is put on a key
that the layout has no use for, as a keysym of Unicode's: an input method takes ``a`` for the
beginning of a syllable, and U+0061, which is the same letter, for none. Spare keys keep what they
were given until the program ends: a program that is slow to read the new layout would else read
one that is gone again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from posmember.ui.beside.typing.desk import ENTER, TAB, CannotTypeError, Why

_UNICODE: Final = 0x01000000
_NAMED: Final = {ENTER: 0xFF0D, TAB: 0xFF09}
_FIRST_SPARE: Final = 9
"""8 stands for no key of Linux."""
_GROUP_SHIFT: Final = 13
"""Where a pointer's mask tells which layout is on ("The X Keyboard Extension", 2.2.2)."""


class KeyMap:
    """The keys of one X server.

    Args:
        display: python-xlib's connection.
    """

    def __init__(self, display: Any) -> None:
        self._display = display
        self._bound: set[int] = set()

    def keys(self, chars: str) -> dict[str, int]:
        """Return the key code of each character; spare keys are given what no key gives alone.

        Raises:
            CannotTypeError: there are not enough spare keys.
        """
        mapping, group = self._mapping(), self._group()
        found = {char: _own_key(char, mapping, group) for char in dict.fromkeys(chars)}
        wanted = [char for char, code in found.items() if not code]
        spare = [code for code, symbols in mapping.items() if _is_spare(code, symbols)]
        free = [code for code in spare if not any(mapping[code])]
        kept = {mapping[code][0]: code for code in spare if code not in free}
        # What a spare key holds of an earlier code gives way where there are no others.
        given = {char: kept.get(_UNICODE | ord(char), 0) for char in wanted}
        used = set(given.values())
        free += [code for code in kept.values() if code not in used]
        missing = [char for char, code in given.items() if not code]
        if len(missing) > len(free):
            raise CannotTypeError(Why.UNTYPABLE)
        for char, code in zip(missing, free, strict=False):
            self._bind(code, _UNICODE | ord(char))
            given[char] = code
        self._bound.update(given.values())
        self._display.sync()
        return {**found, **given}

    def close(self) -> None:
        """Take from spare keys what they were given."""
        for code in self._bound:
            self._bind(code, 0)
        self._bound.clear()
        self._display.sync()

    def _bind(self, code: int, symbol: int) -> None:
        self._display.change_keyboard_mapping(code, [(symbol, symbol)])

    def _mapping(self) -> dict[int, Sequence[int]]:
        info = self._display.display.info
        first, count = info.min_keycode, info.max_keycode - info.min_keycode + 1
        return dict(enumerate(self._display.get_keyboard_mapping(first, count), start=first))

    def _group(self) -> int:
        mask: int = self._display.screen().root.query_pointer().mask
        return mask >> _GROUP_SHIFT & 3


def _own_key(char: str, mapping: dict[int, Sequence[int]], group: int) -> int:
    """The key that gives a digit, Enter or Tab by itself; 0 where there is none."""
    symbol = ord(char) if char.isascii() and char.isdigit() else _NAMED.get(char)
    if symbol is None:
        return 0
    for code, symbols in mapping.items():
        own = symbols[2 * group] if group < 2 and len(symbols) > 2 * group else 0
        if (own or symbols[0]) == symbol:
            return code
    return 0


def _is_spare(code: int, symbols: Sequence[int]) -> bool:
    """Whether nobody has a use for a key, or this program alone has given it one."""
    if code < _FIRST_SPARE:
        return False
    there = {symbol for symbol in symbols if symbol}
    ours = {symbol for symbol in there if _UNICODE < symbol < _UNICODE + 0x110000}
    return not there or (len(there) == 1 and there == ours)
