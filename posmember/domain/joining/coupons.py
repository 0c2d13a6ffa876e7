"""Member-info's coupons and identity's, joined (RULES, last part)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from posmember.domain.coupon import (
    NOTHING_PROVEN,
    Coupon,
    CouponRecord,
    CouponTemplate,
    DiscountKind,
    ExpiryKind,
    IdentityCoupon,
    MinSpend,
    UnitProof,
)
from posmember.domain.joining.spending import (
    MinSpendUnit,
    Threshold,
    Units,
    documented_min_spend,
    min_spend,
    percent_paid,
    unit_proof,
)
from posmember.domain.joining.twins import Entries, entries_of_each
from posmember.domain.money import ZERO, Money
from posmember.domain.pick import (
    MOST_ENTRIES,
    differing,
    distinct,
    end_instant,
    gravest,
    known,
    last_instants,
    prefer,
    same_end,
    start_instant,
    taken_over,
    told_by_any,
)
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Unreadable

_NO_TEMPLATE = CouponTemplate()
_NO_IDENTITY = IdentityCoupon()
_BOTH = (Source.MEMBER_INFO, Source.IDENTITY)
_MEMBER_INFO = (Source.MEMBER_INFO,)
_IDENTITY = (Source.IDENTITY,)
_USED = 1
_NOT_LOCKED, _LOCKED = 1, 2
_NAMES = ("status", "valid_from", "valid_until", "discount_kind", "value", "min_spend", "template")
_JUDGED = frozenset({"status", "valid_from", "valid_until", "min_spend"})
"""What both sources tell, and the rules look at."""
_TAKEN_OVER = (
    *("status", "valid_from", "valid_until", "template"),
    *("discount_kind", "value", "percent_paid"),
)


def join_coupons(
    records: Sequence[CouponRecord],
    others: Sequence[IdentityCoupon],
    *,
    unit: MinSpendUnit,
    seen: UnitProof = NOTHING_PROVEN,
) -> tuple[Coupon, ...]:
    """Member-info's coupons with what identity knows of them, then those only identity knows.

    Joined on the redemption code, else on the coupon id where one side has no code. One that is
    used by any of its entries is used, and one that is locked by any that may be its is locked.

    Args:
        unit: the profile's explicit setting for member-info's thresholds.
        seen: what coupons of other members proved of that unit.
    """
    found = entries_of_each(records, others)
    units = Units(unit, unit_proof(_pairs(found)), seen)
    return _with_used([_coupon(entries, units) for entries in found])


def _pairs(
    found: Iterable[Entries],
) -> Iterable[tuple[CouponTemplate | None, IdentityCoupon]]:
    return (
        (record.template, other)
        for entries in found
        if not entries.mixed
        for other in entries.others
        for record in entries.records
    )


def _with_used(coupons: list[Coupon]) -> tuple[Coupon, ...]:
    """Tell those with a daily limit how many of their template are used."""
    used = Counter([_limited_template(coupon) for coupon in coupons if coupon.status == _USED])
    del used[""]
    if used:
        for place, coupon in enumerate(coupons):
            if count := used[_limited_template(coupon)]:
                coupons[place] = replace(coupon, used_of_template=count)
    return tuple(coupons)


def _limited_template(coupon: Coupon) -> str:
    """The id of a template with a daily limit; "" for others."""
    template = coupon.template
    return template.template_id if template is not None and template.daily_limit else ""


def _coupon(entries: Entries, units: Units) -> Coupon:
    records, others = entries.records, entries.others
    if len(records) == 1 and len(others) < 2 and not entries.unclear:
        alone = _known_to_member_info(records[0], others[0] if others else None, units)
        told = alone.identity.valid_until if alone.identity is not None else None
        if _JUDGED.isdisjoint(alone.disagreements) and same_end(told, alone.valid_until):
            return alone  # nearly always, and a member may have a thousand
    records, others = distinct(records), distinct(others)
    if len(records) > MOST_ENTRIES or len(others) > MOST_ENTRIES:
        records, others = records[:MOST_ENTRIES], others[:MOST_ENTRIES]
        entries.unclear = True
    records.sort(key=lambda record: not record.redemption_code)  # to show the first of codes
    each_alone = [_known_to_member_info(record, None, units) for record in records]
    each_alone += [_known_to_identity(other) for other in others]
    tellings = [_told(records[0] if records else None, others[0] if others else None, units)]
    tellings += [_told(record, others[0] if others else None, units) for record in records[1:]]
    if records:
        whole = [_told(records[0], other, units) for other in others]
        tellings += [_as_identity_tells(coupon) for coupon in whole]
    else:
        tellings += [_told(None, other, units) for other in others[1:]]
    return _one_of(tellings, each_alone, entries)


def _one_of(tellings: list[Coupon], each_alone: list[Coupon], entries: Entries) -> Coupon:
    """The first telling, with what any of them says against the coupon, and the others.

    Args:
        tellings: with each entry's word first. each_alone: with nothing but its word.
    """
    states = {record.status for record in entries.records}
    used = _USED in states.union(other.status for other in entries.others)
    locks = (other.lock for other in (*entries.others, *entries.perhaps))
    lock = gravest(locks, _LOCKED, _NOT_LOCKED)
    same = [
        replace(each, status=_USED if used else each.status, lock=lock, disagreements=())
        for each in _completed(tellings)
    ]
    first = same[0]
    versions = tuple(dict.fromkeys(each for each in same[1:] if _judged(each) != _judged(first)))
    return replace(
        first,
        versions=versions,
        entries=tuple(each_alone) if versions else (),
        twin_unclear=entries.unclear,
        disagreements=_all_disagreements(tellings),
    )


def _completed(tellings: Sequence[Coupon]) -> list[Coupon]:
    """Each with what it does not tell as others do."""
    readable = [each.min_spend for each in tellings if _tells_spend(each)]
    spend: Threshold = (readable or [told_by_any([each.min_spend for each in tellings])])[0]
    return [
        replace(each, **more, min_spend=each.min_spend if _tells_spend(each) else spend)
        for each, more in zip(tellings, taken_over(tellings, _TAKEN_OVER), strict=True)
    ]


def _tells_spend(coupon: Coupon) -> bool:
    """Whether any of its entries tells a threshold that can be read, be it that there is none."""
    template, other = coupon.template or _NO_TEMPLATE, coupon.identity or _NO_IDENTITY
    is_told = isinstance(template.min_spend, Decimal) or isinstance(other.min_spend, Money)
    return is_told and not isinstance(coupon.min_spend, Unreadable)


def _judged(coupon: Coupon) -> tuple[object, ...]:
    """What tells versions apart for the rules."""
    dates = start_instant(coupon.valid_from), *last_instants(coupon.valid_until)
    return (coupon.status, *dates, coupon.min_spend, coupon.template)


def _told(record: CouponRecord | None, other: IdentityCoupon | None, units: Units) -> Coupon:
    """As one entry of each source tells it, member-info's first."""
    if record is None:
        assert other is not None, "a coupon has an entry"
        return _known_to_identity(other)
    return _known_to_member_info(record, other, units)


def _known_to_member_info(
    record: CouponRecord, identity: IdentityCoupon | None, units: Units
) -> Coupon:
    template, other = record.template or _NO_TEMPLATE, identity or _NO_IDENTITY
    valid_from = prefer(record.valid_from, other.valid_from)
    valid_until = prefer(record.valid_until, other.valid_until)
    if template.expiry_kind in (None, ExpiryKind.FIXED):
        # Relative validity counts from the day it was received, which only the coupon knows.
        valid_from = prefer(valid_from, template.valid_from)
        valid_until = prefer(valid_until, template.valid_until)
    discount_kind = prefer(template.discount_kind, other.discount_kind)
    value = prefer(template.value, other.value)
    threshold = min_spend(template, identity, units)
    return Coupon(
        redemption_code=record.redemption_code or record.card_id or other.redemption_code,
        coupon_id=record.coupon_id or other.coupon_id,
        title=template.title or template.display_title or other.title,
        valid_from=valid_from,
        valid_until=valid_until,
        status=prefer(record.status, other.status),
        lock=other.lock,
        discount_kind=discount_kind,
        value=value,
        percent_paid=_paid(template, other) if discount_kind == DiscountKind.PERCENT else None,
        min_spend=threshold,
        template=record.template,
        record=record,
        identity=identity,
        sources=_BOTH if identity else _MEMBER_INFO,
        disagreements=_disagreements(record, template, identity, threshold) if identity else (),
    )


def _paid(template: CouponTemplate, other: IdentityCoupon) -> Number:
    """Identity's, where member-info's number is no discount."""
    paid = percent_paid(template.value)
    return paid if known(paid) else prefer(paid, percent_paid(other.value))


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


def _as_identity_tells(coupon: Coupon) -> Coupon:
    """The same with identity's word first, where the rules look at what it knows."""
    other = coupon.identity or _NO_IDENTITY
    return replace(
        coupon,
        status=prefer(other.status, coupon.status),
        valid_from=prefer(other.valid_from, coupon.valid_from),
        valid_until=prefer(other.valid_until, coupon.valid_until),
        min_spend=documented_min_spend(other) if known(other.min_spend) else coupon.min_spend,
    )


def _disagreements(
    record: CouponRecord, template: CouponTemplate, other: IdentityCoupon, threshold: Threshold
) -> tuple[str, ...]:
    spend = _told_spend(template, threshold)
    first = (record.status, record.valid_from, record.valid_until, template.discount_kind)
    second = (other.status, other.valid_from, other.valid_until, other.discount_kind)
    if (*first, template.value, spend) == (*second, other.value, other.min_spend):
        return ()  # nearly always, and a member may have a thousand
    kinds = template.discount_kind, other.discount_kind
    values = _comparable(template.value, kinds), _comparable(other.value, kinds)
    return differing(
        (
            ("status", record.status, other.status),
            ("valid_from", start_instant(record.valid_from), start_instant(other.valid_from)),
            ("valid_until", end_instant(record.valid_until), end_instant(other.valid_until)),
            ("discount_kind", *kinds),
            ("value", *values),
            ("min_spend", spend, _at_least_nothing(other.min_spend)),
        )
    )


def _at_least_nothing(amount: Money | Unreadable | None) -> Money | Unreadable | None:
    """A threshold below nothing is as good as none, in either source."""
    return max(amount, ZERO) if isinstance(amount, Money) else amount


def _told_spend(template: CouponTemplate, threshold: Threshold) -> Money | None:
    """Member-info's threshold; its 0 is an answer, too: identity may know of one."""
    if isinstance(threshold, MinSpend):
        return threshold.amount
    return ZERO if threshold is None and isinstance(template.min_spend, Decimal) else None


def _comparable(value: Number, kinds: tuple[Int, Int]) -> Number:
    """A discount as the percent paid: 8.5 and 85 are the same."""
    return percent_paid(value) if DiscountKind.PERCENT in kinds else value


def _all_disagreements(tellings: Sequence[Coupon]) -> tuple[str, ...]:
    """What the sources differ in, and what any two entries of one of them do."""
    first = tellings[0]
    named = {name for each in tellings for name in each.disagreements}
    for each in tellings[1:]:
        kinds = first.discount_kind, each.discount_kind
        named.update(
            differing(
                (
                    ("status", first.status, each.status),
                    ("valid_from", start_instant(first.valid_from), start_instant(each.valid_from)),
                    ("valid_until", end_instant(first.valid_until), end_instant(each.valid_until)),
                    ("discount_kind", *kinds),
                    ("value", _comparable(first.value, kinds), _comparable(each.value, kinds)),
                    ("min_spend", _amount(first.min_spend), _amount(each.min_spend)),
                    ("template", first.template, each.template),
                )
            )
        )
    return tuple(name for name in _NAMES if name in named)


def _amount(threshold: Threshold) -> Money | None:
    return threshold.amount if isinstance(threshold, MinSpend) else None
