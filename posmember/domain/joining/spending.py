"""What a coupon's threshold and discount mean in money (api/README: Values as they come)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from posmember.domain.coupon import (
    NOTHING_PROVEN,
    CouponTemplate,
    IdentityCoupon,
    MinSpend,
    UnitBasis,
    UnitProof,
)
from posmember.domain.money import ZERO, Money
from posmember.domain.values import Number, Unreadable

_SPEND_IN_TEXT = re.compile(r"满\s*([0-9]{1,7}(?:\.[0-9]{1,2})?)\s*(?:元|减)")
_HUNDRED = Decimal(100)
_TEN = Decimal(10)
_ONE = Decimal(1)

Threshold = MinSpend | Unreadable | None


class MinSpendUnit(StrEnum):
    """The profile's explicit setting for the unit of ``template.min_amount_use``."""

    AUTO = "auto"
    FEN = "fen"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Units:
    """What is known of the unit beside the coupon itself.

    Args:
        setting: the profile's explicit one.
        siblings: what the member's own coupons prove.
        seen: what coupons of other members proved on this till.
    """

    setting: MinSpendUnit = MinSpendUnit.AUTO
    siblings: UnitProof = NOTHING_PROVEN
    seen: UnitProof = NOTHING_PROVEN


def unit_proof(
    pairs: Iterable[tuple[CouponTemplate | None, IdentityCoupon | None]],
) -> UnitProof:
    """What coupons prove that identity's documented 分 can be compared with."""
    proven = [
        in_yuan
        for template, identity in pairs
        if template is not None and (in_yuan := _proven_in_yuan(template, identity)) is not None
    ]
    return UnitProof(fen=proven.count(False), yuan=proven.count(True))


def _proven_in_yuan(template: CouponTemplate, identity: IdentityCoupon | None) -> bool | None:
    """By the same coupon in the identity answer: equal (分), or 100 times off (元)."""
    raw = template.min_spend
    if identity is None or not isinstance(identity.min_spend, Money):
        return None
    if not isinstance(raw, Decimal) or raw <= 0:
        return None
    if raw == identity.min_spend.fen:
        return False
    return True if raw * _HUNDRED == identity.min_spend.fen else None


def min_spend(template: CouponTemplate, identity: IdentityCoupon | None, units: Units) -> Threshold:
    """A coupon's threshold, and how its unit was decided; None is no threshold.

    The unit of member-info's field is not documented, so in this order: the explicit
    setting; the same coupon in the identity answer, equal (分) or 100 times off (元); other
    coupons of the member that are proven so; what was seen proven before; a 满N元 in its
    texts; else 分, the only documented unit of that name.
    """
    raw = template.min_spend
    if raw is None:
        return documented_min_spend(identity)
    if isinstance(raw, Unreadable):
        return _identitys_or(raw, identity)
    if raw <= 0:
        return None
    basis, in_yuan = _unit_of(raw, template, identity, units)
    amount = _money(raw, in_yuan=in_yuan)
    if amount is None:
        return _identitys_or(Unreadable(str(raw)), identity)
    return MinSpend(amount, basis, None if basis.certain else _money(raw, in_yuan=not in_yuan))


def _identitys_or(unreadable: Unreadable, identity: IdentityCoupon | None) -> Threshold:
    """What identity tells where member-info cannot be read; its 0 is no threshold."""
    if identity is None or not isinstance(identity.min_spend, Money):
        return unreadable
    return documented_min_spend(identity)


def documented_min_spend(identity: IdentityCoupon | None) -> Threshold:
    """Identity's own threshold, documented in 分."""
    if identity is None or identity.min_spend is None:
        return None
    if isinstance(identity.min_spend, Unreadable):
        return identity.min_spend
    if identity.min_spend <= ZERO:
        return None
    return MinSpend(identity.min_spend, UnitBasis.DOCUMENTED)


def _unit_of(
    raw: Decimal, template: CouponTemplate, identity: IdentityCoupon | None, units: Units
) -> tuple[UnitBasis, bool]:
    if units.setting is not MinSpendUnit.AUTO:
        return UnitBasis.SETTING, units.setting is MinSpendUnit.YUAN
    if (in_yuan := _proven_in_yuan(template, identity)) is not None:
        return UnitBasis.IDENTITY, in_yuan
    if (in_yuan := units.siblings.in_yuan) is not None:
        return UnitBasis.SIBLING, in_yuan
    # Where the member's own coupons contradict each other, what was seen elsewhere is no help.
    if units.siblings.nothing and (in_yuan := units.seen.in_yuan) is not None:
        return UnitBasis.SEEN, in_yuan
    for yuan in _spends_in_texts(template):
        if raw == yuan:
            return UnitBasis.TEXT, True
        if raw == yuan * 100:
            return UnitBasis.TEXT, False
    # A fraction of a 分 cannot be meant.
    return UnitBasis.ASSUMED, raw != raw.to_integral_value()


def _spends_in_texts(template: CouponTemplate) -> list[Decimal]:
    texts = (
        template.label,
        template.display_title,
        template.display_value,
        template.explain_text,
    )
    return [
        Decimal(found) for text in texts if "满" in text for found in _SPEND_IN_TEXT.findall(text)
    ]


def _money(raw: Decimal, *, in_yuan: bool) -> Money | None:
    """None for what is finer than a 分."""
    try:
        return Money.from_yuan(raw if in_yuan else raw / _HUNDRED)
    except ValueError:
        return None


def percent_paid(value: Number) -> Number:
    """What is paid with a discount coupon, in percent; encodings in the wild: 8.5, 85, 0.85.

    At most 1 is a fraction, above 1 up to 10 is 折 (8.5 means pay 85 %), above 10 up to 100
    is the percent paid; anything else is unreadable.
    """
    if value is None or isinstance(value, Unreadable):
        return value
    if value <= 0 or value > _HUNDRED:
        return Unreadable(str(value))
    if value <= _ONE:
        return value * _HUNDRED
    return value * _TEN if value <= _TEN else value
