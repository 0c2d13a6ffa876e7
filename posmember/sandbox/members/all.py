"""All members of the sandbox. Every one is invented; no number belongs to anybody."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from posmember.sandbox.dates import Calendar
from posmember.sandbox.members.cards import card_members
from posmember.sandbox.members.coupons import coupon_members
from posmember.sandbox.members.doubts import doubtful_members
from posmember.sandbox.members.enrol import enrol
from posmember.sandbox.members.everyday import everyday_members
from posmember.sandbox.members.found import found_members
from posmember.sandbox.members.odd import odd_members
from posmember.sandbox.members.others import mixed_members
from posmember.sandbox.members.rules import rule_members
from posmember.sandbox.members.thresholds import threshold_members
from posmember.sandbox.records import MemberRecord


@lru_cache(maxsize=4)
def build_members(now: datetime) -> tuple[MemberRecord, ...]:
    """Every member, by number, with dates told from `now` (aware).

    Sandboxes that start in the same minute share the records, which nobody changes.
    """
    calendar = Calendar(now)
    profiles = [
        *everyday_members(calendar),
        *found_members(calendar),
        *coupon_members(calendar),
        *threshold_members(calendar),
        *card_members(calendar),
        *odd_members(calendar),
        *rule_members(calendar),
        *mixed_members(),
        *doubtful_members(calendar),
    ]
    profiles.sort(key=lambda profile: profile.number)
    return tuple(enrol(profile, calendar) for profile in profiles)
