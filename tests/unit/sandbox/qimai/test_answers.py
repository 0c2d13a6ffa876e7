"""What each operation answers: who is found by what, parameters, envelopes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from posmember.sandbox.account import PASSWORD
from posmember.sandbox.faults import Api
from posmember.sandbox.members.found import ALIPAY_USER_ID, WECHAT_OPENID, WECHAT_UNIONID
from posmember.sandbox.qimai.answers import Answers
from posmember.sandbox.qimai.envelope import RefusalError
from posmember.sandbox.records import MemberRecord
from tests.unit.sandbox.caller import Caller

PARAMETER_ERROR: dict[str, Any] = {"status": True, "code": "40001", "message": "参数错误"}
STORE_ERROR: dict[str, Any] = {"status": True, "code": "40011", "message": "门店编码错误"}
NOT_FOUND: dict[str, Any] = {"status": True, "code": "40004", "message": "会员信息不存在"}
SIGN_IN_ERROR: dict[str, Any] = {"status": True, "code": "40012", "message": "账号或密码错误"}


@pytest.mark.parametrize(
    ("kind", "identifier", "name"),
    [
        (1, "qm0000001", "王小明"),
        ("1", "100001", "王小明"),
        (1, 100001, "王小明"),
        ("2", "13800000001", "王小明"),
        ("3", "VIP880001", "王小明"),
        ("2", "13800000004", "周手机"),
        ("3", "VIP880005", "吴卡号"),
        ("4", ALIPAY_USER_ID, "郑支付"),
        ("5", WECHAT_OPENID, "冯微信"),
        ("6", WECHAT_UNIONID, "蒋联合"),
        ("1", "100011", "杨绕路"),
    ],
    ids=repr,
)
async def test_member_info_finds(
    caller: Caller, kind: object, identifier: object, name: str
) -> None:
    answer = await caller.member_info(identifier, kind)
    assert (answer["status"], answer["code"]) == ("true", "0")
    assert answer["data"]["username"] == name


@pytest.mark.parametrize(
    ("kind", "identifier"),
    [
        ("1", "13800000001"),
        ("1", "VIP880001"),
        ("2", "qm0000001"),
        ("3", "13800000001"),
        ("1", "100004"),
        ("1", "100005"),
        ("1", "qm0000011"),
        ("5", WECHAT_UNIONID),
        ("6", WECHAT_OPENID),
        ("4", WECHAT_OPENID),
        ("1", "qm9999999"),
    ],
)
async def test_member_info_does_not_find(caller: Caller, kind: str, identifier: str) -> None:
    assert await caller.member_info(identifier, kind) == NOT_FOUND


def test_shapes_of_the_received_ids() -> None:
    assert len(ALIPAY_USER_ID) == 16
    assert ALIPAY_USER_ID.startswith("2088")
    assert len(WECHAT_OPENID) == 28
    assert len(WECHAT_UNIONID) == 29


@pytest.mark.parametrize(("code", "data"), [("qm404empty", []), ("qm404null", None)])
async def test_nobody_as_success(caller: Caller, code: str, data: object) -> None:
    for answer in (
        await caller.member_info(code),
        await caller.identity(type=3, user_code=code),
    ):
        assert (answer["code"], answer["data"]) == ("0", data)


@pytest.mark.parametrize(
    "changes",
    [
        {"identifierNumber": ""},
        {"identifierNumber": None},
        {"identifierNumber": ["qm0000001"]},
        {"identifierNumber": True},
        {"type": ""},
        {"type": None},
        {"type": 0},
        {"type": 7},
        {"type": "one"},
        {"typeCate": 2},
        {"typeCate": "dine_in"},
        {"discountPrice": "abc"},
        {"discountPrice": "-1"},
        {"discountPrice": "NaN"},
        {"discountPrice": "Infinity"},
        {"discountPrice": True},
        {"discountPrice": []},
    ],
)
async def test_member_info_parameters_are_checked(
    caller: Caller, changes: dict[str, object]
) -> None:
    params = {"identifierNumber": "qm0000001", "type": "1", **changes}
    response = await caller.v2("communal.user.gether-customer-info", params)
    assert response.json() == PARAMETER_ERROR


@pytest.mark.parametrize(
    "more",
    [
        {"multiMark": "1001", "typeCate": 1, "discountPrice": "0.00"},
        {"multiMark": "1002", "typeCate": "3", "discountPrice": 12.5},
        {"multiMark": 1001, "typeCate": "", "discountPrice": ""},
        {"multiMark": "", "typeCate": None, "discountPrice": None},
    ],
)
async def test_member_info_takes_the_order(caller: Caller, more: dict[str, object]) -> None:
    assert (await caller.member_info("qm0000001", **more))["code"] == "0"


async def test_unknown_store_is_refused_in_words_that_do_not_mean_nobody(caller: Caller) -> None:
    assert await caller.member_info("qm0000001", multiMark="9999") == STORE_ERROR
    assert await caller.identity(type=4, user_id=100001, multi_store_sn="9999") == STORE_ERROR
    assert "不存在" not in STORE_ERROR["message"]


@pytest.mark.parametrize(
    "params",
    [
        {"type": 1, "mobile": "13800000001", "password": PASSWORD},
        {"type": 2, "card_number": "VIP880001", "card_password": "INNER880001"},
        {"type": "3", "user_code": "qm0000001"},
        {"type": 4, "user_id": 100001},
        {"type": "4", "user_id": "100001", "multi_store_sn": "1001", "point_rules": 0},
    ],
)
async def test_identity_finds(caller: Caller, params: dict[str, object]) -> None:
    answer = await caller.identity(**params)
    user = answer["data"]["user_info"]
    assert (user["id"], user["nickname"], user["status"]) == (100001, "王小明", 1)
    assert user["multi_store_id"] == (88001 if "multi_store_sn" in params else 0)
    assert user.keys().isdisjoint({"is_open_points_pay", "pay_rule"})


async def test_identity_gives_the_points_rule_when_asked(caller: Caller) -> None:
    user = (await caller.identity(type=4, user_id=100001, point_rules=1))["data"]["user_info"]
    assert user["is_open_points_pay"] == 1
    assert user["pay_rule"] == {"points_num_type": 2, "points_num": 100, "exchange_astrict": 20}


@pytest.mark.parametrize(
    "params",
    [
        {"type": 1, "mobile": "13800000001", "password": "wrong"},
        {"type": 1, "mobile": "13899999999", "password": PASSWORD},
        {"type": 2, "card_number": "VIP880001", "card_password": "INNER880002"},
        {"type": 2, "card_number": "VIP880001", "card_password": PASSWORD},
        {"type": 2, "card_number": "VIP999999", "card_password": "INNER999999"},
    ],
)
async def test_identity_refuses_a_wrong_secret(caller: Caller, params: dict[str, object]) -> None:
    assert await caller.identity(**params) == SIGN_IN_ERROR


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"type": 5},
        {"type": 1, "mobile": "13800000001"},
        {"type": 1, "password": PASSWORD},
        {"type": 2, "card_number": "VIP880001"},
        {"type": 2, "card_password": "INNER880001"},
        {"type": 3},
        {"type": 3, "user_code": ""},
        {"type": 4},
        {"type": 4, "user_id": 100001.5},
        {"type": 4, "user_id": 100001, "point_rules": "yes"},
    ],
)
async def test_identity_parameters_are_checked(caller: Caller, params: dict[str, object]) -> None:
    assert await caller.identity(**params) == PARAMETER_ERROR


@pytest.mark.parametrize(
    "params",
    [
        {"type": 3, "user_code": "qm9999999"},
        {"type": 4, "user_id": 1},
        {"type": 3, "user_code": "qm0000010"},
        {"type": 4, "user_id": 100010},
        {"type": 1, "mobile": "13800000010", "password": PASSWORD},
    ],
)
async def test_identity_does_not_know(caller: Caller, params: dict[str, object]) -> None:
    assert await caller.identity(**params) == NOT_FOUND


async def test_identity_leads_on_where_member_info_does_not_know_the_code(caller: Caller) -> None:
    assert await caller.member_info("qm0000011") == NOT_FOUND
    user = (await caller.identity(type=3, user_code="qm0000011"))["data"]["user_info"]
    assert (await caller.member_info(user["id"]))["data"]["username"] == user["nickname"]


@pytest.mark.parametrize("flag", [0, "0", "", None], ids=repr)
async def test_gift_cards_leave_recycled_ones_out(caller: Caller, flag: object) -> None:
    every = (await caller.gift_cards(user_id=100021, needCycleCard=1))["data"]
    some = (await caller.gift_cards(user_id="100021", needCycleCard=flag))["data"]
    assert [card["id"] for card in every if card["status"] != "6"] == [card["id"] for card in some]
    assert len(every) == len(some) + 1


async def test_gift_cards_of_nobody_are_none(caller: Caller) -> None:
    answer = await caller.gift_cards(user_id="1")
    assert answer == {"status": True, "code": 0, "message": "成功", "data": []}


@pytest.mark.parametrize(
    "params",
    [{}, {"user_id": ""}, {"user_id": {}}, {"user_id": "100001", "needCycleCard": 2}],
)
async def test_gift_card_parameters_are_checked(caller: Caller, params: dict[str, object]) -> None:
    assert await caller.gift_cards(**params) == PARAMETER_ERROR


def test_an_answer_is_rendered_once(members: tuple[MemberRecord, ...]) -> None:
    answers = Answers(members)
    asked = {"type": "1", "identifierNumber": "qm0001000"}
    first = answers.answer(Api.MEMBER_INFO, asked)
    assert answers.answer(Api.MEMBER_INFO, {**asked, "typeCate": 3}) is first
    by_id = {"type": "1", "identifierNumber": "101000"}
    assert answers.answer(Api.MEMBER_INFO, by_id) is first


def test_gateways_write_chinese_differently(members: tuple[MemberRecord, ...]) -> None:
    answers = Answers(members)
    v2 = answers.answer(Api.IDENTITY, {"type": 4, "user_id": 100024})
    v3 = answers.answer(Api.GIFT_CARDS, {"user_id": 100024})
    assert v2.isascii()
    assert "🎁".encode() in v3
    assert json.loads(v2)["data"]["user_info"]["nickname"].startswith("奶茶🧋")


def test_a_refusal_names_code_and_message(members: tuple[MemberRecord, ...]) -> None:
    with pytest.raises(RefusalError, match="40004 会员信息不存在"):
        Answers(members).answer(Api.IDENTITY, {"type": 4, "user_id": 1})
