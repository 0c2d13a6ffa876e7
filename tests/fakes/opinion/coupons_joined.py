"""Which rows of member-info and identity are one coupon: put together by code, then by id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.opinion.reading import Json, text

OURS = ("member_info", "identity")


@dataclass(eq=False)
class Row:
    """One row of one source, as it came."""

    source: str
    data: Json

    @property
    def codes(self) -> set[str]:
        keys = ("couponId", "cardId", "verify_code")
        return {text(self.data.get(key)) for key in keys} - {""}

    @property
    def coupon_id(self) -> str:
        return text(self.data.get("coupon_id"))


@dataclass(eq=False)
class CouponOfRows:
    """One coupon and every row that speaks of it.

    Args:
        doubtful: whether it cannot be told if another row is its twin; `maybe` are those.
    """

    rows: list[Row]
    doubtful: bool = False
    maybe: list[Row] = field(default_factory=list)

    def of(self, source: str) -> list[Row]:
        return [row for row in self.rows if row.source == source]

    @property
    def codes(self) -> set[str]:
        return set().union(*(row.codes for row in self.rows))

    @property
    def ids(self) -> set[str]:
        return {row.coupon_id for row in self.rows} - {""}

    @property
    def sources(self) -> list[str]:
        return [source for source in OURS if self.of(source)]


def coupons_of(told: list[Any], by_identity: list[Any]) -> list[CouponOfRows]:
    """Every coupon of a member, with its rows."""
    rows = [Row("member_info", data) for data in told] + [
        Row("identity", data) for data in by_identity
    ]
    coupons = _by_code([row for row in rows if row.codes])
    coupons += [CouponOfRows([row]) for row in rows if not row.codes]
    of_id: dict[str, list[CouponOfRows]] = defaultdict(list)
    for coupon in coupons:
        for coupon_id in coupon.ids:
            of_id[coupon_id].append(coupon)
    for same_id in of_id.values():
        _by_id(same_id, coupons)
    return coupons


def _by_code(rows: list[Row]) -> list[CouponOfRows]:
    coupons: list[CouponOfRows] = []
    for row in rows:
        same = [coupon for coupon in coupons if coupon.codes & row.codes]
        merged = CouponOfRows([*(each for coupon in same for each in coupon.rows), row])
        coupons = [coupon for coupon in coupons if not coupon.codes & row.codes] + [merged]
    return coupons


def _by_id(same: list[CouponOfRows], coupons: list[CouponOfRows]) -> None:
    """Two that can be nobody else's are one coupon; of more that could be, nobody can tell."""
    for coupon in same:
        if coupon not in coupons:
            continue
        twins = [other for other in same if other is not coupon and could_be_one(coupon, other)]
        if len(twins) == 1 and _only_each_others(coupon, twins[0], same):
            coupon.rows += twins[0].rows
            coupons.remove(twins[0])
        elif twins:
            coupon.doubtful = True
            coupon.maybe = [row for other in twins for row in other.rows]


def could_be_one(first: CouponOfRows, second: CouponOfRows) -> bool:
    """Whether one of them is without a code, and the other source's."""
    return not (first.codes and second.codes) and len({*first.sources, *second.sources}) == 2


def _only_each_others(first: CouponOfRows, second: CouponOfRows, same: list[CouponOfRows]) -> bool:
    alone = len(first.sources) == len(second.sources) == 1
    others = [each for each in same if each is not first and could_be_one(second, each)]
    return alone and not others
