"""What a till learns of the unit of thresholds, and that it only proposes it."""

from __future__ import annotations

import logging
from dataclasses import replace
from decimal import Decimal

import pytest

from posmember.domain.coupon import (
    Coupon,
    CouponTemplate,
    IdentityCoupon,
    MinSpend,
    UnitBasis,
    UnitProof,
)
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.member import MemberInfo
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.lookup.units import UnitsSeen
from tests.unit.domain.joining.test_entries import RECORD

LOG = "posmember.lookup.units"


def member(*thresholds: str) -> Profile:
    """A member whose coupons have these in member-info, and 30 元 in identity."""
    return Profile(
        coupons=tuple(
            Coupon(
                template=CouponTemplate(min_spend=Decimal(threshold)),
                identity=IdentityCoupon(min_spend=Money(3000)),
            )
            for threshold in thresholds
        )
    )


@pytest.mark.parametrize(("written", "unit"), [("3000", "fen"), ("30", "yuan")])
def test_what_is_proven_is_proposed_once(
    caplog: pytest.LogCaptureFixture, written: str, unit: str
) -> None:
    seen = UnitsSeen()
    with caplog.at_level(logging.INFO, LOG):
        seen.learn(member())
        seen.learn(member(written))
        seen.learn(member(written, written))
    assert seen.proof == UnitProof(fen=3 * (unit == "fen"), yuan=3 * (unit == "yuan"))
    (record,) = caplog.records
    assert f'min_amount_use_unit = "{unit}"' in record.getMessage()
    assert seen.setting is MinSpendUnit.AUTO, "nothing is set by itself"


def test_two_units_are_none(caplog: pytest.LogCaptureFixture) -> None:
    seen = UnitsSeen()
    with caplog.at_level(logging.INFO, LOG):
        seen.learn(member("30"))
        seen.learn(member("3000"))
        seen.learn(member("3000"))
    assert seen.proof.in_yuan is None
    assert ["no unit is set" in record.getMessage() for record in caplog.records] == [False, True]


@pytest.mark.parametrize("setting", [MinSpendUnit.FEN, MinSpendUnit.YUAN])
def test_with_a_setting_nothing_is_learnt(
    setting: MinSpendUnit, caplog: pytest.LogCaptureFixture
) -> None:
    seen = UnitsSeen(setting)
    with caplog.at_level(logging.INFO, LOG):
        seen.learn(member("30"))
    assert seen.proof.nothing
    assert not caplog.records


@pytest.mark.parametrize(("written", "amount"), [("30", Money(8000)), ("3000", Money(80))])
def test_the_next_members_thresholds_are_read_by_it(written: str, amount: Money) -> None:
    seen = UnitsSeen()
    seen.learn(member(written))
    template = replace(RECORD.template or CouponTemplate(), min_spend=Decimal(80))
    info = MemberInfo(coupons=(replace(RECORD, template=template),))
    (coupon,) = join(info, None, seen=seen.proof).coupons
    assert coupon.min_spend == MinSpend(amount, UnitBasis.SEEN)
