"""Whether the engines' rules are the program's: the same codes, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from posmember.domain.context import AccountStatus, Context, Order, OrderType, Store
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.rules.eligibility import evaluate
from tests.bench.engine_rules.contestants import Codes, Contestant
from tests.bench.engine_rules.facts import facts_of


class DisagreementError(Exception):
    """An engine gives other codes than the program, so that there is nothing to compare."""


def contexts(usual: Context) -> Iterator[Context]:
    """The usual context, and others that ask more of the rules."""
    store = usual.store
    takeaway = Order(OrderType.DELIVERY, Money(3000), Money(500), item_count=2)
    bill = Order(OrderType.PAY_BILL, Money(0), item_count=0)
    night = (usual.now + timedelta(days=2)).replace(hour=0, minute=30)
    yield replace(usual, order=Order())
    yield replace(usual, order=takeaway)
    yield replace(usual, order=bill, now=night, account=AccountStatus.FROZEN)
    yield replace(usual, store=Store(code=store.code), now=usual.now - timedelta(days=30))
    yield replace(usual, store=Store(), order=takeaway, account=AccountStatus.FAILED)


def our_codes(asset: Coupon | GiftCard, context: Context) -> Codes:
    """The codes of the program's own reasons."""
    return [reason.code.value for reason in evaluate(asset, context).reasons]


def agreed_codes(
    engines: Sequence[Contestant], assets: Iterable[Coupon | GiftCard], context: Context
) -> frozenset[str]:
    """Ask every engine about every asset that has one version; gives the codes that were met.

    The program puts what only one of several versions says in one reason, which is no condition.

    Raises:
        DisagreementError: with the engine, what it said, and what the program says.
    """
    met: set[str] = set()
    for asset in (each for each in assets if not each.versions):
        ours, facts = our_codes(asset, context), facts_of(asset, context)
        for engine in engines:
            judge = engine.coupon if isinstance(asset, Coupon) else engine.card
            theirs = judge(engine.prepare(facts))
            if theirs != ours:
                raise DisagreementError(f"{engine.name}: {theirs}, not {ours}, on {facts}")
        met.update(ours)
    return frozenset(met)
