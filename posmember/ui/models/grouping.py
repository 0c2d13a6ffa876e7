"""Which coupons are one row."""

from __future__ import annotations

from collections.abc import Sequence

from posmember.domain.coupon import Coupon
from posmember.domain.rules.assessment import AssessedCoupon

Kind = tuple[object, ...]


def kind_of(coupon: Coupon) -> Kind:
    """What coupons have to share to be one row: template, value and dates."""
    template = coupon.template
    return (
        template.template_id if template is not None else "",
        coupon.title,
        coupon.value,
        coupon.percent_paid,
        coupon.valid_from,
        coupon.valid_until,
    )


def grouped(coupons: Sequence[AssessedCoupon]) -> list[tuple[AssessedCoupon, ...]]:
    """Put coupons of one kind, with one answer of the rules, together; each where its first is."""
    groups: list[list[AssessedCoupon]] = []
    by_kind: dict[Kind, list[list[AssessedCoupon]]] = {}
    for assessed in coupons:
        alike = by_kind.setdefault(kind_of(assessed.coupon), [])
        group = next((each for each in alike if _same_answer(each[0], assessed)), None)
        if group is None:
            group = []
            alike.append(group)
            groups.append(group)
        group.append(assessed)
    return [tuple(group) for group in groups]


def _same_answer(first: AssessedCoupon, second: AssessedCoupon) -> bool:
    return first.saving == second.saving and first.eligibility == second.eligibility
