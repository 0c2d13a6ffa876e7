"""When time alone changes an answer: `next_usable_at`, and how long a verdict holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from posmember.domain.context import Context
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Asset
from posmember.domain.rules.conflict import reasons_of, versions_of
from posmember.domain.rules.notices import EXPIRING_SOON
from posmember.domain.rules.reasoning import Reasons
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.rules.rows_time import schedule_of
from posmember.domain.values import LATEST, PlatformTime, moved

NEXT_USABLE_WITHIN = timedelta(days=366)
_ONE_DAY = timedelta(days=1)
_BUSINESS_DAY_ENDS = timedelta(hours=4)
_TIME_RULES = (ReasonCode.NOT_STARTED, ReasonCode.WEEKDAY_NOT_ALLOWED, ReasonCode.OUTSIDE_HOURS)


def first_unblocked(asset: Asset, context: Context, reasons: Reasons) -> datetime | None:
    """`next_usable_at`; None unless only time rules block."""
    if not _only_time_blocks(reasons):
        return None
    return next(unblocked_instants(asset, context, reasons), None)


def unblocked_instants(asset: Asset, context: Context, reasons: Reasons) -> Iterator[datetime]:
    """The instants at which no time rule blocks, for a week; none unless only time rules block.

    The first is `next_usable_at`: within the validity and 366 days, and one second earlier it is
    still blocked. At an early one it may still be unclear whether the hours hold; see `Schedule`.
    """
    if not _only_time_blocks(reasons):
        return iter(())
    versions = versions_of(asset)
    if len(versions) == 1:
        return _unblocked(asset, context)
    instants = sorted({at for each in versions for at in _unblocked(each, context)})
    return (at for at in instants if not _is_blocked(asset, replace(context, now=at)))


def _is_blocked(asset: Asset, context: Context) -> bool:
    """By anything: with time, one entry may end while another has something else against it."""
    return any(reason.blocks for reason in reasons_of(asset, context))


def _only_time_blocks(reasons: Reasons) -> bool:
    blocked = False
    for reason in reasons:
        if reason.blocks:
            if reason.code not in _TIME_RULES:
                return False
            blocked = True
    return blocked


def _unblocked(asset: Asset, context: Context) -> Iterator[datetime]:
    start, schedule = asset.valid_from, schedule_of(asset)
    begin = max(context.now, start.at) if isinstance(start, PlatformTime) else context.now
    over = asset.valid_until.over_at if isinstance(asset.valid_until, PlatformTime) else None
    for at in chain((begin,), schedule.changes_after(begin)):
        if at - context.now > NEXT_USABLE_WITHIN or (over is not None and at >= over):
            return
        if not schedule.blocks(at):
            yield at


def next_change_at(assets: Iterable[Asset], now: datetime) -> datetime:
    """The first instant after now at which `evaluate` may answer otherwise for the same order.

    The start of a validity, its end and the last days before it, a boundary of the hours; at
    the latest the next midnight, when days left are counted anew, or the end of the business
    day, which moves what is suggested for today. At the end of the calendar nothing comes any
    more: LATEST.
    """
    midnight = moved(now.replace(hour=0, minute=0, second=0, microsecond=0), _ONE_DAY)
    at_latest = (midnight, business_day_end(now))
    versions = (each for asset in assets for each in versions_of(asset))
    instants = chain.from_iterable(_instants(each, now) for each in versions)
    return min((at for at in chain(instants, at_latest) if at > now), default=LATEST)


def business_day_end(now: datetime) -> datetime:
    """The first instant after today: a shop's day ends at 04:00."""
    end = moved(now.replace(hour=0, minute=0, second=0, microsecond=0), _BUSINESS_DAY_ENDS)
    return end if now < end else moved(end, _ONE_DAY)


def _instants(asset: Asset, now: datetime) -> Iterator[datetime]:
    start, end = asset.valid_from, asset.valid_until
    if isinstance(start, PlatformTime):
        yield start.at
    if isinstance(end, PlatformTime) and end.over_at is not None:
        yield from (end.at, end.over_at)
    if isinstance(end, PlatformTime) and end.may_be_over_at is not None:
        yield moved(end.may_be_over_at, -EXPIRING_SOON)
    if isinstance(asset, GiftCard):
        yield next((at for at in schedule_of(asset).changes_after(now) if at > now), LATEST)
