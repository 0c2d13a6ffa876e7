"""A key that is heard everywhere on an X server: XGrabKey.

The server then sends the key to nobody else, with its repeats and its release. Locks count as
modifiers there, so the key is asked for with each of their states. While another program holds the
whole keyboard, as an open menu does, it is not heard.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from posmember.settings.beside import Hotkey
from posmember.ui.beside.hotkey.grab import Problem
from posmember.ui.beside.x_server import XServer

_KEY_PRESS, _KEY_RELEASE, _MAPPING_NOTIFY = 2, 3, 34
_POINTER_MAPPING: Final = 2
_KEY: Final = struct.Struct("=BBHI")
"""Type, key code, sequence number, time."""
_SHIFT, _CAPS_LOCK, _CONTROL = 0x01, 0x02, 0x04
_ALT, _NUM_LOCK, _WIN = 0x08, 0x10, 0x40
"""Where they are on all PC keyboards, if the server does not say otherwise."""
_ALT_KEYS: Final = (0xFFE9, 0xFFEA)
_WIN_KEYS: Final = (0xFFEB, 0xFFEC)
_NUM_LOCK_KEYS: Final = (0xFF7F,)
_SCROLL_LOCK_KEYS: Final = (0xFF14,)
_F1: Final = 0xFFBE
_NAMED: Final = {
    "Space": 0x20, "Home": 0xFF50, "End": 0xFF57, "Insert": 0xFF63, "Pause": 0xFF13,
}  # fmt: skip
"""Keysyms, by X11/keysymdef.h; those of letters and digits are their ASCII codes."""


class XGrab:
    """Hears a key by a connection of its own."""

    def __init__(self, server: XServer) -> None:
        self._server = server
        self._hotkey: Hotkey | None = None
        self._pressed: Callable[[int, str], None] = _nothing
        self._said: Callable[[], None] = _nothing
        self._grabbed: list[tuple[int, int]] = []
        self._down, self._released_at = 0, -1
        self._is_mapped_anew = False
        self.problem: Problem | None = None
        server.heard.connect(self._hear)
        server.drained.connect(self._follow_mapping)

    def take(
        self, hotkey: Hotkey, pressed: Callable[[int, str], None], said: Callable[[], None]
    ) -> None:
        self.release()
        self._hotkey, self._pressed, self._said = hotkey, pressed, said
        self._grab(hotkey)
        said()

    def release(self) -> None:
        self._keep(())
        self._hotkey, self._down = None, 0

    def _grab(self, hotkey: Hotkey) -> None:
        """Ask for what is not asked for yet, and then take back what is wanted no more.

        In this order: what stays the same is heard all the while. Every change of the keyboard that
        is typed on comes with a new mapping, right at the key that may be this one.
        """
        symbols = self._server.key_symbols()
        codes = codes_of(hotkey.key, symbols)
        self.problem = None if codes else Problem.NO_SUCH_KEY
        wanted = tuple(self._wanted(hotkey, codes, symbols))
        for code, modifiers in wanted:
            if (code, modifiers) in self._grabbed:
                continue
            if not self._server.grab_key(code, modifiers):
                self.problem = Problem.TAKEN
                break
            self._grabbed.append((code, modifiers))
        # Never heard with one state of the locks and not with another.
        self._keep(wanted if self.problem is None else ())

    def _keep(self, wanted: Sequence[tuple[int, int]]) -> None:
        for code, modifiers in self._grabbed:
            if (code, modifiers) not in wanted:
                self._server.ungrab_key(code, modifiers)
        self._grabbed = [each for each in self._grabbed if each in wanted]

    def _wanted(
        self, hotkey: Hotkey, codes: Sequence[int], symbols: Mapping[int, Sequence[int]]
    ) -> Iterator[tuple[int, int]]:
        held, locks = masks_of(hotkey.modifiers, self._server.modifier_keys(), symbols)
        for code in codes:
            for count in range(len(locks) + 1):
                for some in combinations(locks, count):
                    yield code, held | sum(some)

    def _hear(self, event: bytes) -> None:
        kind, code, _sequence, time = _KEY.unpack_from(event)
        kind &= 0x7F
        if kind == _MAPPING_NOTIFY:
            self._is_mapped_anew |= event[4] != _POINTER_MAPPING
        elif kind == _KEY_RELEASE and code == self._down:
            self._down, self._released_at = 0, time
        elif kind == _KEY_PRESS and code in {code for code, _modifiers in self._grabbed}:
            # A key that is held goes up and down again at the same moment.
            repeats = code == self._down or time == self._released_at
            self._down = code
            if not repeats:
                self._pressed(time, "")

    def _follow_mapping(self) -> None:
        """Another layout may have the key elsewhere; one change of it is told many times."""
        hotkey = self._hotkey
        if not self._is_mapped_anew or hotkey is None:
            self._is_mapped_anew = False
            return
        self._is_mapped_anew = False
        before = self.problem
        self._grab(hotkey)
        if self.problem is not before:
            self._said()


def codes_of(key: str, symbols: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the codes of the keys that a key's name stands for.

    Where no layout writes it without Shift, such as a digit of a French keyboard, Shift's level
    counts as well.

    Args:
        symbols: what is on each key, level by level.
    """
    symbol = symbol_of(key)
    for levels in (slice(0, None, 2), slice(1, None, 2)):
        found = [code for code, each in symbols.items() if symbol in each[levels]]
        if found:
            return found
    return []


def symbol_of(key: str) -> int:
    """Return the keysym of a key, without Shift."""
    if key in _NAMED:
        return _NAMED[key]
    return ord(key.lower()) if len(key) == 1 else _F1 + int(key[1:]) - 1


def masks_of(
    modifiers: Sequence[str], keys: Sequence[Sequence[int]], symbols: Mapping[int, Sequence[int]]
) -> tuple[int, tuple[int, ...]]:
    """Return the modifiers that are to be held, as one mask, and those of the locks.

    Args:
        keys: the codes of the keys of each modifier, Shift first.
        symbols: what is on each key.
    """

    def mask(of: tuple[int, ...], usual: int) -> int:
        for place, codes in enumerate(keys):
            if any(symbol in of for code in codes for symbol in symbols.get(code, ())):
                return 1 << place
        return usual

    names = {
        "Shift": _SHIFT, "Ctrl": _CONTROL,
        "Alt": mask(_ALT_KEYS, _ALT), "Win": mask(_WIN_KEYS, _WIN),
    }  # fmt: skip
    held = sum(names[name] for name in modifiers)
    locks = {_CAPS_LOCK, mask(_NUM_LOCK_KEYS, _NUM_LOCK), mask(_SCROLL_LOCK_KEYS, 0)}
    return held, tuple(sorted(lock for lock in locks if lock and not lock & held))


def _nothing(*_what: object) -> None:
    """No key is waited for."""
