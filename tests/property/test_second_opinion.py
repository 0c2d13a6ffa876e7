"""The program against the second opinion, from raw answers to the JSON; and that one by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.fakes.opinion.compare import compare
from tests.fakes.opinion.crowd import member_of, moment_of, where_of
from tests.fakes.opinion.order import Member, Where
from tests.fakes.opinion.order_of_lists import in_another_order, order_matters
from tests.fakes.opinion.page import Page, opinion_of
from tests.fakes.opinion.reading import CHINA, Json, when

NOW = "2026-11-21 14:03:22"
TEMPLATE: Json = {
    "id": 300,
    "type": 1,
    "amount": "10.00",
    "coupon_type": 0,
    "status": 1,
    "scene_type": 7,
}
DATES = {"start_at": "2026-11-01", "end_at": "2026-12-31"}
CARD: Json = {
    "cardNo": "g",
    "cardType": 1,
    "balance": "50.00",
    "cardStatus": 4,
    "beginAt": "2026-11-01",
    "endAt": "2026-12-31",
}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_program_and_the_second_opinion_agree(seed: int) -> None:
    """Of members drawn by a seed, everything; `tests.fakes.opinion.compare` takes more of them."""
    tally = compare(members=60, seed=seed)
    assert tally.assets > 500
    assert tally.kinds == {}


@pytest.mark.parametrize("number", range(40))
def test_the_order_of_a_list_changes_nothing(number: int) -> None:
    """The program's whole answer, and the second opinion's verdicts, stay as they are."""
    draw = Random(f"order/{number}")
    member = member_of(draw, moment_of(draw))
    where = where_of(draw, moment_of(draw))
    turned = in_another_order(member, draw)
    before, after = (_verdicts(opinion_of(each, where)) for each in (member, turned))
    assert before == after
    assert order_matters(member, turned, where) == []


def _verdicts(page: Page) -> list[str]:
    assets = [*page.coupons, *page.gift_cards, *page.benefit_cards]
    return sorted(
        f"{sorted(each.names)} {sorted(each.ids)} {each.verdict} {each.doubtful} "
        f"{[] if each.doubtful else each.reasons}"
        for each in assets
    )


# --- the second opinion by hand, so that two programs do not agree on something wrong -------------


def where(
    amount: int | None = 5000, discount: int = 0, items: int | None = 3, **changes: Any
) -> Where:
    now = when(changes.pop("now", NOW))
    assert now is not None
    return Where(now.at.astimezone(CHINA), "dine_in", amount, discount, items, **changes)  # type: ignore[union-attr]


def coupon(code: str = "c", **changes: Any) -> Json:
    template = TEMPLATE | {key: changes.pop(key) for key in list(changes) if key.startswith("t_")}
    template = {key.removeprefix("t_"): value for key, value in template.items()}
    return {"coupon_id": 1, "couponId": code, "status": 0, "template": template} | DATES | changes


def by_identity(code: str = "c", **changes: Any) -> Json:
    return {"coupon_id": 1, "verify_code": code, "status": 0, "is_lock": 1} | DATES | changes


def member(
    *coupons: Json, identity: tuple[Json, ...] = (), cards: tuple[Json, ...] = (), listed: Any = ()
) -> Member:
    info = {"couponsList": list(coupons), "giftCardList": list(cards)}
    return Member(info, {"user_info": {"status": 1, "user_coupons": list(identity)}}, list(listed))


def told(of: Member, at: Where) -> list[str]:
    """The codes of the member's only asset."""
    page = opinion_of(of, at)
    (asset,) = [*page.coupons, *page.gift_cards]
    return [each["code"] for each in asset.reasons]


BY_HAND: list[tuple[str, Member, Where, list[str]]] = [
    ("ordinary", member(coupon()), where(), []),
    ("guessed unit", member(coupon(t_min_amount_use=30)), where(2000), ["SPEND_UNIT_UNKNOWN"]),
    ("both units met", member(coupon(t_min_amount_use=30)), where(3000), []),
    (
        "proven",
        member(coupon(t_min_amount_use=30), identity=(by_identity(min_amount_use=3000),)),
        where(2000),
        ["MIN_SPEND_NOT_MET"],
    ),
    (
        "one source expired",
        member(coupon(end_at="2026-11-20"), identity=(by_identity(),)),
        where(),
        ["SOURCES_CONFLICT"],
    ),
    (
        "both expired",
        member(coupon(end_at="2026-11-20"), identity=(by_identity(end_at="2026-11-19"),)),
        where(),
        ["EXPIRED"],
    ),
    ("used in one", member(coupon(), identity=(by_identity(status=1),)), where(), ["USED"]),
    (
        "locked in one of two",
        member(coupon(), identity=(by_identity(), by_identity(is_lock=2))),
        where(),
        ["LOCKED"],
    ),
    ("one entry disabled", member(coupon(), coupon(t_status=0)), where(), ["SOURCES_CONFLICT"]),
    (
        "only coupon and a discount",
        member(coupon(t_only_coupon=1)),
        where(discount=1200),
        ["EXCLUSIVE_WITH_DISCOUNT"],
    ),
    (
        "before or after",
        member(coupon(t_min_amount_use=3000)),
        where(3000, 1000, unit="fen"),
        ["SPEND_BASIS_UNKNOWN"],
    ),
    (
        "buy three",
        member(coupon(t_category=4, t_goods_range_num=3)),
        where(items=1),
        ["MIN_ITEMS_NOT_MET"],
    ),
    ("koubei", member(coupon(t_type=2)), where(), ["OTHER_SYSTEM"]),
    ("exchange", member(coupon(t_category=3)), where(), ["OTHER_SYSTEM"]),
    (
        "card of 非码",
        member(cards=(CARD,), listed=({"id": "g", "status": 4, "isErp": 1},)),
        where(),
        ["OTHER_SYSTEM"],
    ),
    (
        "not bound in the list",
        member(cards=(CARD,), listed=({"id": "g", "status": 4, "bind_status": 0},)),
        where(),
        ["SOURCES_CONFLICT"],
    ),
    (
        "used up in the list",
        member(cards=(CARD,), listed=({"id": "g", "status": 7},)),
        where(),
        ["SOURCES_CONFLICT"],
    ),
    ("13 digits", member(coupon(end_at="1795190602000")), where(now="2026-11-21 00:03:22"), []),
    (
        "13 digits, over",
        member(coupon(end_at="1795190602000")),
        where(now="2026-11-21 00:03:23"),
        ["EXPIRED"],
    ),
    (
        "midnight on that day",
        member(coupon(end_at="2026.11.21 00:00:00")),
        where(),
        ["VALIDITY_UNKNOWN"],
    ),
    (
        "store by identity",
        member(coupon(t_multi_range_type=1, t_shop_ids="77,78")),
        where(store_id=None),
        ["STORE_UNKNOWN"],
    ),
    (
        "wrong day, hours unreadable",
        member(cards=({**CARD, "useWeeks": "1,2", "useTimeScope": "x"},)),
        where(),
        ["WEEKDAY_NOT_ALLOWED"],
    ),
    (
        "one window holds, one unreadable",
        member(
            cards=({**CARD, "useTimeScope": [{"begin": "14:00", "end": "15:00"}, {"begin": "?"}]},)
        ),
        where(),
        [],
    ),
    (
        "one window alone",
        member(cards=({**CARD, "useTimeScope": {"begin": "15:00", "end": "16:00"}},)),
        where(),
        ["OUTSIDE_HOURS"],
    ),
]


@pytest.mark.parametrize(
    ("of", "at", "expected"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND]
)
def test_the_second_opinion_by_hand(of: Member, at: Where, expected: list[str]) -> None:
    """What misled a cashier before, one thing at a time."""
    assert told(of, at) == expected


def test_a_daily_limit_counts_its_used_siblings() -> None:
    """One of the same template is used: today's use is possible."""
    limited = coupon(t_use_per_person_per_day=1)
    page = opinion_of(
        member(limited, {**limited, "couponId": "d", "coupon_id": 2, "status": 1}), where()
    )
    codes = {min(each.names): [one["code"] for one in each.reasons] for each in page.coupons}
    assert codes["c"] == ["DAILY_LIMIT_POSSIBLE"]


def test_a_sibling_proves_the_unit() -> None:
    """One coupon's two sources show that member-info counts in 元."""
    first = coupon("a", t_min_amount_use=30, coupon_id=1)
    second = coupon("b", t_min_amount_use=50, coupon_id=2)
    page = opinion_of(
        member(first, second, identity=(by_identity("a", min_amount_use=3000),)), where(4000)
    )
    needs = {
        min(each.names): [one["params"].get("need") for one in each.reasons]
        for each in page.coupons
    }
    assert needs == {"a": [], "b": ["50.00"]}
