"""Member-info's coupons and identity's, joined (RULES, last part)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from posmember.domain.coupon import (
    Coupon,
    CouponRecord,
    CouponTemplate,
    DiscountKind,
    ExpiryKind,
    IdentityCoupon,
    MinSpend,
)
from posmember.domain.joining.spending import (
    MinSpendUnit,
    Threshold,
    documented_min_spend,
    min_spend,
    percent_paid,
)
from posmember.domain.money import ZERO, Money
from posmember.domain.pick import differing, end_instant, prefer, start_instant
from posmember.domain.sources import Source

_NO_TEMPLATE = CouponTemplate()
_NO_IDENTITY = IdentityCoupon()
_BOTH = (Source.MEMBER_INFO, Source.IDENTITY)
_MEMBER_INFO = (Source.MEMBER_INFO,)
_IDENTITY = (Source.IDENTITY,)


def join_coupons(
    records: Sequence[CouponRecord], others: Sequence[IdentityCoupon], *, unit: MinSpendUnit
) -> tuple[Coupon, ...]:
    """Member-info's coupons with what identity knows of them, then those only identity knows.

    Joined on the redemption code, else on the coupon id where one side has no code.
    """
    partners = _partners(records, others)
    joined = [_coupon(record, other, unit) for record, other in zip(records, partners, strict=True)]
    taken = {id(other) for other in partners}
    joined += [_known_to_identity(other) for other in others if id(other) not in taken]
    return tuple(joined)


def _partners(
    records: Sequence[CouponRecord], others: Sequence[IdentityCoupon]
) -> list[IdentityCoupon | None]:
    """Identity's side of each record: all codes first, so that no id takes a code's partner."""
    by_code = {other.redemption_code: other for other in others if other.redemption_code}
    found = [
        by_code.pop(record.redemption_code, None) or by_code.pop(record.card_id, None)
        for record in records
    ]
    taken = {id(other) for other in found}
    by_id = {o.coupon_id: o for o in others if o.coupon_id and id(o) not in taken}
    for index, record in enumerate(records):
        other = by_id.get(record.coupon_id)
        if found[index] is None and other is not None and not _codes_differ(record, other):
            found[index] = by_id.pop(record.coupon_id)
    return found


def _codes_differ(record: CouponRecord, other: IdentityCoupon) -> bool:
    return bool(other.redemption_code and (record.redemption_code or record.card_id))


def _coupon(record: CouponRecord, identity: IdentityCoupon | None, unit: MinSpendUnit) -> Coupon:
    template, other = record.template or _NO_TEMPLATE, identity or _NO_IDENTITY
    valid_from = prefer(record.valid_from, other.valid_from)
    valid_until = prefer(record.valid_until, other.valid_until)
    if template.expiry_kind in (None, ExpiryKind.FIXED):
        # Relative validity counts from the day it was received, which only the coupon knows.
        valid_from = prefer(valid_from, template.valid_from)
        valid_until = prefer(valid_until, template.valid_until)
    discount_kind = prefer(template.discount_kind, other.discount_kind)
    value = prefer(template.value, other.value)
    threshold = min_spend(template, identity, unit)
    return Coupon(
        redemption_code=record.redemption_code or record.card_id or other.redemption_code,
        coupon_id=record.coupon_id,
        title=template.title or template.display_title or other.title,
        valid_from=valid_from,
        valid_until=valid_until,
        status=prefer(record.status, other.status),
        lock=other.lock,
        discount_kind=discount_kind,
        value=value,
        percent_paid=percent_paid(value) if discount_kind == DiscountKind.PERCENT else None,
        min_spend=threshold,
        template=record.template,
        record=record,
        identity=identity,
        sources=_BOTH if identity else _MEMBER_INFO,
        disagreements=_disagreements(record, template, identity, threshold) if identity else (),
    )


def _known_to_identity(other: IdentityCoupon) -> Coupon:
    percent = other.discount_kind == DiscountKind.PERCENT
    return Coupon(
        redemption_code=other.redemption_code,
        coupon_id=other.coupon_id,
        title=other.title,
        valid_from=other.valid_from,
        valid_until=other.valid_until,
        status=other.status,
        lock=other.lock,
        discount_kind=other.discount_kind,
        value=other.value,
        percent_paid=percent_paid(other.value) if percent else None,
        min_spend=documented_min_spend(other),
        identity=other,
        sources=_IDENTITY,
    )


def _disagreements(
    record: CouponRecord, template: CouponTemplate, other: IdentityCoupon, threshold: Threshold
) -> tuple[str, ...]:
    spend = _told_spend(template, threshold)
    first = (record.status, record.valid_from, record.valid_until, template.discount_kind)
    second = (other.status, other.valid_from, other.valid_until, other.discount_kind)
    if (*first, template.value, spend) == (*second, other.value, other.min_spend):
        return ()  # nearly always, and a member may have a thousand
    return differing(
        (
            ("status", record.status, other.status),
            ("valid_from", start_instant(record.valid_from), start_instant(other.valid_from)),
            ("valid_until", end_instant(record.valid_until), end_instant(other.valid_until)),
            ("discount_kind", template.discount_kind, other.discount_kind),
            ("value", template.value, other.value),
            ("min_spend", spend, other.min_spend),
        )
    )


def _told_spend(template: CouponTemplate, threshold: Threshold) -> Money | None:
    """Member-info's threshold; its 0 is an answer, too: identity may know of one."""
    if isinstance(threshold, MinSpend):
        return threshold.amount
    return ZERO if threshold is None and isinstance(template.min_spend, Decimal) else None
