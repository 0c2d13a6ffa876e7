"""`evaluate`: the rules' whole answer on one asset. Pure: the world comes in as the context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon, MinSpend
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Asset
from posmember.domain.rules.reasoning import NONE, A, Reasons
from posmember.domain.rules.reasons import Eligibility, Notice, NoticeCode, ReasonCode, Verdict
from posmember.domain.rules.rows_time import schedule_of
from posmember.domain.rules.table import BENEFIT_CARD_RULES, COUPON_RULES, GIFT_CARD_RULES
from posmember.domain.values import LATEST, PlatformTime, moved

EXPIRING_SOON = timedelta(days=3)
NEXT_USABLE_WITHIN = timedelta(days=366)
_ONE_DAY = timedelta(days=1)
_TIME_RULES = (ReasonCode.NOT_STARTED, ReasonCode.WEEKDAY_NOT_ALLOWED, ReasonCode.OUTSIDE_HOURS)

Check = Callable[[Coupon, Context], Reasons]

_ORDER_RULES = [row for row, rule in enumerate(COUPON_RULES) if rule.asks_order is not None]
_BEFORE_ORDER = tuple(rule.check for rule in COUPON_RULES[: _ORDER_RULES[0]])
_ABOUT_ORDER = tuple(
    (rule.asks_order, rule.check) for rule in COUPON_RULES if rule.asks_order is not None
)
_AFTER_ORDER = tuple(rule.check for rule in COUPON_RULES[_ORDER_RULES[-1] + 1 :])
_GIFT_CARD_CHECKS = tuple(rule.check for rule in GIFT_CARD_RULES)
_BENEFIT_CARD_CHECKS = tuple(rule.check for rule in BENEFIT_CARD_RULES)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of a coupon for any order, in one store, until `next_change_at`.

    Args:
        before, after: the reasons of the rows before and after those about the order.
        checks: those about the order that can say anything of this coupon.
        otherwise: the answer where they have nothing to say.
    """

    before: Reasons
    checks: tuple[Check, ...]
    after: Reasons
    otherwise: Eligibility


def evaluate(asset: Asset, context: Context) -> Eligibility:
    """Decide on one asset for one order, now.

    Returns:
        A blocking reason makes it not usable; else anything unknown makes it one to check;
        else it is usable. All reasons, in the order of the table.
    """
    if isinstance(asset, Coupon):
        return evaluate_for_order(asset, context, stand(asset, context))
    if isinstance(asset, GiftCard):
        reasons = _asked(_GIFT_CARD_CHECKS, asset, context)
        return _eligibility(asset, context, reasons, _gift_card_notices(asset, context))
    reasons = _asked(_BENEFIT_CARD_CHECKS, asset, context)
    return _eligibility(asset, context, reasons, tuple(_expiring_soon(asset, context)))


def stand(coupon: Coupon, context: Context) -> Standing:
    """Ask what does not hang on the order: most rules, and only now and then."""
    before = _asked(_BEFORE_ORDER, coupon, context)
    after = _asked(_AFTER_ORDER, coupon, context)
    checks = tuple([check for asks_order, check in _ABOUT_ORDER if asks_order(coupon)])
    notices = _coupon_notices(coupon, context)
    otherwise = _eligibility(coupon, context, before + after, notices)
    return Standing(before, checks, after, otherwise)


def evaluate_for_order(coupon: Coupon, context: Context, standing: Standing) -> Eligibility:
    """`evaluate`, where what does not hang on the order is known: at every key of an amount."""
    reasons = NONE
    for check in standing.checks:
        reasons += check(coupon, context)
    if not reasons:
        return standing.otherwise
    whole = standing.before + reasons + standing.after
    return _eligibility(coupon, context, whole, standing.otherwise.notices)


def _asked(
    checks: tuple[Callable[[A, Context], Reasons], ...], asset: A, context: Context
) -> Reasons:
    reasons = NONE
    for check in checks:
        reasons += check(asset, context)
    return reasons


def _eligibility(
    asset: Asset, context: Context, reasons: Reasons, notices: tuple[Notice, ...]
) -> Eligibility:
    if not reasons:
        return Eligibility(Verdict.USABLE, notices=notices)
    next_usable_at = next(unblocked_instants(asset, context, reasons), None)
    return Eligibility(_verdict(reasons), reasons, notices, next_usable_at)


def _verdict(reasons: Reasons) -> Verdict:
    for reason in reasons:
        if reason.blocks:
            return Verdict.NOT_USABLE
    return Verdict.CHECK


def unblocked_instants(asset: Asset, context: Context, reasons: Reasons) -> Iterator[datetime]:
    """The instants at which no time rule blocks, for a week; none unless only time rules block.

    The first is `next_usable_at`: within the validity and 366 days, and one second earlier it is
    still blocked. At an early one it may still be unclear whether the hours hold; see `Schedule`.
    """
    return _unblocked(asset, context) if _only_time_blocks(reasons) else iter(())


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
    the latest the next midnight, when days left are counted anew. At the end of the calendar
    nothing comes any more: LATEST.
    """
    midnight = moved(now.replace(hour=0, minute=0, second=0, microsecond=0), _ONE_DAY)
    instants = chain.from_iterable(_instants(asset, now) for asset in assets)
    return min((at for at in chain(instants, (midnight,)) if at > now), default=LATEST)


def _instants(asset: Asset, now: datetime) -> Iterator[datetime]:
    start, end = asset.valid_from, asset.valid_until
    if isinstance(start, PlatformTime):
        yield start.at
    if isinstance(end, PlatformTime) and end.over_at is not None:
        yield from (end.at, end.over_at, moved(end.over_at, -EXPIRING_SOON))
    if isinstance(asset, GiftCard):
        yield next((at for at in schedule_of(asset).changes_after(now) if at > now), LATEST)


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
    if not context.now < end.over_at <= moved(context.now, EXPIRING_SOON):
        return []
    return [Notice(NoticeCode.EXPIRING_SOON, {"at": end.at})]


def _sources_disagree(asset: Coupon | GiftCard) -> list[Notice]:
    if not asset.disagreements:
        return []
    return [Notice(NoticeCode.SOURCES_DISAGREE, {"fields": asset.disagreements})]
