"""The members: documented fields only, every enum value, every odd form, claims that hold."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from posmember.sandbox.dates import NEVER_EXPIRES, NO_DATE
from posmember.sandbox.faults import Api
from posmember.sandbox.qimai.answers import Answers
from posmember.sandbox.records import MemberRecord
from tests.unit.sandbox.documented import ENUMS, GIFT_CARDS, IDENTITY, MEMBER_INFO

Leaf = tuple[str, Any]


def answers_of(members: Sequence[MemberRecord]) -> dict[str, list[Any]]:
    """The data of every member through every operation, by operation."""
    answers = Answers(members)
    found: dict[str, list[Any]] = {api: [] for api in Api}
    for member in members:
        for kind, identifier in identifiers(member):
            params = {"type": kind, "identifierNumber": identifier}
            found[Api.MEMBER_INFO].append(data(answers, Api.MEMBER_INFO, params))
        if member.user is not None:
            params = {"type": 4, "user_id": member.user_id, "point_rules": 1}
            found[Api.IDENTITY].append(data(answers, Api.IDENTITY, params))
        params = {"user_id": member.user_id, "needCycleCard": 1}
        found[Api.GIFT_CARDS].append(data(answers, Api.GIFT_CARDS, params))
    return found


def identifiers(member: MemberRecord) -> Iterator[tuple[int, str]]:
    ids = member.ids
    candidates = (
        (1, ids.code if ids.by_code else ""),
        (1, str(member.user_id) if ids.by_id else ""),
        (2, ids.mobile),
        (3, ids.card_number),
        (4, ids.alipay_user_id),
        (5, ids.wechat_openid),
        (6, ids.wechat_unionid),
    )
    found = [candidate for candidate in candidates if candidate[1]]
    assert found, member.shows
    yield from found


def data(answers: Answers, api: Api, params: Mapping[str, object]) -> Any:
    envelope = json.loads(answers.answer(api, params))
    assert str(envelope["code"]) == "0"
    assert str(envelope["status"]).lower() == "true"
    return envelope["data"]


def leaves(value: Any, path: str = "") -> Iterator[Leaf]:
    """Every value that is no non-empty container, with its path."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


@pytest.fixture(scope="module")
def answered(members: tuple[MemberRecord, ...]) -> dict[str, list[Any]]:
    return answers_of(members)


@pytest.fixture(scope="module")
def values(answered: dict[str, list[Any]]) -> dict[str, dict[str, set[tuple[type, str]]]]:
    """By operation and path: the types and texts of the values that occur."""
    seen: dict[str, dict[str, set[tuple[type, str]]]] = {}
    for api, items in answered.items():
        paths = seen.setdefault(api, {})
        for path, value in itertools.chain.from_iterable(leaves(item) for item in items):
            paths.setdefault(path, set()).add((type(value), json.dumps(value)))
    return seen


def test_there_are_enough_members_and_each_says_what_it_shows(
    members: tuple[MemberRecord, ...],
) -> None:
    assert len(members) >= 24
    assert len({member.shows for member in members}) == len(members)
    assert len({member.user_id for member in members}) == len(members)


def test_redemption_codes_and_card_numbers_are_unique(members: tuple[MemberRecord, ...]) -> None:
    codes = [coupon.code for member in members for coupon in member.coupons]
    numbers = [card.number for member in members for card in member.cards]
    assert len(set(codes)) == len(codes)
    assert len(set(numbers)) == len(numbers)


EXTRA = {"newField", "__proto__"}


def keys_by_path(value: Any, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(value, dict):
        yield path, frozenset(value)
        for key, item in value.items():
            if key not in EXTRA:
                yield from keys_by_path(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from keys_by_path(item, f"{path}[]")


@pytest.mark.parametrize(
    ("api", "documented"),
    [(Api.MEMBER_INFO, MEMBER_INFO), (Api.IDENTITY, IDENTITY), (Api.GIFT_CARDS, GIFT_CARDS)],
)
def test_answers_have_the_documented_fields(
    answered: dict[str, list[Any]], api: Api, documented: dict[str, frozenset[str]]
) -> None:
    complete: set[str] = set()
    for item in answered[api]:
        for path, keys in keys_by_path(item):
            assert keys - EXTRA <= documented[path], path
            if keys == documented[path]:
                complete.add(path)
    assert complete == set(documented)


def test_the_first_member_has_every_field(answered: dict[str, list[Any]]) -> None:
    for path, keys in keys_by_path(answered[Api.MEMBER_INFO][0]):
        assert keys == MEMBER_INFO[path]
    for path, keys in keys_by_path(answered[Api.IDENTITY][0]):
        assert keys == IDENTITY[path]


@pytest.mark.parametrize(
    ("api", "path", "wanted"),
    [
        (api, path, wanted.split())
        for api, fields in ENUMS.items()
        for path, wanted in fields.items()
    ],
)
def test_every_documented_enum_value_occurs(
    values: dict[str, dict[str, set[tuple[type, str]]]], api: str, path: str, wanted: list[str]
) -> None:
    texts = {text.strip('"') for _, text in values[api][path]}
    assert set(wanted) <= texts


def test_levels_tiers_differ(answered: dict[str, list[Any]]) -> None:
    levels = {str(item.get("memberLevel")) for item in answered[Api.MEMBER_INFO]}
    assert {"1", "2", "3", "4", "5", "6"} <= levels


@pytest.mark.parametrize(
    ("api", "path", "form"),
    [
        # numbers as text and as numbers, amounts as floats, booleans for numbers
        ("member_info", "totalPoints", r'"\d+"'),
        ("member_info", "totalPoints", r"\d+"),
        ("member_info", "rechargeBalance", r'"\d+\.\d\d"'),
        ("member_info", "rechargeBalance", r"12\.3"),
        ("member_info", "customerId", r"\d+"),
        ("member_info", "customerId", r'"\d+"'),
        ("member_info", "couponsList[].coupon_id", r'"\d+"'),
        ("member_info", "couponsList[].coupon_id", r"\d+"),
        ("member_info", "couponsList[].couponId", r"\d+"),
        ("member_info", "couponsList[].template.status", "true"),
        ("identity", "user_info.id", r"\d+"),
        ("identity", "user_info.id", r'"\d+"'),
        ("identity", "user_info.is_open_points_pay", 'true|"true"'),
        ("gift_cards", "[].par_value", r'"\d+\.\d\d"'),
        ("gift_cards", "[].par_value", r"9\.9"),
        # "", null, [] for an empty object
        ("member_info", "labelList", r"\[\]"),
        ("member_info", "labelList", "null"),
        ("member_info", "gender", "null"),
        ("member_info", "cardNo", '""'),
        ("member_info", "couponsList[].template", r"\[\]"),
        ("identity", "user_info.user_wealth_info", r"\[\]"),
        ("identity", "user_info.pay_rule", r"\[\]"),
        ("identity", "user_info.user_coupons", r"\[\]"),
        ("gift_cards", "", r"\[\]"),
        # dates
        ("member_info", "memberLevelExpiredAt", f'"{NO_DATE}"'),
        ("member_info", "memberLevelExpiredAt", "null"),
        ("member_info", "couponsList[].end_at", f'"{NO_DATE}"'),
        ("member_info", "couponsList[].end_at", f'"{NEVER_EXPIRES}"'),
        ("member_info", "couponsList[].end_at", r'"\d{4}-\d\d-\d\d"'),
        ("member_info", "couponsList[].end_at", '"2026-11-20 00:00:00"'),
        ("member_info", "couponsList[].end_at", '""'),
        ("member_info", "couponsList[].start_at", '"soon"'),
        ("member_info", "couponsList[].template.start_at", r"\d{10}"),
        ("member_info", "couponsList[].template.start_at", r'"\d{10}"'),
        ("member_info", "couponsList[].template.end_at", r'"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"'),
        ("member_info", "giftCardList[].endAt", f'"{NEVER_EXPIRES}"'),
        ("gift_cards", "[].endAt", f'"{NO_DATE}"'),
        # unknown numbers and unreadable texts
        ("member_info", "couponsList[].template.scene_type", '"99"'),
        ("member_info", "couponsList[].template.category", '"99"'),
        ("member_info", "giftCardList[].cardStatus", "99"),
        ("member_info", "giftCardList[].cardType", "99"),
        ("member_info", "giftCardList[].balance", '"abc"'),
        ("member_info", "couponsList[].template.amount", '"abc"'),
        ("member_info", "couponsList[].template.min_amount_use", '"abc"'),
        ("member_info", "totalPoints", '"abc"'),
        ("identity", "user_info.user_coupons[].is_lock", "99"),
        ("identity", "user_info.status", "99"),
        ("gift_cards", "[].status", '"99"'),
        # texts that hold more
        ("member_info", "couponsList[].template.shop_ids", r'"\[88001\]"'),
        ("member_info", "couponsList[].template.shop_ids", r'"\[\\"88001\\"\]"'),
        ("member_info", "couponsList[].template.shop_ids", r'"\[\]"'),
        ("member_info", "couponsList[].template.shop_ids", '""'),
        ("member_info", "couponsList[].template.shop_ids", '"88001,88002"'),
        ("member_info", "giftCardList[].useTimeScope", r'"\[\{[^}]*\}\]"'),
        ("member_info", "giftCardList[].useTimeScope", r'"\[\{[^}]*\}, \{[^}]*\}\]"'),
        ("member_info", "giftCardList[].useTimeScope", r'".*22:00.*02:00.*"'),
        ("member_info", "giftCardList[].useTimeScope", r'"10:00~22:00"'),
        ("member_info", "giftCardList[].useWeeks", '"1,2,3,4,5,6,7"'),
        # amounts in their encodings
        ("member_info", "couponsList[].template.amount", '"8.5"'),
        ("member_info", "couponsList[].template.amount", '"85"'),
        ("member_info", "couponsList[].template.amount", '"0.85"'),
        ("member_info", "couponsList[].template.min_amount_use", '"68"'),
        ("member_info", "couponsList[].template.min_amount_use", '"6800"'),
        # people
        ("member_info", "username", r'".*\\ud83e\\uddcb.*"'),
        ("member_info", "username", r'"(\\u[0-9a-f]{4}){150,}"'),
        ("member_info", "couponsList[].template.explain_text", '".*<script>.*"'),
        ("member_info", "newField.nested[]", "1"),
        ("identity", "user_info.newField.nested[]", "1"),
        ("gift_cards", "[].newField.nested[]", "1"),
    ],
)
def test_every_odd_form_occurs(
    values: dict[str, dict[str, set[tuple[type, str]]]], api: str, path: str, form: str
) -> None:
    texts = [text for _, text in values[api][path]]
    assert any(re.fullmatch(form, text) for text in texts), texts[:20]


def test_keys_are_missing_somewhere(answered: dict[str, list[Any]]) -> None:
    absent = {key for item in answered[Api.MEMBER_INFO] for key in MEMBER_INFO[""] - item.keys()}
    assert {"customerId", "gender", "giftCardList", "rechargeBalance"} <= absent
    cards = [card for item in answered[Api.GIFT_CARDS] for card in item]
    assert any("isErp" not in card for card in cards)
    coupons = [c for item in answered[Api.MEMBER_INFO] for c in item["couponsList"]]
    assert any("template" not in coupon for coupon in coupons)
    assert any("start_at" not in coupon for coupon in coupons)


def test_balances_agree_and_disagree(members: tuple[MemberRecord, ...]) -> None:
    first, other = (find(members, user_id) for user_id in (100001, 100020))
    assert first.user is not None
    assert other.user is not None
    assert (first.info["rechargeBalance"], first.info["giftBalance"]) == ("200.00", "30.00")
    wealth = {"gift_amount": 3000, "recharge_amount": 20000, "total_amount": 23000}
    assert first.user["user_wealth_info"] == wealth
    assert other.info["rechargeBalance"] == "100.00"
    assert other.user["user_wealth_info"] == {
        "gift_amount": 900,
        "recharge_amount": 9900,
        "total_amount": 10800,
    }


def test_some_things_only_one_operation_knows(members: tuple[MemberRecord, ...]) -> None:
    coupons = [coupon for member in members for coupon in member.coupons]
    cards = [card for member in members for card in member.cards]
    assert any(c.member_info is None and c.identity is not None for c in coupons)
    assert any(c.member_info is not None and c.identity is None for c in coupons)
    assert any(c.member_info is None and c.listing is not None for c in cards)
    assert any(c.member_info is not None and c.listing is None for c in cards)
    assert any(member.user is None for member in members)


@pytest.mark.parametrize(("user_id", "coupons", "cards"), [(100030, 30, 10), (101000, 1000, 200)])
def test_members_to_measure_with(
    members: tuple[MemberRecord, ...], user_id: int, coupons: int, cards: int
) -> None:
    member = find(members, user_id)
    assert len(member.coupons) == coupons
    assert len(member.cards) == cards
    assert all(c.member_info and c.identity for c in member.coupons)
    assert all(c.member_info and c.listing for c in member.cards)
    for coupon in member.coupons:
        template = (coupon.member_info or {})["template"]
        assert isinstance(template, dict)
        assert template.keys() == MEMBER_INFO["couponsList[].template"]


def test_every_gift_card_of_one_member_has_another_status(
    members: tuple[MemberRecord, ...],
) -> None:
    statuses = [str((card.listing or {})["status"]) for card in find(members, 100021).cards]
    assert statuses[:9] == ["0", "1", "2", "3", "4", "5", "6", "7", "99"]


def find(members: Sequence[MemberRecord], user_id: int) -> MemberRecord:
    return next(member for member in members if member.user_id == user_id)
