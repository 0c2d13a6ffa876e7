"""When a verdict may change by the clock alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.rules.calendar import next_change_at
from posmember.domain.values import CHINA, PlatformTime

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
    assert next_change_at([], MIDNIGHT) == MIDNIGHT + timedelta(days=1)
