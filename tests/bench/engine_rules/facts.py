"""Assets and contexts as the flat plain facts that a general rule engine is asked about.

Whatever makes an engine's work less is done here, and so favours the engines: amounts are 分 and
instants are epoch seconds, as plain int; what is missing and no rule has the number that stands
for no rule, so that no condition has to ask for null; and what no engine can express, the hours of
a gift card, is already decided.
"""

from __future__ import annotations

from typing import Final

from posmember.domain.context import AccountStatus, Context, OrderType
from posmember.domain.coupon import Coupon, CouponTemplate, MinSpend
from posmember.domain.giftcard import GiftCard, ValidityKind
from posmember.domain.money import Money
from posmember.domain.rules.hours import read_weekdays
from posmember.domain.rules.rows_order import needed_items
from posmember.domain.rules.rows_time import schedule_of
from posmember.domain.values import Int, PlatformTime, Time, Unreadable

Fact = bool | int | str | list[str]
Facts = dict[str, Fact]

UNKNOWN: Final = -1
"""A number that is unreadable, or missing where that is not "no rule"; nothing documented is it."""
NEVER: Final = 2**40
"""An instant after every other, in epoch seconds."""

_ACCOUNTS: Final = {
    AccountStatus.FROZEN: 0,
    AccountStatus.ACTIVE: 1,
    AccountStatus.LATE: UNKNOWN,
    AccountStatus.FAILED: UNKNOWN,
    AccountStatus.UNREADABLE: UNKNOWN,
}
_ORDER_TYPES: Final = {OrderType.DINE_IN: 1, OrderType.DELIVERY: 2, OrderType.PAY_BILL: 3}
_ENABLED, _EVERY_SCENE, _NOT_LOCKED = 1, 7, 1
_WECHAT, _BOUND = 1, 1
_NOTHING_AGAINST_IT: Final = CouponTemplate(status=_ENABLED, scene_type=_EVERY_SCENE)


def facts_of(asset: Coupon | GiftCard, context: Context) -> Facts:
    """One asset in one context."""
    specific = coupon_facts(asset) if isinstance(asset, Coupon) else card_facts(asset, context)
    return {**_context_facts(context), **_validity_facts(asset), **specific}


def _context_facts(context: Context) -> Facts:
    order, store = context.order, context.store
    return {
        "account": _ACCOUNTS[context.account],
        "now": int(context.now.timestamp()),
        "today": context.now.toordinal(),
        "store_known": store.code is not None and store.id is not None,
        "store_code": store.code or "",
        "store_id": store.id or "",
        "order_type": _ORDER_TYPES[order.order_type],
        "amount": UNKNOWN if order.amount is None else order.amount.fen,
        "after_discount": 0 if order.amount is None else (order.amount - order.discount).fen,
        "discount": order.discount.fen,
        "item_count": UNKNOWN if order.item_count is None else order.item_count,
    }


def _validity_facts(asset: Coupon | GiftCard) -> Facts:
    """The dates; `validity_known`: neither end of them is missing or unreadable."""
    start, end = asset.valid_from, asset.valid_until
    return {
        "valid_from": int(start.at.timestamp()) if isinstance(start, PlatformTime) else 0,
        "over_at": _over_at(end),
        "unclear_day": _unclear_day(end),
        "validity_known": not isinstance(start, Unreadable)
        and (isinstance(end, PlatformTime) or (end is None and _is_long_term(asset))),
    }


def _over_at(end: Time) -> int:
    if not isinstance(end, PlatformTime) or end.over_at is None:
        return NEVER
    return int(end.over_at.timestamp())


def _unclear_day(end: Time) -> int:
    """The day on which nobody knows whether it is over: that of an end at exactly 00:00:00."""
    if not isinstance(end, PlatformTime) or end.never or not end.is_midnight:
        return UNKNOWN
    return end.at.toordinal()


def _is_long_term(asset: Coupon | GiftCard) -> bool:
    return isinstance(asset, GiftCard) and asset.validity_kind == ValidityKind.LONG_TERM


def coupon_facts(coupon: Coupon) -> Facts:
    """What is the coupon's own; a template that is not there stands for one with no rules."""
    template = coupon.template or _NOTHING_AGAINST_IT
    stores = template.store_ids
    return {
        "status": _number(coupon.status),
        "lock": _number(coupon.lock, missing=_NOT_LOCKED),
        "has_template": coupon.template is not None,
        "template_status": _number(template.status),
        "expiry_kind": _number(template.expiry_kind, missing=0),
        "has_time_range": _number(template.has_time_range, missing=0),
        "store_range": _number(template.store_range, missing=0),
        "stores_known": isinstance(stores, tuple),
        "stores": list(stores) if isinstance(stores, tuple) else [],
        "scene_type": _number(template.scene_type),
        "category": _number(template.category, missing=0),
        "min_spend": _min_spend(coupon),
        "least_spend": min(_spends(coupon)),
        "most_spend": max(_spends(coupon)),
        "min_items": needed_items(coupon) or 0,
        "min_items_known": not isinstance(template.min_items, Unreadable),
        "buy_count_known": not isinstance(template.buy_count, Unreadable),
        "daily_limit": _number(template.daily_limit, missing=0),
        "daily_limit_known": not isinstance(template.daily_limit, Unreadable),
        "used_of_template": coupon.used_of_template,
        "exclusive": _number(template.exclusive, missing=0),
        "platform": _number(template.platform, missing=_WECHAT),
        "twin_unclear": coupon.twin_unclear,
        "goods_range": _number(template.goods_range, missing=0),
    }


def card_facts(card: GiftCard, context: Context) -> Facts:
    """What is the gift card's own, its hours decided for the context."""
    schedule, now = schedule_of(card), context.now
    balance, uses_left = card.balance, card.uses_left
    return {
        "status": _number(card.status),
        "bound": _number(card.bound, missing=_BOUND),
        "non_code": _number(card.non_code, missing=0),
        "weekdays_known": not isinstance(read_weekdays(card.weekdays), Unreadable),
        "weekday_allowed": schedule.allows_weekday(now),
        "hour_allowed": schedule.allows_hour(now),
        "hours_block": schedule.blocks(now),
        "hours_unclear": schedule.is_unclear(now),
        "kind": _number(card.kind),
        "times_scope": _number(card.times_scope),
        "balance_known": isinstance(balance, Money),
        "balance": balance.fen if isinstance(balance, Money) else UNKNOWN,
        "uses_known": isinstance(uses_left, int),
        "uses_left": _number(uses_left),
    }


def _number(value: Int, *, missing: int = UNKNOWN) -> int:
    if value is None:
        return missing
    return UNKNOWN if isinstance(value, Unreadable) else value


def _spends(coupon: Coupon) -> list[int]:
    """The threshold in the unit that was chosen, and in the other where that is a guess."""
    threshold = coupon.min_spend
    if not isinstance(threshold, MinSpend):
        return [0]
    return [threshold.amount.fen, (threshold.other or threshold.amount).fen]


def _min_spend(coupon: Coupon) -> int:
    """The threshold in 分; 0 is none."""
    if isinstance(coupon.min_spend, MinSpend):
        return coupon.min_spend.amount.fen
    return 0 if coupon.min_spend is None else UNKNOWN
