"""Which character a key of the US keyboard gives, by the place of the key alone. Pure.

A barcode scanner is a US keyboard unless it was set up otherwise. Places are PC scan codes of
set 1, as in Microsoft's "USB HID to PS/2 Scan Code Translation Table" (column "PS/2 Set 1 Make").
For the main block and the keypad Linux numbers its keys the same (linux/input-event-codes.h,
KEY_1 is 2), and X adds 8 to that.
"""

from __future__ import annotations

from typing import Final

ENTER: Final = 0x1C
LEFT_SHIFT: Final = 0x2A
RIGHT_SHIFT: Final = 0x36
CONTROL: Final = 0x1D
ALT: Final = 0x38
"""Extended: the right one, of Control and of Alt."""

_TAB = 0x0F
_KEYPAD_ASTERISK = 0x37
_KEYPAD_POINT = 0x53
_SLASH = 0x35
_ROWS = (
    (0x02, "1234567890-=", "!@#$%^&*()_+"),
    (0x10, "qwertyuiop[]", "QWERTYUIOP{}"),
    (0x1E, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (0x39, " ", " "),
)
"""The scan code of a row's first key; what its keys give without Shift, and with it."""
_PLAIN = {first + i: char for first, plain, _ in _ROWS for i, char in enumerate(plain)}
_SHIFTED = {first + i: char for first, _, shifted in _ROWS for i, char in enumerate(shifted)}
_OTHERS = {0x47 + i: char for i, char in enumerate("789-456+1230")} | {
    _KEYPAD_ASTERISK: "*",
    ENTER: "\r",
}
_EXTENDED = {ENTER: "\r", _SLASH: "/"}
_CONTROL_PUNCTUATION = {"[": "\x1b", "\\": "\x1c", "]": "\x1d", "6": "\x1e", "-": "\x1f"}
"""Scanners send RS and US as Ctrl+6 and Ctrl+-, with Shift or without it."""


def char_of(
    scan_code: int,
    *,
    shift: bool,
    caps_lock: bool,
    num_lock: bool,
    control: bool,
    extended: bool = False,
) -> str:
    r"""Return the character that a key gives on the US layout.

    Args:
        scan_code: of set 1, without its prefix.
        caps_lock: swaps the case of letters, as it does; who knows better undoes it.
        num_lock: without it the point of the keypad is Delete, and gives none. The digits of the
            keypad are digits all the same: a scanner that types on it means digits.
        control: makes control characters of letters and of ``[ \ ] ^ _``.
        extended: whether the prefix E0 came before the scan code.

    Returns:
        One character: CR for both Enter keys. "" for a key that gives none.
    """
    if extended:
        return "" if control else _EXTENDED.get(scan_code, "")
    plain = _PLAIN.get(scan_code, "")
    if control:
        return _control_character(plain)
    if plain.isalpha():
        return _SHIFTED[scan_code] if shift != caps_lock else plain
    if plain:
        return _SHIFTED[scan_code] if shift else plain
    if scan_code == _KEYPAD_POINT:
        return "." if num_lock else ""
    if scan_code == _TAB:
        return "" if shift else "\t"
    return _OTHERS.get(scan_code, "")


def _control_character(plain: str) -> str:
    if plain.isalpha():
        return chr(ord(plain) & 0x1F)
    return _CONTROL_PUNCTUATION.get(plain, "")
