"""Notices: what to know, without any weight on the verdict (RULES, below the table)."""

from __future__ import annotations

from datetime import timedelta

from posmember.domain.context import Context
from posmember.domain.coupon import Coupon, CouponTemplate, MinSpend
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.reasons import Notice, NoticeCode
from posmember.domain.values import PlatformTime

EXPIRING_SOON = timedelta(days=3)

Notices = tuple[Notice, ...]
_NONE: Notices = ()


def template_limits(template: CouponTemplate | None) -> Notices:
    """DAILY_LIMIT and EXCLUSIVE, the first of a coupon's."""
    if template is None:
        return _NONE
    found = _NONE
    if isinstance(template.daily_limit, int) and template.daily_limit > 0:
        found += (Notice(NoticeCode.DAILY_LIMIT, {"limit": template.daily_limit}),)
    if template.exclusive == 1:
        found += (Notice(NoticeCode.EXCLUSIVE),)
    return found


def template_texts(template: CouponTemplate | None) -> Notices:
    """TEXT_RULES."""
    if template is None or not template.explain_text:
        return _NONE
    return (Notice(NoticeCode.TEXT_RULES),)


def unit_assumed(coupon: Coupon) -> Notices:
    """UNIT_ASSUMED, and how the unit was chosen."""
    threshold = coupon.min_spend
    if not isinstance(threshold, MinSpend) or threshold.basis.certain:
        return _NONE
    return (Notice(NoticeCode.UNIT_ASSUMED, {"basis": threshold.basis.value}),)


def gift_card_notices(card: GiftCard, context: Context, *, blocked: bool) -> Notices:
    """All of a gift card's."""
    found = _NONE
    if isinstance(card.used_today, int) and card.used_today > 0:
        found += (Notice(NoticeCode.DAILY_LIMIT, {"used": card.used_today}),)
    found += expiring_soon(card, context)
    holds_money = isinstance(card.balance, Money) and card.balance > ZERO
    if context.password_enabled and holds_money and not blocked:
        found += (Notice(NoticeCode.NEEDS_PASSWORD),)
    return found + sources_disagree(card)


def expiring_soon(asset: Asset, context: Context) -> Notices:
    """EXPIRING_SOON: by the earlier reading of an end that may mean two days."""
    end = asset.valid_until
    if not isinstance(end, PlatformTime):
        return _NONE
    over, may_be_over = end.over_at, end.may_be_over_at
    if over is None or may_be_over is None or context.now >= over:
        return _NONE
    if may_be_over - context.now > EXPIRING_SOON:
        return _NONE
    return (Notice(NoticeCode.EXPIRING_SOON, {"at": end.last_second}),)


def sources_disagree(asset: Coupon | GiftCard) -> Notices:
    """SOURCES_DISAGREE, and in what."""
    if not asset.disagreements:
        return _NONE
    return (Notice(NoticeCode.SOURCES_DISAGREE, {"fields": asset.disagreements}),)
