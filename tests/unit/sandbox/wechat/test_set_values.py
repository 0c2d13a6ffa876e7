"""Changes that are refused: every field, every format, values that cannot be decrypted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from posmember.sandbox.account import BRAND_ID, ROTATED_KEY_ID
from tests.unit.sandbox.wechat.caller import (
    BEGIN,
    END,
    FIRST,
    LOCAL,
    WechatTill,
    patch_target,
    question,
    refusal,
    sealed,
    sex,
)


def validity(kind: object, **more: object) -> dict[str, object]:
    return {"valid_date_information": {"type": kind, **more}}


def span(begin: object, end: object) -> dict[str, object]:
    return validity("FIX_TIME_RANGE", available_begin_time=begin, available_end_time=end)


WRONG_DAYS: tuple[object, ...] = (0, -1, 1.5, "30", True, None, [])
INFORMATION = "/valid_date_information"
COMMON = "/user_information/common_field_list"
CUSTOM = "/user_information/custom_field_list"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"brand_id": None}, "/brand_id"),
        ({"brand_id": ""}, "/brand_id"),
        ({"brand_id": 99001}, "/brand_id"),
        ({"brand_id": "9" * 33}, "/brand_id"),
        ({"openid": None}, "/openid"),
        ({"openid": "o" * 129}, "/openid"),
        ({"openid": []}, "/openid"),
        ({"level": ""}, "/level"),
        ({"level": "十一个字符的会员等级名称"[:11]}, "/level"),
        ({"level": 3}, "/level"),
        ({"level": ["金"]}, "/level"),
        ({"level": "金🧋"}, "/level"),
        ({"card_color": "FFFF00"}, "/card_color"),
        ({"card_color": "#FFFF0G"}, "/card_color"),
        ({"card_color": "#FFFF0"}, "/card_color"),
        ({"card_color": "#FFFF000"}, "/card_color"),
        ({"card_color": "#ＦＦＦＦ００"}, "/card_color"),
        ({"card_picture_url": "http://wxpaylogo.qpic.cn/0"}, "/card_picture_url"),
        ({"card_picture_url": f"{LOCAL}/other/card.png"}, "/card_picture_url"),
        ({"card_picture_url": "http://127.0.0.1:1/pictures/card.png"}, "/card_picture_url"),
        ({"card_picture_url": "https://图片.cn/0"}, "/card_picture_url"),
        ({"card_picture_url": "https://"}, "/card_picture_url"),
        ({"card_picture_url": "https://" + "x" * 249}, "/card_picture_url"),
        ({"attach": ""}, "/attach"),
        ({"attach": "x" * 257}, "/attach"),
        ({"attach": {}}, "/attach"),
        ({"pickup_time": "2026-05-20T13:29:35"}, "/pickup_time"),
        ({"pickup_time": "2026-05-20 13:29:35+08:00"}, "/pickup_time"),
        ({"pickup_time": "2026-02-30T13:29:35+08:00"}, "/pickup_time"),
        ({"pickup_time": "2026-05-20T13:29:35+24:00"}, "/pickup_time"),
        ({"pickup_time": "2026-05-20"}, "/pickup_time"),
        ({"pickup_time": 1_795_147_200}, "/pickup_time"),
        ({"valid_date_information": []}, INFORMATION),
        ({"valid_date_information": {}}, f"{INFORMATION}/type"),
        (validity("FOREVER"), f"{INFORMATION}/type"),
        (validity("permanent"), f"{INFORMATION}/type"),
        (validity(1), f"{INFORMATION}/type"),
        (
            validity("PERMANENT", available_day_after_receive=0),
            f"{INFORMATION}/available_day_after_receive",
        ),
        (validity("PERMANENT", more=1), f"{INFORMATION}/more"),
        (validity("PERMANENT", available_end_time="soon"), f"{INFORMATION}/available_end_time"),
        (validity("FIX_TERM"), f"{INFORMATION}/available_day_after_receive"),
        *(
            (
                validity("FIX_TERM", available_day_after_receive=days),
                f"{INFORMATION}/available_day_after_receive",
            )
            for days in WRONG_DAYS
        ),
        (span(BEGIN, None), f"{INFORMATION}/available_end_time"),
        (span(None, END), f"{INFORMATION}/available_begin_time"),
        (span(END, BEGIN), f"{INFORMATION}/available_end_time"),
        (span(BEGIN, BEGIN), f"{INFORMATION}/available_end_time"),
        (
            span("2026-05-20T08:00:00+08:00", "2026-05-20T00:00:00Z"),
            f"{INFORMATION}/available_end_time",
        ),
        (span("tomorrow", END), f"{INFORMATION}/available_begin_time"),
        ({"phone_number": "13712345678"}, "/phone_number"),
        ({"phone_number": ""}, "/phone_number"),
        ({"phone_number": 13712345678}, "/phone_number"),
        ({"user_information": []}, "/user_information"),
        ({"user_information": {"list": []}}, "/user_information/list"),
        ({"user_information": {"common_field_list": {}}}, COMMON),
        ({"user_information": {"common_field_list": [None]}}, COMMON),
        ({"user_information": {"common_field_list": ["x"]}}, f"{COMMON}/0"),
        ({"user_information": {"common_field_list": [{"value": "x"}]}}, f"{COMMON}/0/name"),
        (
            {"user_information": {"common_field_list": [{"name": "USER_FORM_FLAG_SEX"}]}},
            f"{COMMON}/0/value",
        ),
        ({"user_information": sex("没有加密")}, f"{COMMON}/0/value"),
        ({"user_information": {"custom_field_list": "x"}}, CUSTOM),
        ({"user_information": {"custom_field_list": [{}]}}, f"{CUSTOM}/0/name"),
        ({"user_information": question()}, f"{CUSTOM}/0/user_chosen_values"),
        ({"user_information": question(name="")}, f"{CUSTOM}/0/name"),
        ({"user_information": question("没有加密")}, f"{CUSTOM}/0/user_chosen_values/0"),
        ({"user_card_state": "INVALID"}, "/user_card_state"),
        ({"card_type": "NORMAL"}, "/card_type"),
        ({"会员🧋": 1}, "/\\u4f1a\\u5458\\U0001f9cb"),
    ],
    ids=repr,
)
async def test_wrong_values_are_refused(
    till: WechatTill, fields: dict[str, object], field: str
) -> None:
    assert refusal(await till.patch(fields)) == (400, "PARAM_ERROR", field)


def with_unknown_name() -> dict[str, Any]:
    return {"common_field_list": [{"name": "USER_FORM_FLAG_SHOE_SIZE", "value": sealed("42")}]}


@pytest.mark.parametrize(
    ("make", "field"),
    [
        pytest.param(lambda: {"phone_number": sealed("1371234567")}, "/phone_number", id="short"),
        pytest.param(
            lambda: {"phone_number": sealed("+8613712345678")}, "/phone_number", id="abroad"
        ),
        pytest.param(lambda: {"phone_number": sealed("12712345678")}, "/phone_number", id="12"),
        pytest.param(lambda: {"phone_number": sealed("")}, "/phone_number", id="empty"),
        pytest.param(
            lambda: {"phone_number": sealed("13712345678", ROTATED_KEY_ID)},
            "/phone_number",
            id="another key than named",
        ),
        pytest.param(
            lambda: {"phone_number": sealed("13712345678")[:-8]}, "/phone_number", id="cut"
        ),
        pytest.param(
            lambda: {"user_information": with_unknown_name()}, f"{COMMON}/0/name", id="name"
        ),
        pytest.param(
            lambda: {"user_information": question(sealed("游泳"), "x")},
            f"{CUSTOM}/0/user_chosen_values/1",
            id="second value",
        ),
        pytest.param(
            lambda: {"user_information": question(sealed("游泳"), sealed(""))},
            f"{CUSTOM}/0/user_chosen_values/1",
            id="empty value",
        ),
    ],
)
async def test_wrong_encrypted_values_are_refused(
    till: WechatTill, make: Callable[[], dict[str, object]], field: str
) -> None:
    assert refusal(await till.patch(make())) == (400, "PARAM_ERROR", field)


@pytest.mark.parametrize("common", [True, False])
async def test_one_question_is_answered_once(till: WechatTill, common: bool) -> None:
    one = sex(sealed("女")) if common else question(sealed("游泳"))
    ((name, answers),) = one.items()
    assert isinstance(answers, list)
    twice = {"user_information": {name: answers * 2}}
    assert refusal(await till.patch(twice)) == (400, "PARAM_ERROR", f"/user_information/{name}")


@pytest.mark.parametrize(
    ("content", "field"),
    [([], "/"), (None, "/"), ("text", "/"), (5, "/")],
    ids=repr,
)
async def test_the_body_is_an_object(till: WechatTill, content: object, field: str) -> None:
    response = await till.send("PATCH", patch_target(FIRST[0]), content)
    assert refusal(response) == (400, "PARAM_ERROR", field)
    assert len(till.sandbox.calls) == 1


@pytest.mark.parametrize(
    "body",
    [b'{"level": ', b"level=1", b"\xff\xfe", '{"level": "金"}'.encode("utf-16"), b"[" * 60_000],
    ids=["cut", "form", "bytes", "utf-16", "deep"],
)
async def test_broken_bodies(till: WechatTill, body: bytes) -> None:
    response = await till.send("PATCH", patch_target(FIRST[0]), body)
    assert refusal(response) == (400, "PARAM_ERROR", "/")


async def test_half_a_character_is_refused(till: WechatTill) -> None:
    """JSON can write half of a surrogate pair, UTF-8 cannot."""
    body = f'{{"brand_id":"{BRAND_ID}","openid":"{FIRST[1]}","level":"\\ud800"}}'.encode()
    response = await till.send("PATCH", patch_target(FIRST[0]), body)
    assert refusal(response) == (400, "PARAM_ERROR", "/level")
