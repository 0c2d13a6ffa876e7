"""What each key of the US keyboard gives: told again here key by key, by the names of the keys."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.scanning.layout import char_of

# Each key of the main block: its code as linux/input-event-codes.h has it, and what is printed
# on its cap.
CAPS = {
    2: "1!", 3: "2@", 4: "3#", 5: "4$", 6: "5%", 7: "6^", 8: "7&", 9: "8*", 10: "9(", 11: "0)",
    12: "-_", 13: "=+",
    16: "qQ", 17: "wW", 18: "eE", 19: "rR", 20: "tT", 21: "yY", 22: "uU", 23: "iI", 24: "oO",
    25: "pP", 26: "[{", 27: "]}",
    30: "aA", 31: "sS", 32: "dD", 33: "fF", 34: "gG", 35: "hH", 36: "jJ", 37: "kK", 38: "lL",
    39: ";:", 40: "'\"", 41: "`~", 43: "\\|",
    44: "zZ", 45: "xX", 46: "cC", 47: "vV", 48: "bB", 49: "nN", 50: "mM", 51: ",<", 52: ".>",
    53: "/?",
    57: "  ",
}  # fmt: skip
KEYPAD = {
    55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1",
    80: "2", 81: "3", 82: "0", 83: ".",
}  # fmt: skip
CODE_OF = {char: (code, i == 1) for code, cap in CAPS.items() for i, char in enumerate(cap)}
CONTROL_CHARACTERS = {
    "\x02": "b", "\x03": "c", "\x04": "d", "\x09": "i", "\x0a": "j", "\x0d": "m",
    "\x1b": "[", "\x1c": "\\", "\x1d": "]", "\x1e": "^", "\x1f": "_",
}  # fmt: skip

codes = st.integers(0, 0xFF)


def char(
    code: int,
    *,
    shift: bool = False,
    caps_lock: bool = False,
    num_lock: bool = True,
    control: bool = False,
    extended: bool = False,
) -> str:
    return char_of(
        code,
        shift=shift,
        caps_lock=caps_lock,
        num_lock=num_lock,
        control=control,
        extended=extended,
    )


def test_every_key_of_the_main_block() -> None:
    for code, cap in CAPS.items():
        assert char(code) + char(code, shift=True) == cap


def test_every_printable_character_has_its_key() -> None:
    printable = set(map(chr, range(0x20, 0x7F)))
    assert len(printable) == 95
    assert {char(code, shift=shift) for code, shift in CODE_OF.values()} == printable


@pytest.mark.parametrize("code", CAPS)
def test_caps_lock_swaps_the_case_of_letters_alone(code: int) -> None:
    for shift in (False, True):
        without, locked = char(code, shift=shift), char(code, shift=shift, caps_lock=True)
        assert locked == (without.swapcase() if without.isalpha() else without)


@pytest.mark.parametrize("shift", [False, True])
def test_the_keypad(shift: bool) -> None:
    for code, expected in KEYPAD.items():
        assert char(code, shift=shift) == expected


def test_the_keypad_without_num_lock() -> None:
    """Digits all the same; but its point is Delete, and a person's."""
    assert char(83, num_lock=False) == ""
    for code, expected in KEYPAD.items():
        if code != 83:
            assert char(code, num_lock=False) == expected


def test_the_keys_that_the_keypad_has_twice() -> None:
    assert char(0x1C) == char(0x1C, extended=True) == "\r"
    assert char(0x35, extended=True) == "/"


def test_the_arrows_are_no_digits() -> None:
    for code in range(0x47, 0x54):
        assert char(code, extended=True) == ""


def test_tab_forward_only() -> None:
    assert (char(0x0F), char(0x0F, shift=True)) == ("\t", "")


@pytest.mark.parametrize("expected", CONTROL_CHARACTERS, ids=repr)
def test_control_characters(expected: str) -> None:
    code, shift = CODE_OF[CONTROL_CHARACTERS[expected]]
    assert char(code, shift=shift, control=True) == expected


def test_rs_and_us_without_shift() -> None:
    """Scanners send them as Ctrl+6 and Ctrl+-."""
    assert char(7, control=True) + char(12, control=True) == "\x1e\x1f"


def test_control_and_a_letter_in_any_case() -> None:
    for letter in string.ascii_lowercase:
        code, _ = CODE_OF[letter]
        expected = chr(string.ascii_lowercase.index(letter) + 1)
        assert char(code, control=True, caps_lock=True) == expected
        assert char(code, control=True, shift=True) == expected


@pytest.mark.parametrize("code", [1, 14, 29, 42, 54, 56, 58, 59, 68, 69, 70, 84, 86, 87, 88, 91])
def test_keys_without_a_character(code: int) -> None:
    """Escape, Backspace, Control, both Shifts, Alt, the locks, the function keys."""
    assert char(code) == char(code, shift=True) == char(code, extended=True) == ""


@given(codes, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_any_key_gives_one_ascii_character_or_none(
    code: int, shift: bool, caps_lock: bool, num_lock: bool, control: bool, extended: bool
) -> None:
    found = char(
        code,
        shift=shift,
        caps_lock=caps_lock,
        num_lock=num_lock,
        control=control,
        extended=extended,
    )
    assert len(found) <= 1
    assert found.isascii()
    if control:
        assert found < " "


@given(st.text(string.printable[:95], max_size=50))
def test_any_text_can_be_typed_and_read_back(text: str) -> None:
    typed = [CODE_OF[c] for c in text]
    assert "".join(char(code, shift=shift) for code, shift in typed) == text
