"""The matrix of scenes, and the matrix of store lists (RULES, rows 13 to 15)."""

from __future__ import annotations

import pytest

from posmember.domain.context import OrderType, Store
from posmember.domain.eligibility import evaluate
from posmember.domain.rules import allowed_order_types
from posmember.domain.values import Unreadable
from tests.fakes.assets import context, coupon_of, ordering, reasons_of

DINE_IN, DELIVERY, PAY_BILL = OrderType.DINE_IN, OrderType.DELIVERY, OrderType.PAY_BILL
SCENES = {
    1: {DELIVERY},
    2: {DINE_IN},
    3: {DINE_IN, DELIVERY},
    4: {PAY_BILL},
    5: {DELIVERY, PAY_BILL},
    6: {DINE_IN, PAY_BILL},
    7: {DINE_IN, DELIVERY, PAY_BILL},
}


@pytest.mark.parametrize("order_type", OrderType)
@pytest.mark.parametrize("scene", SCENES)
def test_scene(scene: int, order_type: OrderType) -> None:
    eligibility = evaluate(coupon_of(scene_type=scene), ordering(order_type=order_type))
    if order_type in SCENES[scene]:
        assert reasons_of(eligibility) == {}
    else:
        (reason,) = eligibility.reasons
        assert reason.code == "ORDER_TYPE_NOT_ALLOWED"
        assert set(reason.params["allowed"] or ()) == SCENES[scene]  # type: ignore[arg-type]


@pytest.mark.parametrize("order_type", OrderType)
@pytest.mark.parametrize("scene", SCENES)
def test_free_delivery_is_for_delivery_alone(scene: int, order_type: OrderType) -> None:
    asset = coupon_of(scene_type=scene, category=6)
    reasons = reasons_of(evaluate(asset, ordering(order_type=order_type)))
    allowed = SCENES[scene] & {DELIVERY}
    if order_type in allowed:
        assert reasons == {}
    else:
        assert reasons == {"ORDER_TYPE_NOT_ALLOWED": {"allowed": tuple(allowed)}}


@pytest.mark.parametrize(
    ("scene", "category", "allowed"),
    [(None, 0, None), (99, 0, None), (None, 6, (DELIVERY,)), (Unreadable("x"), 6, (DELIVERY,))],
    ids=["missing", "undocumented", "free delivery, missing", "free delivery, unreadable"],
)
def test_an_unknown_scene(
    scene: object, category: int, allowed: tuple[OrderType, ...] | None
) -> None:
    asset = coupon_of(scene_type=scene, category=category)
    assert allowed_order_types(asset) == allowed
    here = reasons_of(evaluate(asset, ordering(order_type=DELIVERY)))
    assert here == {"VALUE_UNKNOWN": {"fields": ("scene_type",)}}


BOTH = Store(code="1001", id="88001")
CODE, ID, NEITHER = Store(code="1001"), Store(id="88001"), Store()
LISTED_BY_ID, LISTED_BY_CODE, OTHERS = ("88001", "88002"), ("1001",), ("88002", "1002")

IN, OUT, MAYBE = "listed", "not listed", "unknown"


@pytest.mark.parametrize(
    ("store", "ids", "listed"),
    [
        (BOTH, LISTED_BY_ID, IN),
        (BOTH, LISTED_BY_CODE, IN),
        (BOTH, OTHERS, OUT),
        (CODE, LISTED_BY_CODE, IN),
        (CODE, LISTED_BY_ID, MAYBE),
        (CODE, OTHERS, MAYBE),
        (ID, LISTED_BY_ID, IN),
        (ID, LISTED_BY_CODE, MAYBE),
        (ID, OTHERS, MAYBE),
        (NEITHER, LISTED_BY_ID, MAYBE),
        (BOTH, None, MAYBE),
        (BOTH, Unreadable("88001,88002"), MAYBE),
        (NEITHER, None, MAYBE),
    ],
    ids=[
        *("both: by id", "both: by code", "both: others"),
        *("code: by code", "code: by id", "code: others"),
        *("id: by id", "id: by code", "id: others"),
        *("neither: some", "both: no list", "both: unreadable list", "neither: no list"),
    ],
)
@pytest.mark.parametrize("store_range", [0, 1, 2], ids=["all", "only listed", "not listed"])
def test_store(store_range: int, store: Store, ids: object, listed: str) -> None:
    asset = coupon_of(store_range=store_range, store_ids=ids)
    by_range: dict[int, dict[str, list[str]]] = {
        0: {IN: [], OUT: [], MAYBE: []},
        1: {IN: [], OUT: ["STORE_NOT_ALLOWED"], MAYBE: ["STORE_UNKNOWN"]},
        2: {IN: ["STORE_NOT_ALLOWED"], OUT: [], MAYBE: ["STORE_UNKNOWN"]},
    }
    expected = by_range[store_range][listed]
    assert list(reasons_of(evaluate(asset, context(store=store)))) == expected


def test_an_unreadable_list_is_kept_for_the_details() -> None:
    asset = coupon_of(store_range=1, store_ids=Unreadable("88001,88002"))
    (reason,) = evaluate(asset, context()).reasons
    assert reason.raw == "88001,88002"
