"""The change: every field, whose card, which headers, what is kept and what is left alone."""

from __future__ import annotations

import pytest

from posmember.sandbox.account import BRAND_ID, PUBLIC_KEY_ID, ROTATED_KEY_ID, UNKNOWN_KEY_ID
from posmember.sandbox.app import Sandbox
from tests.unit.sandbox.wechat.caller import (
    BEGIN,
    END,
    FIRST,
    LOCAL,
    STUBBORN,
    VOID,
    Clock,
    WechatTill,
    get_target,
    opened,
    patch_target,
    question,
    refusal,
    sealed,
    sex,
    trusted,
)

BARE = ("900000000000000000000008", "oSandbox_openid-000000000008")
ODD = ("900000000000000000000009", "oSandbox_openid-000000000009")


async def test_the_documents_own_example(till: WechatTill) -> None:
    """Every field at once; the days, which its type does not need, are left aside."""
    change = {
        "card_color": "#FFFF00",
        "card_picture_url": "https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0",
        "phone_number": sealed("13712345678"),
        "level": "钻石会员",
        "valid_date_information": {
            "type": "FIX_TIME_RANGE",
            "available_begin_time": BEGIN,
            "available_end_time": END,
            "available_day_after_receive": 200,
        },
        "pickup_time": BEGIN,
        "user_information": sex(sealed("女")) | question(sealed("游泳"), sealed("跑步")),
        "attach": "自定义数据说明",
    }
    before = trusted(await till.get())
    answer = trusted(await till.patch(change), at=till.clock.now)
    after = trusted(await till.get())
    for card in (answer, after):
        assert card.keys() == before.keys()
        assert opened(card.pop("phone_number")) == "13712345678"
        form = card.pop("user_information")
        [one], [other] = form["common_field_list"], form["custom_field_list"]
        assert (one["name"], opened(one["value"])) == ("USER_FORM_FLAG_SEX", "女")
        assert other["name"] == "喜欢的运动"
        assert [opened(value) for value in other["user_chosen_values"]] == ["游泳", "跑步"]
    assert answer == after
    del change["phone_number"], change["user_information"]
    del change["valid_date_information"]["available_day_after_receive"]  # type: ignore[attr-defined]
    untouched = {
        name: before[name]
        for name in ("user_card_code", "card_id", "openid", "brand_id", "card_type")
    }
    assert after == {**untouched, **change, "user_card_state": "EFFECTIVE"}


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "金"},
        {"level": "十个字符的会员等级名"},
        {"card_color": "#00ff7F"},
        {"card_picture_url": "https://" + "x" * 248},
        {"card_picture_url": f"{LOCAL}/pictures/large.png"},
        {"attach": "x" * 256},
        {"attach": "\t控制字符\x01"},
        {"pickup_time": "2026-05-20T13:29:35Z"},
        {"pickup_time": "2026-05-20T13:29:35.123456789-11:30"},
        {"valid_date_information": {"type": "PERMANENT"}},
        {"valid_date_information": {"type": "FIX_TERM", "available_day_after_receive": 1}},
        {
            "valid_date_information": {
                "type": "FIX_TIME_RANGE",
                "available_begin_time": "2026-05-20T08:00:00+08:00",
                "available_end_time": "2026-05-20T00:00:01Z",
            }
        },
    ],
    ids=str,
)
async def test_values_are_kept_as_they_were_sent(
    till: WechatTill, fields: dict[str, object]
) -> None:
    before = trusted(await till.get(BARE))
    trusted(await till.patch(fields, BARE))
    assert trusted(await till.get(BARE)) == {**before, **fields}


async def test_a_card_of_nobody_else_is_changed(till: WechatTill) -> None:
    before = trusted(await till.get(BARE))
    trusted(await till.patch({"level": "钻石会员"}))
    assert trusted(await till.get(BARE)) == before


async def test_nothing_to_change_is_no_error(till: WechatTill) -> None:
    before = trusted(await till.get(BARE))
    assert trusted(await till.patch({}, BARE)) == before
    assert trusted(await till.patch({"level": None, "attach": None}, BARE)) == before


async def test_a_list_of_the_form_leaves_the_other_one(till: WechatTill) -> None:
    trusted(await till.patch({"user_information": sex(sealed("女"))}))
    trusted(await till.patch({"user_information": question(sealed("象棋"), name="新问题")}))
    form = trusted(await till.get())["user_information"]
    assert [entry["name"] for entry in form["common_field_list"]] == ["USER_FORM_FLAG_SEX"]
    assert [entry["name"] for entry in form["custom_field_list"]] == ["新问题"]


@pytest.mark.parametrize(
    "card", [BARE, ODD, ("900000000000000000000019", f"oSandbox_openid-{19:012d}")]
)
async def test_a_form_can_be_set_where_there_was_none(
    till: WechatTill, card: tuple[str, str]
) -> None:
    trusted(await till.patch({"user_information": sex(sealed("女"))}, card))
    [entry] = trusted(await till.get(card))["user_information"]["common_field_list"]
    assert opened(entry["value"]) == "女"


async def test_the_stubborn_card_keeps_four_characters(till: WechatTill) -> None:
    assert trusted(await till.patch({"level": "至尊黑金会员"}, STUBBORN))["level"] == "至尊黑金"
    assert trusted(await till.get(STUBBORN))["level"] == "至尊黑金"
    trusted(await till.patch({"attach": "其他"}, STUBBORN))
    assert trusted(await till.get(STUBBORN))["level"] == "至尊黑金"


async def test_a_refused_change_changes_nothing(till: WechatTill) -> None:
    before = trusted(await till.get(BARE))
    refused = await till.patch({"level": "钻石会员", "attach": "新", "card_color": "red"}, BARE)
    assert refusal(refused) == (400, "PARAM_ERROR", "/card_color")
    assert trusted(await till.get(BARE)) == before


@pytest.mark.parametrize(
    ("content", "target", "expected"),
    [
        ({"brand_id": "99002"}, None, (403, "NO_AUTH", "")),
        ({"openid": "o" * 28}, None, (404, "NOT_FOUND", "")),
        ({}, patch_target("9" * 24), (404, "NOT_FOUND", "")),
        ({}, patch_target("9" * 33), (400, "PARAM_ERROR", "user_card_code")),
        ({}, patch_target(FIRST[0])[:-1], (404, "NOT_FOUND", "")),
        ({}, patch_target(FIRST[0]).partition("?")[0], (400, "PARAM_ERROR", "card_id")),
        ({"level": "x" * 11}, patch_target("9" * 24), (400, "PARAM_ERROR", "/level")),
    ],
)
async def test_whose_card(
    till: WechatTill,
    content: dict[str, object],
    target: str | None,
    expected: tuple[int, str, str],
) -> None:
    whole = {"brand_id": BRAND_ID, "openid": FIRST[1], "level": "钻石会员", **content}
    assert refusal(await till.send("PATCH", target or patch_target(FIRST[0]), whole)) == expected


async def test_a_card_that_was_made_void_cannot_be_changed(till: WechatTill) -> None:
    before = trusted(await till.get(VOID))
    assert refusal(await till.patch({"level": "钻石会员"}, VOID)) == (400, "INVALID_REQUEST", "")
    assert trusted(await till.get(VOID))["level"] == before["level"]


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Accept": "*/*"}, "Accept"),
        ({"Content-Type": None}, "Content-Type"),
        ({"Content-Type": "text/plain"}, "Content-Type"),
        ({"Wechatpay-Serial": UNKNOWN_KEY_ID}, "Wechatpay-Serial"),
        ({"Wechatpay-Serial": ""}, "Wechatpay-Serial"),
    ],
)
async def test_headers(till: WechatTill, headers: dict[str, str | None], field: str) -> None:
    response = await till.patch({"level": "钻石会员"}, headers=headers)
    assert refusal(response) == (400, "PARAM_ERROR", field)


async def test_the_key_needs_a_name_only_for_sensitive_values(till: WechatTill) -> None:
    no_serial = {"Wechatpay-Serial": None}
    trusted(await till.patch({"level": "钻石会员"}, headers=no_serial))
    for fields in (
        {"phone_number": sealed("13712345678")},
        {"user_information": sex(sealed("女"))},
        {"user_information": question(sealed("游泳"))},
    ):
        response = await till.patch(fields, headers=no_serial)
        assert refusal(response) == (400, "PARAM_ERROR", "Wechatpay-Serial")


@pytest.mark.parametrize("key_id", [PUBLIC_KEY_ID, ROTATED_KEY_ID])
async def test_both_keys_can_be_encrypted_with(till: WechatTill, key_id: str) -> None:
    phone = {"phone_number": sealed("13712345678", key_id)}
    card = trusted(await till.patch(phone, headers={"Wechatpay-Serial": key_id}))
    assert opened(card["phone_number"]) == "13712345678"


async def test_content_type_may_name_its_charset(till: WechatTill) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    trusted(await till.patch({"level": "钻石会员"}, headers=headers))


@pytest.mark.parametrize(
    ("base_url", "start"),
    [
        ("http://127.0.0.1:8620", "http://127.0.0.1:8620/pictures/"),
        ("http://localhost", "http://localhost/pictures/"),
        ("http://[::1]:8620", "http://[::1]:8620/pictures/"),
        ("https://localhost:8620", "https://localhost:8620/pictures/"),
        ("http://sandbox.test:8620", "https://img.sandbox.invalid/pictures/"),
        ("http://127.0.0.1.sandbox.test", "https://img.sandbox.invalid/pictures/"),
    ],
)
async def test_own_pictures_are_for_clients_on_this_machine(
    clock: Clock, base_url: str, start: str
) -> None:
    till = WechatTill(Sandbox(now=clock), clock, base_url)
    assert trusted(await till.get())["card_picture_url"] == f"{start}card.png"
    own = f"{base_url}/pictures/card.png"
    response = await till.send(
        "PATCH",
        patch_target(FIRST[0]),
        {
            "brand_id": BRAND_ID,
            "openid": FIRST[1],
            "card_picture_url": own,
        },
    )
    assert (response.status_code == 200) == ("test" not in base_url)


async def test_a_get_is_never_a_change(till: WechatTill) -> None:
    trusted(await till.send("GET", get_target(FIRST), {"level": "钻石会员"}))
    assert trusted(await till.get())["level"] == "金卡会员"
