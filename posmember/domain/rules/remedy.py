"""What would help: the least change that makes an asset usable.

A change is only told after `evaluate`, asked again with it, has said what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from posmember.domain.context import Context, Order, OrderType
from posmember.domain.money import Money
from posmember.domain.profile import Asset
from posmember.domain.rules.eligibility import evaluate, unblocked_instants
from posmember.domain.rules.reasoning import Reasons
from posmember.domain.rules.reasons import (
    VERDICT_RANK,
    Eligibility,
    FixableBy,
    Reason,
    ReasonCode,
    Verdict,
)

_SPEND = (ReasonCode.MIN_SPEND_NOT_MET, ReasonCode.SPEND_UNKNOWN)
_ITEMS = (ReasonCode.MIN_ITEMS_NOT_MET, ReasonCode.ITEMS_UNKNOWN)


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
        A change that makes it usable, else one that leaves something to check; None where
        neither more on the order, nor another order type, nor waiting would help.
    """
    hopeless = any(r.blocks and r.fixable_by is FixableBy.NOBODY for r in eligibility.reasons)
    if eligibility.verdict is Verdict.USABLE or hopeless:
        return None
    found = [
        (changed, then)
        for order in _orders(context.order, eligibility.reasons)
        for changed, then in _outcomes(asset, replace(context, order=order))
        if VERDICT_RANK[then.verdict] < VERDICT_RANK[eligibility.verdict]
    ]
    if not found:
        return None
    best, then = min(found, key=lambda each: VERDICT_RANK[each[1].verdict])  # the first of the best
    return _remedy(context, best, then)


def changed_order(order: Order, remedy: Remedy) -> Order:
    """The order with a remedy's changes."""
    return replace(
        order,
        order_type=remedy.order_type or order.order_type,
        amount=order.amount if remedy.amount is None else remedy.amount,
        item_count=order.item_count if remedy.items is None else remedy.items,
    )


def _orders(order: Order, reasons: Reasons) -> Iterator[Order]:
    """The order with what every reason asks for; one for each order type that is allowed."""
    allowed: tuple[str, ...] = ()
    for reason in reasons:
        need = reason.params.get("need")
        if reason.code in _SPEND and isinstance(need, Money):
            order = replace(order, amount=need)
        elif reason.code in _ITEMS and isinstance(need, int):
            order = replace(order, item_count=need)
        elif reason.code is ReasonCode.ORDER_TYPE_NOT_ALLOWED:
            allowed = _allowed(reason)
    yield from (replace(order, order_type=OrderType(name)) for name in allowed)
    if not allowed:
        yield order


def _allowed(reason: Reason) -> tuple[str, ...]:
    allowed = reason.params.get("allowed")
    return tuple(map(str, allowed)) if isinstance(allowed, tuple) else ()


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
