"""Masking hides enough, and counts what a reader sees as one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.masking import mask_code, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("  ", ""),
        ("王", "*"),
        ("王明", "王*"),
        ("王小明", "王*明"),
        ("欧阳小明", "欧**明"),
        (" 王小明 ", "王*明"),
        ("Ann Lee", "A*****e"),
        ("👨‍👩‍👧", "*"),
        ("👨‍👩‍👧小明", "👨‍👩‍👧*明"),
        ("王👍🏽明", "王*明"),
        ("🇨🇳王🇨🇳", "🇨🇳*🇨🇳"),
        ("e\u0301ab", "e\u0301*b"),
    ],
)
def test_a_name_keeps_its_first_and_last_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("", ""),
        ("13812345678", "138****5678"),
        (" 13812345678 ", "138****5678"),
        ("+8613812345678", "+86*******5678"),
        ("138****5678", "138****5678"),
        ("021555666", "02*****66"),
        ("12345", "*****"),
    ],
)
def test_a_phone_number_keeps_its_head_and_tail(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("code", "masked"),
    [("", ""), ("1234567", "*******"), ("12345678", "12****78"), ("qm0000001", "qm*****01")],
)
def test_a_code_keeps_two_characters_at_each_end(code: str, masked: str) -> None:
    assert mask_code(code) == masked


@given(st.text())
def test_nothing_of_three_characters_or_more_is_shown_whole(text: str) -> None:
    shown = text.strip()
    if len(shown) >= 3 and "*" not in shown:
        assert mask_phone(shown) != shown
        assert mask_code(shown) != shown


@given(st.text(alphabet="王小明李雷韩梅梅abc", min_size=3))
def test_every_inner_character_of_a_name_is_hidden(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert set(masked[1:-1]) == {"*"}
