"""The one coupon to use now, or the one that becomes usable by the least (RULES, Suggestion).

Stacking rules are not known, so it is one coupon, never a combination.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from posmember.domain.assessment import AssessedCoupon, Change, Suggestion
from posmember.domain.context import Context, OrderType
from posmember.domain.eligibility import evaluate
from posmember.domain.money import Money
from posmember.domain.pick import NEVER, end_instant
from posmember.domain.reasons import Reason, ReasonCode, Verdict
from posmember.domain.saving import estimate


def suggest(coupons: Sequence[AssessedCoupon], context: Context) -> Suggestion | None:
    """Suggest one coupon; None where none is usable or would become so by one change.

    Among usable coupons the largest estimate, the earlier end on a tie. Else a smaller gap
    to a threshold, then another order type, then the nearest time: each only where
    `evaluate`, asked again with that change, says usable.
    """
    usable = [a for a in coupons if a.eligibility.verdict is Verdict.USABLE]
    if usable:
        best = min(usable, key=_best_first)
        return Suggestion(best.coupon, Change.NOTHING, saving=best.saving)
    for suggestion in _by_the_least(coupons, context):
        return suggestion
    return None


def _best_first(assessed: AssessedCoupon) -> tuple[int, datetime, str]:
    saving = assessed.saving.fen if assessed.saving else 0
    name = assessed.coupon.redemption_code or assessed.coupon.coupon_id
    return -saving, end_instant(assessed.coupon.valid_until) or NEVER, name


def _by_the_least(coupons: Sequence[AssessedCoupon], context: Context) -> Iterable[Suggestion]:
    alone = [(a, a.eligibility.reasons[0]) for a in coupons if len(a.eligibility.reasons) == 1]
    gaps = [(gap, a) for a, reason in alone if (gap := _gap(reason)) is not None]
    for gap, assessed in sorted(gaps, key=lambda pair: pair[0]):
        yield from _spend_more(assessed, gap, context)
    for assessed, reason in alone:
        if reason.code is ReasonCode.ORDER_TYPE_NOT_ALLOWED:
            yield from _other_order_type(assessed, reason, context)
    times = [(at, a) for a, _ in alone if (at := a.eligibility.next_usable_at) is not None]
    for at, assessed in sorted(times, key=lambda pair: pair[0]):
        yield from _wait(assessed, at, context)


def _gap(reason: Reason) -> Money | None:
    gap = reason.params.get("gap")
    return gap if reason.code is ReasonCode.MIN_SPEND_NOT_MET and isinstance(gap, Money) else None


def _spend_more(assessed: AssessedCoupon, gap: Money, context: Context) -> Iterable[Suggestion]:
    amount = context.order.amount
    if amount is None:
        return
    changed = replace(context, order=replace(context.order, amount=amount + gap))
    if _would_be_usable(assessed, changed):
        saving = estimate(assessed.coupon, changed.order)
        yield Suggestion(assessed.coupon, Change.SPEND_MORE, saving=saving, gap=gap)


def _other_order_type(
    assessed: AssessedCoupon, reason: Reason, context: Context
) -> Iterable[Suggestion]:
    allowed = reason.params.get("allowed")
    for name in allowed if isinstance(allowed, tuple) else ():
        order = replace(context.order, order_type=OrderType(str(name)))
        if _would_be_usable(assessed, replace(context, order=order)):
            yield Suggestion(
                assessed.coupon,
                Change.ORDER_TYPE,
                saving=estimate(assessed.coupon, order),
                order_type=order.order_type,
            )


def _wait(assessed: AssessedCoupon, at: datetime, context: Context) -> Iterable[Suggestion]:
    if _would_be_usable(assessed, replace(context, now=at)):
        yield Suggestion(assessed.coupon, Change.WAIT, saving=assessed.saving, at=at)


def _would_be_usable(assessed: AssessedCoupon, context: Context) -> bool:
    return evaluate(assessed.coupon, context).verdict is Verdict.USABLE
