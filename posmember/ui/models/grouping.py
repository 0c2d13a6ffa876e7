"""Which coupons are one row."""

from __future__ import annotations

from collections.abc import Sequence

from posmember.domain.coupon import Coupon
from posmember.domain.rules.assessment import AssessedCoupon


def grouped(coupons: Sequence[AssessedCoupon]) -> list[tuple[AssessedCoupon, ...]]:
    """Put coupons of one template, value, dates and answer together; each where its first is."""
    groups: list[list[AssessedCoupon]] = []
    by_template: dict[tuple[str, str], list[list[AssessedCoupon]]] = {}
    for assessed in coupons:
        # By two texts, whose hashes are kept: of a thousand coupons few share them.
        alike = by_template.setdefault(_template(assessed.coupon), [])
        group = next((each for each in alike if are_alike(each[0], assessed)), None)
        if group is None:
            group = []
            alike.append(group)
            groups.append(group)
        group.append(assessed)
    return [tuple(group) for group in groups]


def _template(coupon: Coupon) -> tuple[str, str]:
    template = coupon.template
    return (template.template_id if template is not None else "", coupon.title)


def are_alike(first: AssessedCoupon, second: AssessedCoupon) -> bool:
    """Whether two coupons of one template are the same to whoever uses them."""
    one, other = first.coupon, second.coupon
    return (
        one.value == other.value
        and one.percent_paid == other.percent_paid
        and one.valid_from == other.valid_from
        and one.valid_until == other.valid_until
        and first.saving == second.saving
        and first.eligibility == second.eligibility
    )
