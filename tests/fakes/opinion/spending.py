"""Thresholds, what a coupon saves, and what points take off: all in 分."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tests.fakes.opinion.coupons_joined import CouponOfRows
from tests.fakes.opinion.order import Member, Where, yuan
from tests.fakes.opinion.reading import Json, Odd, flag, number, raw_of, text, whole

WORDS = ("coupon_label", "coupon_title", "coupon_amount", "explain_text")


@dataclass(frozen=True)
class Threshold:
    """One source's threshold in 分, and how its unit was chosen."""

    need: Decimal
    basis: str
    other: Decimal | None = None
    """What it would be in the other unit, where the unit is not certain."""

    def state(self, where: Where) -> str:
        """met, blocked, basis, unit or unknown."""
        if self.other is None or where.amount is None:
            return state_of(self.need, where)
        states = {state_of(need, where) for need in (self.need, self.other)}
        return states.pop() if len(states) == 1 else "unit"

    def reasons(self, where: Where) -> list[Json]:
        need, have = yuan(self.need), where.amount and yuan(where.amount)
        if where.amount == 0:
            have = "0.00"
        match self.state(where):
            case "unknown":
                return [{"code": "SPEND_UNKNOWN", "params": {"need": need}}]
            case "blocked":
                gap = yuan(self.need - (where.amount or 0))
                return [
                    {
                        "code": "MIN_SPEND_NOT_MET",
                        "params": {"need": need, "have": have, "gap": gap},
                    }
                ]
            case "basis":
                return self._basis(where)
            case "unit":
                basis = [] if state_of(self.need, where) != "basis" else self._basis(where)
                fen, full = sorted((self.need, self.other or self.need))
                params = {"need_if_fen": yuan(fen), "need_if_yuan": yuan(full)}
                return [{"code": "SPEND_UNIT_UNKNOWN", "params": params}, *basis]
        return []

    def _basis(self, where: Where) -> list[Json]:
        amount = where.amount or 0
        params = {
            "need": yuan(self.need),
            "have": yuan(amount),
            "after_discount": yuan(amount - where.discount),
        }
        return [{"code": "SPEND_BASIS_UNKNOWN", "params": params}]


def state_of(need: Decimal, where: Where) -> str:
    if need <= 0:
        return "met"
    if where.amount is None:
        return "unknown"
    if where.amount < need:
        return "blocked"
    return "basis" if where.amount - where.discount < need else "met"


def proven_unit(coupon: CouponOfRows) -> set[str]:
    """What this coupon proves of member-info's unit: its two sources side by side."""
    found = set()
    for row in coupon.of("member_info"):
        ours = number((row.data.get("template") or {}).get("min_amount_use"))
        for other in coupon.of("identity"):
            theirs = whole(other.data.get("min_amount_use"))
            if isinstance(ours, Decimal) and isinstance(theirs, int) and ours > 0:
                found |= {"fen"} if ours == theirs else set()
                found |= {"yuan"} if ours * 100 == theirs else set()
    return found


def told_threshold(
    template: Json, coupon: CouponOfRows, siblings: set[str], where: Where
) -> Threshold | Odd | None:
    """Member-info's threshold: its unit by the setting, a proof, a text, or as documented."""
    told = number(template.get("min_amount_use"))
    if not isinstance(told, Decimal):
        return told
    if told <= 0:
        return Threshold(Decimal(0), "none")
    as_unit = {"fen": told, "yuan": told * 100}
    unread = Odd(raw_of(template["min_amount_use"]))  # finer than a 分, in that unit
    for certain in ({where.unit} - {"auto"}, proven_unit(coupon), siblings):
        if len(certain) == 1:
            need = as_unit[next(iter(certain))]
            return Threshold(need, "certain") if need == int(need) else unread
    if as_unit["fen"] != int(as_unit["fen"]):
        need, can_be = as_unit["yuan"], as_unit["yuan"] == int(as_unit["yuan"])
        basis = "text" if told in spoken_in(template) else "assumed"
        return Threshold(need, basis) if can_be else unread
    spoken = spoken_in(template)
    if told in spoken:
        return Threshold(as_unit["yuan"], "text", as_unit["fen"])
    if told / 100 in spoken:
        return Threshold(as_unit["fen"], "text", as_unit["yuan"])
    return Threshold(as_unit["fen"], "assumed", as_unit["yuan"])


def spoken_in(template: Json) -> set[Decimal]:
    """The amounts in 元 that its texts speak of."""
    words = " ".join(text(template.get(key)) for key in WORDS)
    return {Decimal(found) for found in re.findall(r"满\s*(\d+(?:\.\d+)?)\s*[元减]", words)}


def identity_threshold(row: Json) -> Threshold | Odd | None:
    told = whole(row.get("min_amount_use"))
    return Threshold(Decimal(max(told, 0)), "documented") if isinstance(told, int) else told


def percent_paid(value: Decimal | Odd | None) -> Decimal | None:
    """At most 1 a fraction, up to 10 折, up to 100 the percent paid."""
    if not isinstance(value, Decimal) or not 0 < value <= 100:
        return None
    if value <= 1:
        return value * 100
    return value * 10 if value <= 10 else value


def saving(kind: Any, value: Any, where: Where) -> int | None:
    """The estimate of a cash or a discount coupon that is good for all goods."""
    if not isinstance(value, Decimal) or kind not in (0, 1):
        return None
    if kind == 0:
        if value < 0:
            return None
        face = int((value * 100).to_integral_value(ROUND_FLOOR))
        return face if where.left is None else min(face, where.left)
    paid = percent_paid(value)
    if paid is None or where.left is None:
        return None
    off = where.left * (100 - paid) / 100
    return int(off.to_integral_value(ROUND_HALF_UP))


def points_payment(member: Member, points: Any, where: Where) -> Json:
    """What points take off at most, and how many that takes."""
    enabled = flag(member.of_user("is_open_points_pay"), 1, 0)
    found = None
    rule = member.of_user("pay_rule") or {}
    if enabled and isinstance(points, Decimal) and where.left is not None:
        found = _deduction(rule, max(points, Decimal(0)), where.left)
    return {
        "enabled": enabled,
        "max_deduction": yuan(found[0]) if found else None,
        "points": found[1] if found else None,
    }


def _deduction(rule: Json, points: Decimal, left: int) -> tuple[int, int] | None:
    kind, ratio = whole(rule.get("points_num_type")), number(rule.get("points_num"))
    most = number(rule.get("exchange_astrict"))
    most = Decimal(0) if most is None else most
    if kind not in (1, 2) or not isinstance(ratio, Decimal) or ratio <= 0:
        return None
    if not isinstance(most, Decimal) or most < 0:
        return None
    # As exact parts: a third of a point is no decimal.
    fen_each = Fraction(ratio) * 100 if kind == 1 else 100 / Fraction(ratio)
    share = min(Fraction(most) / 100, Fraction(1)) if most else Fraction(1)
    limit = floor(left * share)
    fen = min(limit, floor(Fraction(points) * fen_each))
    while fen > 0 and ceil(fen / fen_each) > points:
        fen -= 1  # where points are not whole, or not quite enough
    return fen, ceil(fen / fen_each)
