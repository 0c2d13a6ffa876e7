"""The relay: a token in place of signatures, values in clear, an openid that it finds by itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from posmember.sandbox.account import BRAND_ID, CARD_ID, RELAY_TOKEN
from posmember.sandbox.wechat.cards import SHARED_CODE
from posmember.sandbox.wechat.keys import LONGEST_VALUE_BYTES
from tests.unit.sandbox.wechat.caller import (
    CARDS,
    FIRST,
    WechatTill,
    get_target,
    is_signed,
    opened,
    patch_target,
    trusted,
)

ODD = ("900000000000000000000009", "oSandbox_openid-000000000009")


def told(response: httpx.Response, status: int = 200) -> Any:
    """The decoded body of an answer, which is not signed."""
    assert response.status_code == status
    assert not is_signed(response)
    assert response.headers["request-id"]
    return response.json()


async def test_it_tells_the_same_card_in_clear(till: WechatTill) -> None:
    card = told(await till.relay("GET", get_target(FIRST)))
    encrypted = trusted(await till.get())
    assert card.keys() == encrypted.keys()
    assert card["phone_number"] == opened(encrypted["phone_number"]) == "13800000001"
    common = card["user_information"]["common_field_list"]
    assert common[1] == {"name": "USER_FORM_FLAG_NAME", "value": "王小明"}
    chosen = card["user_information"]["custom_field_list"][1]["user_chosen_values"]
    assert chosen == ["羽毛球", "游泳", "跑步"]
    for name in ("level", "valid_date_information", "attach", "card_picture_url"):
        assert card[name] == encrypted[name]


async def test_what_nobody_can_decrypt_is_null(till: WechatTill) -> None:
    card = told(await till.relay("GET", get_target(ODD)))
    assert card["phone_number"] is None
    values = [entry["value"] for entry in card["user_information"]["common_field_list"][:3]]
    assert values == ["42", "没有加密", None]


@pytest.mark.parametrize(
    "token", ["", "wrong", f"{RELAY_TOKEN}x", RELAY_TOKEN[:-1], RELAY_TOKEN.upper()]
)
async def test_a_wrong_token(till: WechatTill, token: str) -> None:
    answer = told(await till.relay("GET", get_target(FIRST), token=token), 401)
    assert answer == {"code": "UNAUTHORIZED", "message": "中转令牌无效"}
    assert not till.sandbox.calls


async def test_no_token(till: WechatTill) -> None:
    response = await till.send_raw("GET", f"/relay{get_target(FIRST)}", b"", {})
    assert told(response, 401)["code"] == "UNAUTHORIZED"


async def test_a_signature_is_no_token_and_a_token_no_signature(till: WechatTill) -> None:
    signed = await till.send("GET", f"/relay{get_target(FIRST)}")
    assert told(signed, 401)["code"] == "UNAUTHORIZED"
    bearer = {"Authorization": f"Bearer {RELAY_TOKEN}", "Accept": "application/json"}
    response = await till.send_raw("GET", get_target(FIRST), b"", bearer)
    assert told(response, 401)["code"] == "SIGN_ERROR"


async def test_it_finds_the_openid_of_a_code(till: WechatTill) -> None:
    card = told(await till.relay("GET", get_target(FIRST, openid=None)))
    assert card["openid"] == FIRST[1]
    content = {"brand_id": BRAND_ID, "level": "钻石会员"}
    card = told(await till.relay("PATCH", patch_target(FIRST[0]), content))
    assert (card["openid"], card["level"]) == (FIRST[1], "钻石会员")


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize(
    ("code", "status", "error"),
    [(SHARED_CODE, 400, "PARAM_ERROR"), ("9" * 24, 404, "NOT_FOUND")],
)
async def test_it_cannot_find_the_openid(
    till: WechatTill, method: str, code: str, status: int, error: str
) -> None:
    target = get_target((code, ""), openid=None) if method == "GET" else patch_target(code)
    content = None if method == "GET" else {"brand_id": BRAND_ID, "level": "钻石会员"}
    answer = told(await till.relay(method, target, content), status)
    assert answer["code"] == error
    assert answer.get("detail", {}).get("field", "openid") == "openid"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"brand_id": None}, 400, "PARAM_ERROR"),
        ({"card_id": None}, 400, "PARAM_ERROR"),
        ({"openid": ""}, 400, "PARAM_ERROR"),
        ({"openid": "o" * 28}, 404, "NOT_FOUND"),
        ({"brand_id": "99002"}, 403, "NO_AUTH"),
    ],
)
async def test_refusals(
    till: WechatTill, changes: dict[str, str | None], status: int, code: str
) -> None:
    response = await till.relay("GET", get_target(FIRST, **changes))
    assert told(response, status)["code"] == code


async def test_it_takes_values_in_clear(till: WechatTill) -> None:
    content = {
        "brand_id": BRAND_ID,
        "openid": FIRST[1],
        "phone_number": "13712345678",
        "user_information": {
            "common_field_list": [{"name": "USER_FORM_FLAG_NAME", "value": "𠮷田🧋"}],
            "custom_field_list": [{"name": "运动", "user_chosen_values": ["游泳"]}],
        },
    }
    card = told(await till.relay("PATCH", patch_target(FIRST[0]), content))
    assert card["phone_number"] == "13712345678"
    assert card["user_information"] == content["user_information"]
    encrypted = trusted(await till.get())
    assert opened(encrypted["phone_number"]) == "13712345678"


@pytest.mark.parametrize(
    ("value", "status"),
    [("x" * LONGEST_VALUE_BYTES, 200), ("x" * (LONGEST_VALUE_BYTES + 1), 400), ("", 400)],
    ids=["longest", "too long", "empty"],
)
async def test_values_that_the_platform_could_not_be_sent(
    till: WechatTill, value: str, status: int
) -> None:
    form = {"common_field_list": [{"name": "USER_FORM_FLAG_ADDRESS", "value": value}]}
    content = {"brand_id": BRAND_ID, "openid": FIRST[1], "user_information": form}
    response = await till.relay("PATCH", patch_target(FIRST[0]), content)
    told(response, status)


async def test_a_wrong_phone_number_is_refused_there_too(till: WechatTill) -> None:
    content = {"brand_id": BRAND_ID, "openid": FIRST[1], "phone_number": "12345678901"}
    answer = told(await till.relay("PATCH", patch_target(FIRST[0]), content), 400)
    assert answer["detail"]["field"] == "/phone_number"


async def test_its_calls_are_recorded_too(till: WechatTill) -> None:
    await till.relay("GET", get_target(FIRST, openid=None))
    [call] = till.sandbox.calls
    assert (call.api, call.params) == (
        "wechat_get",
        {"user_card_code": FIRST[0], "brand_id": BRAND_ID, "card_id": CARD_ID},
    )


async def test_the_template_is_one_path_below(till: WechatTill) -> None:
    response = await till.send_raw("GET", f"/relay/relay{CARDS}1", b"", {})
    assert response.status_code == 404
