"""Laws of time: what passes, what comes, and when an answer changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from posmember.domain.context import AccountStatus, Context
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Asset
from posmember.domain.rules.calendar import NEXT_USABLE_WITHIN, next_change_at
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import Eligibility, NoticeCode, ReasonCode, Verdict
from posmember.domain.values import PlatformTime, Time
from tests.fakes.assets import CONTEXT, hours_card, on, scope
from tests.fakes.situations import any_asset, contexts, moments, timed_assets
from tests.fakes.unhurried import UNHURRIED

many = settings(UNHURRIED, max_examples=150)
more = settings(UNHURRIED, max_examples=400)
Code = ReasonCode
TIME_RULES = {Code.NOT_STARTED, Code.WEEKDAY_NOT_ALLOWED, Code.OUTSIDE_HOURS}
A_SECOND, A_DAY, A_WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(weeks=1)
TWO_READINGS = {scope("22:00-02:00"), "?"}
"""Of the hours that are tried, those of which nobody knows whether they hold on some days."""
MILLION = 10**6
parts = st.integers(0, MILLION - 1)
"""How far into a stretch of time, in millionths."""


def codes(asset: Asset, where: Context, now: datetime) -> set[ReasonCode]:
    return {reason.code for reason in evaluate(asset, replace(where, now=now)).reasons}


def blocking(eligibility: Eligibility) -> set[ReasonCode]:
    return {reason.code for reason in eligibility.reasons if reason.blocks}


# --- next_usable_at ------------------------------------------------------------------------------


@given(timed_assets, moments)
@many
def test_what_time_alone_blocks_is_usable_then(asset: Asset, now: datetime) -> None:
    """Exactly usable; to check only where hours are read in two ways, or midnight ends its day."""
    where = replace(CONTEXT, now=now)
    eligibility = evaluate(asset, where)
    found = eligibility.next_usable_at
    if found is None or any(not reason.blocks for reason in eligibility.reasons):
        return
    unclear = set()
    if isinstance(asset, GiftCard) and asset.time_windows in TWO_READINGS:
        unclear.add(Code.HOURS_UNKNOWN)
    end = asset.valid_until
    if isinstance(end, PlatformTime) and end.is_midnight and end.at.date() == found.date():
        unclear.add(Code.VALIDITY_UNKNOWN)
    then = evaluate(asset, replace(where, now=found))
    assert {reason.code for reason in then.reasons} <= unclear
    assert then.verdict is (Verdict.CHECK if then.reasons else Verdict.USABLE)


@given(any_asset, contexts)
@many
def test_next_usable_at_is_never_not_usable(asset: Asset, where: Context) -> None:
    """Whatever else there is to check: then nothing blocks, and there is nothing to wait for."""
    found = evaluate(asset, where).next_usable_at
    if found is not None:
        then = evaluate(asset, replace(where, now=found))
        assert then.verdict is not Verdict.NOT_USABLE
        assert then.next_usable_at is None


@given(any_asset, contexts)
@many
def test_a_second_before_it_is_still_blocked(asset: Asset, where: Context) -> None:
    """And says the same instant."""
    found = evaluate(asset, where).next_usable_at
    if found is not None:
        before = evaluate(asset, replace(where, now=found - A_SECOND))
        assert before.verdict is Verdict.NOT_USABLE
        assert before.next_usable_at == found


@given(any_asset, contexts)
@many
def test_only_time_is_waited_for(asset: Asset, where: Context) -> None:
    """There is a next instant only where rows 7, 10 and 11 alone block; within 366 days."""
    eligibility = evaluate(asset, where)
    found = eligibility.next_usable_at
    if found is not None:
        assert blocking(eligibility) <= TIME_RULES
        assert where.now < found <= where.now + NEXT_USABLE_WITHIN


@given(timed_assets, moments, st.one_of(st.integers(0, 12), st.integers(0, 365)), parts)
@more
def test_nothing_opens_before_it(asset: Asset, now: datetime, days: int, part: int) -> None:
    """At no instant before it, or within 366 days where there is none, is it not blocked."""
    where = replace(CONTEXT, now=now)
    eligibility = evaluate(asset, where)
    assume(eligibility.verdict is Verdict.NOT_USABLE)
    until = eligibility.next_usable_at or now + NEXT_USABLE_WITHIN
    then = min(now + timedelta(days=days) + A_DAY * part // MILLION, until - A_SECOND)
    assert blocking(evaluate(asset, replace(where, now=then)))


# --- what passes, and what comes again -----------------------------------------------------------


@given(any_asset, contexts, st.integers(0, 10**9))
@many
def test_what_is_over_stays_over(asset: Asset, where: Context, seconds: int) -> None:
    """Once expired, always expired."""
    later = codes(asset, where, where.now + timedelta(seconds=seconds))
    assert (Code.EXPIRED in codes(asset, where, where.now)) <= (Code.EXPIRED in later)


@given(any_asset, contexts, st.integers(0, 10**9))
@many
def test_what_has_begun_has_begun(asset: Asset, where: Context, seconds: int) -> None:
    """Once started, never again not started."""
    later = codes(asset, where, where.now + timedelta(seconds=seconds))
    assert (Code.NOT_STARTED in later) <= (Code.NOT_STARTED in codes(asset, where, where.now))


@given(any_asset, contexts, moments)
@many
def test_the_clock_matters_to_rows_7_to_12_alone(
    asset: Asset, where: Context, now: datetime
) -> None:
    """At another moment only reasons of time come and go."""
    of_time = {*TIME_RULES, Code.EXPIRED, Code.VALIDITY_UNKNOWN, Code.HOURS_UNKNOWN}
    assert codes(asset, where, where.now) ^ codes(asset, where, now) <= of_time


@given(any_asset, contexts, st.integers(-60, 60))
@many
def test_whole_weeks_later_with_dates_to_match_nothing_changes(
    asset: Asset, where: Context, weeks: int
) -> None:
    """Dates and clock moved by the same whole weeks: the same answer, moved likewise."""
    by = weeks * A_WEEK
    start, end = moved(asset.valid_from, by), moved(asset.valid_until, by)
    there = replace(asset, valid_from=start, valid_until=end)
    before, after = evaluate(asset, where), evaluate(there, replace(where, now=where.now + by))
    assert after.verdict is before.verdict
    assert [reason.code for reason in after.reasons] == [reason.code for reason in before.reasons]
    assert [notice.code for notice in after.notices] == [notice.code for notice in before.notices]
    found = before.next_usable_at
    assert after.next_usable_at == (None if found is None else found + by)


def moved(when: Time, by: timedelta) -> Time:
    if not isinstance(when, PlatformTime) or when.never:
        return when
    return PlatformTime(when.at + by, when.has_time)


@given(any_asset, contexts)
@many
def test_the_last_three_days_are_announced(asset: Asset, where: Context) -> None:
    """EXPIRING_SOON: over within three days, and not yet."""
    end = asset.valid_until
    over = end.over_at if isinstance(end, PlatformTime) else None
    soon = over is not None and where.now < over <= where.now + timedelta(days=3)
    notices = {notice.code for notice in evaluate(asset, where).notices}
    assert (NoticeCode.EXPIRING_SOON in notices) is soon


# --- next_change_at ------------------------------------------------------------------------------


@given(st.lists(any_asset, max_size=4), contexts, parts)
@example([hours_card("", scope("10:00-14:00"))], on("2026-11-21 10:00:00"), MILLION - 1)
@more
def test_until_the_next_change_nothing_changes(
    mine: list[Asset], where: Context, part: int
) -> None:
    """The same order gets the same answer at any instant before it."""
    change = next_change_at(mine, where.now)
    between = where.now + (change - where.now) * part // MILLION
    for asset in mine:
        before, then = (evaluate(asset, replace(where, now=now)) for now in (where.now, between))
        assert (then.verdict, then.reasons) == (before.verdict, before.reasons)
        assert then.notices == before.notices
        # One that is more than 366 days ahead comes into sight without a mark.
        assert before.next_usable_at in (None, then.next_usable_at)


@given(st.lists(any_asset, max_size=4), moments, st.integers(0, MILLION - 1))
@many
def test_the_next_change_is_today_or_at_midnight(
    mine: list[Asset], second: datetime, microsecond: int
) -> None:
    """It is ahead, and never after the next 00:00."""
    now = second.replace(microsecond=microsecond)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    assert now < next_change_at(mine, now) <= tomorrow


@given(st.lists(any_asset, min_size=1, max_size=4), contexts)
@many
def test_the_next_change_of_many_is_the_first_of_each(mine: list[Asset], where: Context) -> None:
    """Whatever their order."""
    each = [next_change_at([asset], where.now) for asset in mine]
    assert next_change_at(mine, where.now) == min(each)


@given(any_asset, contexts, moments)
@many
def test_waiting_never_thaws_an_account(asset: Asset, where: Context, now: datetime) -> None:
    """A frozen account is not usable at any time."""
    frozen = replace(where, account=AccountStatus.FROZEN, now=now)
    eligibility = evaluate(asset, frozen)
    assert eligibility.verdict is Verdict.NOT_USABLE
    assert eligibility.next_usable_at is None
