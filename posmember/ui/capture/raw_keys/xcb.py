"""Keys in the events of an X server (xcb/xproto.h, xcb_key_press_event_t). Pure.

X gives a key code, which on Linux is that of linux/input-event-codes.h and 8; there the keys
with the prefix E0 have numbers of their own.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Final

from posmember.ui.capture.raw_keys.keys import RawKey

KEY_PRESS: Final = 2
KEY_RELEASE: Final = 3
EVENT_SIZE: Final = 32
_SENT = 0x80
"""Set in the type of an event that another program made up."""

_EVENT = struct.Struct("=BBHI20xHBx")
"""Type, key code, sequence number, time; state, same screen. Between them: windows and places."""
_X_OFFSET = 8
_EXTENDED = {
    96: 0x1C,  # KEY_KPENTER
    97: 0x1D,  # KEY_RIGHTCTRL
    98: 0x35,  # KEY_KPSLASH
    100: 0x38,  # KEY_RIGHTALT
    102: 0x47,  # KEY_HOME, and so on to KEY_DELETE
    103: 0x48,
    104: 0x49,
    105: 0x4B,
    106: 0x4D,
    107: 0x4F,
    108: 0x50,
    109: 0x51,
    110: 0x52,
    111: 0x53,
    125: 0x5B,  # KEY_LEFTMETA
    126: 0x5C,  # KEY_RIGHTMETA
}
_SHIFT, _LOCK, _CONTROL, _MOD1, _MOD2 = 0x01, 0x02, 0x04, 0x08, 0x10
"""Mod1 is Alt and Mod2 Num Lock wherever there are PC keyboards."""
_REPEATS_FROM_S = 0.1
"""No keyboard repeats a key sooner; no scanner holds one for so long."""


def read(message: bytes) -> RawKey | None:
    """Return the key of an event; None for an event of another type.

    Args:
        message: its 32 bytes. Raises struct.error where there are more or fewer.

    Returns:
        A key whose `repeated` is False: an event alone does not tell (see `Repeats`).
    """
    kind, code, _, time_ms, state, _ = _EVENT.unpack(message)
    kind &= ~_SENT
    if kind not in (KEY_PRESS, KEY_RELEASE):
        return None
    number = code - _X_OFFSET
    scan_code = _EXTENDED.get(number)
    return RawKey(
        scan_code=number if scan_code is None else scan_code,
        extended=scan_code is not None,
        pressed=kind == KEY_PRESS,
        repeated=False,
        at=time_ms / 1000,
        shift=bool(state & _SHIFT),
        caps_lock=bool(state & _LOCK),
        num_lock=bool(state & _MOD2),
        control=bool(state & _CONTROL),
        alt=bool(state & _MOD1),
    )


class Repeats:
    """Tells the keys that X repeats: each goes up and down again at the same moment.

    A fast scanner does that as well, for the second 0 of 00; but it has not held the key down.
    """

    def __init__(self) -> None:
        self._last: RawKey | None = None
        self._pressed_at = 0.0
        self._is_repeating = False

    def marked(self, key: RawKey) -> RawKey:
        """Return a key with its `repeated` as it is."""
        last, self._last = self._last, key
        if not key.pressed:
            return key
        at_once = last is not None and (last.place, last.at) == (key.place, key.at)
        was_held = self._is_repeating or key.at - self._pressed_at >= _REPEATS_FROM_S
        self._is_repeating = at_once and was_held
        self._pressed_at = key.at
        return replace(key, repeated=self._is_repeating)
