"""What the table says of one gift card, or of a 付费权益卡."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.fakes.opinion.coupon_rules import expired_at, status_unknown
from tests.fakes.opinion.dates import Validity
from tests.fakes.opinion.entries import Agreed, Entry, known
from tests.fakes.opinion.hours import Hours, read_hours
from tests.fakes.opinion.order import Where, yuan
from tests.fakes.opinion.reading import Json, Odd, When, empty, number, raw_of, text, when, whole
from tests.fakes.opinion.table import CARD_STATUS, reason, value_unknown

DOCUMENTED = range(1, 8)


def cards_of(told: list[Any], listed: list[Any]) -> list[CardView]:
    """Every gift card of a member: one number is one card, and no number a card of its own."""
    ours: dict[str, tuple[list[Json], list[Json]]] = defaultdict(lambda: ([], []))
    for place, (rows, key) in enumerate(((told, "cardNo"), (listed, "id"))):
        for index, row in enumerate(rows):
            name = text(row.get(key)) or f"nameless {place} {index}"
            ours[name][place].append(row)
    return [CardView(mine, theirs) for mine, theirs in ours.values()]


@dataclass
class CardView:
    """One gift card and the rows that speak of it."""

    told: list[Json]
    listed: list[Json]

    def __post_init__(self) -> None:
        self.row: Json = self.told[0] if self.told else {}
        self.kind = whole(self.row.get("cardType"))
        ours = [_entry(row, "cardStatus", self._nothing_left(row)) for row in self.told]
        theirs = [_entry(row, "status", self._nothing_left(row)) for row in self.listed]
        documented = [any(each.status in DOCUMENTED for each in side) for side in (ours, theirs)]
        for side, told_beside in ((ours, documented[1]), (theirs, documented[0])):
            for each in side:
                if each.status == 0 and told_beside:
                    each.status = None  # it is not known there, and here it is
        self.entries = ours + theirs
        self.hours: Hours = read_hours(self.row.get("useWeeks"), self.row.get("useTimeScope"))

    def _nothing_left(self, row: Json) -> bool | None:
        """Whether an entry says so; None: it does not say, or it is nothing to ask of the card."""
        ours = "par_value" not in row
        if self.kind == 3 or (self.kind == 2 and not ours):
            return None
        left = _money(row.get("balance") if ours else row["par_value"])
        return left <= 0 if isinstance(left, Decimal) else None

    @property
    def number(self) -> str:
        return text(self.row.get("cardNo")) or text(self.listed[0].get("id") if self.listed else "")

    @property
    def sources(self) -> list[str]:
        found = ["member_info"] if self.told else []
        return found + (["gift_card_list"] if self.listed else [])

    def validity(self) -> Validity:
        kinds = [whole(row.get("validType")) for row in self.listed]
        end = known([entry.end for entry in self.entries])
        start = known([entry.start for entry in self.entries])
        return Validity(start, end, endless=end is None and 1 in kinds)

    def balance(self) -> Decimal | Odd | None:
        told = [row.get("balance") for row in self.told if self.kind != 2]
        listed = [row.get("par_value") for row in self.listed]
        return known([_money(value) for value in [*told, *listed]])

    def uses_left(self) -> int | Odd | None:
        return whole(self.row.get("balance"))

    def reasons(self, where: Where) -> list[Json]:
        left_field = "uses_left" if self.kind == 2 else "balance"
        agreed = Agreed(self.entries, where.now, left_field)
        status = known([entry.status for entry in self.entries])
        found: list[Json] = []
        if agreed.every("status") and status in CARD_STATUS:
            found.append(reason(CARD_STATUS[status]))
        elif status not in (*CARD_STATUS, 4, 5):
            found.append(status_unknown(status))
        found += agreed.conflict()
        if any(whole(row.get("isErp")) == 1 for row in self.listed):
            found.append(reason("OTHER_SYSTEM", system="non_code"))
        found += self._dates(agreed)
        found += self.hours.reasons(where.now)
        return found + self._use(agreed)

    def _dates(self, agreed: Agreed) -> list[Json]:
        validity, now = self.validity(), agreed.now
        found: list[Json] = []
        if agreed.every("not_started"):
            assert isinstance(validity.start, When)
            found.append(reason("NOT_STARTED", at=validity.start.at.isoformat()))
        if agreed.every("expired") or agreed.every("expired_by_status"):
            at = expired_at(validity) if validity.expired(now) else None
            found.append(reason("EXPIRED", at=at))
        maybe = agreed.maybe_over()
        return found + (validity.unknown(now) or ([maybe] if maybe else []))

    def _use(self, agreed: Agreed) -> list[Json]:
        found: list[Json] = []
        if self.kind not in (1, 2, 3, 4):
            told = self.row.get("cardType")
            found.append(value_unknown("kind", None if empty(told) else raw_of(told)))
        if self.kind == 2:
            scope = whole(self.row.get("applicableType"))
            if scope == 2:
                found.append(reason("GOODS_RESTRICTED"))
            elif scope != 1:
                told = self.row.get("applicableType")
                found.append(value_unknown("times_scope", None if empty(told) else raw_of(told)))
        if self.kind != 3:
            field = "uses_left" if self.kind == 2 else "balance"
            left = self.uses_left() if self.kind == 2 else self.balance()
            found += _left(field, left) if not agreed.split("nothing_left") else []
        for field, key in (("non_code", "isErp"), ("bound", "bind_status")):
            odd = [row[key] for row in self.listed if whole(row.get(key)) not in (None, 0, 1)]
            found += [value_unknown(field, raw_of(odd[0]))] if odd else []
        if self.hours.odd_days is not None:
            found.append(value_unknown("weekdays", self.hours.odd_days.raw))
        return found

    def notices(self, where: Where, verdict: str, password: bool | None) -> list[Json]:
        used = whole(self.row.get("todayUsedNum"))
        found: list[Json] = []
        if isinstance(used, int) and used > 0:
            found.append({"code": "DAILY_LIMIT", "params": {"used": used}})
        found += self.validity().soon(where.now)
        money = self.balance()
        has_money = self.kind not in (2, 3) and isinstance(money, Decimal) and money > 0
        if password and verdict != "not_usable" and has_money:
            found.append({"code": "NEEDS_PASSWORD", "params": {}})
        return found

    def told_money(self) -> str | None:
        balance = self.balance()
        return yuan(balance) if isinstance(balance, Decimal) and self.kind not in (2, 3) else None


def _entry(row: Json, status: str, nothing_left: bool | None) -> Entry:
    return Entry(
        source="",
        status=whole(row.get(status)),
        start=when(row.get("beginAt")),
        end=when(row.get("endAt")),
        bound=whole(row.get("bind_status")),
        is_card=True,
        nothing_left=nothing_left,
    )


def _money(value: Any) -> Decimal | Odd | None:
    """分 of an amount in 元, which has two decimals at most."""
    told = number(value)
    if not isinstance(told, Decimal):
        return told
    return told * 100 if told * 100 == int(told * 100) else Odd(raw_of(value))


def _left(field: str, left: int | Decimal | Odd | None) -> list[Json]:
    if left is None or isinstance(left, Odd):
        return [value_unknown(field, left.raw if left else None)]
    return [reason("ZERO_BALANCE")] if left <= 0 else []


def benefit_validity(row: Json) -> Validity:
    return Validity(when(row.get("beginAt")), when(row.get("expiredAt")))


def benefit_reasons(row: Json, where: Where) -> list[Json]:
    """A 付费权益卡 has nothing but its dates."""
    validity = benefit_validity(row)
    found: list[Json] = []
    if validity.not_started(where.now):
        assert isinstance(validity.start, When)
        found.append(reason("NOT_STARTED", at=validity.start.at.isoformat()))
    if validity.expired(where.now):
        found.append(reason("EXPIRED", at=expired_at(validity)))
    return found + validity.unknown(where.now)
