"""Row 23 of the table in RULES: what a rule needs, and nobody can read or has documented."""

from __future__ import annotations

from typing import Final

from posmember.domain.context import Context
from posmember.domain.coupon import Category, Coupon, CouponTemplate, ExpiryKind, StoreRange
from posmember.domain.giftcard import GiftCard, GiftCardKind, TimesScope
from posmember.domain.money import Money
from posmember.domain.rules.hours import read_weekdays
from posmember.domain.rules.reasoning import NONE, Reasons, unknown_value
from posmember.domain.rules.rows_order import SCENES
from posmember.domain.values import Unreadable

# What is documented, with None (missing) where that is no rule. Plain numbers: they are
# looked up some thousand times for a member.
_FLAGS: Final = frozenset([None, 0, 1])
_LOCKS = frozenset([None, 1, 2])
_TEMPLATE_STATUSES = frozenset([0, 1])
_PLATFORMS = frozenset([None, 1, 2])
_EXPIRY_KINDS = frozenset([None, *map(int, ExpiryKind)])
_STORE_RANGES = frozenset([None, *map(int, StoreRange)])
_CATEGORIES = frozenset([None, *map(int, Category)])
_KINDS = frozenset(map(int, GiftCardKind))
_TIMES_SCOPES = frozenset(map(int, TimesScope))


def coupon_values_unknown(coupon: Coupon, _context: Context) -> Reasons:
    """23: a rule's field holds something unreadable or a number nobody documented."""
    found = NONE
    if coupon.lock not in _LOCKS:
        found += unknown_value("lock", coupon.lock)
    if isinstance(coupon.min_spend, Unreadable):
        found += unknown_value("min_spend", coupon.min_spend)
    return found


def template_values_unknown(coupon: Coupon, _context: Context) -> Reasons:
    """23: the same for the template's fields.

    A missing ``scene_type`` or ``status`` is unknown, not a permission; other missing flags and
    limits are no rule.
    """
    template, found = coupon.template, NONE
    if template is None:
        return unknown_value("template", None)
    if template.status not in _TEMPLATE_STATUSES:
        found += unknown_value("template_status", template.status)
    if template.platform not in _PLATFORMS:
        found += unknown_value("platform", template.platform)
    if template.expiry_kind not in _EXPIRY_KINDS:
        found += unknown_value("expiry_kind", template.expiry_kind)
    if template.has_time_range not in _FLAGS:
        found += unknown_value("has_time_range", template.has_time_range)
    if template.store_range not in _STORE_RANGES:
        found += unknown_value("store_range", template.store_range)
    if template.scene_type not in SCENES:
        found += unknown_value("scene_type", template.scene_type)
    if template.category not in _CATEGORIES:
        found += unknown_value("category", template.category)
    if template.exclusive not in _FLAGS:
        found += unknown_value("exclusive", template.exclusive)
    if template.goods_range not in _FLAGS:
        found += unknown_value("goods_range", template.goods_range)
    return found + _limits_unknown(template)


def _limits_unknown(template: CouponTemplate) -> Reasons:
    found = NONE
    if isinstance(template.min_items, Unreadable):
        found += unknown_value("min_items", template.min_items)
    if isinstance(template.buy_count, Unreadable) and template.category == Category.BUY_M_GET_N:
        found += unknown_value("buy_count", template.buy_count)
    if isinstance(template.daily_limit, Unreadable):
        found += unknown_value("daily_limit", template.daily_limit)
    return found


def gift_card_values_unknown(card: GiftCard, _context: Context) -> Reasons:
    """23: the same for a gift card: its kind, its balance, what a 次卡 is for."""
    found = NONE
    if card.bound not in _FLAGS:
        found += unknown_value("bound", card.bound)
    if card.non_code not in _FLAGS:
        found += unknown_value("non_code", card.non_code)
    if isinstance(read_weekdays(card.weekdays), Unreadable):
        found += unknown_value("weekdays", card.weekdays)
    if card.kind not in _KINDS:
        found += unknown_value("kind", card.kind)
    if card.kind == GiftCardKind.TIMES:
        if card.times_scope not in _TIMES_SCOPES:
            found += unknown_value("times_scope", card.times_scope)
        if not isinstance(card.uses_left, int):
            found += unknown_value("uses_left", card.uses_left)
    elif card.kind != GiftCardKind.BENEFIT and not isinstance(card.balance, Money):
        found += unknown_value("balance", card.balance)
    return found
