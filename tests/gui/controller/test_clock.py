"""Verdicts move on with the clock, by themselves, when the next of them may change."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from posmember.domain.coupon import CouponRecord, CouponTemplate, DiscountKind
from posmember.domain.member import MemberInfo
from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.domain.values import PlatformTime
from posmember.lookup.sections import Loaded, Section
from tests.gui.driving import NOW, Desk, answer, desk, member_info, on_qasync, until

SOON = timedelta(milliseconds=30)


def ending_at(end: datetime) -> MemberInfo:
    template = CouponTemplate(
        title="快到期", discount_kind=DiscountKind.CASH, scene_type=7, status=1
    )
    coupon = CouponRecord(
        redemption_code="1", status=0, valid_until=PlatformTime(end), template=template
    )
    return member_info("A", coupons=(coupon,))


def verdict(at: Desk) -> Verdict:
    return at.view.assessment.coupons[0].eligibility.verdict


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
            at.backend.clock.now = lambda: over - SOON  # type: ignore[method-assign]
            await found(at, ending_at(end))
            assert verdict(at) is Verdict.USABLE
            at.backend.clock.now = lambda: over  # type: ignore[method-assign]
            await until(lambda: verdict(at) is Verdict.NOT_USABLE, "the clock to move it on")
            (reason,) = at.view.assessment.coupons[0].eligibility.reasons
            assert reason.code is ReasonCode.EXPIRED
            assert len(at.runs) == 1  # without a call

    on_qasync(qapp, play)


def test_nothing_moves_once_the_screen_is_cleared(qapp: QApplication) -> None:
    async def play() -> None:
        async with desk() as at:
            over = NOW.replace(second=59) + timedelta(seconds=1)
            at.backend.clock.now = lambda: over - SOON  # type: ignore[method-assign]
            await found(at, ending_at(NOW.replace(second=59)))
            at.controller.clear()
            assert not at.controller._next_change.waits
            assert at.view.profile.person is None

    on_qasync(qapp, play)


def test_a_far_boundary_is_come_near_to_first(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's timers are some percent off; only the last seconds may be waited for in one go."""
    asked: list[tuple[str, float]] = []

    async def play() -> None:
        async with desk() as at:
            loop = asyncio.get_running_loop()
            call_later = loop.call_later

            def note(delay: float, run: Any, work: Any, args: Any) -> asyncio.TimerHandle:
                asked.append((work.__name__, delay))
                return call_later(delay, run, work, args)

            await found(at, ending_at(NOW + timedelta(hours=1)))
            monkeypatch.setattr(loop, "call_later", note)
            at.controller._next_change._come_near(NOW)
            nearly = NOW + timedelta(hours=1, seconds=-5)
            at.backend.clock.now = lambda: nearly  # type: ignore[method-assign]
            at.controller._next_change._come_near(NOW)
            monkeypatch.undo()

    on_qasync(qapp, play)
    assert asked == [("_come_near", 3240.0), ("_reach", 5.0)]
