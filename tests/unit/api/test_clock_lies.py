"""The platform's clock where answers lie, where the till's is set, and where it sleeps."""

from __future__ import annotations

import ctypes
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

import posmember
from posmember.api.clock import (
    ALONE_S,
    KEPT_ANSWERS,
    LONGEST_CALL_S,
    MIN_OFFSET_S,
    RELEASE_YEAR,
    PlatformClock,
    steady_clock,
)
from posmember.domain.values import EARLIEST, LATEST
from tests.fakes.assets import moment

TRUTH = moment("2026-11-21 14:03:22")
MINUTE, HOUR, DAY = 60, 3600, 86_400
YEAR = 365 * DAY
NEAR_S = MIN_OFFSET_S + 0.75
"""A header is a whole second, and what is no further from it is the own clock's time."""
ODD = [
    datetime(year, 11, 21, 6, tzinfo=UTC)
    for year in (1970, 2000, 2015, 2024, 2025, 2027, 2031, 2035, 2038, 2100, 9999)
]


@dataclass
class Till:
    """A till with its two clocks, and a platform that knows the time."""

    off_s: float = 0
    steady: float = 1000.0
    truth: datetime = TRUTH
    clock: PlatformClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = PlatformClock(self.own, lambda: self.steady)

    def own(self) -> float:
        return self.truth.timestamp() + self.off_s

    def pass_by(self, seconds: float, *, counted: bool = True) -> None:
        """Let time pass; not `counted`: the steady clock slept, too."""
        self.truth += timedelta(seconds=seconds)
        self.steady += seconds if counted else 0

    def hear(self, at: datetime | None = None, times: int = 1) -> None:
        for _ in range(times):
            sent_at = self.clock.local_time()
            self.pass_by(0.25)
            self.clock.observe(format_datetime(at or self.truth), sent_at, self.clock.local_time())

    def by_answers(self) -> bool:
        return self.clock.calibrated

    @property
    def error_s(self) -> float:
        """How far from the truth verdicts are made."""
        return abs((self.clock.now() - self.truth).total_seconds())

    @property
    def signing_error_s(self) -> float:
        return abs(self.clock.timestamp() - self.truth.timestamp())


def test_whoever_changes_the_version_looks_at_the_year() -> None:
    """It bounds what time is believed."""
    assert (posmember.__version__, RELEASE_YEAR) == ("0.1.0", 2026)


# --- answers that lie ----------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_one_odd_date_moves_nothing(odd: datetime) -> None:
    till = Till()
    till.hear(odd)
    assert (till.error_s, till.signing_error_s < 1) == (0, True)
    assert not till.by_answers()
    till.hear()
    assert till.by_answers()
    till.hear(odd)
    assert till.error_s < NEAR_S


@pytest.mark.parametrize("off_s", [3 * MINUTE, -HOUR, DAY, -26 * YEAR])
@pytest.mark.parametrize("heard", ["__LL_", "_L_L_", "LL___", "_L__L", "___LL", "___L"])
def test_two_answers_that_agree_with_a_wrong_clock_do_not_outvote_three(
    heard: str, off_s: int
) -> None:
    till = Till(off_s)
    for each in heard:
        till.hear(till.truth + timedelta(seconds=off_s) if each == "L" else None)
    assert till.error_s < NEAR_S
    assert till.signing_error_s < NEAR_S


@pytest.mark.parametrize("odd", [*ODD, TRUTH - timedelta(hours=3), TRUTH + timedelta(days=1)])
@pytest.mark.parametrize("off_s", [0, HOUR, -DAY, -26 * YEAR])
def test_two_odd_dates_among_five_move_nothing(odd: datetime, off_s: int) -> None:
    till = Till(off_s)
    for heard in (None, odd, None, odd, None, None, None, odd, odd):
        till.hear(heard)
    assert till.error_s < NEAR_S
    assert till.clock.offset_s == pytest.approx(-off_s, abs=2)


def test_of_two_that_differ_the_one_nearer_to_the_own_clock_counts() -> None:
    for answers in ([None, TRUTH + timedelta(hours=3)], [TRUTH + timedelta(hours=3), None]):
        till = Till(off_s=-MINUTE)
        for heard in answers:
            till.hear(heard)
        assert till.error_s < NEAR_S


def test_a_platform_that_agrees_with_itself_is_believed_after_one_lookup() -> None:
    """Time was lost in a way that nothing noticed, and the first call was refused for it."""
    till = Till()
    till.hear(times=KEPT_ANSWERS)
    till.truth += timedelta(hours=5)
    till.off_s -= 5 * HOUR
    tried = [till.clock.signs_by]
    till.hear()
    assert till.clock.sign_otherwise(tried)
    assert till.signing_error_s < NEAR_S
    till.hear(times=3)
    assert till.error_s < NEAR_S


# --- a till whose own clock is wrong -------------------------------------------------------------


@pytest.mark.parametrize(
    "off_s", [-3 * MINUTE, 7 * MINUTE, HOUR, -12 * HOUR, DAY, 1 - ALONE_S, -6 * YEAR, -56 * YEAR]
)
def test_one_answer_corrects_a_clock_that_is_off(off_s: float) -> None:
    """By minutes, a zone, a day, or all the years since its battery was full."""
    till = Till(off_s)
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S
    assert till.signing_error_s < NEAR_S
    assert till.clock.offset_s == pytest.approx(-off_s, abs=2)


@pytest.mark.parametrize("off_s", [-300 * DAY, 3 * DAY, YEAR])
def test_where_either_may_be_wrong_a_second_answer_decides(off_s: float) -> None:
    till = Till(off_s)
    till.hear()
    assert not till.by_answers()
    assert till.error_s == abs(off_s)
    assert till.clock.offset_s == pytest.approx(-off_s, abs=2)  # told as it is
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S


@pytest.mark.parametrize("off_s", [-56 * YEAR, -300 * DAY, -DAY, HOUR, 3 * DAY, 9000 * DAY])
def test_a_refused_signature_is_made_by_the_refusals_time(off_s: float) -> None:
    """And what the platform refuses is not right for verdicts, either."""
    till = Till(off_s)
    tried = [till.clock.signs_by]
    till.hear()
    assert till.clock.sign_otherwise(tried)
    assert till.signing_error_s < NEAR_S
    assert till.error_s < NEAR_S


def test_behind_something_that_dates_every_answer_wrongly_the_own_clock_signs() -> None:
    till = Till()
    till.hear(TRUTH - timedelta(hours=3), times=4)
    tried = [till.clock.signs_by]
    assert till.signing_error_s > HOUR
    till.hear(TRUTH - timedelta(hours=3))
    assert till.clock.sign_otherwise(tried)
    assert till.signing_error_s < 1
    tried.append(till.clock.signs_by)
    assert not till.clock.sign_otherwise(tried)


def test_with_the_right_time_there_is_no_other_to_sign_by() -> None:
    till = Till()
    assert not till.clock.sign_otherwise([till.clock.signs_by])
    till.hear()
    assert not till.clock.sign_otherwise([till.clock.signs_by])


# --- a clock that is set, and a computer that sleeps ---------------------------------------------


@pytest.mark.parametrize("by", [-YEAR, -DAY, -HOUR, -5, 5, 3 * MINUTE, HOUR, DAY, 20 * YEAR])
@pytest.mark.parametrize("answers", [1, KEPT_ANSWERS])
def test_setting_the_own_clock_moves_nothing(by: int, answers: int) -> None:
    till = Till()
    till.hear(times=answers)
    till.off_s += by
    assert not till.by_answers()
    assert till.error_s < NEAR_S
    assert till.signing_error_s < NEAR_S
    till.pass_by(HOUR)
    assert till.error_s < NEAR_S
    assert till.clock.offset_s == pytest.approx(-by, abs=2)
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S


def test_before_any_answer_the_own_clock_is_all_there_is() -> None:
    """The battery was empty, and the network's time came a minute after the start."""
    till = Till(off_s=-26 * YEAR)
    assert till.error_s == 26 * YEAR
    till.off_s = 0
    assert till.error_s == 0
    till.hear()
    assert till.by_answers()


def test_a_clock_that_is_set_right_is_right() -> None:
    till = Till(off_s=-HOUR)
    till.hear(times=3)
    till.off_s = 0
    assert till.clock.offset_s == 0
    assert till.error_s < NEAR_S


@pytest.mark.parametrize("hours", [1, 14, 700])
def test_a_sleep_that_is_counted_changes_nothing(hours: int) -> None:
    till = Till(off_s=5 * MINUTE)
    till.hear(times=2)
    till.pass_by(hours * HOUR)
    assert till.by_answers()
    assert till.error_s < NEAR_S


def test_after_a_sleep_that_nothing_counted_one_answer_is_enough() -> None:
    till = Till()
    till.hear(times=KEPT_ANSWERS)
    till.pass_by(9 * HOUR, counted=False)
    assert not till.by_answers()
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S
    assert till.signing_error_s < NEAR_S


def test_an_odd_date_settles_nothing_between_two_clocks() -> None:
    till = Till()
    till.hear(times=3)
    till.off_s -= HOUR
    till.hear(TRUTH + timedelta(hours=7))
    assert not till.by_answers()
    assert till.error_s < NEAR_S
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S


def test_after_such_a_sleep_a_clock_that_was_off_before_is_off_by_the_same() -> None:
    """And what was told before still counts: one odd date then moves nothing."""
    till = Till(off_s=5 * MINUTE)
    till.hear(times=KEPT_ANSWERS)
    till.pass_by(9 * HOUR, counted=False)
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S
    till.hear(TRUTH + timedelta(days=1), times=2)
    assert till.error_s < NEAR_S


def test_after_such_a_sleep_a_clock_may_have_been_set_right() -> None:
    till = Till(off_s=-5 * MINUTE)
    till.hear(times=KEPT_ANSWERS)
    till.pass_by(9 * HOUR, counted=False)
    till.off_s = 0
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S


def test_a_clock_that_was_set_back_did_not_sleep() -> None:
    """An answer that agrees with it then is one that lies."""
    till = Till()
    till.hear(times=KEPT_ANSWERS)
    till.off_s = -DAY
    till.hear(till.truth - timedelta(days=1), times=2)
    assert not till.by_answers()
    assert till.error_s < NEAR_S
    till.hear()
    assert till.by_answers()
    assert till.error_s < NEAR_S


def test_two_lies_that_agree_settle_nothing() -> None:
    """One from before the clock was set, one after."""
    till = Till()
    till.hear(times=3)
    till.hear(till.truth + timedelta(hours=7))
    till.off_s = HOUR
    till.hear(till.truth + timedelta(hours=7))
    assert not till.by_answers()
    assert till.error_s < NEAR_S


def test_what_was_asked_before_the_jump_is_not_heard() -> None:
    """Nobody knows whether it was answered before the computer slept, or after."""
    till = Till()
    till.hear(times=2)
    sent_at = till.clock.local_time()
    told = format_datetime(till.truth)
    till.pass_by(9 * HOUR, counted=False)
    till.pass_by(1)
    till.clock.observe(told, sent_at, till.clock.local_time())
    assert not till.by_answers()


@pytest.mark.parametrize("took_s", [LONGEST_CALL_S + 1, -1])
def test_an_answer_of_a_call_that_slept_tells_nothing(took_s: float) -> None:
    till = Till()
    sent_at = till.clock.local_time()
    told = format_datetime(till.truth)
    till.clock.observe(told, sent_at, sent_at + took_s)
    assert not till.by_answers()


def test_being_led_slowly_to_the_right_time_is_no_jump() -> None:
    """As NTP does it, half a second in a thousand at most."""
    till = Till(off_s=-20)
    till.hear(times=3)
    for _ in range(10):
        till.pass_by(4000)
        till.off_s += 2
        assert till.by_answers()
        assert till.error_s < NEAR_S
    till.pass_by(40 * HOUR)  # and nobody looks for a weekend
    till.off_s += 70
    assert till.by_answers()
    assert till.error_s < NEAR_S


# --- at the ends of the calendar -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "now"),
    [(-1e12, EARLIEST), (-63e9, None), (0, None), (253402300000, LATEST), (9e11, LATEST)],
)
def test_a_till_whose_clock_is_beyond_every_calendar(own: float, now: datetime | None) -> None:
    clock = PlatformClock(lambda: own, lambda: 5.0)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert now in (None, clock.now())
    clock.observe(format_datetime(TRUTH), 5.0, 5.0)
    assert abs(clock.now() - TRUTH) < timedelta(seconds=2)


# --- the steady clock ----------------------------------------------------------------------------


def test_the_systems_steady_clock_goes_on() -> None:
    clock = steady_clock()
    first = clock()
    assert first <= clock() < first + 60


def test_where_the_system_has_no_clock_that_counts_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    assert steady_clock() is time.monotonic


def test_on_windows_the_ticks_since_its_start_count_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = SimpleNamespace(calls=0)

    def tick_count() -> int:
        ticks.calls += 1
        return 90_000_123_250

    kernel32 = SimpleNamespace(GetTickCount64=tick_count)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    clock = steady_clock()
    assert clock() == 90_000_123.25
    assert ticks.calls == 1
    assert tick_count.__dict__["restype"] is ctypes.c_ulonglong
