"""The table of usage rules as cases, row 24: several entries of one coupon or card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from posmember.domain.context import AccountStatus
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Verdict
from tests.fakes.assets import (
    at,
    context,
    coupon,
    gift_card,
    hours_card,
    min_spend,
    moment,
    ordering,
    scope,
    template,
    times_card,
)
from tests.unit.domain.rules.rule_case import CHECK, HERE, NO, YES, Case, case

Fields = dict[str, Any]
LAST_WEEK, TOMORROW = at("2026-11-14"), at("2026-11-22")
CONFLICT = "SOURCES_CONFLICT"


def told_twice(*tellings: Fields, differ: tuple[str, ...] = ()) -> Coupon:
    """A coupon as its entries tell it, the first one first."""
    first, *others = (coupon(**fields) for fields in tellings)
    return replace(first, versions=tuple(others), disagreements=differ)


def card_told_twice(*tellings: Fields, differ: tuple[str, ...] = ()) -> GiftCard:
    first, *others = (gift_card(**fields) for fields in tellings)
    return replace(first, versions=tuple(others), disagreements=differ)


def both_ways(
    name: str, one: Fields, other: Fields, differ: str, verdict: Verdict, *codes: str
) -> list[Case]:
    """Whichever of two entries is the first."""
    return [
        case(f"{name}, {how}", told_twice(*tellings, differ=(differ,)), HERE, verdict, *codes)
        for how, tellings in (("first", (one, other)), ("second", (other, one)))
    ]


def of_template(**changes: Any) -> Fields:
    return {"template": template(**changes)}


CONFLICTS = {
    "24 what only one entry says": [
        *both_ways("over", {"valid_until": LAST_WEEK}, {}, "valid_until", CHECK,
                   f"{CONFLICT}:valid_until"),
        *both_ways("not started", {"valid_from": TOMORROW}, {}, "valid_from", CHECK,
                   f"{CONFLICT}:valid_from"),
        *both_ways("a threshold", {"min_spend": min_spend(9900)}, {}, "min_spend", CHECK,
                   f"{CONFLICT}:min_spend"),
        *both_ways("disabled", of_template(status=0), {}, "template", CHECK,
                   f"{CONFLICT}:template_status"),
        *both_ways("another store", of_template(store_range=1, store_ids=("2",)), {}, "template",
                   CHECK, f"{CONFLICT}:store_range,store_ids"),
        *both_ways("for delivery", of_template(scene_type=1), {}, "template", CHECK,
                   f"{CONFLICT}:scene_type,category"),
        *both_ways("of named goods", of_template(goods_range=1), {}, "template", CHECK,
                   "GOODS_RESTRICTED"),
        *both_ways("a state nobody documented", {"status": 9}, {}, "status", CHECK,
                   "STATUS_UNKNOWN"),
        case(
            "a threshold that both meet",
            told_twice({"min_spend": min_spend(5000)}, {"min_spend": min_spend(3000)}),
            *(HERE, YES),
        ),
        case(
            "one threshold met",
            told_twice(
                {"min_spend": min_spend(8000)},
                {"min_spend": min_spend(3000)},
                differ=("min_spend",),
            ),
            *(HERE, CHECK, f"{CONFLICT}:min_spend"),
        ),
        case(
            "one threshold, no amount",
            told_twice({}, {"min_spend": min_spend(3000)}, differ=("min_spend",)),
            *(ordering(amount=None), CHECK, "SPEND_UNKNOWN"),
            need=Money(3000),
        ),
        case(
            "two thresholds, no amount: the first is told",
            told_twice({"min_spend": min_spend(8000)}, {"min_spend": min_spend(3000)}),
            *(ordering(amount=None), CHECK, "SPEND_UNKNOWN"),
            need=Money(8000),
        ),
        case(
            "one of three",
            told_twice({}, {}, {"valid_until": LAST_WEEK}, differ=("valid_until",)),
            *(HERE, CHECK, f"{CONFLICT}:valid_until"),
        ),
        case(
            "two fields",
            told_twice(
                {"valid_until": LAST_WEEK},
                {"min_spend": min_spend(9900), "valid_from": at("2026-11-02")},
                {},
                differ=("valid_from", "valid_until", "min_spend"),
            ),
            *(HERE, CHECK, f"{CONFLICT}:valid_until,min_spend"),
        ),
    ],
    "24 what every entry says": [
        case(
            "over by both",
            told_twice({"valid_until": LAST_WEEK}, {"valid_until": at("2026-11-13")}),
            *(HERE, NO, "EXPIRED"),
            at=moment("2026-11-14 23:59:59"),
        ),
        case(
            "used, and over by one",
            told_twice({"status": 1, "valid_until": LAST_WEEK}, {"status": 1}),
            *(HERE, NO, f"USED {CONFLICT}:valid_until"),
        ),
        case(
            "each has something else against it: not usable",
            told_twice({"valid_until": LAST_WEEK}, {"min_spend": min_spend(9900)}),
            *(HERE, NO, f"{CONFLICT}:valid_until,min_spend EXPIRED"),
        ),
        case(
            "each has something else against it, and one has something to check",
            told_twice(
                {"valid_until": LAST_WEEK},
                {"min_spend": min_spend(9900), **of_template(goods_range=1)},
            ),
            *(HERE, NO, f"{CONFLICT}:valid_until,min_spend EXPIRED GOODS_RESTRICTED"),
        ),
        case(
            "over, and not started: not usable",
            told_twice({"valid_until": LAST_WEEK}, {"valid_from": TOMORROW}),
            *(HERE, NO, f"{CONFLICT}:valid_from,valid_until EXPIRED"),
        ),
    ],
    "24 which entry is its twin": [
        case("nobody can tell", coupon(twin_unclear=True), HERE, CHECK, f"{CONFLICT}:coupon_id"),
        case(
            "nor whether it is over",
            replace(
                told_twice({}, {"valid_until": LAST_WEEK}, differ=("valid_until",)),
                twin_unclear=True,
            ),
            *(HERE, CHECK, f"{CONFLICT}:valid_until,coupon_id"),
        ),
        case("locked by any", coupon(twin_unclear=True, lock=2), HERE, NO, "LOCKED",
             f"{CONFLICT}:coupon_id"),
    ],
    "24 of a card": [
        *[
            case(f"status {status} and bind_status 0", gift_card(status=status, bound=0), HERE,
                 verdict, *codes)
            for status, verdict, codes in (
                (4, CHECK, [f"{CONFLICT}:bound"]),
                (0, CHECK, ["STATUS_UNKNOWN", f"{CONFLICT}:bound"]),
                (None, CHECK, ["STATUS_UNKNOWN", f"{CONFLICT}:bound"]),
                (1, NO, ["NOT_BOUND"]),
                (2, NO, ["GIFTING"]),
                (5, NO, ["EXPIRED"]),
                (7, NO, ["USED_UP"]),
            )
        ],
        case("bind_status 1", gift_card(bound=1), HERE, YES),
        case("too many entries", gift_card(unclear=True), HERE, CHECK, f"{CONFLICT}:card_number"),
        case("too many entries, and not bound", gift_card(unclear=True, bound=0), HERE, CHECK,
             f"{CONFLICT}:bound"),
        case(
            "recycled by one",
            card_told_twice({}, {"status": 6}, differ=("status",)),
            *(HERE, CHECK, f"{CONFLICT}:status"),
        ),
        case(
            "recycled by the other",
            card_told_twice({"status": 6}, {}, differ=("status",)),
            *(HERE, CHECK, f"{CONFLICT}:status"),
        ),
        case(
            "over by one's status, by the other's date",
            card_told_twice({"status": 5}, {"valid_until": LAST_WEEK}),
            *(HERE, NO, "EXPIRED"),
        ),
        case(
            "given away, and recycled: not usable",
            card_told_twice({"status": 3}, {"status": 6}, differ=("status",)),
            *(HERE, NO, "GIFTED_AWAY"),
        ),
        case(
            "nothing left by one",
            card_told_twice({}, {"balance": Money(0)}, differ=("balance",)),
            *(HERE, CHECK, f"{CONFLICT}:balance"),
        ),
        case(
            "no times left by one",
            replace(
                times_card(), versions=(times_card(uses_left=0),), disagreements=("uses_left",)
            ),
            *(HERE, CHECK, f"{CONFLICT}:uses_left"),
        ),
        case(
            "not now by one",
            replace(
                hours_card("6", scope("10:00-12:00")),
                versions=(hours_card("6", ""),),
                disagreements=("time_windows",),
            ),
            *(HERE, CHECK, f"{CONFLICT}:time_windows"),
        ),
        case(
            "and frozen",
            card_told_twice({}, {"status": 6}, differ=("status",)),
            *(context(account=AccountStatus.FROZEN), NO, f"ACCOUNT_FROZEN {CONFLICT}:status"),
        ),
    ],
}  # fmt: skip
