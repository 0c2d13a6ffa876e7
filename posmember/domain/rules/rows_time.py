"""The usage rules of time: rows 7 to 12 of the table in RULES (Dates, Hours)."""

from __future__ import annotations

from functools import lru_cache

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard, GiftCardStatus, ValidityKind
from posmember.domain.profile import Asset
from posmember.domain.rules.hours import Schedule, read_weekdays, read_windows
from posmember.domain.rules.reasoning import NONE, Reasons, one, raw_text
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.values import PlatformTime, Unreadable

_YES = 1


# --- rows 7 to 9: dates (RULES, Dates) -----------------------------------------------------------


def not_started(asset: Asset, context: Context) -> Reasons:
    """7: now before the start: ``start_at``, ``template.start_at``, ``beginAt``."""
    start = asset.valid_from
    if isinstance(start, PlatformTime) and context.now < start.at:
        return one(ReasonCode.NOT_STARTED, at=start.at)
    return NONE


def expired(asset: Asset, context: Context) -> Reasons:
    """8: now after the end: ``end_at``, ``template.end_at``, ``endAt``; gift card status 5.

    A card that is over by its status alone, not by its date, does not say since when.
    """
    end = asset.valid_until
    if isinstance(end, PlatformTime) and end.over_at is not None and context.now >= end.over_at:
        return one(ReasonCode.EXPIRED, at=end.last_second)
    if isinstance(asset, GiftCard) and asset.status == GiftCardStatus.EXPIRED:
        return one(ReasonCode.EXPIRED, at=None)
    return NONE


def validity_unknown(asset: Asset, context: Context) -> Reasons:
    """9: no readable dates, or an end that is exactly 00:00:00, on that day.

    Relative validity (``template.expire_type`` 1, 2) without the coupon's own dates comes
    here as an end that is not there. A long-term card (``validType`` 1) needs no end.
    """
    start, end = asset.valid_from, asset.valid_until
    if isinstance(start, Unreadable):
        return one(ReasonCode.VALIDITY_UNKNOWN, start.text, field="valid_from")
    if isinstance(end, PlatformTime):
        may_mean_two_days = end.may_be_over_at != end.over_at
        if not (may_mean_two_days and end.at.date() == context.now.date()):
            return NONE
        return one(ReasonCode.VALIDITY_UNKNOWN, end.text, field="valid_until")
    if end is None and _is_long_term(asset):
        return NONE
    return one(ReasonCode.VALIDITY_UNKNOWN, raw_text(end), field="valid_until")


def never_expires(asset: Asset) -> bool | None:
    """Whether an asset never expires; None where its end is unknown.

    The year 2099 or later, or a long-term card (``validType`` 1) without an end.
    """
    if isinstance(asset.valid_until, PlatformTime):
        return asset.valid_until.never
    return True if asset.valid_until is None and _is_long_term(asset) else None


def _is_long_term(asset: Asset) -> bool:
    return isinstance(asset, GiftCard) and asset.validity_kind == ValidityKind.LONG_TERM


# --- rows 10 to 12: hours (RULES, Hours) ---------------------------------------------------------


@lru_cache(maxsize=256)
def _schedule(weekdays: str, windows: str) -> Schedule:
    days, hours = read_weekdays(weekdays), read_windows(windows)
    return Schedule(
        # Unreadable weekdays are a matter of row 23; they allow nothing and forbid nothing.
        weekdays=None if isinstance(days, Unreadable) else days,
        windows=None if hours is None else hours.readable,
        unknown_windows=hours is not None and not hours.whole,
    )


def schedule_of(asset: Asset) -> Schedule:
    """When an asset may be used: member-info, ``useWeeks`` and ``useTimeScope`` of a gift card.

    Nothing else comes with its hours.
    """
    if isinstance(asset, GiftCard):
        return _schedule(asset.weekdays, asset.time_windows)
    return _ALWAYS


def weekday_not_allowed(card: GiftCard, context: Context) -> Reasons:
    """10: ``useWeeks``: today is not in it, and neither reading of the hours holds."""
    schedule = schedule_of(card)
    if schedule.allows_weekday(context.now) or not schedule.blocks(context.now):
        return NONE
    return one(ReasonCode.WEEKDAY_NOT_ALLOWED, weekdays=tuple(sorted(schedule.weekdays or ())))


def outside_hours(card: GiftCard, context: Context) -> Reasons:
    """11: ``useTimeScope``: no window holds now by the clock, so in neither reading."""
    schedule = schedule_of(card)
    if schedule.allows_hour(context.now):
        return NONE
    windows = tuple(window.text() for window in schedule.windows or ())
    return one(ReasonCode.OUTSIDE_HOURS, windows=windows)


def coupon_hours_unknown(coupon: Coupon, _context: Context) -> Reasons:
    """12: ``template.is_use_time_range`` 1, as no coupon comes with its hours."""
    limited = coupon.template is not None and coupon.template.has_time_range == _YES
    return one(ReasonCode.HOURS_UNKNOWN, text="") if limited else NONE


def gift_card_hours_unknown(card: GiftCard, context: Context) -> Reasons:
    """12: no window that can be read holds now, and one that cannot be may.

    Or an overnight one whose two readings differ.
    """
    schedule = schedule_of(card)
    if not schedule.is_unclear(context.now):
        return NONE
    return one(ReasonCode.HOURS_UNKNOWN, card.time_windows, text=card.time_windows)


_ALWAYS = Schedule()
