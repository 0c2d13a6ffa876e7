"""The platform's values as they really come: one table by reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from posmember.api.decode import MAX_REPORTED, MOST_LETTERS, MOST_ROWS, Node, Report, nodes
from posmember.domain.money import Money
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from tests.fakes.assets import at


class Missing:
    """Stands for a field that is not there at all."""

    def __repr__(self) -> str:
        return "missing"


MISSING = Missing()
ODD = "unreadable"
"""In the tables: the value is Unreadable (or empty, for a text), and its path is reported."""
NOTHING: tuple[object, ...] = (MISSING, None, "", "  ", [], {})


def read(reader: str, raw: object, **how: int) -> tuple[Any, list[str]]:
    report = Report()
    fields = {} if raw is MISSING else {"field": raw}
    value = getattr(Node(fields, "$.data", report), reader)("field", **how)
    return value, report.paths


def table(reader: str, rows: list[tuple[object, object]]) -> list[Any]:
    return [
        pytest.param(reader, raw, expected, id=f"{reader}-{index}-{raw!r:.40}")
        for index, (raw, expected) in enumerate(rows)
    ]


TEXTS: list[tuple[object, object]] = [
    ("王小明", "王小明"),
    (" qm1 ", "qm1"),
    ("\u3000王 ", "王"),
    ("a\x00b\x1b[31m\x7f", "ab[31m"),
    ("好\ud800好\udfff", "好好"),
    ("行1\r\n行2\t", "行1\n行2"),
    (100001, "100001"),
    (0, "0"),
    (-1, "-1"),
    (Decimal("12.50"), "12.50"),
    (10**30, "1" + "0" * 30),
    *[(empty, "") for empty in NOTHING],
    ("\x00", ""),
    ("王\u200b小\u2060明\ufeff", "王小明"),
    ("满减\u2028● 可用\x85● 可用\r● 可用", "满减\n● 可用\n● 可用\n● 可用"),
    ("\u202e\u2066\U000e0041\x9b31m\u3164", "31m"),
    (True, ODD),
    (False, ODD),
    ([1], ODD),
    ({"a": 1}, ODD),
]
CODES: list[tuple[object, object]] = [
    ("8600\u200b0001\ufe0f", "86000001"),
    (" A1\n\tB2\r\n", "A1B2"),
    ("A1\u3000\u00a0B2", "A1  B2"),
    ("葛\U000e0100", "葛"),
    (860001, "860001"),
    *[(empty, "") for empty in NOTHING],
    ({"a": 1}, ODD),
]
INTEGERS: list[tuple[object, object]] = [
    (1, 1),
    ("1", 1),
    (" 1 ", 1),
    ("1.0", 1),
    ("1.000", 1),
    ("+1", 1),
    ("-1", -1),
    ("007", 7),
    (True, 1),
    (False, 0),
    (Decimal("1.0"), 1),
    (Decimal("1E+2"), 100),
    (10**18 - 1, 10**18 - 1),
    ("9" * 18, 10**18 - 1),
    *[(empty, None) for empty in NOTHING],
    (10**18, ODD),
    (-(10**18), ODD),
    ("9" * 19, ODD),
    (Decimal("1.5"), ODD),
    ("1.5", ODD),
    (Decimal("1E+18"), ODD),
    (Decimal("1E+1000000"), ODD),
    (Decimal("1E-1000000"), ODD),
    ("1e3", ODD),
    ("0x1", ODD),
    ("1,000", ODD),
    ("١", ODD),
    ("²", ODD),
    ("金", ODD),
    ("NaN", ODD),
    ([1], ODD),
    ({"a": 1}, ODD),
]
NUMBERS: list[tuple[object, object]] = [
    (8, Decimal(8)),
    ("8.5", Decimal("8.5")),
    (" 0.85 ", Decimal("0.85")),
    ("-1.50", Decimal("-1.50")),
    ("+3", Decimal(3)),
    (Decimal("12.3"), Decimal("12.3")),
    (Decimal("1E+3"), Decimal(1000)),
    ("0.123456789", Decimal("0.123456789")),
    ("9" * 18, Decimal("9" * 18)),
    *[(empty, None) for empty in NOTHING],
    ("0.1234567891", ODD),
    (Decimal("0.1234567891"), ODD),
    (Decimal("-1E+18"), ODD),
    (-(10**18), ODD),
    (Decimal("1E+18"), ODD),
    (Decimal("1E+1000000"), ODD),
    (Decimal("-1E+1000000"), ODD),
    (Decimal("NaN"), ODD),
    (Decimal("Infinity"), ODD),
    (10**18, ODD),
    ("9" * 19, ODD),
    ("1,000.00", ODD),
    ("1e3", ODD),
    (".5", ODD),
    ("5.", ODD),
    ("¥5", ODD),
    ("٥", ODD),
    (True, ODD),
    ([8], ODD),
]
YUAN: list[tuple[object, object]] = [
    ("200.02", Money(20002)),
    (12, Money(1200)),
    (Decimal("12.30"), Money(1230)),
    ("-0.50", Money(-50)),
    ("0.000", Money(0)),
    *[(empty, None) for empty in NOTHING],
    ("0.001", ODD),
    ("abc", ODD),
]
FEN: list[tuple[object, object]] = [
    (3000, Money(3000)),
    ("3000", Money(3000)),
    ("3000.0", Money(3000)),
    *[(empty, None) for empty in NOTHING],
    ("30.5", ODD),
    ("abc", ODD),
]
TIMES: list[tuple[object, object]] = [
    ("2026-11-21 14:03:22", at("2026-11-21 14:03:22")),
    (" 2026-11-21 14:03:22 ", at("2026-11-21 14:03:22")),
    ("2026-11-21", at("2026-11-21")),
    ("2026/1/2", at("2026-01-02")),
    ("2026-1-2 3:04", at("2026-01-02 03:04:00")),
    ("2026-11-21 14:03:22.123456", at("2026-11-21 14:03:22")),
    ("2026-11-21T14:03:22", at("2026-11-21 14:03:22")),
    ("2026-11-21T14:03:22Z", at("2026-11-21 22:03:22")),
    ("2026-11-21T14:03:22+08:00", at("2026-11-21 14:03:22")),
    ("2026-11-21T14:03:22.5+0000", at("2026-11-21 22:03:22")),
    ("2026-12-31T23:30:00-01:00", at("2027-01-01 08:30:00")),
    ("2028-02-29 23:59:59", at("2028-02-29 23:59:59")),
    ("2100-01-01 00:00:00", at("2100-01-01 00:00:00")),
    (1793462400, at("2026-11-01 00:00:00")),
    (1793462400000, at("2026-11-01 00:00:00")),
    ("1793462400999", at("2026-11-01 00:00:00")),
    ("9999999999999", at("2286-11-21 01:46:39")),
    ("2026.11.21 14:03:22", at("2026-11-21 14:03:22")),
    ("2026.1.2 4:03", at("2026-01-02 04:03:00")),
    ("2026/11/21 14:03:22", at("2026-11-21 14:03:22")),
    ("0000.00.00", None),
    ("0000/00/00 00:00:00", None),
    ("2026.02.29", ODD),
    ("2026.11", ODD),
    ("179346240000", ODD),
    ("17934624000000", ODD),
    (Decimal(1793462400000), ODD),
    ("1793462400", at("2026-11-01 00:00:00")),
    (100000000, at("1973-03-03 17:46:40")),
    (9999999999, at("2286-11-21 01:46:39")),
    *[(empty, None) for empty in NOTHING],
    (0, None),
    ("0", None),
    ("0000-00-00", None),
    ("0000-00-00 00:00:00", None),
    ("2026-02-29", ODD),
    ("2026-13-01", ODD),
    ("2026-11-21 24:00:00", ODD),
    ("2026-11-21 14:60:00", ODD),
    ("2026-11-21 14", ODD),
    ("2026-11-21T14:03:22+99:00", ODD),
    ("0001-01-01T00:00:00+14:00", ODD),
    ("20261121", ODD),
    (20261121, ODD),
    ("17934624001", ODD),
    (-1, ODD),
    (Decimal("1793462400.5"), ODD),
    ("２０２６-11-21", ODD),
    ("明天", ODD),
    (True, ODD),
    ([2026], ODD),
    ({"date": "2026-11-21"}, ODD),
]
IDS: list[tuple[object, object]] = [
    ("[88001]", ("88001",)),
    ('["88001", "1001"]', ("88001", "1001")),
    ('[88001, "1001"]', ("88001", "1001")),
    ('{"0": "88001", "5": 7}', ("88001", "7")),
    ([88001, " 1001 "], ("88001", "1001")),
    ({"0": 7}, ("7",)),
    ('["", " ", 7]', ("7",)),
    ('["\\ud800"]', None),
    *[(empty, None) for empty in NOTHING],
    ("[]", None),
    ("{}", None),
    ('[""]', None),
    (",", None),
    ("88001,88002", ("88001", "88002")),
    ("88001，88002", ("88001", "88002")),
    (" 88001 , 88002、SH-03， ", ("88001", "88002", "SH-03")),
    ("１００１，１００２", ("1001", "1002")),
    ('"1001","1002"', ("1001", "1002")),
    ("88001", ("88001",)),
    (88001, ("88001",)),
    ("007,SH001", ("007", "SH001")),
    ('"[88001,88002]"', ("88001", "88002")),
    ('"\\"[88001]\\""', ("88001",)),
    ('"88001,88002"', ("88001", "88002")),
    ('["[88001, 88002]", 7]', ("88001", "88002", "7")),
    ('["88001,88002"]', ("88001", "88002")),
    (["88001，88002"], ("88001", "88002")),
    ("[1001，1002]", ("1001", "1002")),
    ("[88001.0]", ("88001",)),
    ("all", ODD),
    ("all,1001", ODD),
    ("全部", ODD),
    ("1001-1005", ODD),
    ("1001;1002", ODD),
    ("1001 1002", ODD),
    ("1.5", ODD),
    ("-5", ODD),
    (0, ODD),
    ("[1001", ODD),
    ("9" * 65, ODD),
    ('["88', ODD),
    ("null", ODD),
    ("[1.5]", ODD),
    ("[1e9999999999999999999]", ODD),
    ("[true]", ODD),
    ("[null]", ODD),
    ("[[1]]", ODD),
    ("[NaN]", ODD),
    ("[" + "9" * 5000 + "]", ODD),
    ("[" * 5000, ODD),
    ([None], ODD),
    (True, ODD),
]
JSON_TEXTS: list[tuple[object, object]] = [
    ("1,2", "1,2"),
    (' [{"begin":"10:00"}] ', '[{"begin":"10:00"}]'),
    ([{"begin": "10:00"}], '[{"begin": "10:00"}]'),
    ([1, 2], "[1, 2]"),
    ({"星期": Decimal("1.50")}, '{"星期": 1.50}'),
    ([[True, None], "x"], '[[true, null], "x"]'),
    (["\ud800"], '[""]'),
    (3, "3"),
    (True, "true"),
    *[(empty, "") for empty in NOTHING],
]
AS_WRITTEN: list[tuple[object, object]] = [
    (" [1,2] ", "[1,2]"),
    ([1, "2", {"号": Decimal("3.0")}], '[1, "2", {"号": 3.0}]'),
    (77, "77"),
    (Decimal("1e3"), "1E+3"),
    ("1," * MOST_LETTERS, ("1," * MOST_LETTERS)[:MOST_LETTERS]),
    *[(empty, "") for empty in NOTHING],
]
USER_IDS: list[tuple[object, object]] = [
    (100001, "100001"),
    (" 100001 ", "100001"),
    ("007001", "007001"),
    ("9000001.0", "9000001"),
    (Decimal("9000001.0"), "9000001"),
    (Decimal("9.000001e6"), "9000001"),
    (Decimal("1e3"), "1000"),
    (Decimal("1.5"), "1.5"),
    (Decimal("1e30"), "1E+30"),
    (Decimal("1E+1000000"), "1E+1000000"),
    ("1-23", "1-23"),
    *[(nobody, "") for nobody in (*NOTHING, 0, "0", "00", "0.0", Decimal(0), Decimal("0.00"))],
    *[(odd, ODD) for odd in (-5, "-5", Decimal("-5.0"), "null", "None", "undefined", "70**01")],
    (True, ODD),
    ([1], ODD),
    ("9" * 65, ODD),
]
TABLES = [
    *table("text", TEXTS),
    *table("code", CODES),
    *table("id", USER_IDS),
    *table("integer", INTEGERS),
    *table("number", NUMBERS),
    *table("yuan", YUAN),
    *table("fen", FEN),
    *table("time", TIMES),
    *table("id_list", IDS),
    *table("json_text", JSON_TEXTS),
    *table("written", AS_WRITTEN),
]


@pytest.mark.parametrize(("reader", "raw", "expected"), TABLES)
def test_reader(reader: str, raw: object, expected: object) -> None:
    value, paths = read(reader, raw)
    if expected == ODD:
        assert paths == ["$.data.field"]
        assert value == "" if reader in ("text", "code", "id") else isinstance(value, Unreadable)
    else:
        assert (value, paths) == (expected, [])
        assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (1, True),
        ("2", False),
        (True, True),
        (False, False),
        ("true", True),
        ("False", False),
        (Decimal("1.0"), True),
        *[(empty, None) for empty in NOTHING],
        (0, ODD),
        (3, ODD),
        ("yes", ODD),
        ([1], ODD),
    ],
    ids=repr,
)
def test_flag(raw: object, expected: object) -> None:
    value, paths = read("flag", raw, yes=1, no=2)
    if expected == ODD:
        assert (value, paths) == (None, ["$.data.field"])
    else:
        assert (value, paths) == (expected, [])


def test_a_flag_of_zero_is_yes_where_it_is_documented_so() -> None:
    assert read("flag", "0", yes=0, no=1) == (True, [])
    assert read("flag", 1, yes=0, no=1) == (False, [])


def test_a_time_without_zone_is_china_standard_time() -> None:
    value, _ = read("time", "2026-11-21 14:03:22")
    assert isinstance(value, PlatformTime)
    assert value.at.tzinfo is CHINA


def test_an_unreadable_value_is_kept_short_and_as_it_came() -> None:
    """It is told as the platform's own text; whoever shows it cleans it."""
    value, _ = read("integer", " " + "字\x00\ud800" * 100)
    assert value == Unreadable("字\x00\ud800" * 20)


@pytest.mark.parametrize(
    ("raw", "there"),
    [*[(empty, False) for empty in NOTHING], (0, True), (False, True), ("0", True), ([0], True)],
    ids=repr,
)
def test_has(raw: object, there: bool) -> None:
    fields = {} if raw is MISSING else {"field": raw}
    assert Node(fields, "$", Report()).has("field") is there


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        *[(empty, []) for empty in NOTHING],
        ({"a": 1}, []),
        ("x", ["$.child"]),
        (0, ["$.child"]),
        ([1], ["$.child"]),
    ],
    ids=repr,
)
def test_child(raw: object, paths: list[str]) -> None:
    report = Report()
    fields = {} if raw is MISSING else {"child": raw}
    child = Node(fields, "$", report).child("child")
    assert report.paths == paths
    assert child.empty is (raw != {"a": 1})
    assert child.text("a") == ("1" if raw == {"a": 1} else "")
    child.text("b")
    assert report.paths == paths


@pytest.mark.parametrize(
    ("raw", "count", "paths"),
    [
        (None, 0, []),
        ("", 0, []),
        ([], 0, []),
        ({}, 0, []),
        ([{}, {}], 2, []),
        ({"0": {}, "7": {}}, 2, []),
        ([{}, 1, None], 1, ["$.rows[1]", "$.rows[2]"]),
        ({"0": {}, "1": "x"}, 1, ["$.rows[1]"]),
        ({"a": {}}, 0, ["$.rows"]),
        ("x", 0, ["$.rows"]),
        (0, 0, ["$.rows"]),
    ],
    ids=repr,
)
def test_rows(raw: object, count: int, paths: list[str]) -> None:
    report = Report()
    assert len(nodes(raw, "$.rows", report)) == count
    assert report.paths == paths


def test_paths_name_the_row() -> None:
    report = Report()
    rows = Node({"rows": [{"a": "x"}, {"a": "y"}]}, "$.data", report).children("rows")
    for row in rows:
        row.integer("a")
    assert report.paths == ["$.data.rows[0].a", "$.data.rows[1].a"]


def test_only_so_many_paths_are_kept() -> None:
    report = Report()
    nodes([1] * (MAX_REPORTED + 50), "$.rows", report)
    assert len(report.paths) == MAX_REPORTED


def test_the_same_path_is_kept_once() -> None:
    report = Report()
    node = Node({"a": "x"}, "$", report)
    node.integer("a")
    node.number("a")
    assert report.paths == ["$.a"]


READERS: list[Callable[[Node], object]] = [
    lambda node: node.text("field"),
    lambda node: node.integer("field"),
    lambda node: node.number("field"),
    lambda node: node.time("field"),
    lambda node: node.id_list("field"),
]


@pytest.mark.parametrize("reader", READERS, ids=["text", "integer", "number", "time", "ids"])
def test_a_value_never_gets_into_a_path(reader: Callable[[Node], object]) -> None:
    report = Report()
    reader(Node(json.loads('{"field": ["机密", {"机密": "机密"}]}'), "$.data", report))
    assert set(report.paths) <= {"$.data.field"}


# --- more than any window can show ---------------------------------------------------------------


def test_more_rows_than_are_read_are_said_to_be_left_out() -> None:
    report = Report()
    rows = nodes([{"a": n} for n in range(MOST_ROWS + 5)], "$.x", report)
    assert [row.integer("a") for row in rows] == [*range(MOST_ROWS)]
    assert report.paths == [f"$.x[{MOST_ROWS}:]"]
    report = Report()
    assert len(nodes([{}] * MOST_ROWS, "$.x", report)) == MOST_ROWS
    assert report.paths == []


def test_a_text_of_megabytes_is_cut_and_said_to_be() -> None:
    report = Report()
    node = Node({"a": "长" * MOST_LETTERS, "b": "长" * (MOST_LETTERS + 1)}, "$", report)
    assert node.text("a") == node.text("b") == "长" * MOST_LETTERS
    assert report.paths == ["$.b"]
