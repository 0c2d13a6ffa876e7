"""The platform's clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from posmember.api.clock import PlatformClock
from tests.fakes.assets import moment

LOCAL = moment("2026-11-21 14:03:22").timestamp()


def clock_at(local: float = LOCAL) -> PlatformClock:
    return PlatformClock(lambda: local)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"], autouse=True)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A till's own time zone changes nothing."""
    if not hasattr(time, "tzset"):
        yield
        return
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def test_before_any_answer() -> None:
    clock = clock_at(LOCAL + 0.75)
    assert not clock.calibrated
    assert clock.offset_s == 0
    assert clock.timestamp() == int(LOCAL)
    assert clock.local_time() == LOCAL + 0.75
    assert clock.now() == moment("2026-11-21 14:03:22") + timedelta(seconds=0.75)
    assert clock.now().utcoffset() == timedelta(hours=8)


FORMS = {
    "RFC 1123": "Sat, 21 Nov 2026 07:03:22 GMT",
    "asctime": "Sat Nov 21 07:03:22 2026",
    "RFC 850": "Saturday, 21-Nov-26 07:03:22 GMT",
    "no zone known": "Sat, 21 Nov 2026 07:03:22 -0000",
    "another zone": "Sat, 21 Nov 2026 15:03:22 +0800",
}


@pytest.mark.parametrize("header", list(FORMS.values()), ids=list(FORMS))
def test_an_hour_behind(header: str) -> None:
    clock = clock_at()
    clock.observe(header, LOCAL, LOCAL)
    assert clock.calibrated
    assert clock.offset_s == pytest.approx(3600, abs=1)
    assert clock.now() == moment("2026-11-21 15:03:22") + timedelta(seconds=0.5)
    assert clock.timestamp() == int(LOCAL + 3600.5)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        " ",
        "garbage",
        "21",
        "Sat, 31 Feb 2026 07:03:22 GMT",
        "Sat, 21 Nov 2026 25:03:22 GMT",
        "Sat, 21 Nov 2026 07:03:22 +9999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 21 Nov 99999 07:03:22 GMT",
    ],
)
def test_a_header_that_tells_nothing(header: str | None) -> None:
    clock = clock_at()
    clock.observe(header, LOCAL, LOCAL)
    assert not clock.calibrated
    assert clock.timestamp() == int(LOCAL)


@pytest.mark.parametrize(
    ("told", "took", "offset"),
    [
        ("14:03:22", 0.0, 0),
        ("14:03:23", 0.0, 0),
        ("14:03:24", 0.0, 2),
        ("14:03:20", 0.0, 0),
        ("14:03:19", 0.0, -2),
        ("14:03:32", 20.0, 0),
        ("14:03:37", 20.0, 6),
        ("13:03:22", 0.0, -3600),
    ],
)
def test_offset_by_the_middle_of_the_call(told: str, took: float, offset: int) -> None:
    clock = clock_at()
    header = moment(f"2026-11-21 {told}").astimezone(UTC)
    clock.observe(f"{header:%a, %d %b %Y %H:%M:%S} GMT", LOCAL, LOCAL + took)
    assert clock.calibrated
    assert clock.offset_s == pytest.approx(offset, abs=1)
    assert (clock.offset_s == 0) is (offset == 0)


def test_the_latest_answer_counts() -> None:
    clock = clock_at()
    clock.observe("Sat, 21 Nov 2026 07:03:22 GMT", LOCAL, LOCAL)
    clock.observe("Sat, 21 Nov 2026 06:03:22 GMT", LOCAL, LOCAL)
    assert (clock.offset_s, clock.calibrated) == (0, True)
    clock.observe("garbage", LOCAL, LOCAL)
    assert clock.calibrated


def test_a_new_day_begins_by_the_platforms_clock() -> None:
    local = moment("2026-11-20 23:58:00").timestamp()
    clock = clock_at(local)
    clock.observe("Fri, 20 Nov 2026 16:00:00 GMT", local, local)
    assert clock.now().date() == datetime(2026, 11, 21, tzinfo=UTC).date()


def test_a_till_whose_battery_is_empty() -> None:
    local = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
    clock = clock_at(local)
    clock.observe("Sat, 21 Nov 2026 06:03:22 GMT", local, local)
    assert clock.timestamp() == int(LOCAL)


def test_the_real_clock_is_the_default() -> None:
    before = int(time.time())
    assert before <= PlatformClock().timestamp() <= int(time.time())
