"""WeChat Pay's calls: where they go, in which order, how long, and what comes back of them."""

from __future__ import annotations

import asyncio
import gzip

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.api.retries import MAX_TRIES
from posmember.api.wechat.gate import MerchantAccess, RelayAccess, gate_of
from posmember.api.wechat.transport import MAX_ANSWER_BYTES, WechatTransport
from posmember.errors import (
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    CardNotFoundError,
    ConfigError,
    NotAllowedError,
    RateLimitedError,
    SignatureRejectedError,
)
from tests.fakes.network import Flag, ScriptedNetwork, Step, Stream
from tests.fakes.wechat import (
    BASE_URL,
    Till,
    answer,
    merchant_access,
    refusal,
    relay_access,
    unsigned,
)  # fmt: skip

# What is tried again, and when, is in test_wechat_retries.
pytestmark = pytest.mark.usefixtures("delays")


async def forever(request: httpx.Request) -> httpx.Response:
    await asyncio.Event().wait()
    raise AssertionError("never")


def forever_from(entered: Flag) -> Step:
    """A step that tells when it has begun, and never ends."""

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        return await forever(request)

    return wait


async def test_one_call() -> None:
    till = Till(answer({"level": "金卡"}))
    assert await till.call("PATCH", "/v3/x?card_id=1", b'{"a":1}') == {"level": "金卡"}
    (request,) = till.requests
    assert (request.method, str(request.url)) == ("PATCH", f"{BASE_URL}/v3/x?card_id=1")
    assert request.content == b'{"a":1}'
    assert request.headers["content-type"] == request.headers["accept"] == "application/json"
    await till.transport.aclose()
    assert till.network.closed


@pytest.mark.parametrize("base_url", [BASE_URL, f"{BASE_URL}/", f"{BASE_URL}///"])
async def test_a_slash_at_the_end_changes_nothing(base_url: str) -> None:
    till = Till(answer(), base_url=base_url)
    await till.call("GET", "/v3/x")
    assert str(till.requests[0].url) == f"{BASE_URL}/v3/x"


def test_an_address_in_clear_is_refused_by_its_own_name() -> None:
    clock = PlatformClock()
    gate = gate_of(merchant_access(), clock)
    with pytest.raises(ConfigError, match=r"^WeChat Pay's base address: plain http") as caught:
        WechatTransport("http://wechat.invalid", gate, clock, timeout_s=1)
    assert "allow_insecure_http" not in str(caught.value)
    WechatTransport("http://127.0.0.1:1", gate, clock, timeout_s=1)


# --- bodies --------------------------------------------------------------------------------------


async def test_the_largest_answer() -> None:
    start, end = b'{"attach":"', b'"}'
    whole = start + b"x" * (MAX_ANSWER_BYTES - len(start) - len(end)) + end
    found = await Till(answer(whole)).call()
    assert len(str(found["attach"])) > MAX_ANSWER_BYTES - 100


async def test_a_larger_answer_is_refused_while_it_comes() -> None:
    stream = Stream([b"x" * 256 * 1024] * 100)
    headers = {"Request-ID": "08F"}
    error = await Till(httpx.Response(200, stream=stream, headers=headers)).error()
    assert isinstance(error, ApiResponseError)
    assert (error.path, error.request_id, stream.taken) == ("$", "08F", 5)
    assert "1 MiB" in str(error)
    assert stream.closed


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 99 + b"1" + b"}" * 99],
    ids=["html", "list", "null", "not utf-8", "very deep", "deep"],
)
async def test_a_signed_body_that_cannot_be_read(content: bytes) -> None:
    error = await Till(answer(content)).error()
    assert isinstance(error, ApiResponseError)
    assert error.path == "$"


PAGES = {
    "html": b"<!DOCTYPE html><title>Not Found</title>",
    "empty": b"",
    "words": b"no such host here",
    "deep": b"[" * 100_000,
    "a gateway's JSON": b'{"error": "forbidden"}',
    "a gateway's code": b'{"code": 40301, "message": "blocked"}',
    "a proxy's": b'{"code": "not-found", "message": "no route"}',
}


@pytest.mark.parametrize("access", [merchant_access(), relay_access()], ids=["merchant", "relay"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 499])
@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
async def test_what_a_gateway_writes_is_no_answer_about_the_card(
    content: bytes, status: int, access: MerchantAccess | RelayAccess
) -> None:
    error = await Till(unsigned(status, content), access=access).error()
    assert isinstance(error, ApiStatusError)
    assert (error.status, error.is_page, error.code) == (status, True, str(status))


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
async def test_nor_about_the_platforms_limit(content: bytes) -> None:
    error = await Till(unsigned(429, content, retry_after="60")).error()
    assert isinstance(error, RateLimitedError)
    assert error.is_page


async def test_an_unsigned_refusal_of_the_documented_form_is_the_platforms() -> None:
    for status, code, kind in (
        (404, "RESOURCE_NOT_EXISTS", CardNotFoundError),
        (403, "NO_AUTH", NotAllowedError),
        (401, "SIGN_ERROR", SignatureRejectedError),
        (429, "RATELIMIT_EXCEEDED", RateLimitedError),
    ):
        error = await Till(unsigned(status, refusal(code), retry_after="60")).error()
        assert (type(error), error.code) == (kind, code)
        assert not getattr(error, "is_page", False)


async def test_a_compressed_answer_is_judged_by_what_it_holds() -> None:
    signed = answer({"a": 1})
    headers = {**dict(signed.headers), "content-encoding": "gzip"}
    del headers["content-length"]
    packed = httpx.Response(200, stream=Stream([gzip.compress(signed.content)]), headers=headers)
    assert await Till(packed).call() == {"a": 1}


async def test_what_is_not_packed_as_it_says_is_unreadable() -> None:
    packed = httpx.Response(200, stream=Stream([b"{}"]), headers={"content-encoding": "gzip"})
    assert type(await Till(packed).error()) is ApiResponseError


# --- one at a time, and not for ever -------------------------------------------------------------


async def test_calls_go_out_one_after_another() -> None:
    under_way, most = 0, 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(10):
            await asyncio.sleep(0)
        under_way -= 1
        return answer({"path": request.url.path})

    till = Till(*[slow] * 4)
    paths = [f"/v3/{number}" for number in range(4)]
    found = await asyncio.gather(*(till.call("GET", path) for path in paths))
    assert [each["path"] for each in found] == paths
    assert most == 1


async def test_the_next_call_goes_out_only_after_the_others_retries() -> None:
    till = Till(unsigned(503), unsigned(503), answer({"a": 1}), answer({"a": 2}))
    first, second = await asyncio.gather(till.call("GET", "/v3/1"), till.call("GET", "/v3/2"))
    assert (first, second) == ({"a": 1}, {"a": 2})
    assert [request.url.path for request in till.requests] == ["/v3/1"] * 3 + ["/v3/2"]


async def test_the_deadline_is_for_all_tries_together(deadlines: list[asyncio.Timeout]) -> None:
    entered = Flag()
    till = Till(unsigned(503), forever_from(entered), timeout_s=60)
    asking = asyncio.create_task(till.error())
    await entered.wait()
    (deadline,) = deadlines
    deadline.reschedule(0)
    error = await asking
    assert type(error) is ApiTimeoutError
    assert str(error) == "no answer in 60 s"


async def test_waiting_for_ones_turn_is_not_counted(deadlines: list[asyncio.Timeout]) -> None:
    entered = Flag()
    till = Till(forever_from(entered), answer({"a": 2}), timeout_s=60)
    both = asyncio.gather(till.call(), till.call(), return_exceptions=True)
    await entered.wait()
    (deadline,) = deadlines
    deadline.reschedule(0)
    first, second = await both
    assert isinstance(first, ApiTimeoutError)
    assert second == {"a": 2}
    assert len(deadlines) == 2


@pytest.mark.parametrize("tries", [0, 1])
async def test_a_cancellation_goes_through_and_lets_the_next_one_in(tries: int) -> None:
    entered = Flag()
    till = Till(*[unsigned(503)] * tries, forever_from(entered), answer({"a": 1}))
    task = asyncio.create_task(till.call())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await till.call() == {"a": 1}


async def test_an_error_names_the_class_and_no_address() -> None:
    failure = httpx.ConnectError("https://secret.invalid refused")
    error = await Till(*[failure] * MAX_TRIES).error()
    assert str(error) == "ConnectError"
    assert error.__cause__ is failure


async def test_the_script_refuses_a_call_that_it_does_not_expect() -> None:
    assert isinstance(Till().network, ScriptedNetwork)
    with pytest.raises(AssertionError, match="unexpected call"):
        await Till().call()
