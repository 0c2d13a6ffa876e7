"""Verdicts move on with the clock: at their boundary, when it was set, and after a sleep."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from posmember.api.clock import PlatformClock
from posmember.domain.coupon import CouponRecord, CouponTemplate, DiscountKind
from posmember.domain.member import MemberInfo
from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.domain.values import PlatformTime
from posmember.lookup.sections import Loaded, Section
from posmember.ui.till import next_change, session
from tests.gui.driving import (
    NOW,
    Desk,
    Run,
    answer,
    desk,
    member_info,
    on_qasync,
    shows,
    texts,
    until,
)

SOON = timedelta(milliseconds=30)
HOUR = timedelta(hours=1)
AWAKE = Qt.ApplicationState.ApplicationActive


def valid(start: datetime | None = None, end: datetime | None = None) -> MemberInfo:
    template = CouponTemplate(
        title="快到期", discount_kind=DiscountKind.CASH, scene_type=7, status=1
    )
    coupon = CouponRecord(
        redemption_code="1",
        status=0,
        valid_from=PlatformTime(start or NOW - 9 * HOUR),
        valid_until=PlatformTime(end or NOW + 999 * HOUR),
        template=template,
    )
    return member_info("A", coupons=(coupon,))


def verdict(at: Desk) -> Verdict:
    return at.view.assessment.coupons[0].eligibility.verdict


def reasons(at: Desk) -> list[ReasonCode]:
    return [reason.code for reason in at.view.assessment.coupons[0].eligibility.reasons]


def set_clock(at: Desk, now: datetime) -> None:
    at.backend.clock.now = lambda: now  # type: ignore[method-assign]


def wake_up(qapp: QApplication) -> None:
    qapp.applicationStateChanged.emit(AWAKE)


async def found(at: Desk, info: MemberInfo) -> None:
    run = await at.scan()
    run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
    run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
    run.deliver(Section.MEMBER, Loaded(info, 5, NOW))
    await at.end(run)


def test_a_coupon_expires_before_the_cashiers_eyes(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            end = NOW.replace(second=59)
            over = end + timedelta(seconds=1)
            set_clock(at, over - SOON)
            await found(at, valid(end=end))
            assert verdict(at) is Verdict.USABLE
            set_clock(at, over)
            await until(lambda: verdict(at) is Verdict.NOT_USABLE, "the clock to move it on")
            assert reasons(at) == [ReasonCode.EXPIRED]
            assert len(at.runs) == 1  # without a call

    on_qasync(qapp, play)


@pytest.mark.parametrize("by", [timedelta(hours=3), timedelta(days=400), timedelta(seconds=61)])
def test_a_clock_that_jumps_ahead(
    qapp: QApplication, by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen at the next look, however far away the boundary was."""
    monkeypatch.setattr(next_change, "LOOK_S", 0.05)

    async def play() -> None:
        async with desk() as at:
            await found(at, valid(end=NOW + timedelta(minutes=1)))
            assert verdict(at) is Verdict.USABLE
            set_clock(at, NOW + by)
            await until(lambda: verdict(at) is Verdict.NOT_USABLE, "a look at the clock")

    on_qasync(qapp, play)


def test_a_clock_that_is_set_back(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made for a later time than it is, is made anew, too."""
    monkeypatch.setattr(next_change, "LOOK_S", 0.05)

    async def play() -> None:
        async with desk() as at:
            await found(at, valid(start=NOW - timedelta(minutes=1)))
            assert verdict(at) is Verdict.USABLE
            set_clock(at, NOW - HOUR)
            await until(lambda: verdict(at) is Verdict.NOT_USABLE, "a look at the clock")
            assert reasons(at) == [ReasonCode.NOT_STARTED]
            set_clock(at, NOW)
            await until(lambda: verdict(at) is Verdict.USABLE, "a look at the clock")

    on_qasync(qapp, play)


def test_the_clock_is_looked_at_often_enough() -> None:
    """A cashier may see what is over for so long, and no longer."""
    assert next_change.LOOK_S <= 30


def test_a_computer_that_wakes_up(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            await found(at, valid(end=NOW + HOUR))
            set_clock(at, NOW + 2 * HOUR)
            wake_up(qapp)
            assert verdict(at) is Verdict.NOT_USABLE  # at once

    on_qasync(qapp, play)


@pytest.mark.parametrize("member", [True, False], ids=["cleared", "nobody found"])
def test_nothing_is_waited_for_with_nobody_on_the_screen(qapp: QApplication, member: bool) -> None:
    async def play() -> None:
        async with desk() as at:
            if member:
                await found(at, valid())
                assert at.controller._next_change.waits
                at.controller.clear()
            else:
                run = await at.scan()
                await at.end(run)
            assert not at.controller._next_change.waits
            shown = len(at.views)
            wake_up(qapp)
            assert len(at.views) == shown
            assert at.view.profile.person is None

    on_qasync(qapp, play)


def test_nothing_is_evaluated_where_nothing_changes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        async with desk() as at:
            await found(at, valid(start=NOW - HOUR, end=NOW + HOUR))
            shown = len(at.views)
            monkeypatch.setattr(session, "stand_all", None)
            for minutes in (50, 3, 0, -3, -50):  # back, too, as far as no boundary lies between
                set_clock(at, NOW + timedelta(minutes=minutes))
                wake_up(qapp)
            assert len(at.views) == shown + 5, "the words alone, once a minute"
            assert len({id(view.assessment) for view in at.views[shown - 1 :]}) == 1
            monkeypatch.undo()

    on_qasync(qapp, play)


def test_a_late_section_never_keeps_a_verdict_that_is_over(qapp: QApplication) -> None:
    """The gift cards come seconds after the coupons, and the boundary lay in between."""

    async def play() -> None:
        async with desk() as at:
            end = NOW.replace(second=59)
            set_clock(at, NOW)
            run = await at.scan()
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            run.deliver(Section.MEMBER, Loaded(valid(end=end), 5, NOW))
            await at.rendered()
            assert verdict(at) is Verdict.USABLE
            set_clock(at, NOW + timedelta(minutes=1))
            run.deliver(Section.GIFT_CARDS, answer(Section.GIFT_CARDS, "A"))
            await at.rendered()
            assert verdict(at) is Verdict.NOT_USABLE
            await at.end(run)

    on_qasync(qapp, play)


def test_verdicts_move_on_while_a_section_is_late(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            set_clock(at, NOW)
            run = await at.scan()
            run.deliver(Section.IDENTITY, answer(Section.IDENTITY, "A"))
            run.deliver(Section.MEMBER, Loaded(valid(end=NOW + HOUR), 5, NOW))
            await at.rendered()
            assert verdict(at) is Verdict.USABLE
            set_clock(at, NOW + 2 * HOUR)
            await until(lambda: verdict(at) is Verdict.NOT_USABLE, "the first look")
            await at.end(run)

    on_qasync(qapp, play)


def test_a_far_boundary_is_not_waited_for_in_one_go(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Timers stop while the computer sleeps, and Qt's are some percent off."""
    asked: list[float] = []

    async def play() -> None:
        async with desk() as at:
            await found(at, valid(end=NOW + HOUR))
            loop = asyncio.get_running_loop()
            call_later = loop.call_later

            def note(delay: float, run: Any, work: Any, args: Any) -> asyncio.TimerHandle:
                asked.append(delay)
                return call_later(delay, run, work, args)

            monkeypatch.setattr(loop, "call_later", note)
            for before_s in (3600, 6, 2, 0.001):
                set_clock(at, NOW + HOUR - timedelta(seconds=before_s))
                wake_up(qapp)
            monkeypatch.undo()

    on_qasync(qapp, play)
    assert asked == [5.0, 0.1, 5.0, 2.0, 0.01], "and soon after another minute was shown"


# --- with the platform's own clock ---------------------------------------------------------------


@dataclass
class Times:
    """The till's own clock, and the steady one."""

    own: float = NOW.timestamp()
    steady: float = 500.0

    def pass_by(self, seconds: float, *, slept: bool = False) -> None:
        """Let time pass; `slept`: in a way that the steady clock does not know of."""
        self.own += seconds
        self.steady += 0 if slept else seconds


def platforms_clock(at: Desk, times: Times) -> PlatformClock:
    clock = PlatformClock(lambda: times.own, lambda: times.steady)
    at.backend.clock = clock  # type: ignore[assignment]
    return clock


def hear(clock: PlatformClock, moment: datetime) -> None:
    clock.observe(format_datetime(moment), clock.local_time(), clock.local_time())


async def refreshed(at: Desk, info: MemberInfo) -> Run:
    await until(lambda: len(at.runs) == 2, "the platform to be asked again")
    run = at.runs[1]
    for section in (Section.IDENTITY, Section.GIFT_CARDS):
        run.deliver(section, answer(section, "A"))
    run.deliver(Section.MEMBER, Loaded(info, 5, NOW))
    await at.end(run)
    return run


OFF_BY = {
    -3 * 86400: "电脑慢了 3 天，请告诉管理员",
    -3600: "电脑慢了 60 分钟，请告诉管理员",
    -60: "电脑慢了 1 分钟，请告诉管理员",
    60: "电脑快了 1 分钟，请告诉管理员",
    3600: "电脑快了 60 分钟，请告诉管理员",
    3 * 86400: "电脑快了 3 天，请告诉管理员",
    400 * 86400: "电脑快了 400 天，请告诉管理员",
}


@pytest.mark.parametrize("by", OFF_BY)
def test_setting_the_tills_clock_turns_no_verdict_around(qapp: QApplication, by: int) -> None:
    async def play() -> None:
        async with desk() as at:
            times, info = Times(), valid(start=NOW - HOUR / 100, end=NOW + HOUR / 100)
            clock = platforms_clock(at, times)
            hear(clock, NOW)
            await found(at, info)
            wake_up(qapp)
            times.own += by
            wake_up(qapp)
            assert verdict(at) is Verdict.USABLE
            assert "电脑时间没能核对" in texts(at.window)
            hear(clock, NOW)
            await refreshed(at, info)  # asked at once, and not for ever
            assert verdict(at) is Verdict.USABLE
            assert OFF_BY[by] in texts(at.window)
            wake_up(qapp)
            assert len(at.runs) == 2

    on_qasync(qapp, play)


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "not counted"])
def test_after_a_sleep_verdicts_are_of_now(qapp: QApplication, counted: bool) -> None:
    """Where the steady clock slept as well, the platform is asked what time it is."""

    async def play() -> None:
        async with desk() as at:
            times, info = Times(), valid(end=NOW + HOUR)
            clock = platforms_clock(at, times)
            hear(clock, NOW)
            await found(at, info)
            wake_up(qapp)
            times.pass_by(2 * 3600, slept=not counted)
            wake_up(qapp)
            if not counted:
                hear(clock, NOW + 2 * HOUR)
                await refreshed(at, info)
            assert verdict(at) is Verdict.NOT_USABLE
            assert len(at.runs) == 1 + (not counted)

    on_qasync(qapp, play)


def test_words_that_count_down_move_on_with_the_minute(qapp: QApplication) -> None:
    """Though no verdict does."""

    async def play() -> None:
        async with desk() as at:
            times, info = Times(), valid(start=NOW + HOUR, end=NOW + 2 * HOUR)
            hear(platforms_clock(at, times), NOW)
            await found(at, info)
            assert shows(at.window, "还有 60 分钟") or shows(at.window, "还有 1 小时")
            views = len(at.views)
            times.pass_by(5 * 60)
            wake_up(qapp)
            assert len(at.views) == views + 1
            assert shows(at.window, "还有 55 分钟")

    on_qasync(qapp, play)
