"""`evaluate`: the rules' whole answer on one asset. Pure: the world comes in as the context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, takewhile

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon, MinSpend
from posmember.domain.giftcard import GiftCard
from posmember.domain.reasoning import Asset
from posmember.domain.reasons import (
    CHECKS,
    Eligibility,
    Notice,
    NoticeCode,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.domain.rule_table import BENEFIT_CARD_RULES, COUPON_RULES, GIFT_CARD_RULES
from posmember.domain.rules_time import schedule_of
from posmember.domain.values import PlatformTime

EXPIRING_SOON = timedelta(days=3)
NEXT_USABLE_WITHIN = timedelta(days=366)
_TIME_RULES = frozenset(
    {ReasonCode.NOT_STARTED, ReasonCode.WEEKDAY_NOT_ALLOWED, ReasonCode.OUTSIDE_HOURS}
)


_COUPON_CHECKS = tuple(rule.check for rule in COUPON_RULES)
_GIFT_CARD_CHECKS = tuple(rule.check for rule in GIFT_CARD_RULES)
_BENEFIT_CARD_CHECKS = tuple(rule.check for rule in BENEFIT_CARD_RULES)


def evaluate(asset: Asset, context: Context) -> Eligibility:
    """Decide on one asset for one order, now.

    Returns:
        A blocking reason makes it not usable; else anything unknown makes it one to check;
        else it is usable. All reasons, in the order of the table.
    """
    reasons: list[Reason] = []
    if isinstance(asset, Coupon):
        for coupon_check in _COUPON_CHECKS:
            reasons += coupon_check(asset, context)
        notices = _coupon_notices(asset, context)
    elif isinstance(asset, GiftCard):
        for gift_card_check in _GIFT_CARD_CHECKS:
            reasons += gift_card_check(asset, context)
        notices = _gift_card_notices(asset, context)
    else:
        for benefit_card_check in _BENEFIT_CARD_CHECKS:
            reasons += benefit_card_check(asset, context)
        notices = tuple(_expiring_soon(asset, context))
    if not reasons:
        return Eligibility(Verdict.USABLE, notices=notices)
    return Eligibility(
        _verdict(reasons), tuple(reasons), notices, next_usable_at(asset, context, reasons)
    )


def _verdict(reasons: Sequence[Reason]) -> Verdict:
    blocked = any(reason.code not in CHECKS for reason in reasons)
    return Verdict.NOT_USABLE if blocked else Verdict.CHECK


def next_usable_at(asset: Asset, context: Context, reasons: Sequence[Reason]) -> datetime | None:
    """The first instant at which no time rule blocks, where only time rules block.

    Within the validity and 366 days; one second earlier it is still blocked.

    Args:
        reasons: what `evaluate` says of the asset in this context.
    """
    return next(unblocked_instants(asset, context, reasons), None)


def unblocked_instants(
    asset: Asset, context: Context, reasons: Sequence[Reason]
) -> Iterator[datetime]:
    """From `next_usable_at` on, the instants at which no time rule blocks, for a week.

    At an early one it may still be unclear whether the hours hold; see `Schedule`.
    """
    blocking = {reason.code for reason in reasons if reason.code not in CHECKS}
    if not blocking or not blocking <= _TIME_RULES:
        return iter(())
    start, schedule = asset.valid_from, schedule_of(asset)
    begin = max(context.now, start.at) if isinstance(start, PlatformTime) else context.now
    over = asset.valid_until.over_at if isinstance(asset.valid_until, PlatformTime) else None
    in_time = takewhile(
        lambda at: at - context.now <= NEXT_USABLE_WITHIN and (over is None or at < over),
        chain((begin,), schedule.changes_after(begin)),
    )
    return (at for at in in_time if not schedule.blocks(at))


def next_change_at(assets: Iterable[Asset], now: datetime) -> datetime:
    """The first instant after now at which `evaluate` may answer otherwise for the same order.

    The start of a validity, its end and the last days before it, a boundary of the hours; at
    the latest the next midnight, when days left are counted anew.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    instants = chain.from_iterable(_instants(asset, now) for asset in assets)
    return min(at for at in chain(instants, (midnight,)) if at > now)


def _instants(asset: Asset, now: datetime) -> Iterator[datetime]:
    start, end = asset.valid_from, asset.valid_until
    if isinstance(start, PlatformTime):
        yield start.at
    if isinstance(end, PlatformTime) and end.over_at is not None:
        yield from (end.at, end.over_at, end.over_at - EXPIRING_SOON)
    if isinstance(asset, GiftCard):
        yield next(at for at in schedule_of(asset).changes_after(now) if at > now)


def _coupon_notices(coupon: Coupon, context: Context) -> tuple[Notice, ...]:
    found = []
    template = coupon.template
    if template is not None:
        if isinstance(template.daily_limit, int) and template.daily_limit > 0:
            found.append(Notice(NoticeCode.DAILY_LIMIT, {"limit": template.daily_limit}))
        if template.exclusive == 1:
            found.append(Notice(NoticeCode.EXCLUSIVE))
    found += _expiring_soon(coupon, context)
    if isinstance(coupon.min_spend, MinSpend) and not coupon.min_spend.basis.certain:
        found.append(Notice(NoticeCode.UNIT_ASSUMED, {"basis": coupon.min_spend.basis.value}))
    if template is not None and template.explain_text:
        found.append(Notice(NoticeCode.TEXT_RULES))
    found += _sources_disagree(coupon)
    return tuple(found)


def _gift_card_notices(card: GiftCard, context: Context) -> tuple[Notice, ...]:
    found = _expiring_soon(card, context)
    if context.password_enabled:
        found.append(Notice(NoticeCode.NEEDS_PASSWORD))
    return (*found, *_sources_disagree(card))


def _expiring_soon(asset: Asset, context: Context) -> list[Notice]:
    end = asset.valid_until
    if not isinstance(end, PlatformTime) or end.over_at is None:
        return []
    if not context.now < end.over_at <= context.now + EXPIRING_SOON:
        return []
    return [Notice(NoticeCode.EXPIRING_SOON, {"at": end.at})]


def _sources_disagree(asset: Coupon | GiftCard) -> list[Notice]:
    if not asset.disagreements:
        return []
    return [Notice(NoticeCode.SOURCES_DISAGREE, {"fields": asset.disagreements})]
