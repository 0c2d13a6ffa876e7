"""User ids: which name somebody, in what form, and which are one."""

from __future__ import annotations

import pytest

from posmember.domain.identifier import plain_id, same_id


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("9000001", "9000001"),
        (" 9000001 ", "9000001"),
        ("\u3000９０００００１", "9000001"),
        ("9000001.0", "9000001"),
        ("9000001.", "9000001"),
        ("9000001.000", "9000001"),
        ("007001", "007001"),
        ("9000001.5", "9000001.5"),
        ("1-23", "1-23"),
        ("a_1", "a_1"),
        ("A1", "A1"),
        ("u 1", "u 1"),
        ("nullx", "nullx"),
        ("x" * 64, "x" * 64),
    ],
)
def test_a_plain_id(text: str, plain: str) -> None:
    assert plain_id(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "0", "00", "0.0", "0.", "-", "--", "_", ".", "*", "****"),
        *("null", "NULL", "None", "none", "nil", "undefined", "NaN", "N/A", "无", "暂无", "空"),
        *("-5", "- 5", "-5.0", "\u22125", "－5", "-0"),
        *("70**01", "70××01", "70••01", "70＊＊01"),
        *("x" * 65, "9" * 65),
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert plain_id(text) == ""
    assert same_id(text, text) is None
    assert same_id(text, "5") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("7001", "7001"),
        ("7001", "007001"),
        ("7001", "7001.0"),
        ("007001.0", " 7001"),
        ("７００１", "7001"),
        ("a_1", "a_1"),
        ("1-23", "１-23"),
    ],
)
def test_one_id(first: str, second: str) -> None:
    assert same_id(first, second) is True
    assert same_id(second, first) is True


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.0", "10"),
        ("1-23", "12-3"),
        ("1-23", "123"),
        ("a_1", "a1"),
        ("a1", "A1"),
        ("0a1", "a1"),
        ("1.5", "15"),
        ("1 2", "12"),
        ("7001", "70010"),
        ("+5", "5"),
        ("1(2)", "12"),
    ],
)
def test_two_ids(first: str, second: str) -> None:
    assert same_id(first, second) is False
    assert same_id(second, first) is False
