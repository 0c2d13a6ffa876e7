"""The table of usage rules, row by row, for coupons."""

from __future__ import annotations

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.coupon import Coupon
from posmember.domain.eligibility import evaluate
from posmember.domain.money import Money
from posmember.domain.reasons import Params, Verdict
from posmember.domain.values import Unreadable
from tests.fakes.assets import (
    CONTEXT,
    NOW,
    at,
    context,
    coupon,
    coupon_of,
    min_spend,
    moment,
    ordering,
    reasons_of,
    template,
)

YES, CHECK, NO = Verdict.USABLE, Verdict.CHECK, Verdict.NOT_USABLE
ODD = Unreadable("看图")
Case = tuple[Coupon, Context, Verdict, dict[str, Params]]


def unknown(*fields: str) -> dict[str, Params]:
    return {"VALUE_UNKNOWN": {"fields": fields}}


STATES: dict[str, Case] = {
    "nothing against it": (coupon(), CONTEXT, YES, {}),
    "1 frozen account": (
        coupon(),
        context(account=AccountStatus.FROZEN),
        NO,
        {"ACCOUNT_FROZEN": {}},
    ),
    "2 used": (coupon(status=1), CONTEXT, NO, {"USED": {}}),
    "3 locked": (coupon(lock=2), CONTEXT, NO, {"LOCKED": {}}),
    "3 not locked": (coupon(lock=1), CONTEXT, YES, {}),
    "3 identity does not know it": (coupon(lock=None), CONTEXT, YES, {}),
    "4 template disabled": (coupon_of(status=0), CONTEXT, NO, {"DISABLED": {}}),
    "6 status missing": (coupon(status=None), CONTEXT, CHECK, {"STATUS_UNKNOWN": {"value": None}}),
    "6 status 2": (coupon(status=2), CONTEXT, CHECK, {"STATUS_UNKNOWN": {"value": 2}}),
    "6 status unreadable": (
        coupon(status=ODD),
        CONTEXT,
        CHECK,
        {"STATUS_UNKNOWN": {"value": None}},
    ),
}

DAY = at("2026-11-21")
NOON = at("2026-11-21 12:00:00")
MIDNIGHT = at("2026-11-21 00:00:00")
LEAP_DAY = at("2028-02-29")


def dated(valid_from: object, valid_until: object, now: str) -> tuple[Coupon, Context]:
    return coupon(valid_from=valid_from, valid_until=valid_until), context(now=moment(now))


DATES: dict[str, Case] = {
    "7 a second before the start": (
        *dated(NOON, at("2026-12-01"), "2026-11-21 11:59:59"),
        NO,
        {"NOT_STARTED": {"at": moment("2026-11-21 12:00:00")}},
    ),
    "7 at the start": (*dated(NOON, at("2026-12-01"), "2026-11-21 12:00:00"), YES, {}),
    "7 the evening before a start without time": (
        *dated(DAY, at("2026-12-01"), "2026-11-20 23:59:59"),
        NO,
        {"NOT_STARTED": {"at": moment("2026-11-21 00:00:00")}},
    ),
    "7 the first second of a start without time": (
        *dated(DAY, at("2026-12-01"), "2026-11-21 00:00:00"),
        YES,
        {},
    ),
    "8 the last second still counts": (*dated(None, NOON, "2026-11-21 12:00:00"), YES, {}),
    "8 the second after the last": (
        *dated(None, NOON, "2026-11-21 12:00:01"),
        NO,
        {"EXPIRED": {"at": moment("2026-11-21 12:00:00")}},
    ),
    "8 23:59:59 is the last second": (
        *dated(None, at("2026-11-21 23:59:59"), "2026-11-21 23:59:59"),
        YES,
        {},
    ),
    "8 over at midnight": (
        *dated(None, at("2026-11-21 23:59:59"), "2026-11-22 00:00:00"),
        NO,
        {"EXPIRED": {"at": moment("2026-11-21 23:59:59")}},
    ),
    "8 an end without time runs through its day": (
        *dated(None, DAY, "2026-11-21 23:59:59"),
        YES,
        {},
    ),
    "8 an end without time is over the next day": (
        *dated(None, DAY, "2026-11-22 00:00:00"),
        NO,
        {"EXPIRED": {"at": moment("2026-11-21 00:00:00")}},
    ),
    "8 the whole leap day": (*dated(None, LEAP_DAY, "2028-02-29 23:59:59"), YES, {}),
    "8 after the leap day": (
        *dated(None, LEAP_DAY, "2028-03-01 00:00:00"),
        NO,
        {"EXPIRED": {"at": moment("2028-02-29 00:00:00")}},
    ),
    "8 2100 never expires": (
        *dated(None, at("2100-01-01 00:00:00"), "2101-01-01 00:00:00"),
        YES,
        {},
    ),
    "8 2099 never expires": (
        *dated(None, at("2099-01-01 00:00:00"), "2099-01-01 08:00:00"),
        YES,
        {},
    ),
    "8 2098 does": (
        *dated(None, at("2098-12-31 23:59:59"), "2099-01-01 00:00:00"),
        NO,
        {"EXPIRED": {"at": moment("2098-12-31 23:59:59")}},
    ),
    "9 an end at 00:00:00, the evening before": (
        *dated(None, MIDNIGHT, "2026-11-20 23:59:59"),
        YES,
        {},
    ),
    "9 an end at 00:00:00, on that day": (
        *dated(None, MIDNIGHT, "2026-11-21 00:00:00"),
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 an end at 00:00:00, late on that day": (
        *dated(None, MIDNIGHT, "2026-11-21 23:59:59"),
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "8 an end at 00:00:00, the day after": (
        *dated(None, MIDNIGHT, "2026-11-22 00:00:00"),
        NO,
        {"EXPIRED": {"at": moment("2026-11-21 00:00:00")}},
    ),
    "9 no end": (
        *dated(DAY, None, "2026-11-21 12:00:00"),
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 an unreadable end": (
        *dated(DAY, ODD, "2026-11-21 12:00:00"),
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 an unreadable start": (
        *dated(ODD, DAY, "2026-11-21 12:00:00"),
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_from"}},
    ),
    "9 an unreadable start, and over": (
        *dated(ODD, DAY, "2026-11-22 12:00:00"),
        NO,
        {
            "EXPIRED": {"at": moment("2026-11-21 00:00:00")},
            "VALIDITY_UNKNOWN": {"field": "valid_from"},
        },
    ),
    "12 hours that are not told": (
        coupon_of(has_time_range=1),
        CONTEXT,
        CHECK,
        {"HOURS_UNKNOWN": {"text": ""}},
    ),
    "12 no hours": (coupon_of(has_time_range=0), CONTEXT, YES, {}),
}

ALLOWED_NOWHERE: dict[str, Params] = {"ORDER_TYPE_NOT_ALLOWED": {"allowed": ()}}
KINDS: dict[str, Case] = {
    **{
        f"16 category {number} is for orders": (coupon_of(category=number), CONTEXT, YES, {})
        for number in (None, 0, 2, 3, 4, 5)
    },
    **{
        f"16 category {number}": (
            coupon_of(category=number),
            CONTEXT,
            NO,
            {"NOT_FOR_ORDERS": {"category": number}},
        )
        for number in (7, 8)
    },
    "15 free delivery that is never delivered": (
        coupon_of(category=6, scene_type=2),
        CONTEXT,
        NO,
        ALLOWED_NOWHERE,
    ),
}


def needing(fen: int) -> Coupon:
    return coupon(min_spend=min_spend(fen))


AMOUNTS: dict[str, Case] = {
    "17 exactly enough": (needing(5800), CONTEXT, YES, {}),
    "17 one 分 short": (
        needing(5801),
        CONTEXT,
        NO,
        {"MIN_SPEND_NOT_MET": {"need": Money(5801), "have": Money(5800), "gap": Money(1)}},
    ),
    "17 the discount does not count": (needing(5800), ordering(discount=Money(2000)), YES, {}),
    "17 an amount of nothing": (
        needing(100),
        ordering(amount=Money(0)),
        NO,
        {"MIN_SPEND_NOT_MET": {"need": Money(100), "have": Money(0), "gap": Money(100)}},
    ),
    "18 no amount": (
        needing(3000),
        ordering(amount=None),
        CHECK,
        {"SPEND_UNKNOWN": {"need": Money(3000)}},
    ),
    "18 no amount, no threshold": (coupon(), ordering(amount=None), YES, {}),
    "19 exactly enough items": (coupon_of(min_items=3), CONTEXT, YES, {}),
    "19 one item short": (
        coupon_of(min_items=4),
        CONTEXT,
        NO,
        {"MIN_ITEMS_NOT_MET": {"need": 4, "have": 3, "gap": 1}},
    ),
    "20 no count": (
        coupon_of(min_items=2),
        ordering(item_count=None),
        CHECK,
        {"ITEMS_UNKNOWN": {"need": 2}},
    ),
    "20 no count, a threshold of 0": (
        coupon_of(min_items=0),
        ordering(item_count=None),
        YES,
        {},
    ),
    "20 no count, a negative threshold": (
        coupon_of(min_items=-1),
        ordering(item_count=None),
        YES,
        {},
    ),
    "21 named goods": (coupon_of(goods_range=1), CONTEXT, CHECK, {"GOODS_RESTRICTED": {}}),
    "21 all goods": (coupon_of(goods_range=None), CONTEXT, YES, {}),
}

UNKNOWN: dict[str, Case] = {
    "23 account not told": (
        coupon(),
        context(account=AccountStatus.UNKNOWN),
        CHECK,
        unknown("account"),
    ),
    "23 lock 3": (coupon(lock=3), CONTEXT, CHECK, unknown("lock")),
    "23 lock unreadable": (coupon(lock=ODD), CONTEXT, CHECK, unknown("lock")),
    "23 no template": (coupon(template=None), CONTEXT, CHECK, unknown("template")),
    "23 min_spend unreadable": (coupon(min_spend=ODD), CONTEXT, CHECK, unknown("min_spend")),
    "23 template status missing": (
        coupon_of(status=None),
        CONTEXT,
        CHECK,
        unknown("template_status"),
    ),
    **{
        f"23 {field} {name}": (coupon_of(**{field: value}), CONTEXT, CHECK, unknown(reported))
        for field, reported in {
            "status": "template_status",
            "expiry_kind": "expiry_kind",
            "has_time_range": "has_time_range",
            "store_range": "store_range",
            "scene_type": "scene_type",
            "category": "category",
            "goods_range": "goods_range",
        }.items()
        for name, value in {"99": 99, "unreadable": ODD}.items()
    },
    "23 min_items unreadable": (coupon_of(min_items=ODD), CONTEXT, CHECK, unknown("min_items")),
    **{
        f"no rule: {field} missing": (coupon_of(**{field: None}), CONTEXT, YES, {})
        for field in ("expiry_kind", "has_time_range", "store_range", "category", "goods_range")
    },
    "23 several": (
        coupon(template=template(scene_type=None, category=1), lock=0, min_spend=ODD),
        CONTEXT,
        CHECK,
        unknown("lock", "scene_type", "category", "min_spend"),
    ),
}

CASES = {**STATES, **DATES, **KINDS, **AMOUNTS, **UNKNOWN}


@pytest.mark.parametrize(
    ("asset", "where", "verdict", "reasons"), list(CASES.values()), ids=list(CASES)
)
def test_row(asset: Coupon, where: Context, verdict: Verdict, reasons: dict[str, Params]) -> None:
    eligibility = evaluate(asset, where)
    assert reasons_of(eligibility) == reasons
    assert eligibility.verdict is verdict


def test_every_reason_is_told_in_the_order_of_the_table() -> None:
    everything = coupon(
        status=1,
        lock=2,
        valid_from=at("2026-12-01"),
        valid_until=at("2026-11-20"),
        min_spend=min_spend(9900),
        template=template(
            status=0,
            has_time_range=1,
            store_range=1,
            store_ids=("88002",),
            scene_type=1,
            category=8,
            min_items=9,
            goods_range=1,
            expiry_kind=9,
        ),
    )
    eligibility = evaluate(everything, context(account=AccountStatus.FROZEN))
    assert [reason.code.value for reason in eligibility.reasons] == [
        "ACCOUNT_FROZEN",
        "USED",
        "LOCKED",
        "DISABLED",
        "NOT_STARTED",
        "EXPIRED",
        "HOURS_UNKNOWN",
        "STORE_NOT_ALLOWED",
        "ORDER_TYPE_NOT_ALLOWED",
        "NOT_FOR_ORDERS",
        "MIN_SPEND_NOT_MET",
        "MIN_ITEMS_NOT_MET",
        "GOODS_RESTRICTED",
        "VALUE_UNKNOWN",
    ]
    assert eligibility.next_usable_at is None


def test_unreadable_text_is_kept_for_the_details_and_out_of_the_repr() -> None:
    (reason,) = evaluate(coupon(lock=Unreadable("机密")), CONTEXT).reasons
    assert reason.raw == "机密"
    assert "机密" not in repr(reason)
    (reason,) = evaluate(coupon_of(category=99), CONTEXT).reasons
    assert reason.raw == "99"


def test_nothing_depends_on_the_real_clock() -> None:
    assert evaluate(coupon(), context(now=NOW)) == evaluate(coupon(), context(now=NOW))
