"""At the ends of the calendar: any moment, any time of the platform, and nothing overflows."""

from __future__ import annotations

import argparse
import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.api.decode import Node, Report
from posmember.cli.options import moment
from posmember.domain.context import Context, Store
from posmember.domain.joining.join import join
from posmember.domain.member import BenefitCard, MemberInfo
from posmember.domain.pick import end_instant, start_instant
from posmember.domain.profile import Asset, Profile
from posmember.domain.rules.assess import assess
from posmember.domain.rules.calendar import NEXT_USABLE_WITHIN, next_change_at
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.explanation import explain
from posmember.domain.rules.reasons import Eligibility
from posmember.domain.rules.remedy import what_helps
from posmember.domain.values import CHINA, EARLIEST, LATEST, PlatformTime, Time, moved
from posmember.report.values import end_time, start_time
from tests.fakes.assets import benefit_card, coupon, gift_card, scope
from tests.fakes.situations import contexts
from tests.fakes.unhurried import UNHURRIED

many = settings(UNHURRIED, max_examples=300)
A_WEEK_S = 8 * 86_400
seconds = st.integers(0, A_WEEK_S)
moments = st.one_of(
    seconds.map(lambda second: EARLIEST + timedelta(seconds=second)),
    seconds.map(lambda second: LATEST - timedelta(seconds=second)),
    st.sampled_from([EARLIEST, LATEST, datetime(2098, 12, 31, 23, 59, 59, tzinfo=CHINA)]),
    st.datetimes(timezones=st.just(CHINA)),
)
times: st.SearchStrategy[Time] = st.one_of(
    st.none(),
    st.builds(PlatformTime, moments),
    moments.map(
        lambda at: PlatformTime(at.replace(hour=0, minute=0, second=0, microsecond=0), False)
    ),
)
validities = st.fixed_dictionaries({"valid_from": times, "valid_until": times})
hours = st.sampled_from(["", scope("10:00-14:00"), scope("22:00-02:00"), scope("00:00-24:00"), "?"])
weekdays = st.sampled_from(["", "5", "1,3", "7"])
assets: st.SearchStrategy[Asset] = st.one_of(
    validities.map(lambda own: coupon(**own)),
    st.builds(
        lambda own, windows, days: gift_card(time_windows=windows, weekdays=days, **own),
        validities, hours, weekdays,
    ),
    validities.map(lambda own: benefit_card(**own)),
)  # fmt: skip


@given(assets, contexts, moments)
@many
def test_every_asset_is_evaluated_at_any_moment(
    asset: Asset, where: Context, now: datetime
) -> None:
    here = replace(where, now=now)
    eligibility = evaluate(asset, here)
    explain(asset, here)
    what_helps(asset, here, eligibility)
    found = eligibility.next_usable_at
    assert found is None or now < found <= moved(now, NEXT_USABLE_WITHIN)
    for time in (asset.valid_from, asset.valid_until):
        start_time(time), end_time(time), start_instant(time), end_instant(time)


@given(st.lists(assets, max_size=3), contexts, moments, st.integers(0, 10**6 - 1))
@many
def test_the_next_change_is_ahead_wherever_there_is_something(
    mine: list[Asset], where: Context, now: datetime, part: int
) -> None:
    change = next_change_at(mine, now)
    assert now < change or now == change == LATEST
    between = now + (change - now) * part // 10**6

    def at(asset: Asset, then: datetime) -> Eligibility:
        return evaluate(asset, replace(where, now=then))

    for asset in mine:
        before, then = at(asset, now), at(asset, between)
        assert (then.verdict, then.reasons) == (before.verdict, before.reasons)
        assert then.notices == before.notices


@given(st.lists(assets, max_size=3), contexts, moments)
@many
def test_a_whole_member_is_assessed_at_any_moment(
    mine: list[Asset], where: Context, now: datetime
) -> None:
    cards = tuple(asset for asset in mine if isinstance(asset, BenefitCard))
    validity = [{"valid_from": each.valid_from, "valid_until": each.valid_until} for each in mine]
    profile = Profile(
        person=join(MemberInfo(user_id="1", benefit_cards=cards), None).person,
        coupons=tuple(coupon(**own) for own in validity),
        gift_cards=tuple(gift_card(**own) for own in validity),
    )
    assert len(assess(profile, Store(), where.order, now).coupons) == len(mine)


years = st.sampled_from(["0001", "0002", "1970", "2026", "2099", "9999", "0000", "99999", "1"])
zones = st.sampled_from(
    ["", "Z", "+12:00", "-12:00", "+14:00", "+08:00", "-2359", "+99:99", "+0800"]
)
clocks = st.sampled_from(["", " 00:00:00", " 23:59:59", "T12:00", " 24:00:00", " 23:59:60"])
days = st.sampled_from(["-01-01", "/12/31", "-02-29", "-1-1", "-13-01"])
written: st.SearchStrategy[Any] = st.one_of(
    st.builds("{}{}{}{}".format, years, days, clocks, zones),
    st.integers(-(10**20), 10**20),
    st.integers(-(10**20), 10**20).map(str),
)


@given(written, moments, contexts)
@many
def test_whatever_date_the_platform_writes(value: Any, now: datetime, where: Context) -> None:
    time = Node({"at": value}, "$", Report()).time("at")
    for asset in (coupon(valid_from=time), coupon(valid_until=time), gift_card(valid_until=time)):
        evaluate(asset, replace(where, now=now))
        next_change_at([asset], now)


@given(st.builds("{}{}{}{}".format, years, days, clocks, zones))
@many
def test_a_moment_given_as_an_option_is_one_or_is_refused(text: str) -> None:
    with contextlib.suppress(argparse.ArgumentTypeError):
        assert moment(text).utcoffset() == timedelta(hours=8)


@given(moments, st.timedeltas())
@many
def test_what_would_leave_the_calendar_stays_at_its_end(at: datetime, by: timedelta) -> None:
    then = moved(at, by)
    assert EARLIEST <= then <= LATEST
    assert then.tzinfo is CHINA
    assert then in (EARLIEST, LATEST) or then - at == by
