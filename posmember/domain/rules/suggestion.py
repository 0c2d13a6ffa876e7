"""The one coupon to use now, or the one that becomes usable by the least (RULES, Suggestion).

Stacking rules are not known, so it is one coupon, never a combination.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from posmember.domain.context import Context, Order
from posmember.domain.coupon import Category, Coupon
from posmember.domain.money import ZERO, Money
from posmember.domain.pick import NEVER, end_instant
from posmember.domain.rules.assessment import AssessedCoupon, Suggestion
from posmember.domain.rules.calendar import business_day_end
from posmember.domain.rules.reasons import Reason, ReasonCode, Verdict
from posmember.domain.rules.remedy import changed_order, enough_for_certain, what_helps
from posmember.domain.rules.saving import estimate

GAP_PER_SAVING: Final = 3
"""More than so many times what it saves is no advice to spend."""

# Kept here; see `rows`.
_USABLE = Verdict.USABLE
_FREE_DELIVERY = Category.FREE_DELIVERY

_SPENDING = frozenset(
    {
        ReasonCode.MIN_SPEND_NOT_MET,
        ReasonCode.SPEND_UNIT_UNKNOWN,
        ReasonCode.SPEND_BASIS_UNKNOWN,
    }
)
_SortKey = tuple[int, Decimal, datetime, str]


def suggest(coupons: Sequence[AssessedCoupon], context: Context) -> Suggestion | None:
    """Suggest one coupon; None where none is usable or would become so by one change.

    Among usable coupons the largest estimate; on a tie the least face value, then the earlier
    end. Else a small gap to a threshold, then another order type, then a time still today; see
    `what_helps`. What would save nothing is no advice.
    """
    usable = [a for a in coupons if a.eligibility.verdict is _USABLE and a.saving != ZERO]
    if not usable:
        return next(_by_the_least(coupons, context), None)
    best = min(usable, key=_best_first)
    beside = [a for a in usable if a is not best and _is_free_delivery(a.coupon)]
    named = min(beside, key=_best_first).coupon if beside else None
    return Suggestion(best.coupon, best.saving, beside=named)


def _best_first(assessed: AssessedCoupon) -> _SortKey:
    coupon, saving = assessed.coupon, assessed.saving or ZERO
    return (
        -saving.fen,
        _face_value(coupon, saving),
        end_instant(coupon.valid_until) or NEVER,
        coupon.own_id,
    )


def _face_value(coupon: Coupon, saving: Money) -> Decimal:
    """In 分, what is used up: of what is no cash, no more than it saves."""
    if coupon.percent_paid is None and isinstance(coupon.value, Decimal):
        return coupon.value * 100
    return Decimal(saving.fen)


def _is_free_delivery(coupon: Coupon) -> bool:
    return coupon.template is not None and coupon.template.category == _FREE_DELIVERY


def _by_the_least(coupons: Sequence[AssessedCoupon], context: Context) -> Iterator[Suggestion]:
    if not context.account.known:
        return  # while that is to check, nothing becomes usable
    gaps = [(gap, a) for a in coupons if (gap := _gap(a, context.order)) is not None]
    alone = [(a, a.eligibility.reasons[0]) for a in coupons if len(a.eligibility.reasons) == 1]
    times = [(at, a) for a, _ in alone if (at := a.eligibility.next_usable_at) is not None]
    for _, assessed in sorted(gaps, key=lambda pair: (pair[0], pair[1].coupon.own_id)):
        yield from _suggested(assessed, context)
    for assessed, reason in alone:
        if reason.code is ReasonCode.ORDER_TYPE_NOT_ALLOWED:
            yield from _suggested(assessed, context)
    for _, assessed in sorted(times, key=lambda pair: (pair[0], pair[1].coupon.own_id)):
        yield from _suggested(assessed, context)


def _gap(assessed: AssessedCoupon, order: Order) -> Money | None:
    """How much more would do away with all that is against a coupon.

    None where that would not, or where it is too much to ask for what the coupon saves.
    """
    reasons, amount = assessed.eligibility.reasons, order.amount
    if amount is None or not all(map(_is_about_spending, reasons)):
        return None
    enough = enough_for_certain(assessed.coupon, order)
    gap = enough - amount
    saving = estimate(assessed.coupon, replace(order, amount=enough))
    if gap > amount or saving is None or gap.fen > saving.fen * GAP_PER_SAVING:
        return None
    return gap


def _is_about_spending(reason: Reason) -> bool:
    return reason.code in _SPENDING or reason.params.get("fields") == ("min_spend",)


def _suggested(assessed: AssessedCoupon, context: Context) -> Iterator[Suggestion]:
    remedy = what_helps(assessed.coupon, context, assessed.eligibility)
    if remedy is None or remedy.verdict is not _USABLE:
        return
    saving = estimate(assessed.coupon, changed_order(context.order, remedy))
    is_today = remedy.at is None or remedy.at < business_day_end(context.now)
    if saving != ZERO and is_today:
        yield Suggestion(assessed.coupon, saving, remedy)
