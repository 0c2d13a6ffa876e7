"""What the members claim of themselves, by the usage rules, holds whenever they are built."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from posmember.sandbox.dates import CHINA, NO_DATE, Calendar
from posmember.sandbox.members.all import build_members
from posmember.sandbox.records import MemberRecord

# 2028-02-29 is a Tuesday; the hours are those where windows and days turn.
MOMENTS = [
    datetime(2026, 11, 21, 14, 3, 22, tzinfo=CHINA),
    datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA),
    datetime(2027, 1, 1, 0, 0, 0, tzinfo=CHINA),
    datetime(2027, 3, 1, 1, 30, 0, tzinfo=CHINA),
    datetime(2028, 2, 29, 2, 0, 0, tzinfo=CHINA),
    datetime(2028, 2, 29, 19, 59, 59, tzinfo=CHINA),
    datetime(2028, 2, 29, 20, 0, 0, tzinfo=CHINA),
    datetime(2028, 2, 29, 21, 30, 0, tzinfo=CHINA),
    datetime(2028, 2, 29, 14, 0, 0, tzinfo=UTC),
]
RULES = {
    *("USED", "LOCKED", "DISABLED", "NOT_BOUND", "GIFTING", "GIFTED_AWAY", "RECYCLED", "USED_UP"),
    *("STATUS_UNKNOWN", "NOT_STARTED", "EXPIRED", "VALIDITY_UNKNOWN", "WEEKDAY_NOT_ALLOWED"),
    *("OUTSIDE_HOURS", "HOURS_UNKNOWN", "STORE_NOT_ALLOWED", "STORE_UNKNOWN"),
    *("ORDER_TYPE_NOT_ALLOWED", "NOT_FOR_ORDERS", "MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET"),
    *("GOODS_RESTRICTED", "ZERO_BALANCE", "VALUE_UNKNOWN"),
    *("SOURCES_CONFLICT", "OTHER_SYSTEM", "SPEND_UNIT_UNKNOWN", "DAILY_LIMIT_POSSIBLE"),
}
"""Every code but ACCOUNT_FROZEN (a member's) and those of an order without amount or count, or with
a discount."""
CHECKS = {code for code in RULES if code.endswith("_UNKNOWN")} | {
    *("GOODS_RESTRICTED", "SOURCES_CONFLICT", "OTHER_SYSTEM", "DAILY_LIMIT_POSSIBLE")
}


def find(members: Sequence[MemberRecord], user_id: int) -> MemberRecord:
    return next(member for member in members if member.user_id == user_id)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_demo_shows_what_the_picture_shows(now: datetime) -> None:
    member = find(build_members(now), 100001)
    coupons = [verdict(coupon.reasons) for coupon in member.coupons]
    assert [coupons.count(word) for word in ("usable", "check", "not_usable")] == [3, 1, 6]
    cards = [verdict(card.reasons) for card in member.cards]
    assert cards == ["usable", "not_usable", "not_usable"]
    assert member.info["totalPoints"] == "1280"


def verdict(reasons: tuple[str, ...] | None) -> str:
    assert reasons is not None
    if not reasons:
        return "usable"
    return "check" if set(reasons) <= CHECKS else "not_usable"


def test_every_reason_is_claimed_by_something(members: tuple[MemberRecord, ...]) -> None:
    claims = [coupon.reasons for member in members for coupon in member.coupons]
    claims += [card.reasons for member in members for card in member.cards]
    assert {code for reasons in claims for code in reasons or ()} == RULES
    assert () in claims
    assert any(member.user and member.user["status"] == 0 for member in members)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_claims_about_dates_hold_at_any_time(now: datetime) -> None:
    """An independent look at own dates with a time: they compare as text."""
    text = Calendar(now).at()
    looked_at = 0
    for member in build_members(now):
        assets = [(c.member_info, "start_at", "end_at", c.reasons) for c in member.coupons]
        assets += [(c.member_info, "beginAt", "endAt", c.reasons) for c in member.cards]
        for entry, start, end, reasons in assets:
            if entry is None or reasons is None or len(str(entry[end])) != 19:
                continue
            if entry[end] == NO_DATE or str(entry[end]).endswith("00:00:00"):
                continue
            looked_at += 1
            assert ("NOT_STARTED" in reasons) == (text < str(entry[start])), entry
            assert ("EXPIRED" in reasons) == (text > str(entry[end])), entry
    assert looked_at > 1000


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_claims_about_hours_hold_at_any_time(now: datetime) -> None:
    clock = Calendar(now).at()[11:16]
    looked_at = 0
    for card in find(build_members(now), 100023).cards:
        entry = card.member_info or {}
        windows = windows_of(str(entry["useTimeScope"]))
        if not windows or any(begin >= end for begin, end in windows):
            continue
        looked_at += 1
        # 23:59 runs to midnight, so a last minute counts as within.
        held = any(
            begin[:5] <= clock < end[:5] or end[:5] == "23:59" == clock for begin, end in windows
        )
        assert card.reasons == (() if held else ("OUTSIDE_HOURS",)), (clock, windows)
    assert looked_at == 6


def windows_of(text: str) -> list[tuple[str, str]]:
    try:
        items = json.loads(text)
    except ValueError:
        return []
    pairs = [(item["begin"], item["end"]) for item in items]
    return pairs if all(re.match(r"\d\d:\d\d", time) for pair in pairs for time in pair) else []


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_claims_about_weekdays_hold_on_any_day(now: datetime) -> None:
    today = str(now.astimezone(CHINA).isoweekday())
    by_title = {
        str((card.member_info or {})["name"]): str((card.member_info or {})["useWeeks"])
        for card in find(build_members(now), 100023).cards
    }
    assert by_title["今天的星期"] == today
    assert today not in by_title["今天除外"]
    assert len(by_title["今天除外"].split(",")) == 6
    assert int(by_title["昨夜开始的通宵时段"]) % 7 == (int(today) - 1) % 7


@pytest.mark.parametrize(
    ("now", "tier_end"),
    [
        (datetime(2026, 11, 21, tzinfo=CHINA), "2027-03-01 23:59:59"),
        (datetime(2027, 1, 15, tzinfo=CHINA), "2028-03-01 23:59:59"),
        (datetime(2027, 3, 2, tzinfo=CHINA), "2028-03-01 23:59:59"),
        (datetime(2027, 12, 31, tzinfo=CHINA), "2028-03-01 23:59:59"),
    ],
)
def test_tiers_end_on_a_first_of_march(now: datetime, tier_end: str) -> None:
    assert Calendar(now).next_first_of_march() == tier_end
