"""Money, platform times, and choosing between two sources' values."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from posmember.domain.money import ZERO, Money
from posmember.domain.pick import (
    differing,
    distinct,
    end_instant,
    gravest,
    in_own_order,
    known,
    prefer,
    start_instant,
)
from posmember.domain.values import PlatformTime, Unreadable
from tests.fakes.assets import at, moment


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("58", 5800), ("0.01", 1), ("-0.50", -50), ("10.000", 1000), ("1E+3", 100000), ("0", 0)],
)
def test_money_from_yuan(yuan: str, fen: int) -> None:
    assert Money.from_yuan(Decimal(yuan)) == Money(fen)


@pytest.mark.parametrize("yuan", ["0.001", "58.005", "NaN", "Infinity", "-Infinity"])
def test_money_finer_than_a_fen_is_refused(yuan: str) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        Money.from_yuan(Decimal(yuan))


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (5800, "58.00"), (-50, "-0.50"), (-12345, "-123.45")],
)
def test_money_as_text(fen: int, text: str) -> None:
    assert Money(fen).text() == text


def test_money_adds_and_compares() -> None:
    assert Money(30) + Money(12) == Money(42)
    assert Money(30) - Money(42) == Money(-12)
    assert Money(-12) < ZERO < Money(1)


@pytest.mark.parametrize(
    ("time", "over_at"),
    [
        ("2026-11-21", "2026-11-22 00:00:00"),
        ("2026-11-21 00:00:00", "2026-11-22 00:00:00"),
        ("2026-11-21 23:59:59", "2026-11-22 00:00:00"),
        ("2026-11-21 12:00:00", "2026-11-21 12:00:01"),
        ("2028-02-28", "2028-02-29 00:00:00"),
        ("2098-12-31 23:59:59", "2099-01-01 00:00:00"),
    ],
)
def test_when_an_end_is_over(time: str, over_at: str) -> None:
    assert at(time).over_at == moment(over_at)
    assert not at(time).never


@pytest.mark.parametrize("time", ["2099-01-01 00:00:00", "2100-01-01 00:00:00", "9999-12-31"])
def test_an_end_that_is_never_over(time: str) -> None:
    assert at(time).never
    assert at(time).over_at is None


def test_china_is_eight_hours_ahead() -> None:
    assert at("2026-11-21 08:00:00").at == datetime(2026, 11, 21, tzinfo=UTC)


def test_only_a_time_of_zero_may_mean_two_days() -> None:
    assert at("2026-11-21 00:00:00").is_midnight
    assert not at("2026-11-21").is_midnight
    assert not at("2026-11-21 00:00:01").is_midnight


ODD = Unreadable("x")


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        (1, 2, 1),
        (0, 2, 0),
        (None, 2, 2),
        (ODD, 2, 2),
        (1, None, 1),
        (ODD, None, ODD),
        (None, ODD, ODD),
        (None, None, None),
        (1, ODD, 1),
    ],
)
def test_prefer(first: object, second: object, chosen: object) -> None:
    assert prefer(first, second) is chosen


def test_known() -> None:
    assert known(0)
    assert not known(None)
    assert not known(ODD)


def test_only_what_both_know_can_differ() -> None:
    pairs = [("a", 1, 2), ("b", 1, 1), ("c", None, 2), ("d", 1, ODD), ("e", Decimal("5.0"), 5)]
    assert differing(pairs) == ("a",)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2026-11-21", "2026-11-21 23:59:59", True),
        ("2026-11-21", "2026-11-20 23:59:59", False),
        ("2100-01-01 00:00:00", "2099-12-31", True),
        ("2100-01-01 00:00:00", "2026-11-21", False),
    ],
)
def test_ends_compare_by_when_they_are_over(first: str, second: str, same: bool) -> None:
    assert (end_instant(at(first)) == end_instant(at(second))) is same


def test_starts_compare_by_their_first_second() -> None:
    assert start_instant(at("2026-11-21")) == start_instant(at("2026-11-21 00:00:00"))


@pytest.mark.parametrize("time", [None, ODD])
def test_what_is_no_time_has_no_instant(time: PlatformTime | Unreadable | None) -> None:
    assert start_instant(time) is None
    assert end_instant(time) is None


def test_an_unreadable_text_stays_out_of_the_repr() -> None:
    assert "机密" not in repr(Unreadable("机密"))


@pytest.mark.parametrize(
    ("time", "last", "may_be_over"),
    [
        ("2026-11-21", "2026-11-21 23:59:59", "2026-11-22 00:00:00"),
        ("2026-11-21 00:00:00", "2026-11-21 00:00:00", "2026-11-21 00:00:01"),
        ("2026-11-21 12:00:00", "2026-11-21 12:00:00", "2026-11-21 12:00:01"),
        ("2098-12-31 00:00:00", "2098-12-31 00:00:00", "2098-12-31 00:00:01"),
        ("2099-01-01 00:00:00", "2099-01-01 00:00:00", None),
        ("9999-12-31", "9999-12-31 23:59:59", None),
    ],
)
def test_the_last_second_of_an_end(time: str, last: str, may_be_over: str | None) -> None:
    assert at(time).last_second == moment(last)
    assert at(time).may_be_over_at == (None if may_be_over is None else moment(may_be_over))


def test_an_order_of_their_own() -> None:
    two, one = (PlatformTime(moment(f"2026-11-2{day} 00:00:00")) for day in (2, 1))
    assert in_own_order([two, one, two]) == in_own_order([one, two, two]) == [one, two, two]
    assert distinct([two, one, two]) == distinct([one, two]) == [one, two]
    assert (distinct([two]), distinct([])) == ([two], [])


@pytest.mark.parametrize(
    ("values", "gravest_of_them"),
    [
        ([1, 2, 9], 2),
        ([1, 9, None], 9),
        ([9, Unreadable("x"), 8], 8),
        ([1, None], 1),
        ([None], None),
        ([], None),
    ],
)
def test_the_gravest_of_several_flags(values: list[object], gravest_of_them: object) -> None:
    for some in (values, values[::-1]):
        assert gravest(some, grave=2, harmless=1) == gravest_of_them  # type: ignore[arg-type]
