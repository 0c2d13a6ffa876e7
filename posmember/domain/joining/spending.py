"""What a coupon's threshold and discount mean in money (api/README: Values as they come)."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from posmember.domain.coupon import CouponTemplate, IdentityCoupon, MinSpend, UnitBasis
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


def min_spend(
    template: CouponTemplate, identity: IdentityCoupon | None, unit: MinSpendUnit
) -> Threshold:
    """A coupon's threshold, and how its unit was decided; None is no threshold.

    The unit of member-info's field is not documented, so in this order: the explicit
    setting; the same coupon in the identity answer, equal (分) or 100 times off (元); a
    满N元 in its texts; else 分, the only documented unit of that name.
    """
    raw = template.min_spend
    if raw is None or isinstance(raw, Unreadable):
        told = documented_min_spend(identity)
        return raw if told is None else told
    if raw <= 0:
        return None
    basis, in_yuan = _unit_of(raw, template, identity, unit)
    return _threshold(raw, basis, in_yuan=in_yuan)


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
    raw: Decimal, template: CouponTemplate, identity: IdentityCoupon | None, unit: MinSpendUnit
) -> tuple[UnitBasis, bool]:
    if unit is not MinSpendUnit.AUTO:
        return UnitBasis.SETTING, unit is MinSpendUnit.YUAN
    if identity is not None and isinstance(identity.min_spend, Money):
        if raw == identity.min_spend.fen:
            return UnitBasis.IDENTITY, False
        if raw * 100 == identity.min_spend.fen:
            return UnitBasis.IDENTITY, True
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


def _threshold(raw: Decimal, basis: UnitBasis, *, in_yuan: bool) -> Threshold:
    try:
        amount = Money.from_yuan(raw if in_yuan else raw / _HUNDRED)
    except ValueError:
        return Unreadable(str(raw))
    return MinSpend(amount, basis)


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
