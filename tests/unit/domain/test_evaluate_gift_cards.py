"""The table of usage rules, row by row, for gift cards."""

from __future__ import annotations

from datetime import datetime

import pytest

from posmember.domain.context import AccountStatus, Context
from posmember.domain.eligibility import evaluate
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.reasons import Params, Verdict
from posmember.domain.values import Unreadable
from tests.fakes.assets import (
    CONTEXT,
    NOW,
    at,
    context,
    gift_card,
    moment,
    reasons_of,
    times_card,
)

YES, CHECK, NO = Verdict.USABLE, Verdict.CHECK, Verdict.NOT_USABLE
ODD = Unreadable("看图")
Case = tuple[GiftCard, Context, Verdict, dict[str, Params]]


def unknown(*fields: str) -> dict[str, Params]:
    return {"VALUE_UNKNOWN": {"fields": fields}}


def status_unknown(value: int | None) -> dict[str, Params]:
    return {"STATUS_UNKNOWN": {"value": value}}


KINDS = {
    "cash": gift_card(kind=1),
    "times": times_card(),
    "benefit": gift_card(kind=3, balance=None),
    "stored value": gift_card(kind=4),
}
STATUSES: dict[object, tuple[Verdict, dict[str, Params]]] = {
    0: (CHECK, status_unknown(0)),
    1: (NO, {"NOT_BOUND": {}}),
    2: (NO, {"GIFTING": {}}),
    3: (NO, {"GIFTED_AWAY": {}}),
    4: (YES, {}),
    5: (NO, {"EXPIRED": {"at": None}}),
    6: (NO, {"RECYCLED": {}}),
    7: (NO, {"USED_UP": {}}),
    8: (CHECK, status_unknown(8)),
    None: (CHECK, status_unknown(None)),
    ODD: (CHECK, status_unknown(None)),
}


@pytest.mark.parametrize("status", STATUSES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_status(kind: str, status: object) -> None:
    card = KINDS[kind]
    changed = gift_card(
        kind=card.kind,
        balance=card.balance,
        uses_left=card.uses_left,
        times_scope=card.times_scope,
        status=status,
    )
    verdict, reasons = STATUSES[status]
    eligibility = evaluate(changed, CONTEXT)
    assert reasons_of(eligibility) == reasons
    assert eligibility.verdict is verdict


CASES: dict[str, Case] = {
    "1 frozen account": (
        gift_card(),
        context(account=AccountStatus.FROZEN),
        NO,
        {"ACCOUNT_FROZEN": {}},
    ),
    "7 not started": (
        gift_card(valid_from=at("2026-11-21 14:03:23")),
        CONTEXT,
        NO,
        {"NOT_STARTED": {"at": moment("2026-11-21 14:03:23")}},
    ),
    "8 over": (
        gift_card(valid_until=at("2026-11-21 14:03:21")),
        CONTEXT,
        NO,
        {"EXPIRED": {"at": moment("2026-11-21 14:03:21")}},
    ),
    "8 over by both date and status is told once": (
        gift_card(valid_until=at("2026-11-20"), status=5),
        CONTEXT,
        NO,
        {"EXPIRED": {"at": moment("2026-11-20 00:00:00")}},
    ),
    "8 expired, nobody knows when": (
        gift_card(valid_until=None, status=5, validity_kind=1),
        CONTEXT,
        NO,
        {"EXPIRED": {"at": None}},
    ),
    "9 no end": (
        gift_card(valid_until=None),
        CONTEXT,
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 no end, from binding": (
        gift_card(valid_until=None, validity_kind=2),
        CONTEXT,
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 no end, but long-term": (gift_card(valid_until=None, validity_kind=1), CONTEXT, YES, {}),
    "9 an unreadable end, long-term": (
        gift_card(valid_until=ODD, validity_kind=1),
        CONTEXT,
        CHECK,
        {"VALIDITY_UNKNOWN": {"field": "valid_until"}},
    ),
    "9 never, and at 00:00:00 of that day": (
        gift_card(valid_until=at("2100-01-01 00:00:00")),
        context(now=moment("2100-01-01 10:00:00")),
        YES,
        {},
    ),
    "10 another weekday": (
        gift_card(weekdays="1,2"),
        CONTEXT,
        NO,
        {"WEEKDAY_NOT_ALLOWED": {"weekdays": (1, 2)}},
    ),
    "11 other hours": (
        gift_card(time_windows='[{"begin":"10:00","end":"12:00"}]'),
        CONTEXT,
        NO,
        {"OUTSIDE_HOURS": {"windows": ("10:00-12:00",)}},
    ),
    "12 unreadable hours": (
        gift_card(weekdays="6", time_windows="[]x"),
        CONTEXT,
        CHECK,
        {"HOURS_UNKNOWN": {"text": "[]x"}},
    ),
    "21 named goods": (times_card(times_scope=2), CONTEXT, CHECK, {"GOODS_RESTRICTED": {}}),
    "21 a cash card names no goods": (gift_card(times_scope=2), CONTEXT, YES, {}),
    "22 nothing left": (gift_card(balance=Money(0)), CONTEXT, NO, {"ZERO_BALANCE": {}}),
    "22 less than nothing left": (gift_card(balance=Money(-1)), CONTEXT, NO, {"ZERO_BALANCE": {}}),
    "22 one 分 left": (gift_card(balance=Money(1)), CONTEXT, YES, {}),
    "22 no times left": (times_card(uses_left=0), CONTEXT, NO, {"ZERO_BALANCE": {}}),
    "22 one time left": (times_card(uses_left=1), CONTEXT, YES, {}),
    "23 account not told": (
        gift_card(),
        context(account=AccountStatus.UNKNOWN),
        CHECK,
        unknown("account"),
    ),
    "23 kind missing": (gift_card(kind=None), CONTEXT, CHECK, unknown("kind")),
    "23 kind 5": (gift_card(kind=5), CONTEXT, CHECK, unknown("kind")),
    "23 kind unreadable": (gift_card(kind=ODD), CONTEXT, CHECK, unknown("kind")),
    "23 balance missing": (gift_card(balance=None), CONTEXT, CHECK, unknown("balance")),
    "23 balance unreadable": (gift_card(balance=ODD), CONTEXT, CHECK, unknown("balance")),
    "23 times scope missing": (
        times_card(times_scope=None),
        CONTEXT,
        CHECK,
        unknown("times_scope"),
    ),
    "23 times unreadable": (times_card(uses_left=ODD), CONTEXT, CHECK, unknown("uses_left")),
    "23 a benefit card counts nothing": (
        gift_card(kind=3, balance=None, uses_left=None),
        CONTEXT,
        YES,
        {},
    ),
}


@pytest.mark.parametrize(
    ("card", "where", "verdict", "reasons"), list(CASES.values()), ids=list(CASES)
)
def test_row(card: GiftCard, where: Context, verdict: Verdict, reasons: dict[str, Params]) -> None:
    eligibility = evaluate(card, where)
    assert reasons_of(eligibility) == reasons
    assert eligibility.verdict is verdict


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "status", "expected"),
    [
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 4, "2026-11-25 08:00:00"),
        ("2026-11-25", "2026-11-25", 4, "2026-11-25 00:00:00"),
        ("2026-11-25 08:00:00", "2026-11-25 07:59:59", 4, None),
        ("2026-11-25 08:00:00", "2026-11-25 08:00:00", 4, "2026-11-25 08:00:00"),
        ("2027-11-22 14:03:22", "2100-01-01 00:00:00", 4, "2027-11-22 14:03:22"),
        ("2027-11-22 14:03:23", "2100-01-01 00:00:00", 4, None),
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 2, None),
        ("2026-11-21 14:03:22", "2100-01-01 00:00:00", 4, None),
        ("2026-11-25 08:00:00", "2100-01-01 00:00:00", 0, "2026-11-25 08:00:00"),
    ],
    ids=[
        *("at its start", "one day, without time", "over before it starts", "one second"),
        *("366 days", "366 days and a second", "given away, too", "started", "and one to check"),
    ],
)
def test_next_usable_at(
    valid_from: str, valid_until: str, status: int, expected: str | None
) -> None:
    card = gift_card(valid_from=at(valid_from), valid_until=at(valid_until), status=status)
    found = evaluate(card, CONTEXT).next_usable_at
    assert found == (None if expected is None else moment(expected))


def test_next_usable_at_with_no_end_to_compare() -> None:
    card = gift_card(valid_from=at("2026-11-25"), valid_until=None, validity_kind=1)
    found = evaluate(card, CONTEXT).next_usable_at
    assert found == moment("2026-11-25 00:00:00")
    assert isinstance(found, datetime)
    assert found > NOW
