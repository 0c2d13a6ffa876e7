"""What cashiers type into the order fields is read, or named, and never raises."""

from __future__ import annotations

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
        ("1,28", EntryProblem.NOT_A_NUMBER),
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


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_amount_that_is_written_is_read_again(fen: int) -> None:
    assert read_amount(Money(fen).text()) == Money(fen)
