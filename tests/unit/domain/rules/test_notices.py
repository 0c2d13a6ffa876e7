"""Notices: what to know, without any weight on the verdict."""

from __future__ import annotations

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.coupon import Coupon, UnitBasis
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.rules.eligibility import evaluate
from posmember.domain.rules.reasons import NoticeCode, Params, Verdict
from posmember.domain.values import Unreadable
from tests.fakes.assets import (
    CONTEXT,
    at,
    context,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    moment,
    on,
    template,
    times_card,
)

CERTAIN = (UnitBasis.DOCUMENTED, UnitBasis.SETTING, UnitBasis.IDENTITY)
Case = tuple[Coupon | GiftCard, Context, dict[str, Params]]


def ending(text: str) -> Coupon:
    return coupon(valid_until=at(text))


CASES: dict[str, Case] = {
    "nothing to know": (coupon(), CONTEXT, {}),
    "no template": (coupon(template=None), CONTEXT, {}),
    "daily limit": (coupon_of(daily_limit=2), CONTEXT, {"DAILY_LIMIT": {"limit": 2}}),
    "daily limit 0": (coupon_of(daily_limit=0), CONTEXT, {}),
    "daily limit unreadable": (coupon_of(daily_limit=Unreadable("x")), CONTEXT, {}),
    "exclusive": (coupon_of(exclusive=1), CONTEXT, {"EXCLUSIVE": {}}),
    "not exclusive": (coupon_of(exclusive=0), CONTEXT, {}),
    "ends in exactly 3 days": (
        ending("2026-11-24 14:03:21"),
        CONTEXT,
        {"EXPIRING_SOON": {"at": moment("2026-11-24 14:03:21")}},
    ),
    "ends in 3 days and a second": (ending("2026-11-24 14:03:22"), CONTEXT, {}),
    "ends today, without time": (
        ending("2026-11-21"),
        CONTEXT,
        {"EXPIRING_SOON": {"at": moment("2026-11-21 23:59:59")}},
    ),
    "midnight ends: counted to the earlier of two days": (
        ending("2026-11-24 00:00:00"),
        on("2026-11-21 00:00:01"),
        {"EXPIRING_SOON": {"at": moment("2026-11-24 00:00:00")}},
    ),
    "midnight end, a second before that": (
        ending("2026-11-24 00:00:00"),
        on("2026-11-21 00:00:00"),
        {},
    ),
    "midnight end, the last second that may count": (
        ending("2026-11-24 00:00:00"),
        on("2026-11-24 23:59:59"),
        {"EXPIRING_SOON": {"at": moment("2026-11-24 00:00:00")}},
    ),
    "midnight end, over": (ending("2026-11-24 00:00:00"), on("2026-11-25 00:00:00"), {}),
    "ends on a day, three days before it is over": (
        ending("2026-11-24"),
        on("2026-11-22 00:00:00"),
        {"EXPIRING_SOON": {"at": moment("2026-11-24 23:59:59")}},
    ),
    "is over": (ending("2026-11-21 14:03:21"), CONTEXT, {}),
    "never ends": (ending("2100-01-01 00:00:00"), CONTEXT, {}),
    "no end": (coupon(valid_until=None), CONTEXT, {}),
    "unit assumed": (
        coupon(min_spend=min_spend(3000, UnitBasis.ASSUMED)),
        CONTEXT,
        {"UNIT_ASSUMED": {"basis": "assumed"}},
    ),
    "unit from a text": (
        coupon(min_spend=min_spend(3000, UnitBasis.TEXT)),
        CONTEXT,
        {"UNIT_ASSUMED": {"basis": "text"}},
    ),
    **{
        f"unit certain: {basis}": (coupon(min_spend=min_spend(3000, basis)), CONTEXT, {})
        for basis in (*CERTAIN, UnitBasis.SIBLING, UnitBasis.SEEN)
    },
    "rules as text": (coupon_of(explain_text="限堂食"), CONTEXT, {"TEXT_RULES": {}}),
    "sources disagree": (
        coupon(disagreements=("value", "valid_until")),
        CONTEXT,
        {"SOURCES_DISAGREE": {"fields": ("value", "valid_until")}},
    ),
    "all, in order": (
        coupon(
            template=template(daily_limit=1, exclusive=1, explain_text="限堂食"),
            valid_until=at("2026-11-22"),
            min_spend=min_spend(3000, UnitBasis.ASSUMED),
            disagreements=("status",),
        ),
        CONTEXT,
        {
            "DAILY_LIMIT": {"limit": 1},
            "EXCLUSIVE": {},
            "EXPIRING_SOON": {"at": moment("2026-11-22 23:59:59")},
            "UNIT_ASSUMED": {"basis": "assumed"},
            "TEXT_RULES": {},
            "SOURCES_DISAGREE": {"fields": ("status",)},
        },
    ),
    "a coupon needs no password": (coupon(), context(password_enabled=True), {}),
    "a card needs the password": (
        gift_card(),
        context(password_enabled=True),
        {"NEEDS_PASSWORD": {}},
    ),
    "a card without password": (gift_card(), context(password_enabled=False), {}),
    "nobody knows of a password": (gift_card(), context(password_enabled=None), {}),
    **{
        f"no password: {name}": (card, context(password_enabled=True), {})
        for name, card in (
            ("nothing left", gift_card(balance=Money(0))),
            ("given away", gift_card(status=3)),
            ("over", gift_card(valid_until=at("2026-11-20"))),
            ("次卡", times_card()),
            ("权益卡", gift_card(kind=3, balance=None)),
            ("balance unreadable", gift_card(balance=Unreadable("x"))),
        )
    },
    "no password: nothing left by the first entry, which is the one shown": (
        gift_card(balance=Money(0), versions=(gift_card(),), disagreements=("balance",)),
        context(password_enabled=True),
        {"SOURCES_DISAGREE": {"fields": ("balance",)}},
    ),
    "frozen, no password": (
        gift_card(),
        context(password_enabled=True, account=AccountStatus.FROZEN),
        {},
    ),
    "a card to check needs the password": (
        gift_card(non_code=1, balance=Money(1)),
        context(password_enabled=True),
        {"NEEDS_PASSWORD": {}},
    ),
    "used today": (times_card(used_today=2), CONTEXT, {"DAILY_LIMIT": {"used": 2}}),
    "not used today": (times_card(used_today=0), CONTEXT, {}),
    "use of today unreadable": (times_card(used_today=Unreadable("x")), CONTEXT, {}),
    "a card, all": (
        gift_card(valid_until=at("2026-11-22"), disagreements=("balance",), used_today=1),
        context(password_enabled=True),
        {
            "DAILY_LIMIT": {"used": 1},
            "EXPIRING_SOON": {"at": moment("2026-11-22 23:59:59")},
            "NEEDS_PASSWORD": {},
            "SOURCES_DISAGREE": {"fields": ("balance",)},
        },
    ),
}


@pytest.mark.parametrize(("asset", "where", "expected"), list(CASES.values()), ids=list(CASES))
def test_notices(asset: Coupon | GiftCard, where: Context, expected: dict[str, Params]) -> None:
    notices = {n.code.value: dict(n.params) for n in evaluate(asset, where).notices}
    assert notices == expected
    assert list(notices) == list(expected)


def test_every_notice_leaves_a_coupon_usable() -> None:
    asset, where, expected = CASES["all, in order"]
    elsewhere = {"NEEDS_PASSWORD", "ACCOUNT_UNCHECKED"}
    assert set(expected) | elsewhere == {code.value for code in NoticeCode}
    assert evaluate(asset, where).verdict is Verdict.USABLE
