"""Which entries of member-info and of identity speak of one coupon (RULES, last part).

By the redemption code, however often a source has it. Entries without one are one coupon by
their coupon id; where others of that id have codes, they are the twin of the only one that the
other source lacks, and else nobody can tell which of them they are.
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
        mixed: whether even its own entries, which have no code, may be of several coupons.
    """

    records: list[CouponRecord] = field(default_factory=list)
    others: list[IdentityCoupon] = field(default_factory=list)
    perhaps: tuple[IdentityCoupon, ...] = ()
    unclear: bool = False
    mixed: bool = False


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
        self._nameless: dict[str, Entries] = {}
        for record in records:
            if record.card_id and record.redemption_code not in ("", record.card_id):
                self._codes_of_card[record.card_id].add(record.redemption_code)
        for place, record in enumerate(_unnamed_last(records)):
            self._of_record(record, place).records.append(record)
        for place, other in enumerate(_unnamed_last(others)):
            self._take(other, place)

    def grouped(self) -> list[Entries]:
        if self._nameless:
            self._find_twins_of_nameless()
        return [each for each in self._found.values() if each.records or each.others]

    def _at(self, key: _Key) -> Entries:
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = Entries()
        return found

    def _of_id(self, coupon_id: str) -> Entries:
        found = self._nameless[coupon_id] = self._at(("id", coupon_id))
        return found

    def _of_record(self, record: CouponRecord, place: int) -> Entries:
        code = record.redemption_code or self._code_by_card(record.card_id)
        if code:
            return self._at(code)
        return self._of_id(record.coupon_id) if record.coupon_id else self._at(("record", place))

    def _code_by_card(self, card_id: str) -> str:
        """A second code stands for the first one that it comes with, if that is one alone."""
        codes = self._codes_of_card.get(card_id, ())
        return next(iter(codes)) if card_id not in self._codes and len(codes) == 1 else card_id

    def _take(self, other: IdentityCoupon, place: int) -> None:
        code = other.redemption_code
        if not code and other.coupon_id:
            self._of_id(other.coupon_id).others.append(other)
        elif not code:
            self._at(("identity", place)).others.append(other)
        elif code not in self._codes and len(codes := self._codes_of_card.get(code, ())) > 1:
            owners = [self._found[each] for each in codes]
            if code in self._found:
                owners.append(self._found[code])
            _could_be_any([other], owners)
        else:
            self._at(self._code_by_card(code)).others.append(other)

    def _find_twins_of_nameless(self) -> None:
        by_id = _by_id(each for key, each in self._found.items() if isinstance(key, str))
        pairs = [
            (nameless, _candidates(nameless, by_id[coupon_id]))
            for coupon_id, nameless in self._nameless.items()
            if coupon_id in by_id
        ]
        doubtful = [
            (nameless, candidates)
            for nameless, candidates in pairs
            if not _joined_with_its_twin(nameless, candidates)
        ]
        for nameless, candidates in doubtful:
            _doubt(nameless, candidates)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Which coupons with a code entries without one could be of.

    Args:
        all: those that a source lacks which has such entries; or, without any, all of the id.
        lacking: whether they are the former.
    """

    all: list[Entries]
    lacking: bool


def _candidates(nameless: Entries, of_id: list[Entries]) -> _Candidates:
    lacking = [
        each
        for each in of_id
        if (nameless.records and not each.records) or (nameless.others and not each.others)
    ]
    return _Candidates(lacking or of_id, bool(lacking))


def _joined_with_its_twin(nameless: Entries, candidates: _Candidates) -> bool:
    """Join them where nothing else is possible."""
    one_source = not (nameless.records and nameless.others)
    if not (one_source and candidates.lacking and len(candidates.all) == 1):
        return False
    (twin,) = candidates.all
    twin.records += nameless.records
    twin.others += nameless.others
    nameless.records, nameless.others = [], []
    return True


def _doubt(nameless: Entries, candidates: _Candidates) -> None:
    """Each of them could be another."""
    nameless.mixed = True
    for each in candidates.all:
        _could_be_any(each.others, [nameless])
        _could_be_any(nameless.others, [each])
    if candidates.lacking and not nameless.records:
        nameless.others = []  # it is one of those, and they are shown


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
