"""查询用户会员卡信息: every documented field, and whatever else may come in its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from posmember.api.decode import Decoded
from posmember.api.wechat.card import decode
from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.domain.wechat.card import (
    CardState,
    CardType,
    CardValidity,
    CommonEntry,
    CustomEntry,
    FormField,
    ValidityKind,
    WechatCard,
)
from tests.fakes.wechat import ANSWER, pair, private_key

TIME = "2020-05-20T13:29:35.120+08:00"
AT = PlatformTime(datetime(2020, 5, 20, 13, 29, 35, tzinfo=CHINA))
UNTIL = PlatformTime(datetime(2030, 5, 20, 13, 29, 35, tzinfo=CHINA))

CARD = WechatCard(
    code="478515832665",
    template_id="pbLatjvWOibDc5-TBnbUk1pD12o0",
    openid="obLatjnx9gnqzS4myYGmLZ7LgLBA",
    color="#FFFF00",
    picture_url="https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0",
    brand_id="1004",
    type=CardType.NORMAL,
    phone="13800000001",
    level="钻石会员",
    validity=CardValidity(ValidityKind.FIXED_RANGE, AT, UNTIL, 200),
    picked_up_at=AT,
    common_fields=(CommonEntry(FormField.SEX, "女"), CommonEntry(FormField.NAME, "王小明")),
    custom_fields=(CustomEntry("喜欢的运动", ("游泳", "跑步")),),
    attach="自定义数据说明",
    state=CardState.INVALID,
    invalid_reason="用户注销",
    invalid_at=AT,
)
MISSING = object()
NOTHING: tuple[object, ...] = (MISSING, None, "", [], {})
WRONG = (True, [1], {"a": "b"})


def reveal(value: str) -> str | None:
    return value[1:-1] if value.startswith("<") else None


def read(answer: dict[str, Any]) -> Decoded[WechatCard]:
    return decode(answer, reveal)


def with_value(path: str, value: object) -> dict[str, Any]:
    """The document's answer with another value at a path such as ``a.b[0].c``."""
    changed = copy.deepcopy(ANSWER)
    *parents, last = path.replace("[", ".").replace("]", "").split(".")
    node: Any = changed
    for part in parents:
        node = node[int(part)] if part.isdigit() else node[part]
    if value is MISSING:
        del node[last]
    else:
        node[int(last) if last.isdigit() else last] = value
    return changed


def test_every_documented_field() -> None:
    assert read(ANSWER) == Decoded(CARD, ())


def test_sensitive_values_are_decrypted_with_the_merchants_key() -> None:
    def encrypted(value: Any) -> Any:
        match value:
            case dict():
                return {key: encrypted(item) for key, item in value.items()}
            case list():
                return [encrypted(item) for item in value]
            case str() if value.startswith("<"):
                return pair("merchant").encrypt(value[1:-1])
        return value

    assert decode(encrypted(ANSWER), private_key("merchant").decrypt) == Decoded(CARD, ())


def test_an_answer_without_anything_is_an_empty_card() -> None:
    assert read({}) == Decoded(WechatCard(), ())


TEXTS = {
    "user_card_code": "code",
    "card_id": "template_id",
    "openid": "openid",
    "card_color": "color",
    "card_picture_url": "picture_url",
    "brand_id": "brand_id",
    "level": "level",
    "attach": "attach",
    "invalid_reason": "invalid_reason",
}


@pytest.mark.parametrize(("key", "name"), TEXTS.items())
def test_a_text_that_is_not_there_or_odd(key: str, name: str) -> None:
    def card(value: str) -> WechatCard:
        changes: dict[str, Any] = {name: value}
        return replace(CARD, **changes)

    for value in NOTHING:
        assert read(with_value(key, value)) == Decoded(card(""), ())
    for value in WRONG:
        assert read(with_value(key, value)) == Decoded(card(""), (f"$.{key}",))
    assert read(with_value(key, 1004)) == Decoded(card("1004"), ())


def in_validity(**changes: Any) -> WechatCard:
    return replace(CARD, validity=replace(CARD.validity, **changes))


WithValue = Callable[[Any], WechatCard]
CHOICES: dict[str, tuple[WithValue, dict[str, object]]] = {
    "card_type": (
        lambda value: replace(CARD, type=value),
        {"PURCHASE": CardType.PURCHASE, "NORMAL": CardType.NORMAL, "BALANCE": CardType.BALANCE},
    ),
    "user_card_state": (
        lambda value: replace(CARD, state=value),
        {
            "UNACTIVATED": CardState.UNACTIVATED,
            "EFFECTIVE": CardState.EFFECTIVE,
            "EXPIRED": CardState.EXPIRED,
            "INVALID": CardState.INVALID,
        },
    ),
    "valid_date_information.type": (
        lambda value: in_validity(kind=value),
        {
            "FIX_TIME_RANGE": ValidityKind.FIXED_RANGE,
            "FIX_TERM": ValidityKind.FIXED_TERM,
            "PERMANENT": ValidityKind.PERMANENT,
        },
    ),
    "user_information.common_field_list[0].name": (
        lambda value: replace(
            CARD, common_fields=(CommonEntry(value, "女"), CARD.common_fields[1])
        ),
        {
            "USER_FORM_FLAG_SEX": FormField.SEX,
            "USER_FORM_FLAG_NAME": FormField.NAME,
            "USER_FORM_FLAG_BIRTHDAY": FormField.BIRTHDAY,
            "USER_FORM_FLAG_ADDRESS": FormField.ADDRESS,
            "USER_FORM_FLAG_EMAIL": FormField.EMAIL,
            "USER_FORM_FLAG_CITY": FormField.CITY,
        },
    ),
}


@pytest.mark.parametrize("path", CHOICES)
def test_every_documented_word_and_what_came_after_an_update(path: str) -> None:
    card, words = CHOICES[path]
    for word, value in words.items():
        assert read(with_value(path, word)) == Decoded(card(value), ())
    for nothing in NOTHING:
        assert read(with_value(path, nothing)) == Decoded(card(None), ())
    for new in ("A_NEW_WORD", "normal", 7):
        odd = read(with_value(path, new))
        assert odd == Decoded(card(Unreadable(str(new))), (f"$.{path}",))
    for wrong in WRONG:
        assert read(with_value(path, wrong)).unreadable == (f"$.{path}",)


def test_no_word_of_the_domain_is_left_out() -> None:
    known = [set(words.values()) for _, words in CHOICES.values()]
    assert known == [set(CardType), set(CardState), set(ValidityKind), set(FormField)]


TIMES: dict[str, WithValue] = {
    "pickup_time": lambda value: replace(CARD, picked_up_at=value),
    "invalid_time": lambda value: replace(CARD, invalid_at=value),
    "valid_date_information.available_begin_time": lambda value: in_validity(begin=value),
    "valid_date_information.available_end_time": lambda value: in_validity(end=value),
}
MOMENT = datetime(2026, 11, 21, 12, 0, 5, tzinfo=CHINA)
SPELLINGS = {
    "2026-11-21T12:00:05+08:00": MOMENT,
    "2026-11-21T12:00:05.999+08:00": MOMENT,
    "2026-11-21T04:00:05Z": MOMENT,
    "2026-11-21T04:00:05.000Z": MOMENT,
    "2026-11-20T23:00:05-05:00": MOMENT,
    "2026-11-21T12:00:05": MOMENT,
    "2026-11-21 12:00:05": MOMENT,
}


@pytest.mark.parametrize("path", TIMES)
def test_a_time_in_every_spelling(path: str) -> None:
    for text, moment in SPELLINGS.items():
        assert read(with_value(path, text)) == Decoded(TIMES[path](PlatformTime(moment)), ())
    for nothing in (*NOTHING, "0000-00-00 00:00:00", 0):
        assert read(with_value(path, nothing)) == Decoded(TIMES[path](None), ())
    for odd in ("soon", "2026-02-30T00:00:00+08:00", True, [1]):
        card = TIMES[path](Unreadable(odd if isinstance(odd, str) else json.dumps(odd)))
        assert read(with_value(path, odd)) == Decoded(card, (f"$.{path}",))


@pytest.mark.parametrize(("raw", "days"), [(0, 0), ("200", 200), (1, 1), ("1.0", 1), (True, 1)])
def test_days_after_receiving(raw: object, days: int) -> None:
    path = "valid_date_information.available_day_after_receive"
    assert read(with_value(path, raw)) == Decoded(in_validity(days=days), ())


def test_days_that_are_none() -> None:
    path = "valid_date_information.available_day_after_receive"
    for nothing in NOTHING:
        assert read(with_value(path, nothing)) == Decoded(in_validity(days=None), ())
    for odd in ("many", 1.5, [1]):
        card = in_validity(days=Unreadable(str(odd)))
        assert read(with_value(path, odd)) == Decoded(card, (f"$.{path}",))


@pytest.mark.parametrize("nothing", NOTHING)
def test_parts_that_are_not_there(nothing: object) -> None:
    card = replace(CARD, validity=CardValidity())
    assert read(with_value("valid_date_information", nothing)) == Decoded(card, ())
    card = replace(CARD, common_fields=(), custom_fields=())
    assert read(with_value("user_information", nothing)) == Decoded(card, ())
    card = replace(CARD, common_fields=())
    assert read(with_value("user_information.common_field_list", nothing)) == Decoded(card, ())
    card = replace(CARD, custom_fields=())
    assert read(with_value("user_information.custom_field_list", nothing)) == Decoded(card, ())


@pytest.mark.parametrize("wrong", ["x", 7, True, [1]], ids=repr)
@pytest.mark.parametrize("path", ["valid_date_information", "user_information"])
def test_parts_that_are_no_objects(path: str, wrong: object) -> None:
    found = read(with_value(path, wrong))
    assert found.unreadable == (f"$.{path}",)
    assert (found.value.code, found.value.level) == (CARD.code, CARD.level)


def test_rows_that_are_no_objects_are_left_out_and_reported() -> None:
    path = "user_information.common_field_list"
    rows = [7, ANSWER["user_information"]["common_field_list"][0], None, "x"]
    card = replace(CARD, common_fields=CARD.common_fields[:1])
    missing = tuple(f"$.{path}[{number}]" for number in (0, 2, 3))
    assert read(with_value(path, rows)) == Decoded(card, missing)


@pytest.mark.parametrize("hidden", ["13800000001", "vvysDQeEaH3I+wRh14St0abIkvQyFgh/fbWY==", 7])
def test_what_cannot_be_decrypted_is_unreadable_and_the_rest_is_there(hidden: object) -> None:
    nothing = Unreadable("")
    card = replace(CARD, phone=nothing)
    assert read(with_value("phone_number", hidden)) == Decoded(card, ("$.phone_number",))
    path = "user_information.common_field_list[0].value"
    card = replace(CARD, common_fields=(CommonEntry(FormField.SEX, nothing), CARD.common_fields[1]))
    assert read(with_value(path, hidden)) == Decoded(card, (f"$.{path}",))
    path = "user_information.custom_field_list[0].user_chosen_values"
    card = replace(CARD, custom_fields=(CustomEntry("喜欢的运动", ("游泳", nothing)),))
    assert read(with_value(path, ["<游泳>", hidden])) == Decoded(card, (f"$.{path}",))


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_sensitive_value_that_is_not_there(nothing: object) -> None:
    assert read(with_value("phone_number", nothing)) == Decoded(replace(CARD, phone=""), ())
    path = "user_information.custom_field_list[0].user_chosen_values"
    card = replace(CARD, custom_fields=(CustomEntry("喜欢的运动", ()),))
    assert read(with_value(path, nothing)) == Decoded(card, ())


def test_fields_that_nobody_documented_change_nothing() -> None:
    assert read({**ANSWER, "balance": 7, "points": {"a": [1]}}) == Decoded(CARD, ())


def test_everything_odd_at_once_is_reported_by_path_and_never_by_value() -> None:
    odd = read({key: {"secret": "机密"} for key in ANSWER} | {"code": 1})
    assert "机密" not in repr(odd)
    assert all(path.startswith("$.") and "机密" not in path for path in odd.unreadable)
    assert len(odd.unreadable) >= len(ANSWER) - 2


def test_a_foreign_zone_is_the_same_moment() -> None:
    found = read(with_value("pickup_time", "2020-05-20T05:29:35+00:00")).value.picked_up_at
    assert isinstance(found, PlatformTime)
    assert found.at == AT.at == datetime(2020, 5, 20, 5, 29, 35, tzinfo=UTC)
    assert found.at.tzinfo == timezone(timedelta(hours=8), "+08:00")
