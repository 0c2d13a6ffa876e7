"""What lets a request in, and which answers are believed: those signed, now, and for once."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from posmember.api.http.client import Reply
from posmember.api.wechat.gate import MerchantGate, RelayGate
from posmember.errors import AnswerUntrustedError, ApiBusinessError, UnknownKeyError
from tests.fakes.network import NOON
from tests.fakes.wechat import (
    API,
    KEY_ID,
    NEXT_KEY_ID,
    PHONE,
    SERIAL,
    TOKEN,
    Till,
    answer,
    merchant_access,
    pair,
    public_key,
    refusal,
    relay_access,
    unsigned,
)

ROTATION = {KEY_ID: public_key("platform"), NEXT_KEY_ID: public_key("next")}
SECRET = {"phone_number": "zzz", "message": "机密 13800000001", "code": "SECRET_CODE"}


async def refused(till: Till) -> AnswerUntrustedError:
    """The error of a call whose answer is not read, and nothing of the answer is in it."""
    error = await till.error()
    assert isinstance(error, AnswerUntrustedError)
    assert error.platform_message == ""
    assert error.code != "SECRET_CODE"
    assert "机密" not in str(error)
    return error


# --- what goes out -------------------------------------------------------------------------------


async def test_a_request_is_signed_over_exactly_what_is_sent() -> None:
    till = Till(answer(), answer())
    await till.call("GET", "/v3/x?a=%2F&b=")
    await till.call("PATCH", "/v3/y", '{"level":"钻石"}'.encode())
    first, second = till.signed
    got = f"GET\n/v3/x?a=%2F&b=\n{int(NOON)}\n{first['nonce']}\n\n"
    patched = f'PATCH\n/v3/y\n{int(NOON)}\n{second["nonce"]}\n{{"level":"钻石"}}\n'
    assert first["signature"] == pair("merchant").sign(got.encode())
    assert second["signature"] == pair("merchant").sign(patched.encode())
    for header in (first, second):
        assert (header["mchid"], header["serial"]) == ("1900000001", SERIAL)


async def test_a_path_of_the_base_address_is_signed_too() -> None:
    till = Till(answer(), base_url="https://wechat.invalid/proxy//")
    await till.call("GET", "/v3/x")
    (header,) = till.signed
    assert till.requests[0].url.raw_path == b"/proxy/v3/x"
    text = f"GET\n/proxy/v3/x\n{int(NOON)}\n{header['nonce']}\n\n"
    assert header["signature"] == pair("merchant").sign(text.encode())


async def test_no_nonce_is_used_twice() -> None:
    till = Till(*[answer() for _ in range(20)])
    for _ in range(20):
        await till.call()
    nonces = {header["nonce"] for header in till.signed}
    assert len(nonces) == 20
    assert {len(nonce) for nonce in nonces} == {32}
    assert all(nonce.isalnum() for nonce in nonces)


async def test_a_request_names_the_key_that_values_are_encrypted_with() -> None:
    till = Till(answer(), access=merchant_access(public_keys=ROTATION))
    await till.call()
    assert till.requests[0].headers["wechatpay-serial"] == KEY_ID
    assert pair("platform").decrypt(till.gate.conceal(PHONE)) == PHONE


async def test_of_two_keys_the_first_encrypts() -> None:
    turned = dict(reversed(ROTATION.items()))
    till = Till(answer(), access=merchant_access(public_keys=turned))
    await till.call()
    assert till.requests[0].headers["wechatpay-serial"] == NEXT_KEY_ID
    assert pair("next").decrypt(till.gate.conceal(PHONE)) == PHONE


def test_what_was_encrypted_for_the_merchant_is_revealed() -> None:
    gate = Till().gate
    assert gate.reveal(pair("merchant").encrypt(PHONE)) == PHONE
    assert gate.reveal(pair("platform").encrypt(PHONE)) is None


# --- which answers are believed ------------------------------------------------------------------


async def test_a_signed_answer_is_read() -> None:
    till = Till(answer({"level": "钻石"}))
    assert await till.call() == {"level": "钻石"}


@pytest.mark.parametrize(("key_id", "key"), [(KEY_ID, "platform"), (NEXT_KEY_ID, "next")])
async def test_during_a_rotation_both_keys_are_believed(key_id: str, key: str) -> None:
    access = merchant_access(public_keys=ROTATION)
    till = Till(answer({"a": 1}, key=key, key_id=key_id), access=access)
    assert await till.call() == {"a": 1}


async def test_a_signed_answer_without_a_body() -> None:
    assert await Till(answer(b"", 204)).call() == {}


def altered(name: str, change: Callable[[str], str]) -> httpx.Response:
    response = answer(SECRET)
    response.headers[name] = change(response.headers[name])
    return response


def with_body(content: bytes) -> httpx.Response:
    good = answer(SECRET)
    return httpx.Response(200, content=content, headers=good.headers)


FORGED: dict[str, Callable[[], httpx.Response]] = {
    "another body": lambda: with_body(answer(SECRET).content.replace(b"zzz", b"zzy")),
    "a longer body": lambda: with_body(answer(SECRET).content + b"\n"),
    "no body": lambda: with_body(b""),
    "another nonce": lambda: altered("wechatpay-nonce", lambda nonce: nonce + "0"),
    "another timestamp": lambda: altered(
        "wechatpay-timestamp", lambda timestamp: str(int(timestamp) + 1)
    ),
    "a timestamp written otherwise": lambda: altered("wechatpay-timestamp", lambda at: "0" + at),
    "another signature": lambda: altered(
        "wechatpay-signature", lambda text: ("B" if text[0] == "A" else "A") + text[1:]
    ),
    "no Base64": lambda: altered("wechatpay-signature", lambda _text: "!"),
    "the platform's probe": lambda: altered(
        "wechatpay-signature", lambda text: "WECHATPAY/SIGNTEST/" + text[19:]
    ),
    "another's signature": lambda: answer(SECRET, key="stranger"),
    "the merchant's own signature": lambda: answer(SECRET, key="merchant"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
async def test_a_forged_answer_is_refused_unread(forge: Callable[[], httpx.Response]) -> None:
    error = await refused(Till(forge()))
    assert type(error) is AnswerUntrustedError
    assert str(error) == "its signature does not hold"


async def test_with_another_known_keys_id_the_signature_does_not_hold() -> None:
    forged = answer(SECRET, key="platform", key_id=NEXT_KEY_ID)
    error = await refused(Till(forged, access=merchant_access(public_keys=ROTATION)))
    assert type(error) is AnswerUntrustedError


@pytest.mark.parametrize("missing", ["wechatpay-signature", "wechatpay-serial"])
@pytest.mark.parametrize("status", [200, 204])
async def test_an_unsigned_success_is_refused_unread(missing: str, status: int) -> None:
    bare = answer(SECRET if status == 200 else b"", status)
    del bare.headers[missing]
    assert str(await refused(Till(bare))) == "not signed"
    emptied = answer(SECRET if status == 200 else b"", status)
    emptied.headers[missing] = ""
    assert str(await refused(Till(emptied))) == "not signed"


@pytest.mark.parametrize("missing", ["wechatpay-timestamp", "wechatpay-nonce"])
async def test_a_signature_without_its_time_or_nonce_is_refused(missing: str) -> None:
    bare = answer(SECRET)
    del bare.headers[missing]
    assert str(await refused(Till(bare))) == "its signature does not hold"


@pytest.mark.parametrize("status", [200, 204, 400, 404, 500])
async def test_a_key_that_was_not_imported_is_named(status: int) -> None:
    till = Till(answer(SECRET, status, key="next", key_id=NEXT_KEY_ID))
    error = await refused(till)
    assert isinstance(error, UnknownKeyError)
    assert error.key_id == NEXT_KEY_ID
    assert len(till.requests) == 1


async def test_the_name_of_an_unknown_key_is_not_endless() -> None:
    error = await refused(Till(answer(SECRET, key_id="K" * 5000)))
    assert isinstance(error, UnknownKeyError)
    assert error.key_id == "K" * 64


async def test_an_error_names_the_request() -> None:
    forged = answer(SECRET, key="stranger", headers={"Request-ID": "08F-1"})
    assert (await refused(Till(forged))).request_id == "08F-1"
    unknown = answer(SECRET, key_id="x", headers={"Request-ID": "08F-2"})
    assert (await refused(Till(unknown))).request_id == "08F-2"
    bare = unsigned(200, SECRET, Request_ID="08F-3")
    assert (await refused(Till(bare))).request_id == "08F-3"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429])
async def test_of_an_unsigned_refusal_only_status_and_code_are_taken(status: int) -> None:
    # A limit that asks for long is not tried again.
    till = Till(unsigned(status, refusal("PARAM_ERROR", "机密 13800000001"), retry_after="9"))
    error = await till.error()
    assert isinstance(error, ApiBusinessError)
    assert (error.code, error.platform_message) == ("PARAM_ERROR", "")
    assert "机密" not in str(error)


async def test_of_an_unsigned_failure_only_status_and_code_are_taken() -> None:
    error = await Till(unsigned(500, refusal("SYSTEM_ERROR", "机密"))).error()
    assert (str(error), error.code, error.platform_message) == ("HTTP 500", "SYSTEM_ERROR", "")


async def test_a_signed_refusals_words_are_told() -> None:
    error = await Till(answer(refusal("PARAM_ERROR", "card_id 有误"), 400)).error()
    assert (error.code, error.platform_message) == ("PARAM_ERROR", "card_id 有误")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
@pytest.mark.parametrize("content", [b"<html>", b"", refusal("NOT_FOUND", "机密")], ids=repr)
@pytest.mark.parametrize("relayed", [False, True])
async def test_a_change_refused_by_nobody_who_is_known_is_no_refusal(
    status: int, content: object, relayed: bool
) -> None:
    """A relay is known by the form of its refusals alone."""
    own = relayed and isinstance(content, dict)
    till = Till(
        unsigned(status, content, retry_after="60"),
        access=relay_access() if relayed else merchant_access(),
    )
    error = await till.error("PATCH", b"{}")
    assert error.is_refusal is own
    assert isinstance(error, AnswerUntrustedError) is not own
    assert "机密" not in str(error)
    assert len(till.requests) == 1


async def test_a_forged_refusal_is_no_refusal() -> None:
    forged = answer(SECRET, 404, key="stranger")
    assert type(await refused(Till(forged))) is AnswerUntrustedError


# --- now, and once -------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [-300, -299, 0, 299, 300])
async def test_an_answer_of_now(off: int) -> None:
    assert await Till(answer({"a": 1}, at=NOON + off)).call() == {"a": 1}


@pytest.mark.parametrize("off", [-(10**9), -3600, -301, 301, 3600, 10**9])
async def test_an_old_or_a_future_answer_is_refused_unread(off: int) -> None:
    assert str(await refused(Till(answer(SECRET, at=NOON + off)))) == "old, or seen before"


NO_TIMES = ["", "now", "-1", " 1795233600", "1795233600.0", "0001795233600", "１７９５２３３６００"]


@pytest.mark.parametrize("text", [*NO_TIMES, "9" * 5000])
async def test_a_time_that_is_none_is_refused_unread(text: str) -> None:
    nonce, content = "n", b"{}"
    signature = pair("platform").sign(f"{text}\n{nonce}\n".encode() + content + b"\n")
    headers = httpx.Headers(
        {
            "Wechatpay-Serial": KEY_ID,
            "Wechatpay-Timestamp": text,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": signature,
        },
        encoding="utf-8",
    )
    await refused(Till(httpx.Response(200, content=content, headers=headers)))


async def test_a_replayed_answer_is_refused_unread() -> None:
    till = Till(answer({"a": 1}, nonce="once"), answer(SECRET, nonce="once"))
    assert await till.call() == {"a": 1}
    assert str(await refused(till)) == "old, or seen before"


async def refuse_one(till: Till) -> None:
    with pytest.raises(AnswerUntrustedError):
        await till.call()


async def test_a_forgery_does_not_use_a_nonce_up() -> None:
    till = Till(answer(SECRET, nonce="n", key="stranger"), answer({"a": 1}, nonce="n"))
    await refuse_one(till)
    assert await till.call() == {"a": 1}


async def test_a_replay_is_refused_as_long_as_its_time_holds() -> None:
    """An answer from five minutes ahead can be sent again for ten."""
    till = Till(*[answer({"a": 1}, at=NOON + 300, nonce="once") for _ in range(3)])
    assert await till.call() == {"a": 1}
    till.time.now += 600
    await refuse_one(till)
    till.time.now += 1
    assert str(await refused(till)) == "old, or seen before"


async def test_nonces_are_remembered_for_ten_minutes_and_no_longer() -> None:
    till = Till(answer({"a": 1}, nonce="again"), answer({"a": 2}, at=NOON + 601, nonce="again"))
    await till.call()
    till.time.now += 601
    assert await till.call() == {"a": 2}


async def test_the_memory_of_nonces_is_bounded() -> None:
    steps = [answer(at=NOON + 60 * minute) for minute in range(60)]
    till = Till(*steps)
    assert isinstance(till.gate, MerchantGate)
    for _ in steps:
        await till.call()
        till.time.now += 60
    assert len(till.gate._freshness._seen) <= 11


# --- a relay -------------------------------------------------------------------------------------


async def test_a_relay_is_shown_its_token_and_nothing_of_a_merchant() -> None:
    till = Till(unsigned(200, {"a": 1}), access=relay_access())
    assert await till.call() == {"a": 1}
    headers = till.requests[0].headers
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert "wechatpay-serial" not in headers


async def test_a_relays_words_are_taken_for_its_tls() -> None:
    said = unsigned(404, refusal("RESOURCE_NOT_EXISTS", "无此卡"))
    error = await Till(said, access=relay_access()).error()
    assert (error.code, error.platform_message) == ("RESOURCE_NOT_EXISTS", "无此卡")


def test_a_relays_values_are_in_clear() -> None:
    gate = Till(access=relay_access()).gate
    assert isinstance(gate, RelayGate)
    assert gate.conceal(PHONE) == PHONE
    assert gate.reveal(PHONE) == PHONE


def test_the_reader_is_told_whom_an_answer_is_of() -> None:
    """The two ends of "trusted": a judgement goes into the reading as it is."""
    till = Till()
    assert till.gate.judge(API, _reply(answer({"a": 1}))) is True
    assert till.gate.judge(API, _reply(unsigned(404))) is False
    relay = Till(access=relay_access()).gate
    assert relay.judge(API, _reply(unsigned(200, {"a": 1}))) is True
    assert relay.judge(API, _reply(unsigned(404, refusal("NOT_FOUND")))) is True
    assert relay.judge(API, _reply(unsigned(404, b"<html>"))) is False, "not the relay's own words"


def _reply(response: httpx.Response) -> Reply:
    return Reply(response.status_code, response.headers, response.content)
