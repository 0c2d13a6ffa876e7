"""The only way out: exactly these bytes, a whole reply, and every failure one of ours."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest

from posmember.api.http import HttpClient, Reply
from posmember.errors import ApiConnectionError, ApiError, ApiResponseError, ApiTimeoutError
from tests.fakes.network import ScriptedNetwork, Step, Stream

URL = "https://server.invalid/a%2Fb/c?x=%26&y="


def client_over(*steps: Step, headers: Mapping[str, str] | None = None) -> HttpClient:
    return HttpClient(
        "https://server.invalid",
        timeout_s=5,
        headers=headers or {},
        network=ScriptedNetwork(*steps),
    )


def network_of(client: HttpClient) -> ScriptedNetwork:
    network = client._client._transport
    assert isinstance(network, ScriptedNetwork)
    return network


async def error_of(step: Step, **how: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await client_over(step).send("some_api", "GET", URL, **how)
    assert caught.value.api == "some_api"
    return caught.value


async def test_a_reply_is_whole_and_its_headers_are_found_by_any_spelling() -> None:
    headers = {"Wechatpay-Serial": "K1", "X-Two": "b"}
    client = client_over(httpx.Response(418, content=b"body", headers=headers))
    reply = await client.send("some_api", "GET", URL)
    assert (reply.status, reply.body) == (418, b"body")
    for name in ("Wechatpay-Serial", "wechatpay-serial", "WECHATPAY-SERIAL"):
        assert reply.headers.get(name) == "K1"
    assert reply.headers.get("absent") is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PATCH"])
@pytest.mark.parametrize("body", [None, b"", b'{"a":"\xe5\xa5\xbd"}', b"\x00\xff"])
async def test_exactly_these_bytes_are_sent(method: str, body: bytes | None) -> None:
    client = client_over(httpx.Response(200))
    await client.send("some_api", method, URL, body)
    (request,) = network_of(client).requests
    assert (request.method, request.content) == (method, body or b"")
    assert request.url.raw_path == b"/a%2Fb/c?x=%26&y="


async def test_a_calls_headers_come_with_the_clients() -> None:
    client = client_over(httpx.Response(200), headers={"Accept": "image/png", "X-One": "1"})
    await client.send("some_api", "GET", URL, headers={"X-Two": "2"})
    sent = network_of(client).requests[0].headers
    assert (sent["accept"], sent["x-one"], sent["x-two"]) == ("image/png", "1", "2")


async def test_a_signature_is_made_of_what_is_sent() -> None:
    seen: list[tuple[str, str, bytes]] = []

    def sign(method: str, target: str, content: bytes) -> Mapping[str, str]:
        seen.append((method, target, content))
        return {"Authorization": f"signature {len(seen)}", "X-Key": "K1"}

    client = client_over(httpx.Response(401), httpx.Response(200))
    await client.send("some_api", "PATCH", URL, b"{}", sign=sign)
    await client.send("some_api", "GET", "https://server.invalid/", sign=sign)
    assert seen == [("PATCH", "/a%2Fb/c?x=%26&y=", b"{}"), ("GET", "/", b"")]
    sent = [request.headers for request in network_of(client).requests]
    assert [each["authorization"] for each in sent] == ["signature 1", "signature 2"]
    assert sent[0]["x-key"] == "K1"


async def test_without_a_signature_there_is_no_authorization() -> None:
    client = client_over(httpx.Response(200))
    await client.send("some_api", "GET", URL)
    assert "authorization" not in network_of(client).requests[0].headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_a_reply_as_any(status: int) -> None:
    moved = httpx.Response(status, headers={"location": "https://else.invalid/"})
    client = client_over(moved)
    assert (await client.send("some_api", "GET", URL)).status == status
    assert len(network_of(client).requests) == 1


FAILURES: list[tuple[Exception, type[ApiError]]] = [
    (httpx.ConnectTimeout("x"), ApiTimeoutError),
    (httpx.ReadTimeout("x"), ApiTimeoutError),
    (httpx.WriteTimeout("x"), ApiTimeoutError),
    (httpx.PoolTimeout("x"), ApiTimeoutError),
    (httpx.DecodingError("x"), ApiResponseError),
    (httpx.ConnectError("x"), ApiConnectionError),
    (httpx.ReadError("x"), ApiConnectionError),
    (httpx.WriteError("x"), ApiConnectionError),
    (httpx.CloseError("x"), ApiConnectionError),
    (httpx.ProxyError("x"), ApiConnectionError),
    (httpx.UnsupportedProtocol("x"), ApiConnectionError),
    (httpx.RemoteProtocolError("x"), ApiConnectionError),
    (httpx.LocalProtocolError("x"), ApiConnectionError),
    (httpx.TooManyRedirects("x"), ApiConnectionError),
    (httpx.InvalidURL("x"), ApiConnectionError),
    (httpx.StreamClosed(), ApiConnectionError),
    (ssl.SSLError("x"), ApiConnectionError),
    (ConnectionResetError("x"), ApiConnectionError),
    (OSError("x"), ApiConnectionError),
    (UnicodeError("x"), ApiConnectionError),
]


@pytest.mark.parametrize(("failure", "kind"), FAILURES, ids=lambda value: repr(value)[:24])
async def test_every_failure_is_one_of_ours(failure: Exception, kind: type[ApiError]) -> None:
    error = await error_of(failure)
    assert type(error) is kind
    assert error.__cause__ is failure


async def test_a_failure_tells_its_class_and_no_text() -> None:
    error = await error_of(httpx.ConnectError("https://user:secret@server.invalid"))
    assert str(error) == "ConnectError"


@pytest.mark.parametrize(
    "url",
    [
        *("", "server.invalid/x", "ftp://server.invalid/", "https://[", "//", "https://h:x/"),
        *("https://xn--/0", "https://xn--a.invalid/0"),
    ],
)
async def test_an_address_that_is_none_is_a_connection_that_failed(url: str) -> None:
    client = HttpClient("https://server.invalid", timeout_s=5, headers={})
    with pytest.raises(ApiConnectionError):
        await client.send("some_api", "GET", url)
    await client.aclose()


async def test_a_bug_stays_one() -> None:
    with pytest.raises(ZeroDivisionError):
        await client_over(ZeroDivisionError()).send("some_api", "GET", URL)


@pytest.mark.parametrize("size", [0, 9, 10])
async def test_a_body_as_long_as_is_taken(size: int) -> None:
    stream = Stream([b"x" * 3] * (size // 3) + [b"x" * (size % 3)])
    client = client_over(httpx.Response(200, stream=stream))
    reply = await client.send("some_api", "GET", URL, max_bytes=10)
    assert reply == Reply(200, reply.headers, b"x" * size)
    assert stream.closed


async def test_a_longer_body_is_left_where_it_is_too_long() -> None:
    stream = Stream([b"x" * 4] * 1000)
    headers = {"Request-ID": "r-9"}
    error = await error_of(httpx.Response(200, stream=stream, headers=headers), max_bytes=10)
    assert isinstance(error, ApiResponseError)
    assert (error.path, error.request_id, stream.taken) == ("$", "r-9", 3)
    assert stream.closed


async def test_a_body_that_breaks_off() -> None:
    class Breaking(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"x"
            raise httpx.ReadError("cut")

    error = await error_of(httpx.Response(200, stream=Breaking()))
    assert type(error) is ApiConnectionError


@pytest.mark.parametrize(
    ("base_url", "by_proxy"),
    [
        ("https://server.invalid", True),
        ("http://127.0.0.1:1", False),
        ("http://localhost:1", False),
        ("http://[::1]:1", False),
    ],
)
def test_proxies_are_left_out_for_this_machine_itself(
    base_url: str, by_proxy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:8080")
    client = HttpClient(base_url, timeout_s=5, headers={})
    assert any(client._client._mounts.values()) is by_proxy


async def test_closing_closes_the_connections() -> None:
    client = client_over()
    await client.aclose()
    assert network_of(client).closed
