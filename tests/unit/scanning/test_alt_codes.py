"""A scanner in ALT mode is told from a person who types one such number."""

from __future__ import annotations

import pytest

from posmember.scanning.alt_codes import OVER_AFTER_S, AltCodes

CODE = "qm1"


def strike(codes: AltCodes, text: str, at: float = 0.0, every_s: float = 0.01) -> float:
    """Send each character as its number; returns when the last Alt was let go."""
    for char in text:
        for _digit in f"0{ord(char)}":
            at += every_s
            codes.digit(at)
        at += every_s
        codes.alt_up(at)
    return at


@pytest.mark.parametrize("every_s", [0.0, 0.005, 0.05])
def test_three_characters_are_a_scan(every_s: float) -> None:
    codes = AltCodes()
    at = strike(codes, CODE, every_s=every_s)
    assert codes.is_scan
    assert [codes.ends(at + 0.02), codes.ends(at + 0.03)] == [True, False]


def test_fewer_are_a_persons() -> None:
    codes = AltCodes()
    at = strike(codes, CODE[:2])
    assert not codes.is_scan
    assert not codes.ends(at)


def test_slow_ones_are_a_persons() -> None:
    codes = AltCodes()
    strike(codes, CODE, every_s=0.2)
    assert not codes.is_scan


def test_alt_alone_is_none() -> None:
    codes = AltCodes()
    for at in range(9):
        codes.digit(at / 100)
        codes.alt_up(at / 100)
    codes.alt_up(0.2)
    assert not codes.is_scan


def test_after_a_pause_it_begins_anew() -> None:
    codes = AltCodes()
    at = strike(codes, CODE[:2])
    strike(codes, "1", at + OVER_AFTER_S + 0.1)
    assert not codes.is_scan


def test_an_enter_long_after_is_a_persons() -> None:
    codes = AltCodes()
    at = strike(codes, CODE)
    assert not codes.ends(at + OVER_AFTER_S + 0.1)


def test_what_the_system_makes_out_is_no_loss() -> None:
    codes = AltCodes()
    at = strike(codes, CODE)
    codes.character(at + 0.001)
    assert not codes.is_scan
    assert not codes.ends(at + 0.02)
    at = strike(codes, CODE, at + 1)
    assert codes.is_scan


def test_a_character_before_or_long_after_says_nothing() -> None:
    codes = AltCodes()
    codes.character(0.0)
    at = strike(codes, CODE)
    codes.character(at + OVER_AFTER_S + 0.1)
    assert codes.is_scan
