"""Which entries of member-info and of identity speak of one coupon (RULES, last part).

By the redemption code, however often a source has it; an entry without one by the coupon id,
with the other source's coupons that no code has found a twin for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from posmember.domain.coupon import CouponRecord, IdentityCoupon
from posmember.domain.pick import in_own_order

_Key = str | tuple[str, str | int]
E = TypeVar("E", CouponRecord, IdentityCoupon)


@dataclass(slots=True)
class Entries:
    """All that is told of one coupon.

    Args:
        perhaps: entries of identity's that could be this coupon's as well as another's.
        unclear: whether it cannot be told which entry of the other source is this coupon's.
    """

    records: list[CouponRecord] = field(default_factory=list)
    others: list[IdentityCoupon] = field(default_factory=list)
    perhaps: tuple[IdentityCoupon, ...] = ()
    unclear: bool = False


def entries_of_each(
    records: Sequence[CouponRecord], others: Sequence[IdentityCoupon]
) -> list[Entries]:
    """Every entry in its place: first what member-info knows, then what only identity does."""
    return _Grouping(records, others).grouped()


class _Grouping:
    """Both lists, on their way to one list of coupons."""

    def __init__(self, records: Sequence[CouponRecord], others: Sequence[IdentityCoupon]) -> None:
        self._found: dict[_Key, Entries] = {}
        self._codes = {record.redemption_code for record in records}
        self._codes_of_card: dict[str, set[str]] = defaultdict(set)
        self._nameless: dict[str, list[IdentityCoupon]] = defaultdict(list)
        for record in records:
            if record.card_id and record.redemption_code not in ("", record.card_id):
                self._codes_of_card[record.card_id].add(record.redemption_code)
        for place, record in enumerate(_unnamed_last(records)):
            self._at(self._key_of(record, place)).records.append(record)
        for place, other in enumerate(_unnamed_last(others)):
            self._take(other, place)

    def grouped(self) -> list[Entries]:
        if self._nameless:
            alone = [each for each in self._found.values() if each.records and not each.others]
            by_id = _by_id(alone)
            for coupon_id, others in self._nameless.items():
                self._join_nameless(others, by_id.get(coupon_id, []))
        if any(isinstance(key, tuple) for key in self._found):
            self._find_twins_of_nameless_records()
        return [each for each in self._found.values() if each.records or each.others]

    def _at(self, key: _Key) -> Entries:
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = Entries()
        return found

    def _key_of(self, record: CouponRecord, place: int) -> _Key:
        code = record.redemption_code or self._code_by_card(record.card_id)
        if code:
            return code
        return ("record", record.coupon_id or place)

    def _code_by_card(self, card_id: str) -> str:
        """A second code stands for the first one that it comes with, if that is one alone."""
        codes = self._codes_of_card.get(card_id, ())
        return next(iter(codes)) if card_id not in self._codes and len(codes) == 1 else card_id

    def _take(self, other: IdentityCoupon, place: int) -> None:
        code = other.redemption_code
        if not code and other.coupon_id:
            self._nameless[other.coupon_id].append(other)
        elif not code:
            self._at(("identity", place)).others.append(other)
        elif code not in self._codes and len(codes := self._codes_of_card.get(code, ())) > 1:
            owners = [self._found[each] for each in codes]
            if code in self._found:
                owners.append(self._found[code])
            _could_be_any([other], owners)
        else:
            self._at(self._code_by_card(code)).others.append(other)

    def _join_nameless(self, others: list[IdentityCoupon], candidates: list[Entries]) -> None:
        if len(candidates) > 1:
            _could_be_any(others, candidates)
        else:
            twin = candidates[0] if candidates else self._at(("identity", others[0].coupon_id))
            twin.others += others

    def _find_twins_of_nameless_records(self) -> None:
        by_id = _by_id(
            each for key, each in self._found.items() if isinstance(key, str) and not each.records
        )
        for key, each in self._found.items():
            if not isinstance(key, tuple) or not each.records or each.others or each.unclear:
                continue
            candidates = by_id.get(each.records[0].coupon_id, [])
            if len(candidates) > 1:
                _could_be_any([other for twin in candidates for other in twin.others], [each])
                for twin in candidates:
                    twin.unclear = True
            elif candidates:
                each.others = candidates[0].others
                candidates[0].others = []


def _unnamed_last(entries: Sequence[E]) -> list[E]:
    """What has neither code nor id keeps nothing but an order of its own."""
    if all(entry.redemption_code for entry in entries):
        return list(entries)  # nearly always
    named = [entry for entry in entries if _is_named(entry)]
    return named + in_own_order([entry for entry in entries if not _is_named(entry)])


def _is_named(entry: CouponRecord | IdentityCoupon) -> bool:
    second = entry.card_id if isinstance(entry, CouponRecord) else ""
    return bool(entry.redemption_code or second or entry.coupon_id)


def _by_id(found: Iterable[Entries]) -> dict[str, list[Entries]]:
    by_id: dict[str, list[Entries]] = defaultdict(list)
    for each in found:
        ids = {record.coupon_id for record in each.records}
        for coupon_id in ids.union(other.coupon_id for other in each.others) - {""}:
            by_id[coupon_id].append(each)
    return by_id


def _could_be_any(others: list[IdentityCoupon], coupons: list[Entries]) -> None:
    for each in coupons:
        each.perhaps += tuple(others)
        each.unclear = True
