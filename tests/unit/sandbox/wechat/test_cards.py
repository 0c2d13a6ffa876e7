"""The cards as they are sent: documented fields only, every value, every odd form, claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posmember.sandbox.account import BRAND_ID, CARD_ID
from posmember.sandbox.app import Sandbox
from posmember.sandbox.members.found import WECHAT_OPENID
from posmember.sandbox.records import MemberRecord
from posmember.sandbox.wechat.cards import build_cards
from posmember.sandbox.wechat.records import CardRecord
from tests.unit.sandbox.caller import NOON
from tests.unit.sandbox.documented import WECHAT_CARD, WECHAT_ENUMS
from tests.unit.sandbox.wechat.caller import FIRST, Clock, WechatTill, opened, trusted

UNREADABLE = "unreadable"
ODD = ("900000000000000000000009", "900000000000000000000019")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+08:00")


def readable(value: str) -> str:
    try:
        return opened(value)
    except ValueError:
        return UNREADABLE


def in_clear(card: Any) -> Any:
    """The card with every sensitive value decrypted by the merchant."""
    if isinstance(card.get("phone_number"), str):
        card["phone_number"] = readable(card["phone_number"])
    form = card.get("user_information") or {}
    for entry in form.get("common_field_list", ()):
        if isinstance(entry, dict) and isinstance(entry["value"], str):
            entry["value"] = readable(entry["value"])
    for entry in form.get("custom_field_list", ()):
        entry["user_chosen_values"] = [readable(value) for value in entry["user_chosen_values"]]
    return card


@pytest.fixture
async def told(cards: tuple[CardRecord, ...]) -> dict[tuple[str, str], Any]:
    """Every card as the query tells it, in clear, by code and openid."""
    clock = Clock()
    till = WechatTill(Sandbox(now=clock), clock)
    till.pace = 0.21
    found = {}
    for card in cards:
        response = await till.get((card.code, card.openid))
        assert response.status_code == 200, card.shows
        found[card.code, card.openid] = in_clear(trusted(response))
    return found


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


def keys_by_path(value: Any, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(value, dict) and value:
        yield path, frozenset(value)
        for key, item in value.items():
            if key != "new_field":
                yield from keys_by_path(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from keys_by_path(item, f"{path}[]")


def ordinary(told: dict[tuple[str, str], Any]) -> list[Any]:
    return [card for (code, _), card in told.items() if code not in ODD]


def test_each_card_says_what_it_shows(cards: tuple[CardRecord, ...]) -> None:
    assert len({card.shows for card in cards}) == len(cards)
    assert len({(card.code, card.openid) for card in cards}) == len(cards)
    for card in cards:
        assert re.fullmatch(r"[!-~]{1,32}", card.code)
        assert re.fullmatch(r"o[A-Za-z0-9_-]{27,28}", card.openid)


def test_the_codes(cards: tuple[CardRecord, ...], members: tuple[MemberRecord, ...]) -> None:
    first = next(member for member in members if member.name == "王小明")
    assert (first.ids.card_number, cards[0].openid) == FIRST
    by_openid = next(card for card in cards if card.openid == WECHAT_OPENID)
    assert re.fullmatch(r"\d{24}", by_openid.code)
    of_the_merchant = [card.code for card in cards if not re.fullmatch(r"\d{24}", card.code)]
    assert len(of_the_merchant) == 4
    assert any(code.startswith("28") for code in (card.code for card in cards))


async def test_only_documented_fields_but_for_one(told: dict[tuple[str, str], Any]) -> None:
    seen: dict[str, frozenset[str]] = {}
    for card in told.values():
        for path, keys in keys_by_path(card):
            seen[path] = seen.get(path, frozenset()) | keys
    assert seen.pop("") == WECHAT_CARD[""] | {"new_field"}
    for path, keys in seen.items():
        assert keys == WECHAT_CARD[path], path
    assert seen.keys() == WECHAT_CARD.keys() - {""}


async def test_fields_come_in_the_documents_order(told: dict[tuple[str, str], Any]) -> None:
    whole = list(told[FIRST])
    assert whole == [
        *("user_card_code", "card_id", "openid", "card_color", "card_picture_url", "brand_id"),
        *("card_type", "phone_number", "level", "valid_date_information", "pickup_time"),
        *("user_information", "attach", "user_card_state"),
    ]


async def test_every_documented_word_occurs(told: dict[tuple[str, str], Any]) -> None:
    words: dict[str, set[Any]] = {}
    for card in ordinary(told):
        for path, value in leaves(card):
            if path in WECHAT_ENUMS:
                words.setdefault(path, set()).add(value)
    assert words == WECHAT_ENUMS


async def test_ordinary_cards_are_as_documented(told: dict[tuple[str, str], Any]) -> None:
    for card in ordinary(told):
        assert (card["card_id"], card["brand_id"]) == (CARD_ID, BRAND_ID)
        assert len(card.get("attach", "")) <= 256
        assert 1 <= len(card.get("level", "-")) <= 10
        assert re.fullmatch(r"#[0-9A-F]{6}", card.get("card_color", "#000000"))
        for path, value in leaves(card):
            if path.endswith("_time"):
                assert TIME.fullmatch(value), path
            assert value not in (UNREADABLE, None)


async def test_validity_goes_with_its_type(told: dict[tuple[str, str], Any]) -> None:
    needed = {
        "FIX_TIME_RANGE": {"available_begin_time", "available_end_time"},
        "FIX_TERM": {"available_day_after_receive"},
        "PERMANENT": set(),
    }
    for card in ordinary(told):
        if validity := card.get("valid_date_information"):
            assert validity.keys() == needed[validity["type"]] | {"type"}


async def test_states_agree_with_the_rest(told: dict[tuple[str, str], Any]) -> None:
    now = datetime.fromtimestamp(NOON, UTC)
    for card in ordinary(told):
        is_void = card["user_card_state"] == "INVALID"
        assert ("invalid_reason" in card, "invalid_time" in card) == (is_void, is_void)
        end = (card.get("valid_date_information") or {}).get("available_end_time")
        if end:
            assert (datetime.fromisoformat(end) < now) == (card["user_card_state"] == "EXPIRED")
    states = [card["user_card_state"] for card in ordinary(told)]
    assert {"EXPIRED", "INVALID", "UNACTIVATED"} <= set(states)


async def test_the_first_members_card_has_everything(told: dict[tuple[str, str], Any]) -> None:
    card = told[FIRST]
    assert (card["level"], card["phone_number"]) == ("金卡会员", "13800000001")
    form = card["user_information"]
    values = {entry["name"]: entry["value"] for entry in form["common_field_list"]}
    assert values.keys() == WECHAT_ENUMS["user_information.common_field_list[].name"]
    assert values["USER_FORM_FLAG_NAME"] == "王小明"
    chosen = [len(entry["user_chosen_values"]) for entry in form["custom_field_list"]]
    assert chosen == [1, 3]


async def test_the_bare_card(told: dict[tuple[str, str], Any]) -> None:
    [card] = [card for card in told.values() if "level" not in card]
    assert card.keys() == {
        "user_card_code",
        "card_id",
        "openid",
        "brand_id",
        "card_type",
        "user_card_state",
    }


async def test_the_odd_card(told: dict[tuple[str, str], Any]) -> None:
    card = next(card for (code, _), card in told.items() if code == ODD[0])
    assert (card["card_type"], card["user_card_state"]) == ("METAVERSE", "FROZEN")
    assert card["phone_number"] == UNREADABLE
    assert card["valid_date_information"]["type"] == "FOREVER"
    assert isinstance(card["valid_date_information"]["available_end_time"], int)
    assert isinstance(card["valid_date_information"]["available_day_after_receive"], str)
    with pytest.raises(ValueError, match=r"month must be in 1..12"):
        datetime.fromisoformat(card["pickup_time"])
    common = card["user_information"]["common_field_list"]
    assert [entry["value"] for entry in common[:4]] == ["42", UNREADABLE, UNREADABLE, None]
    assert common[4] == "text"
    assert card["user_information"]["custom_field_list"] == {}


async def test_nulls_and_empty_lists(told: dict[tuple[str, str], Any]) -> None:
    card = next(card for (code, _), card in told.items() if code == ODD[1])
    assert card["valid_date_information"] == []
    nulls = {name for name, value in card.items() if value is None}
    assert nulls == {
        *("card_color", "card_picture_url", "phone_number", "user_information", "attach"),
        "invalid_reason",
    }
    assert (card["level"], card["pickup_time"]) == (3, "")


async def test_hostile_texts(told: dict[tuple[str, str], Any]) -> None:
    [card] = [card for card in told.values() if str(card.get("level")).startswith("<b>")]
    assert "\x1b" in card["level"]
    assert {"\x00", "\r", "\u202e", "\u2028", "<"} <= set(card["invalid_reason"])
    assert len(card["attach"]) == 256
    assert "<script>" in json.dumps(card["user_information"])


async def test_sensitive_values_are_encrypted_anew_each_time(till: WechatTill) -> None:
    one, other = [trusted(await till.get()) for _ in range(2)]
    assert one["phone_number"] != other["phone_number"]
    assert in_clear(one) == in_clear(other)
    assert "13800000001" not in (await till.get()).text


def test_dates_are_told_from_now(cards: Sequence[CardRecord]) -> None:
    later = build_cards(datetime.fromtimestamp(NOON, UTC) + timedelta(days=1))
    assert (cards[0].fields["pickup_time"], later[0].fields["pickup_time"]) == (
        "2026-10-21T12:00:00+08:00",
        "2026-10-22T12:00:00+08:00",
    )
    assert "13800000001" not in repr(cards)
    assert FIRST[0] not in repr(cards)
