"""The table of usage rules as cases, rows 13 to 21: the store and the order."""

from __future__ import annotations

from itertools import product

from posmember.domain.context import Context, OrderType, Store
from posmember.domain.coupon import Coupon, MinSpend, UnitBasis
from posmember.domain.money import Money
from posmember.domain.rules.reasons import Verdict
from tests.fakes.assets import (
    context,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    ordering,
    template,
    times_card,
)
from tests.unit.domain.rules.rule_case import CHECK, GOODS, HERE, NO, ODD, YES, Case, case

ASSUMED = UnitBasis.ASSUMED
NO_STORE, NO_TYPE = "STORE_UNKNOWN", "ORDER_TYPE_NOT_ALLOWED"
STORES = {
    "code and id known": Store("1001", "88001"),
    "code known": Store(code="1001"),
    "id known": Store(id="88001"),
    "neither known": Store(),
}


def listed(ids: str, store: str, only: str | None, but: str | None) -> list[Case]:
    """A list in its two meanings, at one store: the code for "only these", and for "not these"."""
    return [
        case(
            f"{meaning} {ids or 'an empty list'}, {store}",
            coupon_of(store_range=number, store_ids=tuple(ids.split()) or None),
            context(store=STORES[store]),
            {None: YES, NO_STORE: CHECK}.get(code, NO),
            *([code] if code else []),
        )
        for number, meaning, code in ((1, "only", only), (2, "not", but))
    ]


def empty_list(number: int) -> Case:
    """An empty list where one is needed; the decoder gives None for it."""
    there = coupon_of(store_range=number, store_ids=())
    return case(f"range {number}, a list of none", there, context(), CHECK, NO_STORE)


def unlisted(name: str, **changes: object) -> Case:
    return case(name, coupon_of(store_range=0, **changes), context(store=Store()), YES)


NOT_HERE = "STORE_NOT_ALLOWED"
STORE = {
    "13 and 14 the store": [
        empty_list(1),
        empty_list(2),
        *listed("88001 88002", "code and id known", None, NOT_HERE),
        *listed("1001", "code and id known", None, NOT_HERE),
        *listed("88002 1002", "code and id known", NOT_HERE, None),
        *listed("1001 88002", "code known", None, NOT_HERE),
        *listed("88001 88002", "code known", NO_STORE, NO_STORE),
        *listed("88002 1002", "code known", NO_STORE, NO_STORE),
        *listed("88001 88002", "id known", None, NOT_HERE),
        *listed("1001", "id known", NO_STORE, NO_STORE),
        *listed("88002 1002", "id known", NO_STORE, NO_STORE),
        *listed("88001 88002", "neither known", NO_STORE, NO_STORE),
        *listed("", "code and id known", NO_STORE, NO_STORE),
        *listed("", "neither known", NO_STORE, NO_STORE),
        case("only odd", coupon_of(store_range=1, store_ids=ODD), HERE, CHECK, NO_STORE),
        case("not odd", coupon_of(store_range=2, store_ids=ODD), HERE, CHECK, NO_STORE),
        unlisted("all stores"),
        unlisted("all stores, a list of others", store_ids=("88002",)),
        unlisted("all stores, an unreadable list", store_ids=ODD),
        case("no range, others", coupon_of(store_range=None, store_ids=("2",)), HERE, YES),
    ],
}

DINE_IN, DELIVERY, PAY_BILL = OrderType.DINE_IN, OrderType.DELIVERY, OrderType.PAY_BILL
SCENES = {  # scene_type 1 to 7, as on the page
    DINE_IN: ". x x . . x x",
    DELIVERY: "x . x . x . x",
    PAY_BILL: ". . . x x x x",
}
FREE_DELIVERY = {
    DINE_IN: ". . . . . . .",
    DELIVERY: "x . x . x . x",
    PAY_BILL: ". . . . . . .",
}


def in_scenes(name: str, category: int, scenes: dict[OrderType, str]) -> list[Case]:
    """Every scene with every order type: x is usable, a dot is not."""
    lines = []
    marks = {order_type: line.split() for order_type, line in scenes.items()}
    for scene, here in product(range(1, 8), marks):
        asset, where = coupon_of(scene_type=scene, category=category), ordering(order_type=here)
        allowed = tuple(t.value for t in marks if marks[t][scene - 1] == "x")
        told = f"{name}, scene {scene}, {here}"
        if here in allowed:
            lines.append(case(told, asset, where, YES))
        else:
            lines.append(case(told, asset, where, NO, NO_TYPE, allowed=allowed))
    return lines


def no_scene(
    scene: object, category: int, order_type: OrderType, verdict: Verdict, *codes: str
) -> Case:
    """A scene that is missing, unreadable or that nobody documented."""
    asset = coupon_of(scene_type=scene, category=category)
    name = f"scene {scene}, category {category}, {order_type}"
    return case(name, asset, ordering(order_type=order_type), verdict, *codes, SCENE)


SCENE = "VALUE_UNKNOWN:scene_type"
ORDER_TYPES = {
    "15 the order type": [
        *in_scenes("a coupon", 0, SCENES),
        *in_scenes("free delivery", 6, FREE_DELIVERY),
        no_scene(None, 0, DINE_IN, CHECK),
        no_scene(0, 0, DELIVERY, CHECK),
        no_scene(8, 0, PAY_BILL, CHECK),
        no_scene(ODD, 0, DINE_IN, CHECK),
        no_scene(None, 6, DELIVERY, CHECK),
        no_scene(ODD, 6, DELIVERY, CHECK),
        no_scene(None, 6, DINE_IN, NO, NO_TYPE),
        no_scene(8, 6, PAY_BILL, NO, NO_TYPE),
    ],
    "16 not for orders": [
        *[case(f"category {n}", coupon_of(category=n), HERE, YES) for n in (0, 2, 4, 5)],
        case("category 7, queue", coupon_of(category=7), HERE, NO, "NOT_FOR_ORDERS", category=7),
        case("category 8, parking", coupon_of(category=8), HERE, NO, "NOT_FOR_ORDERS", category=8),
        case(
            "parking, not in this scene",
            coupon_of(category=8, scene_type=1),
            *(HERE, NO, NO_TYPE, "NOT_FOR_ORDERS"),
        ),
    ],
}


def spending(fen: int | None, discount: int = 0) -> Context:
    return ordering(amount=None if fen is None else Money(fen), discount=Money(discount))


def spend_gap(need: int, have: int, gap: int) -> dict[str, Money]:
    return {"need": Money(need), "have": Money(have), "gap": Money(gap)}


def needing(
    fen: int, items: int | None = None, goods_range: int = 0, basis: UnitBasis = UnitBasis.IDENTITY
) -> Coupon:
    rules = template(min_items=items, goods_range=goods_range)
    return coupon(min_spend=min_spend(fen, basis), template=rules)


def items(need: object) -> Coupon:
    return coupon_of(min_items=need)


def guessed(fen: int, other: int) -> Coupon:
    """A threshold in the unit that was chosen, and in the other."""
    return coupon(min_spend=MinSpend(Money(fen), ASSUMED, Money(other)))


def buying(count: object, least: object = None) -> Coupon:
    return coupon_of(category=4, buy_count=count, min_items=least)


def exclusive(flag: object, **changes: object) -> Coupon:
    return coupon_of(exclusive=flag, **changes)


def limited(limit: object, used: int) -> Coupon:
    return coupon(template=template(daily_limit=limit), used_of_template=used)


SHORT, FEW = "MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET"
NO_UNIT, NO_BASIS = "SPEND_UNIT_UNKNOWN", "SPEND_BASIS_UNKNOWN"
ONLY, TODAY, MIN_ITEMS = (
    "EXCLUSIVE_WITH_DISCOUNT",
    "DAILY_LIMIT_POSSIBLE",
    "VALUE_UNKNOWN:min_items",
)
NEEDS = {"need_if_fen": Money(300), "need_if_yuan": Money(30000)}
BELOW = spend_gap(30000, 299, 29701)
BEFORE = {"need": Money(5800), "have": Money(5800), "after_discount": Money(3800)}
NO_AMOUNT, NO_COUNT = "SPEND_UNKNOWN", "ITEMS_UNKNOWN"
UNCOUNTED, NOTHING_ENTERED = ordering(item_count=None), ordering(amount=None, item_count=None)
THRESHOLDS = {
    "17 and 18 least amount": [
        case("equal", needing(5800), spending(5800), YES),
        case("one 分 more", needing(5800), spending(5801), YES),
        case("one 分 less", needing(5800), spending(5799), NO, SHORT, **spend_gap(5800, 5799, 1)),
        case("nothing ordered", needing(100), spending(0), NO, SHORT, **spend_gap(100, 0, 100)),
        case("one 分 needed, nothing ordered", needing(1), spending(0), NO, SHORT),
        case("enough after the discount, too", needing(3800), spending(5800, 2000), YES),
        case("no threshold, nothing ordered", coupon(), spending(0), YES),
        case("no threshold, no amount", coupon(), spending(None), YES),
        case("a threshold of nothing, no amount", needing(0), spending(None), YES),
        case("no amount", needing(3000), spending(None), CHECK, NO_AMOUNT, need=Money(3000)),
        case("one 分 needed, no amount", needing(1), spending(None), CHECK, NO_AMOUNT),
    ],
    "26 the unit is a guess": [
        case("分 and 元 both met", guessed(300, 30000), spending(30000), YES),
        case("分 met, 元 not", guessed(300, 30000), spending(300), CHECK, NO_UNIT, **NEEDS),
        case("元 lacks one 分", guessed(300, 30000), spending(29999), CHECK, NO_UNIT, **NEEDS),
        case(
            "neither met", guessed(300, 30000), spending(299), NO, SHORT, **spend_gap(300, 299, 1)
        ),
        case("元 chosen, and met", guessed(30000, 300), spending(30000), YES),
        case("元 chosen, 分 met", guessed(30000, 300), spending(29999), CHECK, NO_UNIT, **NEEDS),
        case("元 chosen, neither met", guessed(30000, 300), spending(299), NO, SHORT, **BELOW),
        case("no amount", guessed(300, 30000), spending(None), CHECK, NO_AMOUNT, need=Money(300)),
        case("元 met before alone", guessed(300, 30000), spending(30000, 1), CHECK, NO_UNIT),
        case("元 met after the discount", guessed(300, 30000), spending(30001, 1), YES),
        case("no other unit", needing(300, basis=ASSUMED), spending(300), YES),
    ],
    "27 before or after the discount": [
        case("met before alone", needing(5800), spending(5800, 2000), CHECK, NO_BASIS, **BEFORE),
        case("one 分 short after", needing(3801), spending(5800, 2000), CHECK, NO_BASIS),
        case("equal after", needing(3800), spending(5800, 2000), YES),
        case("met by neither", needing(5801), spending(5800, 2000), NO, SHORT),
        case("no discount", needing(5800), spending(5800), YES),
        case("no threshold", coupon(), spending(5800, 5800), YES),
        case(
            "more off than ordered",
            needing(100),
            spending(100, 300),
            CHECK,
            NO_BASIS,
            after_discount=Money(-200),
        ),
        case("no amount", needing(100), spending(None, 300), CHECK, NO_AMOUNT),
        case(
            "元 chosen, met before alone",
            *(guessed(30000, 300), spending(30000, 1), CHECK, NO_UNIT, NO_BASIS),
        ),
    ],
    "19 and 20 least number of items": [
        case("equal", items(3), ordering(item_count=3), YES),
        case("one more", items(3), ordering(item_count=4), YES),
        case("one less", items(3), ordering(item_count=2), NO, FEW, need=3, have=2, gap=1),
        case("no item", items(1), ordering(item_count=0), NO, FEW, need=1, have=0, gap=1),
        case("no count", items(2), UNCOUNTED, CHECK, NO_COUNT, need=2),
        case("one needed, no count", items(1), UNCOUNTED, CHECK, NO_COUNT),
        case("a threshold of 0, no count", items(0), UNCOUNTED, YES),
        case("a threshold of -1, no count", items(-1), UNCOUNTED, YES),
        case("no threshold, no count", items(None), UNCOUNTED, YES),
        case("买M送N, equal", buying(3), ordering(item_count=3), YES),
        case("买M送N, one less", buying(3), ordering(item_count=2), NO, FEW, need=3, have=2, gap=1),
        case("买M送N, no count", buying(3), UNCOUNTED, CHECK, NO_COUNT, need=3),
        case("买M送N, 0", buying(0), UNCOUNTED, YES),
        case("买M送N, missing", buying(None), UNCOUNTED, YES),
        case("买M送N, unreadable", buying(ODD), UNCOUNTED, CHECK, "VALUE_UNKNOWN:buy_count"),
        case("买M送N, the larger counts", buying(3, 4), ordering(item_count=3), NO, FEW, need=4),
        case("买M送N, the other larger", buying(4, 3), ordering(item_count=3), NO, FEW, need=4),
        case("买M送N, one unreadable", buying(4, ODD), ordering(item_count=3), NO, FEW, MIN_ITEMS),
        *[
            case(f"category {n} buys no M", coupon_of(category=n, buy_count=9), HERE, YES)
            for n in (0, 2, 5, None)
        ],
    ],
    "28 the only discount": [
        case("no discount", exclusive(1), spending(5800), YES),
        case("one 分 off", exclusive(1), spending(5800, 1), CHECK, ONLY, discount=Money(1)),
        case(
            "its saving is that without",
            exclusive(1),
            spending(1500, 900),
            CHECK,
            ONLY,
            saving=Money(1000),
            discount=Money(900),
        ),
        case(
            "no saving to compare",
            exclusive(1, goods_range=1),
            spending(5800, 1),
            CHECK,
            ONLY,
            GOODS,
            saving=None,
        ),
        case("not exclusive", exclusive(0), spending(5800, 900), YES),
        case("nothing said", exclusive(None), spending(5800, 900), YES),
        case("2", exclusive(2), spending(5800, 900), CHECK, "VALUE_UNKNOWN:exclusive"),
    ],
    "29 perhaps used up today": [
        case("as many as the limit", limited(1, 1), HERE, CHECK, TODAY, limit=1, used=1),
        case("more than the limit", limited(2, 3), HERE, CHECK, TODAY, limit=2, used=3),
        case("fewer", limited(2, 1), HERE, YES),
        case("none", limited(1, 0), HERE, YES),
        case("no limit", limited(0, 3), HERE, YES),
        case("a limit below 0", limited(-1, 3), HERE, YES),
        case("nothing said", limited(None, 3), HERE, YES),
        case("unreadable", limited(ODD, 3), HERE, CHECK, "VALUE_UNKNOWN:daily_limit"),
    ],
    "17 to 20 together": [
        case("both met", needing(5800, 3), HERE, YES),
        case("amount met", needing(5800, 4), HERE, NO, FEW),
        case("items met", needing(5801, 3), HERE, NO, SHORT),
        case("neither met", needing(5801, 4), HERE, NO, SHORT, FEW),
        case("short, no count", needing(5801, 3), UNCOUNTED, NO, SHORT, NO_COUNT),
        case("no amount, too few", needing(5801, 4), spending(None), NO, NO_AMOUNT, FEW),
        case("nothing entered", needing(5801, 4), NOTHING_ENTERED, CHECK, NO_AMOUNT, NO_COUNT),
    ],
    "21 goods": [
        case("coupon of named goods", coupon_of(goods_range=1), HERE, CHECK, GOODS),
        case("coupon of all goods", coupon_of(goods_range=0), HERE, YES),
        case("named goods, too little", needing(5801, goods_range=1), HERE, NO, SHORT, GOODS),
        case("次卡 of named goods", times_card(times_scope=2), HERE, CHECK, GOODS),
        case("次卡, shared", times_card(times_scope=1), HERE, YES),
        case("现金卡 names no goods", gift_card(times_scope=2), HERE, YES),
        case("储值卡 names no goods", gift_card(kind=4, times_scope=2), HERE, YES),
    ],
}
