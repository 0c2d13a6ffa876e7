"""The engines' rules in the benchmark are the program's, so that what is compared is the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from posmember.domain.coupon import Coupon, MinSpend, UnitBasis
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.values import Unreadable
from tests.bench.engine_rules.agreement import DisagreementError, agreed_codes, contexts
from tests.bench.engine_rules.contestants import Contestant, contestants, json_logic_of
from tests.fakes.assets import (
    CONTEXT,
    at,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    scope,
    template,
)

ODD = Unreadable("看图")
STORE, OTHER_STORE = "1001", "1002"
OVERNIGHT = scope("22:00-02:00")

COUPONS: tuple[Coupon, ...] = (
    coupon(),
    coupon(status=1),
    coupon(status=None),
    coupon(lock=2),
    coupon(lock=3),
    coupon(template=None),
    coupon(valid_from=at("2027-01-01")),
    coupon(valid_from=ODD),
    coupon(valid_until=at("2026-11-21 00:00:00")),
    coupon(valid_until=at("2026-11-20")),
    coupon(valid_until=at("2100-01-01 00:00:00")),
    coupon(valid_until=None),
    coupon(min_spend=min_spend(5000)),
    coupon(min_spend=ODD),
    coupon(min_spend=min_spend(2700)),
    coupon(min_spend=MinSpend(Money(30), UnitBasis.ASSUMED, Money(3000))),
    coupon(min_spend=MinSpend(Money(5000), UnitBasis.TEXT, Money(50))),
    coupon(min_spend=MinSpend(Money(9900), UnitBasis.ASSUMED, Money(990000))),
    coupon(twin_unclear=True),
    *(coupon_of(platform=platform) for platform in (None, 1, 2, 3)),
    coupon_of(exclusive=1),
    coupon_of(category=4, buy_count=4, min_items=3),
    coupon_of(category=4, buy_count=ODD),
    *(coupon(template=template(daily_limit=2), used_of_template=used) for used in range(4)),
    coupon_of(status=0),
    coupon_of(has_time_range=1),
    coupon_of(min_items=3),
    coupon_of(goods_range=1),
    coupon_of(store_range=1, store_ids=(STORE,)),
    coupon_of(store_range=1, store_ids=(OTHER_STORE,)),
    coupon_of(store_range=2, store_ids=(STORE,)),
    coupon_of(store_range=2, store_ids=None),
    *(coupon_of(scene_type=scene) for scene in range(1, 8)),
    *(coupon_of(category=category) for category in range(9)),
    coupon_of(category=6, scene_type=2),
    coupon_of(
        status=9,
        expiry_kind=9,
        has_time_range=9,
        store_range=9,
        scene_type=None,
        category=9,
        min_items=ODD,
        goods_range=ODD,
        platform=ODD,
        exclusive=9,
        daily_limit=ODD,
    ),
)
CARDS: tuple[GiftCard, ...] = (
    *(gift_card(status=status) for status in range(9)),
    gift_card(balance=Money(0)),
    gift_card(balance=Money(-1)),
    gift_card(balance=ODD),
    gift_card(valid_until=None),
    gift_card(valid_until=None, validity_kind=1),
    gift_card(weekdays="1,2"),
    gift_card(weekdays="看图"),
    gift_card(weekdays="6", time_windows=OVERNIGHT),
    gift_card(weekdays="7", time_windows=OVERNIGHT),
    gift_card(time_windows=scope("09:00-10:00")),
    gift_card(time_windows="看图"),
    gift_card(kind=2, balance=None, uses_left=0, times_scope=1),
    gift_card(kind=2, balance=None, uses_left=ODD, times_scope=2),
    gift_card(kind=2, balance=None, uses_left=1, times_scope=None),
    gift_card(kind=3, balance=None),
    gift_card(kind=9, balance=None),
    *(gift_card(status=status, bound=0) for status in range(9)),
    *(gift_card(non_code=number, bound=number) for number in (1, 2)),
)
ASSETS: Sequence[Coupon | GiftCard] = (*COUPONS, *CARDS)


def test_every_engine_gives_our_reasons_and_every_code_is_met() -> None:
    engines = contestants()
    met: set[str] = set()
    for context in contexts(CONTEXT):
        met |= agreed_codes(engines, ASSETS, context)

    assert met == {code.value for code in ReasonCode}


def test_a_round_answers_for_the_coupons_and_then_for_the_cards() -> None:
    marked = Contestant("marked", lambda facts: ["coupon", facts], lambda facts: ["card", facts])

    assert marked.codes(["a", "b"], ["c"]) == [["coupon", "a"], ["coupon", "b"], ["card", "c"]]


def test_another_answer_is_no_agreement() -> None:
    lenient = Contestant("lenient", lambda facts: [], lambda facts: [])

    with pytest.raises(DisagreementError, match=r"lenient: \[\], not \['USED'\]"):
        agreed_codes([lenient], [coupon(status=1)], CONTEXT)


def test_a_condition_becomes_json_logic() -> None:
    condition = "not known or (kind not in [2, 3] and left == -1)"

    assert json_logic_of(condition) == {
        "or": [
            {"!": [{"var": ["known"]}]},
            {
                "and": [
                    {"!": [{"in": [{"var": ["kind"]}, [2, 3]]}]},
                    {"==": [{"var": ["left"]}, -1]},
                ]
            },
        ]
    }


def test_what_the_conditions_do_not_use_is_refused() -> None:
    with pytest.raises(ValueError, match="not translated"):
        json_logic_of("kind + 1")
