"""From the platform's raw answers to the documented JSON: what two entries, or a text, come to."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from posmember.domain.values import CHINA
from tests.fakes.opinion.order import Member, Where
from tests.fakes.opinion.program import program_answer
from tests.fakes.opinion.reading import Json

NOW = datetime(2026, 11, 21, 14, 3, 22, tzinfo=CHINA)
PAST, FUTURE, MIDNIGHT = "2026-11-20", "2026-12-31", "2026-11-21 00:00:00"
TEMPLATE: Json = {"type": 1, "amount": "10.00", "coupon_type": 0, "status": 1, "scene_type": 7}


def where(amount: int | None = 5000, discount: int = 0, **changes: Any) -> Where:
    return Where(NOW, amount=amount, discount=discount, **{"items": 3, **changes})


def coupon(code: str = "c", **changes: Any) -> Json:
    of_template = {
        key.removeprefix("t_"): changes.pop(key) for key in [*changes] if key[:2] == "t_"
    }
    row = {"coupon_id": 570, "couponId": code, "status": 0, "end_at": FUTURE}
    return row | {"template": TEMPLATE | of_template} | changes


def told(code: str = "c", **changes: Any) -> Json:
    row = {"coupon_id": 570, "verify_code": code, "status": 0, "is_lock": 1, "end_at": FUTURE}
    return row | changes


def card(**changes: Any) -> Json:
    row = {"cardNo": "g", "cardType": 1, "balance": "50.00", "cardStatus": 4, "endAt": FUTURE}
    return row | changes


def listed(**changes: Any) -> Json:
    return {"id": "g", "par_value": "50.00", "status": 4, "endAt": FUTURE} | changes


def answer(*rows: Json, at: Where | None = None) -> Json:
    """The JSON of a member with these rows: each is of the list that its keys are of."""
    lists: dict[str, list[Json]] = {key: [] for key in ("template", "verify_code", "cardNo", "id")}
    for row in rows:
        lists[next(key for key in lists if key in row)].append(row)
    coupons, identity, cards, of_list = lists.values()
    info = {"couponsList": coupons, "giftCardList": cards}
    user = {"status": 1, "user_coupons": identity}
    return program_answer(Member(info, {"user_info": user}, of_list), at or where())


def assets(*rows: Json, at: Where | None = None) -> list[Json]:
    found = answer(*rows, at=at)
    every: list[Json] = [*found["coupons"], *found["gift_cards"]]
    return every


def only(*rows: Json, at: Where | None = None) -> Json:
    (asset,) = assets(*rows, at=at)
    return asset


def codes(asset: Json) -> list[str]:
    return [each["code"] for each in asset["reasons"]]


def fields(asset: Json) -> list[str]:
    """What is in conflict."""
    conflicts = [each for each in asset["reasons"] if each["code"] == "SOURCES_CONFLICT"]
    return [name for each in conflicts for name in each["params"]["fields"]]


# --- the platform's own text ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shops", "raw"),
    [
        ("[77, 78]", "[77, 78]"),
        ('["77",78]', '["77",78]'),
        (' "[77]" ', '"[77]"'),
        ("77，78", "77，78"),
        ([77, "78"], '[77, "78"]'),
        (77, "77"),
        ({"0": 77}, '{"0": 77}'),
        ("all", "all"),
        ([[77], {"id": True}], '[[77], {"id": true}]'),
        ("", None),
        ("[]", None),
    ],
)
def test_raw_of_stores_is_as_it_came(shops: object, raw: str | None) -> None:
    asset = only(coupon(t_multi_range_type=1, t_shop_ids=shops), at=where(store_id=None))
    assert codes(asset) == ["STORE_UNKNOWN"]
    assert asset["reasons"][0]["raw"] == raw


@pytest.mark.parametrize(
    "end",
    [1795190400, "1795190400", "1795190400000", "2026.11.21 00:00:00", "2026/11/21 00:00"],
    ids=repr,
)
def test_raw_of_an_end_is_as_it_came(end: Any) -> None:
    raws = [
        *[each["reasons"][0]["raw"] for each in (only(coupon(end_at=end)), only(card(endAt=end)))],
        only(told(end_at=end))["reasons"][0]["raw"],
        only(listed(endAt=end))["reasons"][0]["raw"],
    ]
    assert raws == [str(end)] * 4


def test_raw_is_member_infos_where_neither_can_be_read() -> None:
    asset = only(coupon(end_at="someday"), told(end_at="2026-02-30"))
    assert [(each["code"], each["raw"]) for each in asset["reasons"]] == [
        ("VALIDITY_UNKNOWN", "someday")
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("2026-11-21", MIDNIGHT, ["VALIDITY_UNKNOWN"]),
        (MIDNIGHT, "2026-11-21", ["VALIDITY_UNKNOWN"]),
        ("2026-11-21 23:59:59", MIDNIGHT, ["VALIDITY_UNKNOWN"]),
        (MIDNIGHT, "", ["VALIDITY_UNKNOWN"]),
        ("2026-11-21", "2026-11-21 23:59:59", []),
        ("2100-01-01", "2099-12-31 00:00:00", []),
    ],
)
def test_an_end_that_one_source_alone_leaves_open(
    ours: str, theirs: str, expected: list[str]
) -> None:
    assert codes(only(coupon(end_at=ours), told(end_at=theirs))) == expected
    assert codes(only(card(endAt=ours), listed(endAt=theirs))) == expected


def test_two_entries_without_an_end() -> None:
    expected = ["STATUS_UNKNOWN", "VALIDITY_UNKNOWN"]
    assert codes(only(coupon(end_at=""), coupon(end_at="", status=9))) == expected
    assert codes(only(card(endAt=""), card(endAt="someday", cardStatus=9))) == expected


# --- whose twin ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (coupon(""), told("v"), told("")),
        (coupon(""), told("v", is_lock=2), told("")),
        (coupon(""), told("v"), told("", is_lock=2)),
        (coupon(""), told("v"), told("w")),
        (coupon("c"), coupon(""), told("")),
        (coupon("c"), coupon("d"), told("")),
        (coupon("c"), coupon("d"), told("", is_lock=2)),
        (coupon("c"), coupon("", t_status=0)),
        (coupon("c"), told("c"), told("", is_lock=2)),
        (coupon("c"), told("c", is_lock=2), coupon("")),
        (coupon("c"), told("c"), told(""), coupon("")),
        (coupon("c", status=1), told("c"), coupon("")),
        (told("v", is_lock=2), told("")),
    ],
    ids=str,
)
def test_never_green_where_a_twin_is_unclear(rows: tuple[Json, ...]) -> None:
    """And locked where any that could be it is."""
    locked = any(row.get("is_lock") == 2 for row in rows)
    for each in permutations(rows):
        found = assets(*each)
        assert "usable" not in [asset["verdict"] for asset in found]
        assert all("coupon_id" in fields(asset) for asset in found)
        with_template = [asset for asset in found if "member_info" in asset["sources"]]
        assert not locked or all("LOCKED" in codes(asset) for asset in with_template)


@pytest.mark.parametrize(
    "rows",
    [
        (coupon(""), told("v")),
        (coupon("c"), told("")),
        (coupon(""), told("")),
        (coupon("c"), told("c"), coupon("d"), told("")),
        (coupon("c"), told("c"), coupon(""), told("v")),
    ],
    ids=str,
)
def test_green_where_only_one_can_be_the_twin(rows: tuple[Json, ...]) -> None:
    for each in permutations(rows):
        found = assets(*each)
        assert {asset["verdict"] for asset in found} == {"usable"}
        assert all(len(asset["sources"]) == 2 for asset in found)


def test_what_may_be_of_two_coupons_proves_no_unit() -> None:
    """An entry without a code, whose threshold in 分 fits another's by chance."""
    parts = (
        coupon("", t_min_amount_use=30),
        told("", min_amount_use=3000),
        told("v"),
        coupon("x", t_min_amount_use=50, coupon_id=1),
    )
    found = {asset["redemption_code"]: asset for asset in assets(*parts, at=where(2000))}
    assert codes(found["x"]) == ["SPEND_UNIT_UNKNOWN"]


# --- one of one list twice -----------------------------------------------------------------------


def test_each_entry_counts_by_its_own_word_alone() -> None:
    """Identity says nothing of the template, and nothing against the coupon."""
    rows = (coupon(end_at=PAST, t_status=0), coupon(end_at=PAST), told())
    for each in permutations(rows):
        asset = only(*each)
        assert asset["verdict"] == "check"
        assert set(fields(asset)) == {"template_status", "valid_until"}
    asset = only(coupon(end_at=PAST, t_status=0), coupon(end_at=PAST), told(end_at=PAST))
    assert asset["verdict"] == "not_usable"


def test_every_entry_of_a_card_blocks_by_its_own_word() -> None:
    over, gone, empty = card(endAt=PAST), card(cardStatus=6), listed(par_value="0")
    assert only(over, gone)["verdict"] == "not_usable"
    assert only(over, gone, listed())["verdict"] == "check"
    assert only(over, gone, empty)["verdict"] == "not_usable"
    times = {"cardType": 2, "applicableType": 1, "balance": 3}
    assert only(over | times, gone | times, empty)["verdict"] == "check"


def test_no_time_is_told_at_which_every_entry_blocks() -> None:
    """On Wednesday one entry is over, and the other has never been bound."""
    rows = card(endAt="2026-11-22", useWeeks=3), listed(status=1)
    assert only(*rows)["next_usable_at"] is None
    on_time = card(endAt="2026-11-25", useWeeks=3), listed(status=1)
    assert only(*on_time)["next_usable_at"] == "2026-11-25T00:00:00+08:00"


# --- a gift card's status 0, and its balance -----------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (1, ["NOT_BOUND"]),
        (2, ["GIFTING"]),
        (3, ["GIFTED_AWAY"]),
        (4, []),
        (5, ["EXPIRED"]),
        (6, ["RECYCLED"]),
        (7, ["USED_UP"]),
        (0, ["STATUS_UNKNOWN"]),
        (9, ["STATUS_UNKNOWN"]),
        ("", ["STATUS_UNKNOWN"]),
    ],
)
def test_a_status_of_0_says_nothing_beside_another(status: object, expected: list[str]) -> None:
    """In either source."""
    assert codes(only(card(cardStatus=0), listed(status=status))) == expected
    assert codes(only(card(cardStatus=status), listed(status=0))) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected", "balance"),
    [
        ("0.005", "3", [], "3.00"),
        ("0.005", "0", ["ZERO_BALANCE"], "0.00"),
        ("x", "3", [], "3.00"),
        ("3", "0.005", [], "3.00"),
        ("0.005", "x", ["VALUE_UNKNOWN"], None),
        ("0.005", "", ["VALUE_UNKNOWN"], None),
        ("", "0.005", ["VALUE_UNKNOWN"], None),
    ],
)
def test_the_balance_that_can_be_read(
    ours: str, theirs: str, expected: list[str], balance: str | None
) -> None:
    asset = only(card(balance=ours), listed(par_value=theirs))
    assert (codes(asset), asset["balance"]) == (expected, balance)


@pytest.mark.parametrize("weeks", ["null", '""', "[]", "{}", "[null]", '[""]', None, []])
def test_weekdays_of_nothing_are_no_rule(weeks: object) -> None:
    assert only(card(useWeeks=weeks))["verdict"] == "usable"


# --- thresholds and discounts of two sources -----------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("-5", "-5", []),
        ("-5", "0", []),
        ("0", "-5", []),
        ("3000", "-5", ["min_spend"]),
        ("0", "3000", ["min_spend"]),
    ],
)
def test_no_limit_is_one_value(ours: str, theirs: str, expected: list[str]) -> None:
    asset = only(coupon(t_min_amount_use=ours), told(min_amount_use=theirs))
    disagree = [n["params"]["fields"] for n in asset["notices"] if n["code"] == "SOURCES_DISAGREE"]
    assert disagree == ([expected] if expected else [])


@pytest.mark.parametrize("odd", ["x", "30.005"])
def test_identitys_threshold_where_member_infos_cannot_be_read(odd: str) -> None:
    at = where(2999, unit="yuan")
    for theirs, expected in (("3000", ["MIN_SPEND_NOT_MET"]), ("0", []), ("-5", [])):
        asset = only(coupon(t_min_amount_use=odd), told(min_amount_use=theirs), at=at)
        assert codes(asset) == expected
    for theirs in ("", "x"):
        asset = only(coupon(t_min_amount_use=odd), told(min_amount_use=theirs), at=at)
        assert codes(asset) == ["VALUE_UNKNOWN"]


@pytest.mark.parametrize(
    ("ours", "theirs", "value"),
    [("120", "85", "85%"), ("8.5", "90", "85%"), ("0", "", None), ("", "8.5", "85%")],
)
def test_identitys_discount_where_member_infos_is_none(
    ours: str, theirs: str, value: str | None
) -> None:
    asset = only(coupon(t_coupon_type=1, t_amount=ours), told(amount=theirs))
    assert asset["value"] == value


# --- what helps, and what is suggested -----------------------------------------------------------


@pytest.mark.parametrize(
    ("need", "amount", "helps"),
    [
        (5000, 300000, ("5000.00", "usable")),
        (5000, 5000, ("5000.00", "usable")),
        (5000, 4999, ("50.00", "check")),
        (5000, None, ("5000.00", "usable")),
        (30, 2000, ("30.00", "usable")),
    ],
)
def test_the_amount_that_helps_whatever_the_unit(
    need: int, amount: int | None, helps: tuple[str, str]
) -> None:
    asset = only(coupon(t_min_amount_use=need), at=where(amount))
    assert (asset["helps"]["amount"], asset["helps"]["verdict"]) == helps


@pytest.mark.parametrize(
    ("rows", "at", "gap"),
    [
        ([coupon(t_min_amount_use=3000)], where(3000, 1000, unit="fen"), "10.00"),
        ([coupon(t_min_amount_use=3000)], where(3000, 1, unit="fen"), "0.01"),
        ([coupon(t_min_amount_use=30)], where(2000), "10.00"),
        ([coupon(t_min_amount_use=30)], where(3000, 500), "5.00"),
        ([coupon(t_min_amount_use=3000)], where(2000, 500, unit="fen"), "15.00"),
        ([coupon(t_min_amount_use=0), told(min_amount_use=3000)], where(2000), "10.00"),
        ([coupon(t_min_amount_use=5000)], where(300000), None),
        ([coupon(t_min_amount_use=3000)], where(1400, unit="fen"), None),
        ([coupon(t_min_amount_use=30)], where(None), None),
        ([coupon(t_min_amount_use=30, t_use_per_person_per_day="x")], where(2000), None),
    ],
    ids=str,
)
def test_more_is_suggested_whatever_it_does_away_with(
    rows: list[Json], at: Where, gap: str | None
) -> None:
    found = answer(*rows, at=at)["suggestion"]
    assert (None if found is None else (found["change"], found["gap"])) == (
        None if gap is None else ("spend_more", gap)
    )


def test_the_least_of_all_gaps_is_suggested() -> None:
    """5.00 for the discount comes before 10.00 for the threshold."""
    near = coupon("near", coupon_id=1, t_min_amount_use=3000)
    far = coupon("far", coupon_id=2, t_min_amount_use=3500)
    for rows in ((near, far), (far, near)):
        found = answer(*rows, at=where(3000, 500, unit="fen"))["suggestion"]
        assert (found["redemption_code"], found["gap"]) == ("near", "5.00")


def test_nothing_is_suggested_while_the_account_is_to_check() -> None:
    info = {"couponsList": [coupon(t_min_amount_use=3000)]}
    at = where(3000, 500, unit="fen")
    assert program_answer(Member(info, None), at)["suggestion"] is None
