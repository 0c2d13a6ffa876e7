"""Member-info's coupons and identity's, joined (RULES, last part)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from posmember.domain.coupon import (
    Coupon,
    CouponRecord,
    CouponTemplate,
    DiscountKind,
    ExpiryKind,
    IdentityCoupon,
    MinSpend,
)
from posmember.domain.pick import differing, prefer
from posmember.domain.sources import Source
from posmember.domain.spending import (
    MinSpendUnit,
    Threshold,
    documented_min_spend,
    min_spend,
    percent_paid,
)
from posmember.domain.values import PlatformTime, Time

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
    by_code = {other.redemption_code: other for other in others if other.redemption_code}
    by_id = {other.coupon_id: other for other in others if other.coupon_id}
    taken: set[int] = set()
    joined = []
    for record in records:
        other = _partner(record, by_code, by_id)
        if other is None or id(other) in taken:
            joined.append(_coupon(record, None, unit))
        else:
            taken.add(id(other))
            joined.append(_coupon(record, other, unit))
    joined += [_known_to_identity(other) for other in others if id(other) not in taken]
    return tuple(joined)


def _partner(
    record: CouponRecord, by_code: dict[str, IdentityCoupon], by_id: dict[str, IdentityCoupon]
) -> IdentityCoupon | None:
    found = by_code.get(record.redemption_code) or by_code.get(record.card_id)
    if found is not None:
        return found
    found = by_id.get(record.coupon_id)
    if found is not None and found.redemption_code and (record.redemption_code or record.card_id):
        return None
    return found


def _coupon(record: CouponRecord, identity: IdentityCoupon | None, unit: MinSpendUnit) -> Coupon:
    template, other = record.template or _NO_TEMPLATE, identity or _NO_IDENTITY
    starts_at = prefer(record.starts_at, other.starts_at)
    ends_at = prefer(record.ends_at, other.ends_at)
    if template.expiry_kind in (None, ExpiryKind.FIXED):
        # Relative validity counts from the day it was received, which only the coupon knows.
        starts_at = prefer(starts_at, template.starts_at)
        ends_at = prefer(ends_at, template.ends_at)
    discount_kind = prefer(template.discount_kind, other.discount_kind)
    value = prefer(template.value, other.value)
    threshold = min_spend(template, identity, unit)
    return Coupon(
        redemption_code=record.redemption_code or record.card_id or other.redemption_code,
        coupon_id=record.coupon_id,
        title=template.title or template.display_title or other.title,
        starts_at=starts_at,
        ends_at=ends_at,
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
        starts_at=other.starts_at,
        ends_at=other.ends_at,
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
    spend = threshold.amount if isinstance(threshold, MinSpend) else None
    return differing(
        (
            ("status", record.status, other.status),
            ("starts_at", _start(record.starts_at), _start(other.starts_at)),
            ("ends_at", _end(record.ends_at), _end(other.ends_at)),
            ("discount_kind", template.discount_kind, other.discount_kind),
            ("value", template.value, other.value),
            ("min_spend", spend, other.min_spend),
        )
    )


def _start(time: Time) -> datetime | None:
    return time.at if isinstance(time, PlatformTime) else None


def _end(time: Time) -> datetime | None:
    """Ends compare by the instant they are over: a date and its 23:59:59 are the same end."""
    return time.over_at if isinstance(time, PlatformTime) else None
