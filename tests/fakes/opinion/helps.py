"""`helps`, judged by trying: every small change of the order, and the time it says to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

from tests.fakes.opinion.order import ORDER_TYPES, Where
from tests.fakes.opinion.page import Opinion
from tests.fakes.opinion.reading import Json
from tests.fakes.opinion.table import RANK

PARTS = ("amount", "items", "order_type", "at")
SECOND = timedelta(seconds=1)


def fen(yuan: str | None) -> int | None:
    return None if yuan is None else round(float(yuan) * 100)


def changed(where: Where, helps: Json, parts: tuple[str, ...] = PARTS) -> Where:
    """The situation with the parts of a change, and without the others."""
    new = where
    if "amount" in parts and helps.get("amount") is not None:
        new = replace(new, amount=fen(helps["amount"]))
    if "items" in parts and helps.get("items") is not None:
        new = replace(new, items=helps["items"])
    if "order_type" in parts and helps.get("order_type") is not None:
        new = replace(new, order_type=helps["order_type"])
    if "at" in parts and helps.get("at") is not None:
        new = replace(new, now=datetime.fromisoformat(helps["at"]))
    return new


def faults_of(helps: Json | None, opinion: Opinion) -> Iterator[str]:
    """What is wrong with a change that somebody says would help, or with none."""
    before, best = RANK[opinion.verdict], best_of(opinion)
    if helps is None:
        if best is not None and best[0] < before:
            yield f"nothing helps, but {best[1]} does"
        return

    def rank(where: Where) -> int:
        return RANK[opinion.verdict_at(where)]

    where = opinion.where
    promised = RANK[helps["verdict"]]
    after = opinion.ask(changed(where, helps))
    then = opinion.verdict_at(changed(where, helps))
    if then != helps["verdict"] or promised >= before:
        yield f"promises {helps['verdict']} from {opinion.verdict}, gives {then}"
    if sorted({each["code"] for each in after}) != sorted(set(helps["remaining"])):
        yield f"remaining: {[each['code'] for each in after]}"
    told = [part for part in PARTS if helps.get(part) is not None]
    for without in told:
        parts = tuple(part for part in told if part != without)
        if rank(changed(where, helps, parts)) <= promised:
            yield f"{without} is not needed"
    for less, part in smaller(helps):
        if rank(changed(where, less)) <= promised:
            yield f"less {part} is enough"
    if best is not None and best[0] < promised:
        yield f"{best[1]} gives more"


def smaller(helps: Json) -> Iterator[tuple[Json, str]]:
    """Each number of a change, made one less."""
    if helps.get("amount"):
        less = (fen(helps["amount"]) or 0) - 1
        yield {**helps, "amount": f"{less / 100:.2f}"}, "amount"
    if helps.get("items"):
        yield {**helps, "items": helps["items"] - 1}, "items"
    if helps.get("at"):
        earlier = datetime.fromisoformat(helps["at"]) - SECOND
        yield {**helps, "at": earlier.isoformat()}, "at"


def best_of(opinion: Opinion) -> tuple[int, Json] | None:
    """The best verdict that any change of the order, or waiting alone, can give.

    A hundred times as much for a guess only where nothing less gives a better one.
    """
    found = _best_with(opinion, set())
    if opinion.kind == "coupon" and (found is None or found[0] >= RANK[opinion.verdict]):
        return _best_with(opinion, opinion.view.readings())
    return found


def _best_with(opinion: Opinion, readings: set[int]) -> tuple[int, Json] | None:
    where = opinion.where
    amounts, items = {where.amount, *readings}, {where.items}
    amounts |= {need + where.discount for need in readings}
    for each in opinion.reasons:
        names = ["need", "need_if_fen", "need_if_yuan"]
        if each["code"] == "SPEND_UNIT_UNKNOWN" and opinion.guessed_fen:
            names = []
        for name in names:
            need = each["params"].get(name)
            if isinstance(need, str):
                amounts |= {fen(need), (fen(need) or 0) + where.discount}
            elif need is not None:
                items.add(need)
    moments = {where.now} | ({opinion.next_usable_at} if opinion.next_usable_at else set())
    found: tuple[int, Json] | None = None
    for amount, count, order_type, now in product(amounts, items, ORDER_TYPES, moments):
        if where.amount is not None and (amount or 0) < where.amount:
            continue
        if where.items is not None and (count or 0) < where.items:
            continue
        new = replace(where, amount=amount, items=count, order_type=order_type, now=now)
        rank = RANK[opinion.verdict_at(new)]
        if found is None or rank < found[0]:
            change = {"amount": amount, "items": count, "order_type": order_type, "at": str(now)}
            found = (rank, change)
    return found
