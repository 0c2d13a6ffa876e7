"""The network adapter: what is tried again, how often, and what never."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.api.qimai.transport import Transport
from posmember.api.retries import MAX_RETRY_AFTER_S, MAX_TRIES
from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    ConfigError,
    MemberNotFoundError,
    RateLimitedError,
    SignatureRejectedError,
)
from tests.fakes.network import (
    BASE_URL,
    NOON,
    Flag,
    ManualTime,
    ScriptedNetwork,
    envelope,
    error_of,
    post,
    signed,
    transport_over,
)

pytestmark = pytest.mark.usefixtures("delays")


def refused(message: str, date: float | None = None, code: str = "110004") -> httpx.Response:
    headers = {} if date is None else {"date": formatdate(date, usegmt=True)}
    return envelope(code=code, message=message, **headers)


async def test_one_call() -> None:
    network = ScriptedNetwork(envelope({"user_info": 1}))
    assert await post(network) == {"user_info": 1}
    (request,) = network.requests
    assert (request.method, str(request.url)) == ("POST", f"{BASE_URL}/api/v2")
    assert request.headers["content-type"] == "application/json"
    assert request.content == signed(int(NOON), int(network.bodies[0]["Nonce"]))


@pytest.mark.parametrize("base_url", [BASE_URL, f"{BASE_URL}/", f"{BASE_URL}///"])
async def test_a_slash_at_the_end_changes_nothing(base_url: str) -> None:
    network = ScriptedNetwork(envelope())
    await post(network, base_url=base_url)
    assert str(network.requests[0].url) == f"{BASE_URL}/api/v2"


def test_an_address_in_clear_is_refused() -> None:
    with pytest.raises(ConfigError):
        transport_over(ScriptedNetwork(), base_url="http://platform.invalid")
    clock = PlatformClock()
    Transport("http://platform.invalid", timeout_s=1, clock=clock, allow_insecure_http=True)
    Transport("http://127.0.0.1:1", timeout_s=1, clock=clock)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.ProxyError("x"),
        httpx.StreamClosed(),
        httpx.InvalidURL("x"),
        OSError("x"),
        httpx.Response(502),
        httpx.Response(503),
        httpx.Response(504),
        httpx.Response(429, headers={"retry-after": "1"}),
    ],
    ids=lambda failure: str(getattr(failure, "status_code", type(failure).__name__)),
)
async def test_tried_again(failure: httpx.Response | Exception, delays: list[float]) -> None:
    network = ScriptedNetwork(failure, failure, envelope("fine"))
    assert await post(network) == "fine"
    assert len(delays) == 2
    nonces = {body["Nonce"] for body in network.bodies}
    tokens = {body["Token"] for body in network.bodies}
    assert len(nonces) == len(tokens) == 3
    assert all(int(nonce) > 0 for nonce in nonces)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError("x"), ApiConnectionError),
        (httpx.Response(503), ApiStatusError),
        (httpx.Response(429, headers={"retry-after": "0"}), RateLimitedError),
    ],
    ids=["connection", "503", "429"],
)
async def test_not_for_ever(
    failure: httpx.Response | Exception, kind: type[ApiError], delays: list[float]
) -> None:
    network = ScriptedNetwork(*[failure] * MAX_TRIES)
    assert type(await error_of(network)) is kind
    assert len(network.requests) == MAX_TRIES
    assert len(delays) == MAX_TRIES - 1


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ReadTimeout("x"), ApiTimeoutError),
        (httpx.ConnectTimeout("x"), ApiTimeoutError),
        (httpx.Response(500), ApiStatusError),
        (httpx.Response(400), ApiStatusError),
        (httpx.Response(307, headers={"location": "https://else.invalid"}), ApiConnectionError),
        (httpx.Response(429), RateLimitedError),
        (httpx.Response(429, headers={"retry-after": "3"}), RateLimitedError),
        (httpx.Response(429, headers={"retry-after": "9" * 400}), RateLimitedError),
        (envelope(code=1, message="系统繁忙"), RateLimitedError),
        (envelope(code=1, message="会员信息不存在"), MemberNotFoundError),
        (envelope(code=1, message="参数错误"), ApiBusinessError),
        (httpx.Response(200, text="<html>"), ApiConnectionError),
        (httpx.Response(200, text="OK"), ApiResponseError),
    ],
    ids=[
        *("read timeout", "connect timeout", "500", "400", "redirect"),
        *("429", "429 for long", "429 for ever", "busy", "nobody", "refused", "html", "not json"),
    ],
)
async def test_not_tried_again(
    failure: httpx.Response | Exception, kind: type[ApiError], delays: list[float]
) -> None:
    assert type(await error_of(ScriptedNetwork(failure))) is kind
    assert delays == []


async def test_retry_after_is_kept_and_a_little_more(delays: list[float]) -> None:
    asked = httpx.Response(429, headers={"retry-after": str(int(MAX_RETRY_AFTER_S))})
    assert await post(ScriptedNetwork(asked, envelope("fine"))) == "fine"
    (delay,) = delays
    assert MAX_RETRY_AFTER_S <= delay <= MAX_RETRY_AFTER_S + 0.2


async def test_the_delays_grow_and_differ(delays: list[float]) -> None:
    await error_of(ScriptedNetwork(*[httpx.Response(503)] * 3))
    first, second = delays
    assert 0.05 <= first <= 0.15
    assert 0.1 <= second <= 0.3


async def test_the_time_of_a_retry_is_its_own() -> None:
    time = ManualTime()

    async def late(request: httpx.Request) -> httpx.Response:
        time.now += 7
        return httpx.Response(503)

    network = ScriptedNetwork(late, envelope())
    await post(network, clock=PlatformClock(time))
    assert [int(body["Timestamp"]) for body in network.bodies] == [int(NOON), int(NOON) + 7]


async def test_a_wrong_clock_is_corrected_and_the_call_signed_again(delays: list[float]) -> None:
    clock = PlatformClock(ManualTime())
    network = ScriptedNetwork(refused("时间戳已过期", NOON + 3600), envelope("fine"))
    assert await post(network, clock=clock) == "fine"
    first, second = (int(body["Timestamp"]) for body in network.bodies)
    assert (first, second) == (int(NOON), int(NOON) + 3600)
    assert clock.offset_s in (3600, 3601)
    assert delays == []


async def test_a_wrong_key_is_told_at_once() -> None:
    network = ScriptedNetwork(refused("签名验证失败", NOON))
    assert isinstance(await error_of(network), SignatureRejectedError)


async def test_a_refused_signature_without_a_date_is_told_at_once() -> None:
    network = ScriptedNetwork(refused("签名验证失败"))
    assert isinstance(await error_of(network), SignatureRejectedError)


async def test_a_wrong_key_and_a_wrong_clock_are_tried_twice() -> None:
    network = ScriptedNetwork(*[refused("签名验证失败", NOON + 3600)] * 2)
    assert isinstance(await error_of(network), SignatureRejectedError)


async def test_where_every_answer_is_dated_wrongly_the_tills_own_time_is_tried_again() -> None:
    """Something between puts its own wrong time on all of them."""
    wrong = {"date": formatdate(NOON - 7200, usegmt=True)}
    network = ScriptedNetwork(
        envelope("fine", **wrong),
        refused("时间戳已过期", NOON - 7200), envelope("fine", **wrong),
        envelope("fine", **wrong),
    )  # fmt: skip
    transport = transport_over(network, clock=PlatformClock(ManualTime()))
    for _ in range(3):
        assert await transport.post("identity", "/api/v2", signed) == "fine"
    signed_at = [int(body["Timestamp"]) - int(NOON) for body in network.bodies]
    assert signed_at == [0, -7200, 0, 0]
    await transport.aclose()


async def test_a_platform_whose_clock_jumps_is_not_followed_for_ever() -> None:
    steps = [refused("签名验证失败", NOON + 1000 * jump) for jump in range(1, MAX_TRIES + 1)]
    network = ScriptedNetwork(*steps)
    assert isinstance(await error_of(network), SignatureRejectedError)
    assert len(network.requests) == MAX_TRIES


async def test_another_calls_answer_may_have_corrected_the_clock() -> None:
    clock = PlatformClock(ManualTime())

    async def meanwhile(request: httpx.Request) -> httpx.Response:
        clock.observe(formatdate(NOON + 900, usegmt=True), NOON, NOON)
        return refused("时间戳已过期")

    network = ScriptedNetwork(meanwhile, envelope("fine"))
    assert await post(network, clock=clock) == "fine"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>", headers={"date": formatdate(NOON + 3600)}),
        httpx.Response(403, headers={"date": formatdate(NOON + 3600)}),
    ],
    ids=["a login page", "a status"],
)
async def test_the_clock_learns_only_from_the_platform(answer: httpx.Response) -> None:
    clock = PlatformClock(ManualTime())
    await error_of(ScriptedNetwork(answer), clock=clock)
    assert not clock.calibrated


async def test_the_clock_learns_from_every_answer_of_the_platform() -> None:
    clock = PlatformClock(ManualTime())
    date = formatdate(NOON + 3600, usegmt=True)
    await error_of(ScriptedNetwork(envelope(code=1, message="参数错误", date=date)), clock=clock)
    assert clock.offset_s in (3600, 3601)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://else.invalid/", ApiConnectionError),
        ("http://10.1.0.6/eportal/index.jsp", ApiConnectionError),
        ("https://platform.invalid/moved", ApiStatusError),
        ("/moved", ApiStatusError),
        ("", ApiStatusError),
    ],
)
async def test_a_redirect_is_never_followed(location: str, kind: type[ApiError]) -> None:
    moved = httpx.Response(302, headers={"location": location})
    assert type(await error_of(ScriptedNetwork(moved))) is kind


async def forever(request: httpx.Request) -> httpx.Response:
    await asyncio.Event().wait()
    raise AssertionError("never")


async def test_the_deadline_is_for_all_tries_together(deadlines: list[asyncio.Timeout]) -> None:
    entered = Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        return await forever(request)

    network = ScriptedNetwork(httpx.Response(503), wait)
    asking = asyncio.create_task(error_of(network, timeout_s=60))
    await entered.wait()
    (deadline,) = deadlines
    deadline.reschedule(0)
    error = await asking
    assert type(error) is ApiTimeoutError
    assert len(network.requests) == 2
    assert "60 s" in str(error)


async def test_the_deadline_holds_for_a_body_that_trickles() -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            yield b"{"
            await asyncio.Event().wait()

    network = ScriptedNetwork(httpx.Response(200, stream=Trickle()))
    assert type(await error_of(network, timeout_s=0.05)) is ApiTimeoutError


@pytest.mark.parametrize("first", [None, httpx.Response(503)], ids=["first try", "second try"])
async def test_a_cancellation_goes_through(first: httpx.Response | None) -> None:
    entered = Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        return await forever(request)

    network = ScriptedNetwork(*([first] if first else []), wait)
    task = asyncio.create_task(post(network))
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert network.closed


async def test_an_error_names_the_class_and_no_address() -> None:
    failure = httpx.ConnectError("https://secret.invalid refused")
    error = await error_of(ScriptedNetwork(*[failure] * MAX_TRIES))
    assert str(error) == "ConnectError"
    assert isinstance(error.__cause__, httpx.ConnectError)


@pytest.mark.parametrize(
    "step",
    [
        envelope("机密"),
        envelope(code=1, message="机密13800000001"),
        httpx.Response(500, text="机密"),
    ],
    ids=["answer", "refusal", "status"],
)
async def test_the_log_holds_no_body(
    step: httpx.Response, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="posmember")
    step.headers["x-request-id"] = "r-17"
    network = ScriptedNetwork(step)
    with contextlib.suppress(ApiError):
        await post(network)
    assert "r-17" in caplog.text
    for secret in ("机密", "138000", "open-key", network.bodies[0]["Token"], "open-id"):
        assert secret not in caplog.text


async def test_a_script_refuses_a_call_that_it_does_not_expect() -> None:
    with pytest.raises(AssertionError, match="unexpected call"):
        await post(ScriptedNetwork())


async def test_calls_at_the_same_time_have_different_nonces() -> None:
    network = ScriptedNetwork(*[envelope() for _ in range(20)])
    transport = transport_over(network)
    await asyncio.gather(*(transport.post("identity", "/api/v2", signed) for _ in range(20)))
    await transport.aclose()
    assert len({body["Nonce"] for body in network.bodies}) == 20
