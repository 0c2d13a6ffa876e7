"""What cashiers type into the order fields is read, or named, and never raises."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.domain.money import Money
from posmember.scanning.entry import EntryProblem, read_amount, read_count


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("58", 5800),
        ("58.5", 5850),
        ("58.50", 5850),
        ("58.500", 5850),
        (".5", 50),
        ("58.", 5800),
        ("0", 0),
        ("007", 700),
        ("\uff15\uff18\uff0e\uff15", 5850),
        ("58\u30025", 5850),
        ("\u00a558", 5800),
        ("\uffe558.00", 5800),
        ("58元", 5800),
        ("1,280.00", 128000),
        ("1\uff0c280", 128000),
        (" 58 ", 5800),
        ("9999999.99", 999999999),
        ("1,280", 128000),
        ("1 280.00", 128000),
        ("1\u202f280", 128000),
        ("1\uff0c280\uff0c000.5", 128000050),
        ("\u00a5 58", 5800),
        ("\u00a51,280.00\u5143", 128000),
        ("RMB 58", 5800),
        ("cny58.5", 5850),
        ("\u4eba\u6c11\u5e0158\u5143", 5800),
        ("58 \u5143", 5800),
        ("58\u5143\u6574", 5800),
        ("58\u5757", 5800),
        ("58CNY", 5800),
        ("\u3000\uff15\uff18\uff0e\uff10\uff10\u00a0", 5800),
        ("\ufeff58\u200b.5\u202c", 5850),
        ("58.5\r\n", 5850),
    ],
)
def test_an_amount_is_read(text: str, fen: int) -> None:
    assert read_amount(text) == Money(fen)


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_blank_is_not_entered(text: str) -> None:
    assert read_amount(text) is None
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("abc", EntryProblem.NOT_A_NUMBER),
        (".", EntryProblem.NOT_A_NUMBER),
        ("-5", EntryProblem.NOT_A_NUMBER),
        ("5.8.8", EntryProblem.NOT_A_NUMBER),
        ("1,28", EntryProblem.UNCLEAR_COMMA),
        ("1,5", EntryProblem.UNCLEAR_COMMA),
        ("1\uff0c5", EntryProblem.UNCLEAR_COMMA),
        ("0,580", EntryProblem.UNCLEAR_COMMA),
        ("1,280,00", EntryProblem.UNCLEAR_COMMA),
        ("1.280,00", EntryProblem.UNCLEAR_COMMA),
        ("1280,000", EntryProblem.UNCLEAR_COMMA),
        ("\u00a51,5\u5143", EntryProblem.UNCLEAR_COMMA),
        ("5,", EntryProblem.UNCLEAR_COMMA),
        (",", EntryProblem.NOT_A_NUMBER),
        ("5 8", EntryProblem.NOT_A_NUMBER),
        ("1,280 000", EntryProblem.NOT_A_NUMBER),
        ("1_280", EntryProblem.NOT_A_NUMBER),
        ("+58", EntryProblem.NOT_A_NUMBER),
        ("NaN", EntryProblem.NOT_A_NUMBER),
        ("58%", EntryProblem.NOT_A_NUMBER),
        ("元", EntryProblem.NOT_A_NUMBER),
        ("\u00a5", EntryProblem.NOT_A_NUMBER),
        ("1e3", EntryProblem.NOT_A_NUMBER),
        ("5.801", EntryProblem.TOO_PRECISE),
        ("12345678", EntryProblem.TOO_LARGE),
        ("9" * 5000, EntryProblem.TOO_LARGE),
        ("\u0663", EntryProblem.NOT_A_NUMBER),
    ],
)
def test_what_is_no_amount_says_why(text: str, problem: EntryProblem) -> None:
    assert read_amount(text) is problem


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3", 3),
        ("0", 0),
        ("\uff13", 3),
        ("3件", 3),
        ("0012", 12),
        ("9999", 9999),
        ("10000", EntryProblem.TOO_LARGE),
        ("3.5", EntryProblem.NOT_A_NUMBER),
        ("-1", EntryProblem.NOT_A_NUMBER),
        ("件", EntryProblem.NOT_A_NUMBER),
    ],
)
def test_a_count_is_read_or_says_why(text: str, read: int | EntryProblem) -> None:
    assert read_count(text) == read


@given(st.text())
def test_no_text_raises(text: str) -> None:
    read_amount(text)
    read_count(text)


@given(st.text("0123456789,.\uff0c\uff0e \u00a5\u5143", max_size=12))
def test_a_comma_is_never_a_point_and_never_left_out_in_doubt(text: str) -> None:
    read = read_amount(text)
    if isinstance(read, Money) and ("," in text or "\uff0c" in text):
        plain = unicodedata.normalize("NFKC", text).strip(" \u00a5\u5143")
        groups = plain.partition(".")[0].split(",")
        assert 1 <= len(groups[0]) <= 3
        assert all(len(group) == 3 for group in groups[1:])
        assert read.fen // 100 == int("".join(groups))


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_amount_that_is_written_is_read_again(fen: int) -> None:
    assert read_amount(Money(fen).text()) == Money(fen)
