"""WeChat Pay's calls: what is tried again, how often, after how long, and what never."""

from __future__ import annotations

import httpx
import pytest

from posmember.api.retries import MAX_RETRY_AFTER_S, MAX_TRIES
from posmember.errors import (
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    CardNotFoundError,
    NotAllowedError,
    RateLimitedError,
)
from tests.fakes.wechat import Till, answer, refusal, unsigned

pytestmark = pytest.mark.usefixtures("delays")
BOTH = pytest.mark.parametrize("method", ["GET", "PATCH"])


def limited(**headers: str) -> httpx.Response:
    """A limit of the platform's own, signed: what it refused was not made."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(refusal("RATELIMIT_EXCEEDED"), 429, headers=names)


def name_of(failure: object) -> str:
    return str(getattr(failure, "status_code", type(failure).__name__))


# --- a broken connection, a broken platform -------------------------------------------------------

BROKEN = [
    httpx.ConnectError("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.RemoteProtocolError("x"),
    httpx.ProxyError("x"),
    OSError("x"),
    unsigned(502),
    unsigned(503),
    unsigned(504),
]


@pytest.mark.parametrize("failure", BROKEN, ids=name_of)
async def test_a_query_is_tried_again_and_signed_anew(
    failure: httpx.Response | Exception, delays: list[float]
) -> None:
    till = Till(failure, failure, answer({"a": 1}))
    assert await till.call("GET", content=b"{}") == {"a": 1}
    first, second = delays
    assert 0.05 <= first <= 0.15
    assert 0.1 <= second <= 0.3
    assert len({header["nonce"] for header in till.signed}) == 3
    assert len({header["signature"] for header in till.signed}) == 3
    assert {request.content for request in till.requests} == {b"{}"}


@pytest.mark.parametrize("failure", BROKEN, ids=name_of)
async def test_a_change_that_may_have_been_made_is_not_sent_once_more(
    failure: httpx.Response | Exception, delays: list[float]
) -> None:
    till = Till(failure)
    error = await till.error("PATCH", content=b"{}")
    broken = ApiStatusError if isinstance(failure, httpx.Response) else ApiConnectionError
    assert type(error) is broken
    assert (len(till.requests), delays) == (1, [])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_whatever_is_no_query_is_a_change(method: str, delays: list[float]) -> None:
    assert type(await Till(unsigned(503)).error(method)) is ApiStatusError
    assert delays == []


async def test_a_change_is_lost_also_after_a_limit(delays: list[float]) -> None:
    """The limit refused it for certain; of the second try nobody knows."""
    till = Till(limited(), httpx.ReadError("x"))
    assert type(await till.error("PATCH")) is ApiConnectionError
    assert (len(till.requests), len(delays)) == (2, 1)


async def test_a_signed_failure_is_tried_again_too() -> None:
    till = Till(answer(refusal("SYSTEM_ERROR"), 503), answer({"a": 1}))
    assert await till.call() == {"a": 1}


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError("x"), ApiConnectionError),
        (unsigned(503), ApiStatusError),
        (unsigned(429), RateLimitedError),
        (unsigned(429, retry_after="0"), RateLimitedError),
    ],
    ids=["connection", "503", "429", "429 for nothing"],
)
async def test_not_for_ever(
    failure: httpx.Response | Exception, kind: type[ApiError], delays: list[float]
) -> None:
    till = Till(*[failure] * MAX_TRIES)
    assert type(await till.error()) is kind
    assert len(till.requests) == MAX_TRIES == 3
    assert len(delays) == MAX_TRIES - 1


async def test_the_time_of_a_retry_is_its_own() -> None:
    async def late(request: httpx.Request) -> httpx.Response:
        till.time.now += 7
        return unsigned(503)

    till = Till(late, answer())
    await till.call()
    first, second = (int(header["timestamp"]) for header in till.signed)
    assert second == first + 7


# --- a limit -------------------------------------------------------------------------------------


@pytest.mark.parametrize("retry_after", [None, "0"])
async def test_a_change_is_not_tried_for_ever_either(
    retry_after: str | None, delays: list[float]
) -> None:
    headers = {} if retry_after is None else {"retry_after": retry_after}
    till = Till(*[limited(**headers) for _ in range(MAX_TRIES)])
    assert type(await till.error("PATCH", content=b"{}")) is RateLimitedError
    assert (len(till.requests), len(delays)) == (MAX_TRIES, MAX_TRIES - 1)


LIMITS: dict[str, tuple[dict[str, str], float]] = {
    "says nothing": ({}, 1.0),
    "empty": ({"retry_after": ""}, 1.0),
    "words": ({"retry_after": "in a while"}, 1.0),
    "a date": ({"retry_after": "Sat, 21 Nov 2026 04:00:01 GMT"}, 1.0),
    "0": ({"retry_after": "0"}, 0.0),
    "1": ({"retry_after": "1"}, 1.0),
    "2": ({"retry_after": "2"}, 2.0),
}


@pytest.mark.parametrize("content", [b"", b"<html>", refusal("RATELIMIT_EXCEEDED")], ids=repr)
@pytest.mark.parametrize("headers", [{}, {"retry_after": "0"}, {"retry_after": "60"}], ids=repr)
async def test_a_change_is_not_sent_again_for_a_page_that_says_limit(
    content: object, headers: dict[str, str], delays: list[float]
) -> None:
    """Nobody signed it: what stands between may have said so after the change was made."""
    till = Till(unsigned(429, content, **headers))
    error = await till.error("PATCH", content=b"{}")
    assert type(error) is AnswerUntrustedError
    assert not error.is_refusal
    assert (len(till.requests), delays) == (1, [])


async def test_a_query_waits_for_a_limit_that_nobody_signed(delays: list[float]) -> None:
    assert await Till(unsigned(429), answer({"a": 1})).call() == {"a": 1}
    assert len(delays) == 1


@BOTH
@pytest.mark.parametrize("jitter", ["least", "most"])
@pytest.mark.parametrize(("limit", "least"), LIMITS.values(), ids=LIMITS)
async def test_a_limit_is_waited_for_with_jitter(
    limit: dict[str, str],
    least: float,
    jitter: str,
    method: str,
    delays: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = {"least": lambda low, high: low, "most": lambda low, high: high}
    monkeypatch.setattr("posmember.api.retries.random.uniform", ends[jitter])
    till = Till(limited(**limit), answer({"a": 1}))
    assert await till.call(method, content=b"{}") == {"a": 1}
    assert delays == [pytest.approx(least if jitter == "least" else least + 0.2)]
    assert len({header["nonce"] for header in till.signed}) == 2
    assert {request.content for request in till.requests} == {b"{}"}


@BOTH
async def test_a_limit_that_asks_for_more_than_a_cashier_has_is_told(
    method: str, delays: list[float]
) -> None:
    for seconds in (str(int(MAX_RETRY_AFTER_S) + 1), "60", "9" * 400):
        error = await Till(limited(retry_after=seconds)).error(method)
        assert isinstance(error, RateLimitedError)
        assert error.retry_after == float(seconds)
    assert delays == []


# --- never ---------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ReadTimeout("x"), ApiTimeoutError),
        (httpx.ConnectTimeout("x"), ApiTimeoutError),
        (httpx.WriteTimeout("x"), ApiTimeoutError),
        (unsigned(500), ApiStatusError),
        (unsigned(501), ApiStatusError),
        (answer(b"", 400), ApiBusinessError),
        (answer(b"", 403), NotAllowedError),
        (answer(b"", 404), CardNotFoundError),
        (answer(b"<html>"), ApiResponseError),
        (unsigned(200, b"<html>"), ApiConnectionError),
        (unsigned(511), ApiConnectionError),
    ],
    ids=lambda value: name_of(value) if not isinstance(value, type) else value.__name__,
)
async def test_not_tried_again(
    failure: httpx.Response | Exception, kind: type[ApiError], method: str, delays: list[float]
) -> None:
    assert type(await Till(failure).error(method)) is kind
    assert delays == []


@BOTH
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_never_followed(status: int, method: str, delays: list[float]) -> None:
    for location, kind in (("https://else.invalid/", ApiConnectionError), ("/x", ApiStatusError)):
        till = Till(unsigned(status, location=location))
        assert type(await till.error(method)) is kind
        assert (len(till.requests), delays) == (1, [])
