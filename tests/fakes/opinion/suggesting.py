"""What is suggested, judged by everything that might be (RULES, Suggestion)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.fakes.opinion.helps import fen
from tests.fakes.opinion.order import ORDER_TYPES, Where
from tests.fakes.opinion.page import Opinion, Page
from tests.fakes.opinion.reading import Json, When

Fault = tuple[str, Any]
ALL = float("inf")


@dataclass(frozen=True)
class Change:
    """A coupon that one change would make usable; `size` compares changes of one kind."""

    kind: str
    opinion: Opinion
    size: Any
    saving: int | None


def suggestion_faults(answer: Json, page: Page, where: Where) -> Iterator[Fault]:
    """What is wrong with what is suggested; nothing where nobody can tell the coupons apart."""
    told = answer["suggestion"]
    if any(each.doubtful or each.twice for each in page.coupons):
        return
    usable = [each for each in page.coupons if each.verdict == "usable"]
    gains = [each for each in usable if (_saves(each, where) or 0) > 0]
    if gains:
        yield from _of_usable(told, gains, where)
    elif told is not None and told["change"] != "nothing":
        yield from _of_change(told, changes(page, where), usable)
    elif told is None:
        possible = [each for each in changes(page, where) if each.saving]
        if possible and not usable:
            yield "nothing, where a change would do", possible[0]
    elif not any(_is(told, each) for each in usable):
        yield "one that is not usable", told
    yield from _beside(told, usable, where)


def _of_usable(told: Json | None, gains: list[Opinion], where: Where) -> Iterator[Fault]:
    best = max(_saves(each, where) or 0 for each in gains)
    tied = [each for each in gains if _saves(each, where) == best]
    least = min(map(_face, tied))
    tied = [each for each in tied if _face(each) in (least, None)]
    first = min(map(_over, tied))
    tied = [each for each in tied if _over(each) == first]
    if told is None or told["change"] != "nothing" or not any(_is(told, each) for each in tied):
        yield "not the best of the usable", [sorted(each.names) for each in tied]
    elif fen(told["estimated_saving"]) != best:
        yield "another estimate", best


def _of_change(told: Json, possible: list[Change], usable: list[Opinion]) -> Iterator[Fault]:
    mine = [each for each in possible if _is(told, each.opinion) and each.kind == told["change"]]
    if not mine:
        yield "a change that does not do", told
        return
    best = possible[0]
    if best.kind != told["change"] or mine[0].size > best.size:
        yield "not the least change", (best.kind, sorted(best.opinion.names), best.size)


def _beside(told: Json | None, usable: list[Opinion], where: Where) -> Iterator[Fault]:
    free = [each for each in usable if each.view.is_free_delivery]
    if where.order_type != "delivery" or not free:
        if told is not None and told.get("beside"):
            yield "beside it a coupon that is not for this order", told["beside"]
    elif told is None or not (any(_is(told, each) for each in free) or told.get("beside")):
        yield "no free delivery beside it", [sorted(each.names) for each in free]


def changes(page: Page, where: Where) -> list[Change]:
    """Every change that alone makes a coupon usable, the least first."""
    found: list[Change] = []
    for each in page.coupons:
        if each.verdict == "usable":
            continue
        found += _by_spending(each, where)
        found += _by_order_type(each, where)
        found += _by_waiting(each, where)
    kinds = ("spend_more", "order_type", "wait")
    return sorted(found, key=lambda change: (kinds.index(change.kind), change.size))


def _by_spending(of: Opinion, where: Where) -> Iterator[Change]:
    if where.amount is None:
        return
    needs = of.view.readings()
    for amount in sorted(need + more for need in needs for more in (0, where.discount)):
        new = replace(where, amount=amount)
        gap, saves = amount - where.amount, _saves(of, new)
        if gap > 0 and saves and of.verdict_at(new) == "usable":
            if gap <= 3 * saves and gap <= where.amount:
                yield Change("spend_more", of, gap, saves)
            return


def _by_order_type(each: Opinion, where: Where) -> Iterator[Change]:
    for order_type in ORDER_TYPES:
        new = replace(where, order_type=order_type)
        if each.verdict_at(new) == "usable":
            yield Change("order_type", each, 0, _saves(each, new))


def _by_waiting(each: Opinion, where: Where) -> Iterator[Change]:
    at = each.next_usable_at
    if at is None or at >= business_day_end(where.now):
        return
    new = replace(where, now=at)
    if each.verdict_at(new) == "usable":
        yield Change("wait", each, at, _saves(each, new))


def business_day_end(now: datetime) -> datetime:
    """The next 04:00: what is before it is still today."""
    four = now.replace(hour=4, minute=0, second=0, microsecond=0)
    return four if now < four else four + timedelta(days=1)


def _saves(each: Opinion, where: Where) -> int | None:
    saving: int | None = each.view.saving_at(where)
    return saving


def _face(each: Opinion) -> Any:
    kind, value = each.view.value()
    return value if kind == 0 and isinstance(value, Decimal) else ALL


def _over(each: Opinion) -> Any:
    validity = each.view.validity()
    return validity.last.timestamp() if isinstance(validity.end, When) and validity.last else ALL


def _is(told: Json, each: Opinion) -> bool:
    return told["redemption_code"] in each.names or (not told["redemption_code"] and not each.names)
