"""Which values two APIs give differently of one asset (the notice SOURCES_DISAGREE)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from tests.fakes.opinion.dates import Validity
from tests.fakes.opinion.reading import Json, Odd, When, number, when, whole
from tests.fakes.opinion.spending import Threshold, percent_paid

if TYPE_CHECKING:
    from tests.fakes.opinion.card_rules import CardView
    from tests.fakes.opinion.coupon_rules import CouponView

Read = Callable[[Json], Any]


def coupon_disagreements(view: CouponView) -> list[Json]:
    ours = [row.data for row in view.coupon.of("member_info")]
    theirs = [row.data for row in view.coupon.of("identity")]
    templates = [row.get("template") or {} for row in ours]
    needs = [entry for entry in view.entries if isinstance(entry.threshold, Threshold)]
    found = {
        "status": _differ(ours, theirs, lambda row: whole(row.get("status"))),
        "valid_from": _differ(ours, theirs, lambda row: _start(row.get("start_at"))),
        "valid_until": _differ(ours, theirs, lambda row: _end(row.get("end_at"))),
        "discount_kind": _differ(templates, theirs, lambda row: whole(row.get("coupon_type"))),
        "value": _differ(templates, theirs, _worth),
        "min_spend": _differs(
            {entry.threshold.need for entry in needs if entry.source == "member_info"},
            {entry.threshold.need for entry in needs if entry.source == "identity"},
        ),
    }
    return _notice(found)


def card_disagreements(card: CardView) -> list[Json]:
    def status(row: Json) -> Any:
        return whole(row.get("cardStatus" if "cardStatus" in row else "status"))

    def balance(row: Json) -> Any:
        return number(row.get("balance" if "balance" in row else "par_value"))

    pair = card.told, card.listed
    found = {
        "status": _differ(*pair, status),
        "valid_from": _differ(*pair, lambda row: _start(row.get("beginAt"))),
        "valid_until": _differ(*pair, lambda row: _end(row.get("endAt"))),
        "balance": card.kind != 2 and _differ(*pair, balance),
    }
    return _notice(found)


def _notice(found: dict[str, bool]) -> list[Json]:
    fields = sorted(field for field, differs in found.items() if differs)
    return [{"code": "SOURCES_DISAGREE", "params": {"fields": fields}}] if fields else []


def _differ(ours: list[Json], theirs: list[Json], read: Read) -> bool:
    return _differs(*({read(row) for row in rows} - {None} for rows in (ours, theirs)))


def _differs(ours: set[Any], theirs: set[Any]) -> bool:
    first, second = (
        {value for value in values if not isinstance(value, Odd)} for values in (ours, theirs)
    )
    return bool(first and second and first != second)


def _start(value: Any) -> Hashable:
    told = when(value)
    return told.at if isinstance(told, When) else None


def _end(value: Any) -> Hashable:
    told = when(value)
    if not isinstance(told, When):
        return None
    validity = Validity(None, told)
    return "never" if validity.never else validity.last


def _worth(row: Json) -> Hashable:
    value = number(row.get("amount"))
    if whole(row.get("coupon_type")) == 1:
        return percent_paid(value)
    return None if isinstance(value, Odd) else value
