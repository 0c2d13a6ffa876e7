"""Weekdays and hours: how their texts are read, and to which second they hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from posmember.domain.rules.hours import (
    DAY_S,
    Schedule,
    Window,
    Windows,
    read_weekdays,
    read_windows,
)
from posmember.domain.values import Unreadable
from tests.fakes.assets import moment

NOON = 12 * 3600
TEN, TWO, TWENTY_TWO = 10 * 3600, 2 * 3600, 22 * 3600


def scope(*windows: tuple[object, object]) -> str:
    return json.dumps([{"begin": begin, "end": end} for begin, end in windows])


# --- useWeeks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "   ", "[]", "{}"])
def test_no_weekdays_are_no_rule(text: str) -> None:
    assert read_weekdays(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1", {1}),
        ("7", {7}),
        ("1,2,3", {1, 2, 3}),
        ("3,1,2", {1, 2, 3}),
        ("5,5,5", {5}),
        (" 6 , 7 ", {6, 7}),
        ("1,2,", {1, 2}),
        (",1,2", {1, 2}),
        (", 1 ,", {1}),
        ("、 1 、 2 、", {1, 2}),
        ("1  2", {1, 2}),
        ('["", "1", null, 2]', {1, 2}),
        ("1,2,3,4,5,6,7", {1, 2, 3, 4, 5, 6, 7}),
        ("1，2", {1, 2}),
        ("1、2", {1, 2}),
        ("1 2", {1, 2}),
        (" 1 ， 2 , 2，1， ", {1, 2}),
        ("１，７", {1, 7}),
        ("[1,2]", {1, 2}),
        ("[1, 1, 7]", {1, 7}),
        ('["1", "7"]', {1, 7}),
        ('["1,2"]', {1, 2}),
        ('"1,2"', {1, 2}),
        ('"[1,2]"', {1, 2}),
        ('{"0": 1, "3": "2"}', {1, 2}),
        ("[1，2]", {1, 2}),
    ],
)
def test_weekdays(text: str, days: set[int]) -> None:
    assert read_weekdays(text) == frozenset(days)


@pytest.mark.parametrize(
    "text",
    [
        *("0", "8", "1,0", "1,8", "-1", "10", "12", "1,,2", "1.0", "01", "true", "[1,2"),
        *("1;2", "1-5", "[1,8]", "[1.0]", "[1e0]", "[true]", "[[1]]", "周一至周五", "Monday"),
    ],
)
def test_unreadable_weekdays_keep_their_text(text: str) -> None:
    assert read_weekdays(text) == Unreadable(text)


# --- useTimeScope --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "\n", "[]", " [ ] ", "{}", "null", '""'])
def test_no_windows_are_no_rule(text: str) -> None:
    assert read_windows(text) is None


@pytest.mark.parametrize(
    ("begin", "end", "window"),
    [
        ("10:00", "12:00", Window(TEN, NOON)),
        ("10:00:00", "12:00:00", Window(TEN, NOON)),
        ("10:00", "12:00:00", Window(TEN, NOON)),
        ("10:00:01", "11:59:59", Window(TEN + 1, NOON - 1)),
        (" 10:00 ", "\t12:00\n", Window(TEN, NOON)),
        ("8:00", "9:30", Window(8 * 3600, 9 * 3600 + 1800)),
        ("00:00", "24:00", Window(0, DAY_S)),
        ("00:00", "24:00:00", Window(0, DAY_S)),
        ("00:00", "23:59", Window(0, DAY_S)),
        ("00:00:00", "23:59:59", Window(0, DAY_S)),
        ("00:00", "23:58", Window(0, DAY_S - 120)),
        ("00:00", "23:59:58", Window(0, DAY_S - 2)),
        ("23:59", "24:00", Window(DAY_S - 60, DAY_S)),
        ("23:59", "23:59:59", Window(DAY_S - 60, DAY_S)),
        ("22:00", "02:00", Window(TWENTY_TWO, TWO)),
        ("22:00", "00:00", Window(TWENTY_TWO, 0)),
        ("00:00", "00:01", Window(0, 60)),
        ("10：00", "１２:00", Window(TEN, NOON)),
        ('"10:00"', "12:00", Window(TEN, NOON)),
    ],
)
def test_window(begin: str, end: str, window: Window) -> None:
    assert read_windows(scope((begin, end))) == Windows((window,))


@pytest.mark.parametrize(
    "text",
    [
        '{"begin":"10:00","end":"12:00"}',
        '"[{\\"begin\\":\\"10:00\\",\\"end\\":\\"12:00\\"}]"',
        '["{\\"begin\\":\\"10:00\\",\\"end\\":\\"12:00\\"}"]',
        '{"0":{"begin":"10:00","end":"12:00"}}',
        '［{"begin":"10:00"，"end":"12:00"}］',
    ],
)
def test_a_window_in_other_forms(text: str) -> None:
    assert read_windows(text) == Windows((Window(TEN, NOON),))


def test_several_windows_keep_their_order() -> None:
    text = scope(("17:00", "20:00"), ("10:00", "12:00"), ("10:00", "12:00"))
    late, early = Window(17 * 3600, 20 * 3600), Window(TEN, NOON)
    assert read_windows(text) == Windows((late, early, early))


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("10:00", "10:00"),
        ("10:00", "10:00:00"),
        ("00:00", "00:00"),
        ("24:00", "24:00"),
        ("24:00", "23:59"),
        ("24:00", "02:00"),
        ("23:59", "23:59"),
        ("23:59:59", "23:59:59"),
        ("24:01", "02:00"),
        ("10:00", "24:00:01"),
        ("10:00", "25:00"),
        ("10:60", "12:00"),
        ("10:00:60", "12:00"),
        ("10", "12"),
        ("1000", "1200"),
        ("10:0", "12:00"),
        ("010:00", "12:00"),
        ("-1:00", "12:00"),
        (":30", "12:00"),
        ("10:00 AM", "12:00"),
        ("早上", "晚上"),
        ("", ""),
        (None, "12:00"),
        ("10:00", None),
        (600, 720),
        (True, "12:00"),
        (["10:00"], "12:00"),
    ],
)
def test_what_can_be_read_is_read_beside_what_cannot(begin: object, end: object) -> None:
    assert read_windows(scope((begin, end))) == Windows(whole=False)
    for text in (scope(("10:00", "12:00"), (begin, end)), scope((begin, end), ("10:00", "12:00"))):
        assert read_windows(text) == Windows((Window(TEN, NOON),), whole=False)


@pytest.mark.parametrize(
    "text",
    [
        *("10:00~22:00", "[", "[]x", "全天", "0", "1", "false", "NaN", '"10:00-12:00"', "9" * 5000),
        *("[null]", "[[]]", "[{}]", '["10:00-12:00"]', "[" * 100_000),
        *("{}x", '{"begin":"10:00"}', '{"a":{"start":"10:00"}}', '"null"x'),
        # One window, of which one end cannot be read; no list of one window.
        '{"begin":{"begin":"10:00","end":"12:00"}}',
        '{"end":{"begin":"10:00","end":"12:00"}}',
        '[{"start":"10:00","end":"12:00"}]',
        '[{"begin":"10:00"}]',
        "[{'begin':'10:00','end':'12:00'}]",
        '[{"begin":"10:00","end":"12:00"},null]',
    ],
    ids=lambda text: text[:40],
)
def test_junk_is_unreadable(text: str) -> None:
    windows = read_windows(text)
    assert windows is not None
    assert not windows.whole
    assert set(windows.readable) <= {Window(TEN, NOON)}


# --- Window --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "second", "begun_today", "over_midnight"),
    [
        (Window(TEN, NOON), 0, False, False),
        (Window(TEN, NOON), TEN - 1, False, False),
        (Window(TEN, NOON), TEN, True, False),
        (Window(TEN, NOON), NOON - 1, True, False),
        (Window(TEN, NOON), NOON, False, False),
        (Window(TEN, NOON), DAY_S - 1, False, False),
        (Window(0, DAY_S), 0, True, False),
        (Window(0, DAY_S), DAY_S - 1, True, False),
        (Window(TWENTY_TWO, TWO), 0, False, True),
        (Window(TWENTY_TWO, TWO), TWO - 1, False, True),
        (Window(TWENTY_TWO, TWO), TWO, False, False),
        (Window(TWENTY_TWO, TWO), TWENTY_TWO - 1, False, False),
        (Window(TWENTY_TWO, TWO), TWENTY_TWO, True, False),
        (Window(TWENTY_TWO, TWO), DAY_S - 1, True, False),
        (Window(TWENTY_TWO, 0), DAY_S - 1, True, False),
        (Window(TWENTY_TWO, 0), 0, False, False),
        (Window(DAY_S - 1, 1), 0, False, True),
        (Window(DAY_S - 1, 1), 1, False, False),
        (Window(DAY_S - 1, 1), DAY_S - 2, False, False),
    ],
)
def test_window_holds(
    window: Window, second: int, *, begun_today: bool, over_midnight: bool
) -> None:
    assert window.begun_today(second) is begun_today
    assert window.over_midnight(second) is over_midnight


@pytest.mark.parametrize(
    ("window", "text"),
    [
        (Window(TEN, NOON), "10:00-12:00"),
        (Window(0, DAY_S), "00:00-24:00"),
        (Window(TWENTY_TWO, TWO), "22:00-02:00"),
        (Window(9 * 3600 + 300, DAY_S - 120), "09:05-23:58"),
    ],
)
def test_window_as_people_write_it(window: Window, text: str) -> None:
    assert window.text() == text


# --- Schedule ------------------------------------------------------------------------------------

LUNCH = (Window(TEN, NOON),)
NIGHT = (Window(TWENTY_TWO, TWO),)
FRIDAY, SATURDAY = frozenset({5}), frozenset({6})
FRIDAYS_NIGHT = Schedule(FRIDAY, NIGHT)
SATURDAYS_NIGHT = Schedule(SATURDAY, NIGHT)


@pytest.mark.parametrize(
    ("schedule", "now", "by_start", "by_calendar"),
    [
        (Schedule(), "2026-11-21 00:00:00", True, True),
        (Schedule(), "2026-11-21 23:59:59", True, True),
        (Schedule(SATURDAY), "2026-11-20 23:59:59", False, False),
        (Schedule(SATURDAY), "2026-11-21 00:00:00", True, True),
        (Schedule(SATURDAY), "2026-11-21 23:59:59", True, True),
        (Schedule(SATURDAY), "2026-11-22 00:00:00", False, False),
        (Schedule(None, LUNCH), "2026-11-21 09:59:59", False, False),
        (Schedule(None, LUNCH), "2026-11-21 10:00:00", True, True),
        (Schedule(None, LUNCH), "2026-11-21 11:59:59", True, True),
        (Schedule(None, LUNCH), "2026-11-21 12:00:00", False, False),
        (Schedule(None, NIGHT), "2026-11-21 21:59:59", False, False),
        (Schedule(None, NIGHT), "2026-11-21 22:00:00", True, True),
        (Schedule(None, NIGHT), "2026-11-21 01:59:59", True, True),
        (Schedule(None, NIGHT), "2026-11-21 02:00:00", False, False),
        (FRIDAYS_NIGHT, "2026-11-20 00:00:00", False, True),
        (FRIDAYS_NIGHT, "2026-11-20 01:59:59", False, True),
        (FRIDAYS_NIGHT, "2026-11-20 21:59:59", False, False),
        (FRIDAYS_NIGHT, "2026-11-20 22:00:00", True, True),
        (FRIDAYS_NIGHT, "2026-11-20 23:59:59", True, True),
        (FRIDAYS_NIGHT, "2026-11-21 00:00:00", True, False),
        (FRIDAYS_NIGHT, "2026-11-21 01:59:59", True, False),
        (FRIDAYS_NIGHT, "2026-11-21 02:00:00", False, False),
        (FRIDAYS_NIGHT, "2026-11-21 22:00:00", False, False),
        (SATURDAYS_NIGHT, "2026-11-20 23:59:59", False, False),
        (SATURDAYS_NIGHT, "2026-11-21 01:59:59", False, True),
        (SATURDAYS_NIGHT, "2026-11-22 01:59:59", True, False),
        (Schedule(frozenset({7}), NIGHT), "2026-11-23 01:00:00", True, False),
        (Schedule(frozenset({5, 6}), NIGHT), "2026-11-21 01:00:00", True, True),
    ],
)
def test_both_readings(schedule: Schedule, now: str, *, by_start: bool, by_calendar: bool) -> None:
    at = moment(now)
    assert schedule.by_the_day_it_began(at) is by_start
    assert schedule.by_calendar_day(at) is by_calendar
    assert schedule.blocks(at) is (not by_start and not by_calendar)
    assert schedule.is_unclear(at) is (by_start != by_calendar)


@pytest.mark.parametrize(
    ("weekdays", "blocks"),
    [(None, False), ({6}, False), ({5, 6}, False), ({5}, True), ({4}, True), ({7, 1}, True)],
    ids=str,
)
@pytest.mark.parametrize("time", ["00:00:00", "12:00:00", "23:59:59"])
def test_unknown_windows_may_hold_on_an_allowed_weekday(
    weekdays: set[int] | None, time: str, *, blocks: bool
) -> None:
    days = None if weekdays is None else frozenset(weekdays)
    schedule = Schedule(days, windows=(), unknown_windows=True)
    saturday = moment(f"2026-11-21 {time}")
    assert schedule.blocks(saturday) is blocks
    assert schedule.is_unclear(saturday) is not blocks
    assert schedule.allows_hour(saturday)


@pytest.mark.parametrize(
    ("schedule", "time", "blocks", "unclear"),
    [
        (Schedule(None, LUNCH, unknown_windows=True), "11:00:00", False, False),
        (Schedule(None, LUNCH, unknown_windows=True), "12:00:00", False, True),
        (Schedule(SATURDAY, LUNCH, unknown_windows=True), "11:00:00", False, False),
        (Schedule(SATURDAY, LUNCH, unknown_windows=True), "12:00:00", False, True),
        (Schedule(FRIDAY, LUNCH, unknown_windows=True), "11:00:00", True, False),
        (Schedule(FRIDAY, NIGHT, unknown_windows=True), "01:00:00", False, True),
        (Schedule(SATURDAY, NIGHT, unknown_windows=True), "01:00:00", False, True),
        (Schedule(frozenset({5, 6}), NIGHT, unknown_windows=True), "01:00:00", False, False),
    ],
    ids=[
        *("a window holds", "none holds", "on its day", "none holds on its day", "another day"),
        *("only by the day it began", "only by the calendar", "in both readings"),
    ],
)
def test_known_and_unknown_windows(
    schedule: Schedule, time: str, *, blocks: bool, unclear: bool
) -> None:
    saturday = moment(f"2026-11-21 {time}")
    assert schedule.blocks(saturday) is blocks
    assert schedule.is_unclear(saturday) is unclear
    assert schedule.allows_hour(saturday)


def test_a_part_of_a_second_belongs_to_its_second() -> None:
    last = moment("2026-11-21 11:59:59") + timedelta(microseconds=999_999)
    assert not Schedule(None, LUNCH).blocks(last)


def changes(schedule: Schedule, now: datetime) -> list[datetime]:
    return list(schedule.changes_after(now))


def test_changes_are_midnight_and_both_ends_of_each_window() -> None:
    schedule = Schedule(None, (Window(TWENTY_TWO, TWO), Window(TEN, DAY_S)))
    found = changes(schedule, moment("2026-11-21 10:00:00"))
    assert [f"{at:%m-%d %H:%M:%S}" for at in found[:6]] == [
        *("11-21 10:00:00", "11-21 22:00:00", "11-22 00:00:00"),
        *("11-22 02:00:00", "11-22 10:00:00", "11-22 22:00:00"),
    ]
    assert f"{found[-1]:%m-%d %H:%M:%S}" == "11-28 22:00:00"
    assert found == sorted(set(found))


def test_changes_begin_now_and_never_before() -> None:
    midnight = moment("2026-11-21 00:00:00")
    assert changes(Schedule(), midnight)[0] == midnight
    just_after = midnight + timedelta(microseconds=1)
    assert changes(Schedule(), just_after)[0] == midnight + timedelta(days=1)
    assert len(changes(Schedule(), just_after)) == 7


@pytest.mark.parametrize("junk", [",", ",,", " , "])
def test_commas_alone_allow_nothing_and_are_not_read(junk: str) -> None:
    assert isinstance(read_weekdays(junk), Unreadable)


def test_a_window_says_its_seconds_where_it_has_any() -> None:
    assert Window(36_000, 36_030).text() == "10:00-10:00:30"
