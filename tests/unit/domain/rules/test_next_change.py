"""When a verdict may change by the clock alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.rules.calendar import business_day_end, next_change_at
from posmember.domain.values import CHINA, LATEST, PlatformTime

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=CHINA)


def at(hour: int, minute: int = 0, second: int = 0, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=CHINA)


def card(windows: str) -> GiftCard:
    return GiftCard(time_windows=windows)


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        (Coupon(), MIDNIGHT),
        (Coupon(valid_from=PlatformTime(at(14))), at(14)),
        (Coupon(valid_from=PlatformTime(at(11))), MIDNIGHT),
        (Coupon(valid_until=PlatformTime(at(12, 59, 59))), at(12, 59, 59)),
        (Coupon(valid_until=PlatformTime(at(18, 0, day=23))), at(18, 0, 1)),
        (Coupon(valid_until=PlatformTime(datetime(2100, 1, 1, tzinfo=CHINA))), MIDNIGHT),
        (card('[{"begin":"08:00","end":"15:30"}]'), at(15, 30)),
        (card('[{"begin":"13:00","end":"15:30"}]'), at(13)),
        (card('[{"begin":"08:00","end":"12:00"}]'), MIDNIGHT),
        (card("unreadable"), MIDNIGHT),
    ],
    ids=[
        *("nothing", "start ahead", "start behind", "last second", "last days begin", "never ends"),
        *("window ends", "window begins", "window is over now", "unreadable hours"),
    ],
)
def test_the_next_change(asset: Coupon | GiftCard, expected: datetime) -> None:
    assert next_change_at([asset], NOW) == expected


def test_the_next_change_after_a_part_of_a_second() -> None:
    assert next_change_at([], NOW + timedelta(microseconds=1)) == MIDNIGHT


def test_where_a_window_begins_the_next_change_is_its_end() -> None:
    assert next_change_at([card('[{"begin":"08:00","end":"15:30"}]')], at(8)) == at(15, 30)


def test_the_nearest_of_many() -> None:
    assets: list[Coupon | GiftCard] = [
        card('[{"begin":"13:00","end":"15:30"}]'),
        Coupon(valid_from=PlatformTime(at(12, 30))),
    ]
    assert next_change_at(assets, NOW) == at(12, 30)


def test_after_the_last_second_comes_the_first_of_being_over() -> None:
    coupon = Coupon(valid_until=PlatformTime(at(12, 59, 59)))
    assert next_change_at([coupon], at(12, 59, 59)) == at(13)
    assert next_change_at([], at(23, 59, 59)) == MIDNIGHT


def test_at_the_end_of_the_business_day_other_times_are_still_today() -> None:
    four = at(4, day=21)
    assert next_change_at([], MIDNIGHT) == four
    assert next_change_at([], at(3, 59, 59, day=21)) == four
    assert next_change_at([], four) == MIDNIGHT + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (NOW, at(4, day=21)),
        (at(23, 59, 59), at(4, day=21)),
        (MIDNIGHT, at(4, day=21)),
        (at(3, 59, 59, day=21), at(4, day=21)),
        (at(3, 59, 59, day=21) + timedelta(microseconds=1), at(4, day=21)),
        (at(4, day=21), at(4, day=22)),
    ],
)
def test_the_business_day(now: datetime, end: datetime) -> None:
    assert business_day_end(now) == end


def test_the_earlier_reading_of_a_midnight_end_moves_a_notice() -> None:
    coupon = Coupon(valid_until=PlatformTime(at(0, day=24)))
    assert next_change_at([coupon], at(23, 59, 59)) == MIDNIGHT
    assert next_change_at([coupon], MIDNIGHT) == at(0, 0, 1, day=21)


def test_every_version_of_an_asset_counts() -> None:
    other = Coupon(valid_from=PlatformTime(at(15)))
    coupon = Coupon(valid_from=PlatformTime(at(16)), versions=(other,))
    assert next_change_at([coupon], NOW) == at(15)


@pytest.mark.parametrize("now", [datetime(9999, 12, 31, 12, tzinfo=CHINA), LATEST])
def test_at_the_end_of_the_calendar_nothing_comes_any_more(now: datetime) -> None:
    assert next_change_at([], now) == LATEST
    assert next_change_at([card('[{"begin":"08:00","end":"10:00"}]')], now) == LATEST
