"""Builders: an ordinary coupon, gift card and order, all usable, to change one thing at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import Coupon, CouponTemplate, MinSpend, UnitBasis
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.saving import estimate
from posmember.domain.sources import Source
from posmember.domain.values import CHINA, PlatformTime


def moment(text: str) -> datetime:
    """An aware moment in +08:00 from ``YYYY-MM-DD HH:MM:SS``."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)


def at(text: str) -> PlatformTime:
    """A platform time from ``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM:SS``."""
    if len(text) == 10:
        return PlatformTime(moment(f"{text} 00:00:00"), has_time=False)
    return PlatformTime(moment(text))


NOW = moment("2026-11-21 14:03:22")
"""A Saturday."""
STORE = Store(code="1001", id="88001", name="人民广场店")
TEMPLATE = CouponTemplate(
    template_id="30001",
    title="10元券",
    value=Decimal(10),
    discount_kind=0,
    goods_range=0,
    expiry_kind=0,
    status=1,
    scene_type=7,
    category=0,
    store_range=0,
)
COUPON = Coupon(
    redemption_code="860000000001",
    coupon_id="50000001",
    title="10元券",
    valid_from=at("2026-11-01 00:00:00"),
    valid_until=at("2026-12-31 23:59:59"),
    status=0,
    lock=1,
    discount_kind=0,
    value=Decimal(10),
    template=TEMPLATE,
    sources=(Source.MEMBER_INFO, Source.IDENTITY),
)
CARD = GiftCard(
    card_number="LP0000000001",
    name="畅饮现金卡",
    kind=1,
    balance=Money(8650),
    valid_from=at("2026-11-01 00:00:00"),
    valid_until=at("2100-01-01 00:00:00"),
    status=4,
    sources=(Source.MEMBER_INFO, Source.GIFT_CARD_LIST),
)
BENEFIT_CARD = BenefitCard(
    card_id="70000001",
    name="尊享权益卡",
    valid_from=at("2026-11-01"),
    valid_until=at("2026-12-31"),
)
TIMES_CARD = replace(CARD, kind=2, balance=None, uses_left=3, times_scope=1)
ORDER = Order(OrderType.DINE_IN, amount=Money(5800), item_count=3)
CONTEXT = Context(STORE, ORDER, NOW, AccountStatus.ACTIVE)


def template(**changes: Any) -> CouponTemplate:
    """The ordinary template with other fields."""
    return replace(TEMPLATE, **changes)


def coupon(**changes: Any) -> Coupon:
    """The ordinary coupon with other fields."""
    return replace(COUPON, **changes)


def coupon_of(**changes: Any) -> Coupon:
    """The ordinary coupon with other fields in its template."""
    return coupon(template=template(**changes))


def gift_card(**changes: Any) -> GiftCard:
    """The ordinary cash card with other fields."""
    return replace(CARD, **changes)


def hours_card(weekdays: str = "", time_windows: str = "", **changes: Any) -> GiftCard:
    """The ordinary cash card with weekdays, hours and other fields."""
    return gift_card(weekdays=weekdays, time_windows=time_windows, **changes)


def scope(*windows: str) -> str:
    """``useTimeScope`` of windows such as ``22:00-02:00``."""
    pairs = [window.split("-") for window in windows]
    return json.dumps([{"begin": begin, "end": end} for begin, end in pairs])


def times_card(**changes: Any) -> GiftCard:
    """A 次卡 with three times left and other fields."""
    return replace(TIMES_CARD, **changes)


def benefit_card(**changes: Any) -> BenefitCard:
    """The ordinary 付费权益卡 with other fields."""
    return replace(BENEFIT_CARD, **changes)


def min_spend(fen: int, basis: UnitBasis = UnitBasis.IDENTITY) -> MinSpend:
    """A threshold in 分."""
    return MinSpend(Money(fen), basis)


def context(**changes: Any) -> Context:
    """The ordinary context with other fields of its own."""
    return replace(CONTEXT, **changes)


def on(text: str) -> Context:
    """The ordinary context at another moment, ``YYYY-MM-DD HH:MM:SS``."""
    return context(now=moment(text))


def ordering(**changes: Any) -> Context:
    """The ordinary context with other fields in its order."""
    return replace(CONTEXT, order=replace(ORDER, **changes))


def assessed(asset: Coupon, where: Context = CONTEXT) -> AssessedCoupon:
    """A coupon with what the rules say of it."""
    return AssessedCoupon(asset, evaluate(asset, where), estimate(asset, where.order))
