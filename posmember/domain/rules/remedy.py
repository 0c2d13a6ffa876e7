"""What would help: the least change that makes an asset usable.

A change is only told after `evaluate`, asked again with it, has said what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from posmember.domain.context import Context, Order, OrderType
from posmember.domain.coupon import Coupon, MinSpend
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.calendar import unblocked_instants
from posmember.domain.rules.conflict import versions_of
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasoning import Reasons
from posmember.domain.rules.reasons import VERDICT_RANK, Eligibility, Verdict
from posmember.domain.rules.rows_order import allowed_order_types, needed_items


@dataclass(frozen=True, slots=True)
class Remedy:
    """The least change; what is None need not change.

    Args:
        amount: the order amount it takes. gap: how much more than now that is; None where no
            amount was entered.
        items: the number of items it takes. items_gap: how many more than now, likewise.
        order_type: the one to change to.
        at: when, with the other changes made; aware, +08:00.
        verdict: what the rules say then: USABLE, or CHECK.
        remaining: what is to check then. With GOODS_RESTRICTED, the amount is one of goods
            that the asset is for.
    """

    amount: Money | None = None
    gap: Money | None = None
    items: int | None = None
    items_gap: int | None = None
    order_type: OrderType | None = None
    at: datetime | None = None
    verdict: Verdict = Verdict.USABLE
    remaining: Reasons = ()


def what_helps(asset: Asset, context: Context, eligibility: Eligibility) -> Remedy | None:
    """Find the least change to the order, or the nearest time, that gives a better verdict.

    Args:
        eligibility: what `evaluate` says of the asset in this context.

    Returns:
        A change that makes it usable, else one that leaves something to check, and of these one
        with the fewest parts, so that each of them is needed. Where a unit is a guess, the amount
        in the less likely one is asked for only if nothing else gives a better verdict. None where
        neither more on the order, nor another order type, nor waiting would help.
    """
    if eligibility.verdict is Verdict.USABLE:
        return None
    found = _remedies(asset, context, eligibility, every_reading=False)
    if not found and _has_unlikely_reading(asset):
        # Nobody is asked for a hundred times as much while less gives a better verdict.
        found = _remedies(asset, context, eligibility, every_reading=True)
    # The first of the best: orders come with less of an amount before more, times in order.
    return min(found, key=_least_first, default=None)


def _remedies(
    asset: Asset, context: Context, eligibility: Eligibility, *, every_reading: bool
) -> list[Remedy]:
    return [
        _remedy(context, changed, then)
        for order in _orders(asset, context, every_reading=every_reading)
        for changed, then in _outcomes(asset, replace(context, order=order))
        if VERDICT_RANK[then.verdict] < VERDICT_RANK[eligibility.verdict]
    ]


def _least_first(remedy: Remedy) -> tuple[int, int]:
    parts = (remedy.amount, remedy.items, remedy.order_type, remedy.at)
    return VERDICT_RANK[remedy.verdict], sum(part is not None for part in parts)


def changed_order(order: Order, remedy: Remedy) -> Order:
    """The order with a remedy's changes."""
    return replace(
        order,
        order_type=remedy.order_type or order.order_type,
        amount=order.amount if remedy.amount is None else remedy.amount,
        item_count=order.item_count if remedy.items is None else remedy.items,
    )


def _orders(asset: Asset, context: Context, *, every_reading: bool) -> Iterator[Order]:
    """The order as it is, and with each part of what the rules ask for, alone and together."""
    order = context.order
    if not isinstance(asset, Coupon):
        yield order
        return
    versions = versions_of(asset)
    amounts = (order.amount, *_amounts(versions, order, every_reading=every_reading))
    counts = (order.item_count, *_counts(versions, order))
    types = (order.order_type, *_order_types(versions, order))
    for order_type, count, amount in product(types, counts, amounts):
        yield replace(order, amount=amount, item_count=count, order_type=order_type)


def _has_unlikely_reading(asset: Asset) -> bool:
    """Whether a threshold may be more than what it is taken for."""
    spends = [each.min_spend for each in versions_of(asset) if isinstance(each, Coupon)]
    return any(
        each.other > each.amount
        for each in spends
        if isinstance(each, MinSpend) and each.other is not None
    )


def _amounts(versions: Iterable[Coupon], order: Order, *, every_reading: bool) -> list[Money]:
    """From where on a threshold is met, and from where on also after the discount.

    Of a guessed unit also in the other one, where that is less: it would be enough for a check.
    """
    needs: set[Money] = set()
    for each in versions:
        if isinstance(each.min_spend, MinSpend):
            chosen, other = each.min_spend.amount, each.min_spend.other or each.min_spend.amount
            needs |= {chosen, other if every_reading else min(chosen, other)}
    wanted = needs | {need + order.discount for need in needs}
    return sorted(need for need in wanted if order.amount is None or need > order.amount)


def enough_for_certain(coupon: Coupon, order: Order) -> Money:
    """The amount from where on no threshold is in question: in either unit, after the discount."""
    spends = [each.min_spend for each in versions_of(coupon)]
    needs = [
        need
        for each in spends
        if isinstance(each, MinSpend)
        for need in (each.amount, each.other or each.amount)
    ]
    return max(needs, default=ZERO) + order.discount


def _counts(versions: Iterable[Coupon], order: Order) -> list[int]:
    needs = {need for each in versions if (need := needed_items(each)) is not None}
    return sorted(need for need in needs if order.item_count is None or need > order.item_count)


def _order_types(versions: Iterable[Coupon], order: Order) -> list[OrderType]:
    """Those that a coupon is for, where it is not for this one."""
    limits = [allowed for each in versions if (allowed := allowed_order_types(each)) is not None]
    if all(order.order_type in allowed for allowed in limits):
        return []
    return [each for each in OrderType if any(each in allowed for allowed in limits)]


def _outcomes(asset: Asset, context: Context) -> Iterator[tuple[Context, Eligibility]]:
    """What the rules say in a context; where time alone is in the way, also at later instants."""
    now = evaluate(asset, context)
    yield context, now
    for at in unblocked_instants(asset, context, now.reasons):
        later = replace(context, now=at)
        then = evaluate(asset, later)
        yield later, then
        if then.verdict is Verdict.USABLE:
            return


def _remedy(now: Context, then: Context, eligibility: Eligibility) -> Remedy:
    had, has = now.order, then.order
    amount = has.amount if has.amount != had.amount else None
    items = has.item_count if has.item_count != had.item_count else None
    return Remedy(
        amount=amount,
        gap=None if amount is None or had.amount is None else amount - had.amount,
        items=items,
        items_gap=None if items is None or had.item_count is None else items - had.item_count,
        order_type=has.order_type if has.order_type is not had.order_type else None,
        at=then.now if then.now != now.now else None,
        verdict=eligibility.verdict,
        remaining=eligibility.reasons,
    )
