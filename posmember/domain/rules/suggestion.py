"""The one coupon to use now, or the one that becomes usable by the least (RULES, Suggestion).

Stacking rules are not known, so it is one coupon, never a combination.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from posmember.domain.context import Context
from posmember.domain.money import Money
from posmember.domain.pick import NEVER, end_instant
from posmember.domain.rules.assessment import AssessedCoupon, Suggestion
from posmember.domain.rules.reasons import Reason, ReasonCode, Verdict
from posmember.domain.rules.remedy import changed_order, what_helps
from posmember.domain.rules.saving import estimate


def suggest(coupons: Sequence[AssessedCoupon], context: Context) -> Suggestion | None:
    """Suggest one coupon; None where none is usable or would become so by one change.

    Among usable coupons the largest estimate, the earlier end on a tie. Else a smaller gap
    to a threshold, then another order type, then the nearest time; see `what_helps`.
    """
    usable = [a for a in coupons if a.eligibility.verdict is Verdict.USABLE]
    if usable:
        best = min(usable, key=_best_first)
        return Suggestion(best.coupon, best.saving)
    return next(_by_the_least(coupons, context), None)


def _best_first(assessed: AssessedCoupon) -> tuple[int, datetime, str]:
    saving = assessed.saving.fen if assessed.saving else 0
    name = assessed.coupon.redemption_code or assessed.coupon.coupon_id
    return -saving, end_instant(assessed.coupon.valid_until) or NEVER, name


def _by_the_least(coupons: Sequence[AssessedCoupon], context: Context) -> Iterator[Suggestion]:
    alone = [(a, a.eligibility.reasons[0]) for a in coupons if len(a.eligibility.reasons) == 1]
    gaps = [(gap, a) for a, reason in alone if (gap := _gap(reason)) is not None]
    times = [(at, a) for a, _ in alone if (at := a.eligibility.next_usable_at) is not None]
    for _, assessed in sorted(gaps, key=lambda pair: pair[0]):
        yield from _suggested(assessed, context)
    for assessed, reason in alone:
        if reason.code is ReasonCode.ORDER_TYPE_NOT_ALLOWED:
            yield from _suggested(assessed, context)
    for _, assessed in sorted(times, key=lambda pair: pair[0]):
        yield from _suggested(assessed, context)


def _gap(reason: Reason) -> Money | None:
    gap = reason.params.get("gap")
    return gap if reason.code is ReasonCode.MIN_SPEND_NOT_MET and isinstance(gap, Money) else None


def _suggested(assessed: AssessedCoupon, context: Context) -> Iterator[Suggestion]:
    remedy = what_helps(assessed.coupon, context, assessed.eligibility)
    if remedy is not None and remedy.verdict is Verdict.USABLE:
        order = changed_order(context.order, remedy)
        yield Suggestion(assessed.coupon, estimate(assessed.coupon, order), remedy)
