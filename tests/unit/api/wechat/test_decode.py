"""The readers of a card's values: one table by reader, as in test_decode."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from posmember.api.decode import Node, Report
from posmember.domain.values import Unreadable

NOTHING: tuple[object, ...] = (None, "", "  ", [], {})
NONE_TOLD: list[str] = []
PATH = ["$.field"]
WORDS = {"NORMAL": "the ordinary", "BALANCE": "the other"}


def reveal(value: str) -> str | None:
    """Stands for decrypting: "<x>" was x, and nothing else was encrypted for us."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else None


def read(reader: str, value: object, *how: object) -> tuple[Any, list[str]]:
    report = Report()
    found = getattr(Node({"field": value}, "$", report), reader)("field", *how)
    return found, report.paths


def table(rows: list[tuple[object, object, list[str]]]) -> list[Any]:
    return [pytest.param(*row, id=f"{number}-{row[0]!r:.40}") for number, row in enumerate(rows)]


CHOICES: list[tuple[object, object, list[str]]] = [
    ("NORMAL", "the ordinary", NONE_TOLD),
    (" BALANCE\n", "the other", NONE_TOLD),
    *[(empty, None, NONE_TOLD) for empty in NOTHING],
    ("normal", Unreadable("normal"), PATH),
    ("A_NEW_ONE", Unreadable("A_NEW_ONE"), PATH),
    ("x" * 100, Unreadable("x" * 60), PATH),
    (7, Unreadable("7"), PATH),
    (0, Unreadable("0"), PATH),
    (True, Unreadable("true"), PATH),
    (False, Unreadable("false"), PATH),
    (Decimal("1.5"), Unreadable("1.5"), PATH),
    (["NORMAL"], Unreadable('["NORMAL"]'), PATH),
    ({"a": "女"}, Unreadable('{"a": "女"}'), PATH),
    ([True, None, Decimal("8.5"), 1], Unreadable("[true, null, 8.5, 1]"), PATH),
]
SECRETS: list[tuple[object, object, list[str]]] = [
    ("<13800000001>", "13800000001", NONE_TOLD),
    ("< 王\x00小\ud800明 >", "王小明", NONE_TOLD),
    ("<>", "", NONE_TOLD),
    *[(empty, "", NONE_TOLD) for empty in NOTHING],
    ("13800000001", Unreadable(""), PATH),
    ("vvysDQeEaH3I==", Unreadable(""), PATH),
    (13800000001, Unreadable(""), PATH),
    (True, Unreadable(""), PATH),
    (False, Unreadable(""), PATH),
    (Decimal("1.5"), Unreadable(""), PATH),
    (["<a>"], Unreadable(""), PATH),
    ({"a": "<a>"}, Unreadable(""), PATH),
]
# By a relay values come in clear.
IN_CLEAR: list[tuple[object, object, list[str]]] = [
    ("13800000001", "13800000001", NONE_TOLD),
    (" 王小明\n", "王小明", NONE_TOLD),
    (13800000001, "13800000001", NONE_TOLD),
    (0, "0", NONE_TOLD),
    (-1, "-1", NONE_TOLD),
    *[(empty, "", NONE_TOLD) for empty in NOTHING],
    (True, Unreadable(""), PATH),
    (False, Unreadable(""), PATH),
    (Decimal("1.5"), Unreadable(""), PATH),
    (["女"], Unreadable(""), PATH),
    ({"a": "女"}, Unreadable(""), PATH),
]
LISTS: list[tuple[object, object, list[str]]] = [
    (["<游泳>", "<跑步>"], ("游泳", "跑步"), NONE_TOLD),
    ("<游泳>", ("游泳",), NONE_TOLD),
    *[(empty, (), NONE_TOLD) for empty in NOTHING],
    ([None, "", "<a>", [], {}], ("a",), NONE_TOLD),
    (["<a>", "b"], ("a", Unreadable("")), PATH),
    (["a", "b"], (Unreadable(""), Unreadable("")), PATH),
    ("a", (Unreadable(""),), PATH),
    (7, (Unreadable(""),), PATH),
    (True, (Unreadable(""),), PATH),
    ({"0": "<a>"}, (Unreadable(""),), PATH),
    ([7, True, ["<a>"], {"a": 1}, Decimal("1.5")], (Unreadable(""),) * 5, PATH),
]


@pytest.mark.parametrize(("raw", "expected", "paths"), table(CHOICES))
def test_a_choice(raw: object, expected: object, paths: list[str]) -> None:
    assert read("choice", raw, WORDS) == (expected, paths)


@pytest.mark.parametrize(("raw", "expected", "paths"), table(SECRETS))
def test_a_secret(raw: object, expected: object, paths: list[str]) -> None:
    assert read("secret", raw, reveal) == (expected, paths)


@pytest.mark.parametrize(("raw", "expected", "paths"), table(IN_CLEAR))
def test_a_secret_in_clear(raw: object, expected: object, paths: list[str]) -> None:
    assert read("secret", raw, str) == (expected, paths)


def test_blanks_around_an_encrypted_value_do_not_matter() -> None:
    assert read("secret", " <王小明>\n", reveal) == ("王小明", NONE_TOLD)


def test_a_list_of_secrets_in_clear() -> None:
    found = read("secrets", ["游泳", 7, True, Decimal("1.5"), ["a"]], str)
    assert found == (("游泳", "7", *[Unreadable("")] * 3), PATH)


@pytest.mark.parametrize(("raw", "expected", "paths"), table(LISTS))
def test_a_list_of_secrets(raw: object, expected: object, paths: list[str]) -> None:
    assert read("secrets", raw, reveal) == (expected, paths)


@pytest.mark.parametrize(
    ("reader", "how", "empty"),
    [("choice", WORDS, None), ("secret", reveal, ""), ("secrets", reveal, ())],
)
def test_a_field_that_is_missing_is_nothing(reader: str, how: object, empty: object) -> None:
    report = Report()
    assert getattr(Node({}, "$", report), reader)("field", how) == empty
    assert report.paths == []


def test_nothing_of_what_cannot_be_decrypted_is_kept() -> None:
    """It would be shown in the details, where it says nothing, and could be a value in clear."""
    for reader in ("secret", "secrets"):
        found, _ = read(reader, "13800000001", reveal)
        unreadable = found if isinstance(found, Unreadable) else found[0]
        assert unreadable.text == ""
