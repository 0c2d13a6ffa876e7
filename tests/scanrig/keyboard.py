"""A keyboard on an X server: keys go down and up at chosen times (XTEST).

The server itself waits between two keys, so that the times hold on a busy machine as well; and it
tells when each key really went down, by which a run is judged.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from Xlib import XK, X, display
from Xlib.ext import xinput, xtest
from Xlib.ext.ge import GenericEventCode

_NAMED = {"\r": "Return", "\t": "Tab", "\n": "C-j"}
_LAST_OF_US = 65
"""The space bar: letters, digits and signs have key codes up to it."""
_RAW_KEY = struct.Struct("=HII")
"""XIRawEvent behind its header: device, time in ms, key code."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and those that are held with it.

    Args:
        code: the server's key code.
        held: the key codes of Shift and Control, where they are needed.
    """

    code: int
    held: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A key code that goes down or up, at milliseconds from the start."""

    at_ms: int
    code: int
    down: bool


class Keyboard:
    """The keyboard of an X server.

    Args:
        name: of the display.
    """

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._witness = display.Display(name)
        _watch_raw_keys(self._witness)
        XK.load_keysym_group("xkb")
        self._control = self._code("Control_L")
        self._shift = self._code("Shift_L")

    def close(self) -> None:
        """Leave the server."""
        self._witness.close()
        self._display.close()

    def key(self, char: str, *, keypad: bool = False) -> Key:
        """Return the key of an ASCII character; a control character is Ctrl and a letter.

        Args:
            keypad: whether to take the keypad for digits and Enter.
        """
        if keypad and (char.isdigit() or char == "\r"):
            return self.named("KP_Enter" if char == "\r" else f"KP_{char}")
        if char in _NAMED:
            return self.named(_NAMED[char])
        if char < " ":
            return self._with_control(chr(ord(char) + 0x40).lower())
        return self._symbol(ord(char))

    def named(self, name: str) -> Key:
        """Return a key by its X name, such as F2; C- before it is Control."""
        if name.startswith("C-"):
            return self._with_control(name.removeprefix("C-"))
        return Key(self._code(name))

    def play(self, moves: Iterable[Move]) -> list[int]:
        """Make moves at their times; returns when each key code went down, by the server's clock.

        Returns:
            Milliseconds of the X server, of every key that is no modifier.
        """
        self._witnessed()
        now_ms = 0
        for move in sorted(moves, key=lambda move: move.at_ms):
            kind = X.KeyPress if move.down else X.KeyRelease
            xtest.fake_input(self._display, kind, move.code, move.at_ms - now_ms)
            now_ms = move.at_ms
        self._display.sync()
        return self._witnessed()

    def tap(self, name: str) -> None:
        """Strike a key by its X name at once."""
        key = self.named(name)
        codes = (*key.held, key.code)
        down = [Move(0, code, down=True) for code in codes]
        self.play([*down, *(Move(0, code, down=False) for code in reversed(codes))])

    def lock(self, name: str, *, on: bool) -> None:
        """Switch Caps_Lock or Num_Lock."""
        bit = X.LockMask if name == "Caps_Lock" else X.Mod2Mask
        if bool(self._root.query_pointer().mask & bit) is not on:
            self.tap(name)

    def _witnessed(self) -> list[int]:
        """Return when keys went down since it was asked last."""
        self._witness.sync()
        modifiers = {self._shift, self._control}
        times: list[int] = []
        while self._witness.pending_events():
            event: Any = self._witness.next_event()
            if event.type == GenericEventCode:
                _device, time_ms, code = _RAW_KEY.unpack_from(event.data)
                times += [] if code in modifiers else [time_ms]
        return times

    def _with_control(self, char: str) -> Key:
        plain = self._symbol(ord(char))
        return Key(plain.code, (*plain.held, self._control))

    def _symbol(self, symbol: int) -> Key:
        places = self._display.keysym_to_keycodes(symbol)
        # Of the keys that a US keyboard has: others give some of its characters as well.
        level, code = min((level, code) for code, level in places if code <= _LAST_OF_US)
        assert level <= 1, f"no key gives {chr(symbol)!r}"
        return Key(code, (self._shift,) if level else ())

    def _code(self, name: str) -> int:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        assert code, f"no key is {name}"
        return int(code)


def _watch_raw_keys(witness: Any) -> None:
    """Have every key told, also those that an open menu has grabbed: as of version 2.1."""
    xinput.XIQueryVersion(
        display=witness.display,
        opcode=witness.display.get_extension_major(xinput.extname),
        major_version=2,
        minor_version=2,
    )
    root = witness.screen().root
    root.xinput_select_events([(xinput.AllMasterDevices, xinput.RawKeyPressMask)])
    witness.sync()


def gaps_ms(times: Sequence[int]) -> list[int]:
    """Return the milliseconds between neighbours."""
    return [later - earlier for earlier, later in pairwise(times)]
