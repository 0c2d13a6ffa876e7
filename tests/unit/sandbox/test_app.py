"""The HTTP side: paths, methods, bodies, signatures, clock, recorded calls."""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime

import pytest

from posmember.sandbox.app import GIFT_CARDS_PATH, KEPT_CALLS, V2_PATH, Sandbox
from posmember.sandbox.bodies import MAX_BODY_BYTES
from posmember.sandbox.faults import Api
from tests.unit.sandbox.caller import CAMEL, NOON, PASCAL, Caller, caller_of

IDENTITY = "communal.user.identity"
BY_CODE = {"type": "3", "user_code": "qm0000001"}


async def test_unknown_path_is_404(caller: Caller) -> None:
    response = await caller.send("/v3/unknown", {})
    assert response.status_code == 404
    assert response.json()["code"] == "404"


@pytest.mark.parametrize("path", [V2_PATH, GIFT_CARDS_PATH])
async def test_other_methods_are_405(caller: Caller, path: str) -> None:
    response = await caller.client.get(path)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.json()["status"] is False


@pytest.mark.parametrize("path", [V2_PATH, GIFT_CARDS_PATH])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"openId=1",
        b"[]",
        b"null",
        b'{"a": ',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"x": "' + b"x" * MAX_BODY_BYTES + b'"}',
    ],
    ids=["empty", "form", "list", "null", "broken", "bytes", "deep", "long"],
)
async def test_a_bad_body_is_400(caller: Caller, path: str, body: bytes) -> None:
    response = await caller.client.post(path, content=body)
    assert response.status_code == 400
    assert response.json()["status"] is False


async def test_the_longest_body_is_read(caller: Caller) -> None:
    body = b'{"x":"' + b"x" * (MAX_BODY_BYTES - 8) + b'"}'
    response = await caller.client.post(V2_PATH, content=body)
    assert response.json() == {"status": True, "code": "110004", "message": "公共参数缺失"}


@pytest.mark.parametrize(
    ("sign_keys", "camel", "pascal"),
    [("camel", "0", "110004"), ("pascal", "110004", "0"), ("either", "0", "0")],
)
async def test_v2_spellings(sign_keys: str, camel: str, pascal: str) -> None:
    sandbox = Sandbox(v2_sign_keys=sign_keys, now=lambda: NOON)  # type: ignore[arg-type]
    caller = caller_of(sandbox)
    for names, code in ((CAMEL, camel), (PASCAL, pascal)):
        assert (await caller.v2(IDENTITY, BY_CODE, names)).json()["code"] == code


async def test_v3_is_always_camel() -> None:
    caller = caller_of(Sandbox(v2_sign_keys="pascal", now=lambda: NOON))
    assert (await caller.call("gift_cards")).json()["code"] == 0
    body = {**caller.public_fields(PASCAL), "params": {"user_id": "100001"}}
    assert (await caller.send(GIFT_CARDS_PATH, body)).json()["code"] == "110004"


async def test_v2_takes_no_camel_fields(caller: Caller) -> None:
    body = {**caller.public_fields(), "Action": IDENTITY, "Params": BY_CODE}
    assert (await caller.send(V2_PATH, body)).json()["code"] == "110004"


async def test_one_nonce_serves_one_request_of_either_gateway(caller: Caller) -> None:
    fields = caller.public_fields()
    body = {**fields, "params": {"user_id": "100001"}}
    assert (await caller.send(GIFT_CARDS_PATH, body)).json()["code"] == 0
    assert (await caller.send(GIFT_CARDS_PATH, body)).json()["code"] == "110007"


@pytest.mark.parametrize("action", ["", "communal.user.unknown", None, 5, ["x"]])
async def test_unknown_action_is_refused(caller: Caller, action: object) -> None:
    body = {**caller.public_fields(CAMEL, PASCAL), "Action": action, "Params": BY_CODE}
    answer = (await caller.send(V2_PATH, body)).json()
    assert (answer["status"], answer["message"]) == (True, "接口方法错误")


@pytest.mark.parametrize("params", [None, [], "x", 5])
async def test_params_that_are_no_object_are_refused(caller: Caller, params: object) -> None:
    assert (await caller.v2(IDENTITY, params)).json()["message"] == "参数错误"


@pytest.mark.parametrize("path", [V2_PATH, "/nowhere"])
@pytest.mark.parametrize("offset", [0, -7200, 86_400])
async def test_every_answer_tells_the_platforms_time(path: str, offset: int) -> None:
    caller = caller_of(Sandbox(clock_offset_s=offset, now=lambda: NOON))
    response = await caller.send(path, {})
    assert len(response.headers.get_list("date")) == 1
    assert parsedate_to_datetime(response.headers["date"]).timestamp() == NOON + offset


async def test_timestamps_are_held_against_the_platforms_time() -> None:
    sandbox = Sandbox(clock_offset_s=400, now=lambda: NOON)
    late = await caller_of(sandbox, NOON).call("identity")
    assert late.json()["message"] == "时间戳已过期"
    right = await caller_of(sandbox, NOON + 400).call("identity")
    assert right.json()["code"] == "0"


async def test_only_accepted_calls_are_recorded(sandbox: Sandbox, caller: Caller) -> None:
    await caller.v2(IDENTITY, BY_CODE, PASCAL)
    await caller.gift_cards(user_id="100001", needCycleCard=1)
    await caller.identity(**BY_CODE)
    assert [(call.api, dict(call.params)) for call in sandbox.calls] == [
        (Api.GIFT_CARDS, {"user_id": "100001", "needCycleCard": 1}),
        (Api.IDENTITY, BY_CODE),
    ]
    assert "qm0000001" not in repr(sandbox.calls)
    assert sandbox.calls.maxlen == KEPT_CALLS


async def test_calls_are_served_at_the_same_time() -> None:
    both_here = asyncio.Barrier(2)

    async def wait_for_the_other(seconds: float) -> None:
        assert seconds == 5
        await both_here.wait()

    caller = caller_of(Sandbox(latency_ms=5000, now=lambda: NOON, sleep=wait_for_the_other))
    async with asyncio.timeout(5):
        answers = await asyncio.gather(caller.call("identity"), caller.call("member_info"))
    assert [answer.status_code for answer in answers] == [200, 200]


async def test_members_move_on_with_the_day() -> None:
    times = [float(NOON)]
    sandbox = Sandbox(now=lambda: times[0])
    caller = caller_of(sandbox)
    before = (await caller.member_info("qm0000001"))["data"]["couponsList"][0]["end_at"]
    times[0] = caller.now = NOON + 86_400
    after = (await caller.member_info("qm0000001"))["data"]["couponsList"][0]["end_at"]
    assert (before, after) == ("2026-11-29 23:59:59", "2026-11-30 23:59:59")


def test_a_wrong_fault_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no kind 'oops'"):
        Sandbox(faults=["all=oops"])
