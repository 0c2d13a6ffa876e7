"""Faults of the signature of an answer: other bytes, other keys, none, old, given before."""

from __future__ import annotations

import httpx
import pytest

from posmember.sandbox.account import PUBLIC_KEY_ID, ROTATED_KEY_ID, UNKNOWN_KEY_ID
from posmember.sandbox.wechat.faulty import tampered
from tests.unit.sandbox.caller import caller_of
from tests.unit.sandbox.wechat.caller import (
    FIRST,
    MADE,
    NOT_MADE,
    WechatTill,
    get_target,
    is_signed,
    opened,
    play,
    signed_by,
    trusted,
)

OTHER = ("900000000000000000000003", "oSandbox_openid-000000000003")
APIS = ["wechat_get", "wechat_set"]


@pytest.mark.parametrize("api", APIS)
async def test_the_signature_of_other_bytes(till: WechatTill, api: str) -> None:
    response = await play(till, "wx_bad_signature", api)
    assert response.headers["wechatpay-serial"] == PUBLIC_KEY_ID
    assert not signed_by(response, PUBLIC_KEY_ID)
    assert opened(response.json()["phone_number"]) == "13800000001"


@pytest.mark.parametrize("api", APIS)
async def test_a_byte_changed_after_signing(till: WechatTill, api: str) -> None:
    response = await play(till, "wx_tampered", api)
    assert not signed_by(response, PUBLIC_KEY_ID)
    assert response.json()["user_card_state"] == "EFFECTIV0"
    whole = response.content.replace(b"EFFECTIV0", b"EFFECTIVE")
    response._content = whole
    assert signed_by(response, PUBLIC_KEY_ID)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (b'{"a":"x0","b":1}', b'{"a":"x1","b":1}'),
        (b'{"a":"x","b":"y"}', b'{"a":"x","b":"0"}'),
        ('{"a":"x","b":"金"}'.encode(), '{"a":"0","b":"金"}'.encode()),
        (b"{}", b"{} "),
    ],
)
def test_tampering_leaves_good_json(body: bytes, changed: bytes) -> None:
    assert tampered(body) == changed


@pytest.mark.parametrize("api", APIS)
async def test_a_key_that_nobody_was_given(till: WechatTill, api: str) -> None:
    response = await play(till, "wx_unknown_serial", api)
    assert response.headers["wechatpay-serial"] == UNKNOWN_KEY_ID
    assert not signed_by(response, PUBLIC_KEY_ID)
    assert not signed_by(response, ROTATED_KEY_ID)


@pytest.mark.parametrize("api", APIS)
async def test_the_rotated_key(till: WechatTill, api: str) -> None:
    response = await play(till, "wx_rotated", api)
    assert response.headers["wechatpay-serial"] == ROTATED_KEY_ID
    assert signed_by(response, ROTATED_KEY_ID)
    assert not signed_by(response, PUBLIC_KEY_ID)


@pytest.mark.parametrize("api", APIS)
async def test_no_signature(till: WechatTill, api: str) -> None:
    response = await play(till, "wx_unsigned", api)
    assert (response.status_code, is_signed(response)) == (200, False)
    assert response.headers["request-id"]


@pytest.mark.parametrize("api", APIS)
async def test_an_old_signature(till: WechatTill, api: str) -> None:
    till.pace = 0
    response = await play(till, "wx_old", api)
    assert signed_by(response, PUBLIC_KEY_ID)
    assert till.clock.now - int(response.headers["wechatpay-timestamp"]) == 600


def marks(response: httpx.Response) -> tuple[str, str]:
    return response.headers["wechatpay-nonce"], response.headers["wechatpay-timestamp"]


async def test_an_answer_that_was_given_before(till: WechatTill) -> None:
    before = await till.get()
    till.sandbox.add_fault("wechat_get=wx_replayed:2")
    trusted(await till.patch({"level": MADE}))
    for _ in range(2):
        again = await till.get()
        assert (marks(again), again.content) == (marks(before), before.content)
        assert trusted(again)["level"] == NOT_MADE
    assert trusted(await till.get())["level"] == MADE


async def test_a_refusal_can_be_replayed_too(till: WechatTill) -> None:
    before = await till.get(("9" * 24, FIRST[1]))
    till.sandbox.add_fault("wechat_get=wx_replayed:1")
    again = await till.get(("9" * 24, FIRST[1]))
    assert (again.status_code, marks(again)) == (404, marks(before))


async def test_a_request_with_another_body_is_another(till: WechatTill) -> None:
    before = await till.patch({"level": MADE})
    till.sandbox.add_fault("wechat_set=wx_replayed")
    other = await till.patch({"level": "星耀会员"})
    assert (marks(other)[0], other.json()["level"]) == ("replayed-nonce", "星耀会员")
    again = await till.patch({"level": MADE})
    assert (marks(again), again.content) == (marks(before), before.content)


async def test_where_nothing_was_before_all_share_a_nonce_and_a_time(till: WechatTill) -> None:
    till.sandbox.add_fault("all=wx_replayed")
    first = await till.get()
    began = str(int(till.clock.now))
    answers = [first, await till.get(OTHER), await till.get(), await till.patch({"level": MADE})]
    for answer in answers:
        assert marks(answer) == ("replayed-nonce", began)
        assert signed_by(answer, PUBLIC_KEY_ID)
    assert answers[2].content == first.content
    assert answers[3].json()["level"] == MADE


async def test_the_memory_of_answers_is_bounded(
    till: WechatTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posmember.sandbox.wechat.faulty.KEPT_ANSWERS", 1)
    before, other = await till.get(), await till.get(OTHER)
    till.sandbox.add_fault("wechat_get=wx_replayed")
    assert marks(await till.get(OTHER)) == marks(other)
    assert marks(await till.get())[0] == "replayed-nonce" != marks(before)[0]


async def test_qimais_operations_and_the_relay_know_no_such_signatures(till: WechatTill) -> None:
    till.sandbox.add_fault("all=wx_unsigned:1")
    caller = caller_of(till.sandbox, till.clock.now)
    assert (await caller.call("identity")).json()["code"] == "0"
    assert (await till.relay("GET", get_target(FIRST))).json()["level"] == NOT_MADE
    assert not is_signed(await till.get())
    trusted(await till.get())
