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
    """Every coupon of a member, with its rows, member-info's first.

    By code; what has no code by its coupon_id; what has neither is a coupon of its own.
    """
    rows = [Row("member_info", data) for data in told]
    rows += [Row("identity", data) for data in by_identity]
    coupons = _by_code([row for row in rows if row.codes])
    nameless: dict[str, list[Row]] = defaultdict(list)
    for index, row in enumerate(rows):
        if not row.codes:
            nameless[row.coupon_id or f"none {index}"].append(row)
    for coupon_id, same in nameless.items():
        _add_nameless(coupon_id, same, coupons)
    for coupon in coupons:
        coupon.rows.sort(key=lambda row: OURS.index(row.source))
    return coupons


def _by_code(rows: list[Row]) -> list[CouponOfRows]:
    coupons: list[CouponOfRows] = []
    for row in rows:
        same = [coupon for coupon in coupons if coupon.codes & row.codes]
        merged = CouponOfRows([*(each for coupon in same for each in coupon.rows), row])
        coupons = [coupon for coupon in coupons if not coupon.codes & row.codes] + [merged]
    return coupons


def _add_nameless(coupon_id: str, rows: list[Row], coupons: list[CouponOfRows]) -> None:
    """To the other source's only coupon of this id; where there are more, who can tell?"""
    new = CouponOfRows(rows)
    with_code = [coupon for coupon in coupons if coupon.codes and coupon_id in coupon.ids]
    others = [coupon for coupon in with_code if not {*coupon.sources} & {*new.sources}]
    if len(others) == 1:
        others[0].rows += rows
        return
    coupons.append(new)
    for coupon in with_code:
        coupon.doubtful = new.doubtful = True
        if could_be_one(coupon, new):
            coupon.maybe += new.rows
            new.maybe += coupon.rows


def could_be_one(coupon: CouponOfRows, nameless: CouponOfRows) -> bool:
    """Whether a coupon that only one source knows by its code may have its twin among others."""
    return len(coupon.sources) == 1 and not {*nameless.sources} <= {*coupon.sources}
