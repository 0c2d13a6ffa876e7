"""Every rule looked at: its outcome, and what the platform wrote."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.coupon import IdentityCoupon, MinSpend, UnitBasis
from posmember.domain.member import BenefitCard
from posmember.domain.money import Money
from posmember.domain.profile import Asset
from posmember.domain.rules.explanation import Finding, Outcome, explain
from posmember.domain.values import PlatformTime, Unreadable
from tests.fakes.assets import (
    CONTEXT,
    at,
    context,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    moment,
    ordering,
    template,
    times_card,
)

CONFLICTING = coupon(
    versions=(coupon(valid_until=at("2026-11-20")),), disagreements=("status", "valid_until")
)


def rows(asset: Asset, where: Context = CONTEXT) -> dict[int, Finding]:
    return {finding.row: finding for finding in explain(asset, where)}


def outcomes(asset: Asset, where: Context = CONTEXT) -> dict[int, str]:
    """What did not pass."""
    return {
        row: finding.outcome.value
        for row, finding in rows(asset, where).items()
        if finding.outcome is not Outcome.PASSED
    }


def told(asset: Asset, row: int, where: Context = CONTEXT) -> dict[str, str]:
    return {each.name: each.text for each in rows(asset, where)[row].told}


def test_the_rows_of_the_table() -> None:
    order = [*range(1, 7), 24, 25, *range(7, 18), 26, 27, *range(18, 21), 28, 29, *range(21, 24)]
    without = {5, 10, 11, 22}
    assert list(rows(coupon())) == [row for row in order if row not in without]
    of_the_order = {*range(13, 21), 26, 27, 28, 29}
    without = {2, 3, 4, *of_the_order}
    assert list(rows(gift_card())) == [row for row in order if row not in without]
    assert list(rows(BenefitCard())) == [1, 7, 8, 9]


def test_a_row_names_its_codes() -> None:
    assert [finding.codes for finding in rows(BenefitCard()).values()] == [
        ("ACCOUNT_FROZEN",),
        ("NOT_STARTED",),
        ("EXPIRED",),
        ("VALIDITY_UNKNOWN",),
    ]
    states = ("NOT_BOUND", "GIFTING", "GIFTED_AWAY", "RECYCLED", "USED_UP")
    assert rows(gift_card())[5].codes == states


@pytest.mark.parametrize(
    ("asset", "where", "expected"),
    [
        (coupon(), CONTEXT, {}),
        (gift_card(), CONTEXT, {}),
        (BenefitCard(valid_until=at("2026-12-31")), CONTEXT, {}),
        (coupon(), context(account=AccountStatus.FROZEN), {1: "failed"}),
        (coupon(), context(account=AccountStatus.FAILED), {1: "unknown"}),
        (gift_card(), context(account=AccountStatus.LATE), {1: "unknown"}),
        (BenefitCard(valid_until=at("2026-12-31")), context(account=AccountStatus.UNREADABLE),
         {1: "unknown"}),
        (CONFLICTING, CONTEXT, {8: "unknown", 9: "unknown", 24: "unknown"}),
        (replace(CONFLICTING, twin_unclear=True), CONTEXT,
         {8: "unknown", 9: "unknown", 24: "unknown"}),
        (coupon_of(platform=2), CONTEXT, {25: "unknown"}),
        (coupon_of(platform=9), CONTEXT, {23: "unknown", 25: "unknown"}),
        (gift_card(non_code=1, bound=0), CONTEXT, {24: "unknown", 25: "unknown"}),
        (coupon(min_spend=MinSpend(Money(30), UnitBasis.ASSUMED, Money(8000))), CONTEXT,
         {17: "unknown", 26: "unknown"}),
        (coupon(min_spend=min_spend(5000)), ordering(discount=Money(900)),
         {17: "unknown", 27: "unknown"}),
        (coupon_of(exclusive=1), ordering(discount=Money(1)), {28: "unknown"}),
        (coupon(used_of_template=1, template=template(daily_limit=1)), CONTEXT, {29: "unknown"}),
        (coupon(status=1), CONTEXT, {2: "failed"}),
        (coupon(status=9), CONTEXT, {2: "unknown", 6: "unknown"}),
        (coupon(lock=9), CONTEXT, {3: "unknown", 23: "unknown"}),
        (gift_card(status=0), CONTEXT, {5: "unknown", 6: "unknown"}),
        (gift_card(status=5), CONTEXT, {8: "failed"}),
        (coupon(valid_from=Unreadable("x")), CONTEXT, {7: "unknown", 9: "unknown"}),
        (coupon(valid_until=Unreadable("x")), CONTEXT, {8: "unknown", 9: "unknown"}),
        (coupon_of(store_range=1), CONTEXT, {13: "unknown", 14: "unknown"}),
        (coupon_of(store_range=9), CONTEXT, {13: "unknown", 14: "unknown", 23: "unknown"}),
        (coupon_of(scene_type=None), CONTEXT, {15: "unknown", 23: "unknown"}),
        (coupon(min_spend=min_spend(8000)), CONTEXT, {17: "failed"}),
        (coupon(min_spend=min_spend(8000)), ordering(amount=None), {17: "unknown", 18: "unknown"}),
        (coupon_of(min_items=4), ordering(item_count=None), {19: "unknown", 20: "unknown"}),
        (gift_card(weekdays="5", time_windows='[{"begin":"22:00","end":"02:00"}]'),
         context(now=moment("2026-11-28 01:00:00")),
         {10: "unknown", 11: "unknown", 12: "unknown"}),
        (gift_card(weekdays="1"), CONTEXT, {10: "failed"}),
        (times_card(uses_left=None), CONTEXT, {22: "unknown", 23: "unknown"}),
        (coupon(template=None), CONTEXT,
         dict.fromkeys((4, 12, 13, 14, 15, 16, 19, 20, 21, 23, 25, 28, 29), "unknown")),
    ],
)  # fmt: skip
def test_what_did_not_pass(asset: Asset, where: Context, expected: dict[int, str]) -> None:
    assert outcomes(asset, where) == expected


def test_a_row_of_two_rules_is_one_finding() -> None:
    odd = rows(coupon(lock=9, template=template(platform=9)))[23]
    assert [reason.params["field"] for reason in odd.reasons] == ["lock", "platform"]
    assert odd.outcome is Outcome.UNKNOWN


FRIDAYS = '[{"begin": "10:00", "end": "12:00"}]'
ENDS = PlatformTime(moment("2026-12-31 00:00:00"), has_time=False, text="2026/12/31")


@pytest.mark.parametrize(
    ("asset", "row", "expected"),
    [
        (coupon(), 1, {"account": "active"}),
        (coupon(valid_until=ENDS), 8, {"valid_until": "2026/12/31"}),
        (coupon(valid_until=Unreadable("年底")), 8, {"valid_until": "年底"}),
        (coupon(valid_until=None), 8, {"valid_until": ""}),
        (coupon_of(store_range=1, store_ids=("88001", "88002")), 13,
         {"store_range": "1", "store_ids": "88001, 88002"}),
        (coupon_of(min_spend=Decimal(3000)), 17, {"min_spend": "3000"}),
        (coupon(identity=IdentityCoupon(min_spend=Money(3000))), 17, {"min_spend": "30.00"}),
        (coupon(template=None), 17, {"min_spend": ""}),
        (coupon_of(scene_type=99, goods_range=Unreadable("?")), 23,
         {"scene_type": "99", "goods_range": "?"}),
        (coupon(template=None), 23, {}),
        (gift_card(weekdays="5", time_windows=FRIDAYS), 10,
         {"weekdays": "5", "time_windows": FRIDAYS}),
        (gift_card(), 22, {"balance": "86.50", "uses_left": ""}),
        (times_card(times_scope=9), 23, {"times_scope": "9"}),
        (BenefitCard(valid_from=at("2026-11-01")), 7, {"valid_from": ""}),
        (CONFLICTING, 24, {"disagreements": "status, valid_until"}),
        (gift_card(bound=0), 24, {"disagreements": "", "bound": "0"}),
        (coupon_of(platform=2), 25, {"platform": "2", "category": "0"}),
        (gift_card(non_code=1), 25, {"non_code": "1"}),
        (coupon_of(exclusive=1), 28, {"exclusive": "1", "discount": "0.00"}),
        (coupon(used_of_template=3, template=template(daily_limit=2)), 29,
         {"daily_limit": "2", "used_of_template": "3"}),
        (coupon_of(category=4, buy_count=2), 19, {"min_items": "", "buy_count": "2"}),
    ],
)  # fmt: skip
def test_what_the_platform_wrote(asset: Asset, row: int, expected: dict[str, str]) -> None:
    assert told(asset, row) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(name, 9) for name in ("status", "platform", "expiry_kind", "has_time_range")],
        *[(name, 9) for name in ("store_range", "scene_type", "category", "exclusive")],
        *[(name, 9) for name in ("goods_range", "lock")],
        *[(name, Unreadable("x")) for name in ("min_items", "buy_count", "daily_limit")],
    ],
)
def test_every_unknown_value_is_told(field: str, value: Any) -> None:
    if field == "lock":
        odd = coupon(lock=value)
    else:
        odd = coupon(template=replace(template(category=4), **{field: value}))
    name = {"status": "template_status"}.get(field, field)
    assert told(odd, 23) == {name: value.text if isinstance(value, Unreadable) else str(value)}


def test_the_words_of_outcomes() -> None:
    assert [outcome.value for outcome in Outcome] == ["passed", "failed", "unknown"]


def test_texts_stay_out_of_reprs() -> None:
    finding = rows(coupon(valid_until=Unreadable("secret")))[8]
    assert "secret" not in repr(finding)
