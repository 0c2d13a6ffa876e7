"""The only way out: exactly these bytes, a whole reply, and every failure one of ours."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping
from typing import Any

import anyio
import httpx
import pytest

from posmember.api.http import lanes
from posmember.api.http.client import HttpClient, Reply
from posmember.api.http.lanes import LANES, MOST_CALLS
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiTimeoutError,
    ConfigError,
)
from tests.fakes.network import Flag, ScriptedNetwork, Step, Stream

URL = "https://server.invalid/a%2Fb/c?x=%26&y="


def client_over(*steps: Step, headers: Mapping[str, str] | None = None) -> HttpClient:
    return HttpClient(
        "https://server.invalid",
        timeout_s=5,
        headers=headers or {},
        network=ScriptedNetwork(*steps),
    )


def network_of(client: HttpClient) -> ScriptedNetwork:
    network = client._lanes.network
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
    (httpx.DecodingError("x"), ApiConnectionError),
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


async def test_closing_closes_the_connections() -> None:
    client = client_over()
    await client.aclose()
    assert network_of(client).closed


# --- what is on its way is nobody's to cut short -------------------------------------------------


async def test_who_asked_may_go_and_the_call_goes_on_to_its_end() -> None:
    entered, go_on, ended = Flag(), Flag(), Flag()
    ends: list[str] = []

    async def slow(request: httpx.Request) -> httpx.Response:
        entered.set()
        try:
            await go_on.wait()
            ends.append("answered")
        except BaseException:
            ends.append("cut short")
            raise
        finally:
            ended.set()
        return httpx.Response(200)

    client = client_over(slow, httpx.Response(204))
    asking = asyncio.create_task(client.send("some_api", "GET", URL))
    await entered.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await client.send("some_api", "GET", URL)).status == 204
    assert ends == []
    go_on.set()
    await ended.wait()
    assert ends == ["answered"]
    await client.aclose()


async def test_a_failure_that_nobody_waits_for_is_nobodys() -> None:
    entered, go_on = Flag(), Flag()

    async def fail(request: httpx.Request) -> httpx.Response:
        entered.set()
        await go_on.wait()
        raise ZeroDivisionError

    client = client_over(fail, httpx.Response(204))
    asking = asyncio.create_task(client.send("some_api", "GET", URL))
    await entered.wait()
    asking.cancel()
    go_on.set()
    assert (await client.send("some_api", "GET", URL)).status == 204
    await client.aclose()


async def test_the_deadline_is_for_the_whole_of_it() -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b"x"
                await asyncio.sleep(0.001)

    client = client_over(httpx.Response(200, stream=Trickle()))
    with pytest.raises(ApiTimeoutError, match=r"0\.05 s"):
        await client.send("some_api", "GET", URL, timeout_s=0.05)
    await client.aclose()


async def test_so_many_at_once_and_no_more() -> None:
    go_on = Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        await go_on.wait()
        return httpx.Response(200)

    client = client_over(*[wait] * MOST_CALLS, httpx.Response(204))
    sending = [asyncio.create_task(client.send("a", "GET", URL)) for _ in range(MOST_CALLS + 1)]
    done, _ = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
    (refused,) = done
    assert isinstance(refused.exception(), ApiConnectionError)
    go_on.set()
    await asyncio.wait(sending)
    assert (await client.send("some_api", "GET", URL)).status == 204
    await client.aclose()


async def test_what_nobody_waits_for_gives_way_to_the_next_scan() -> None:
    all_entered, go_on, ends = Flag(), Flag(), list[int]()

    def numbered(number: int) -> Step:
        async def wait(request: httpx.Request) -> httpx.Response:
            if number == MOST_CALLS - 1:
                all_entered.set()
            try:
                await go_on.wait()
            except BaseException:
                ends.append(number)
                raise
            return httpx.Response(200)

        return wait

    client = client_over(*map(numbered, range(MOST_CALLS)), httpx.Response(204))
    sending = [asyncio.create_task(client.send("a", "GET", URL)) for _ in range(MOST_CALLS)]
    await all_entered.wait()
    for number in (5, 3):
        sending[number].cancel()
    await asyncio.wait([sending[3], sending[5]])
    assert (await client.send("some_api", "GET", URL)).status == 204
    assert ends == [3]  # the oldest of them
    go_on.set()
    await asyncio.wait(sending)
    await client.aclose()


async def test_connections_that_are_all_taken_do_not_hold_up_the_next_call() -> None:
    """Real ones: a server that answers nothing takes them all; the next call gets another."""
    silent, asked, opened = LANES, Flag(), 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        mine = opened
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                if mine == silent:
                    asked.set()
                if mine > silent:
                    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpClient(url, timeout_s=30, headers={})
    hanging = [asyncio.create_task(client.send("a", "GET", url)) for _ in range(LANES)]
    await asked.wait()
    hanging[2].cancel()
    async with asyncio.timeout(10):
        both = await asyncio.gather(client.send("a", "GET", url), client.send("b", "GET", url))
        assert [reply.status for reply in both] == [204, 204]
        assert (await client.send("some_api", "GET", url)).status == 204
    assert opened == LANES + 2
    for each in hanging:
        each.cancel()
    await asyncio.wait(hanging)
    await client.aclose()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("late_s", [None, 0.001, 0.005], ids=["at once", "1 ms", "5 ms"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_answer_that_comes_twice_is_never_the_next_questions(
    monkeypatch: pytest.MonkeyPatch, method: str, late_s: float | None
) -> None:
    """Real connections, as a gateway treats them: the second answer is of another person."""
    said = list[Flag]()

    class Resting:
        """Anyio, but a rest is no shorter than what is said twice, however late that is."""

        def __getattr__(self, name: str) -> object:
            return getattr(anyio, name)

        async def sleep(self, seconds: float) -> None:
            for each in said[-1:]:
                await each.wait()
            await anyio.sleep(seconds)

    monkeypatch.setattr(lanes, "anyio", Resting())
    asked, serving = 0, list[asyncio.Task[None]]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        serving.append(asyncio.current_task())  # type: ignore[arg-type]
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                line = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
                asked += 1
                said.append(Flag())
                try:
                    await say_twice(writer, line)
                finally:
                    said[-1].set()
        writer.close()

    async def say_twice(writer: asyncio.StreamWriter, line: bytes) -> None:
        length = b"Content-Length: %d\r\n\r\n" % len(line)
        answer = b"HTTP/1.1 200 OK\r\n" + length + line
        first = answer.removesuffix(line) if method == "HEAD" else answer
        if late_s is None:
            writer.write(first + answer)
            return
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(late_s)
        writer.write(answer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpClient(url, timeout_s=10, headers={})
    for number in range(40):
        with contextlib.suppress(ApiConnectionError):
            reply = await client.send("some_api", method, f"{url}/{number}")
            assert reply.body == (b"" if method == "HEAD" else b"/%d" % number)
    assert asked > 30
    await client.aclose()
    await asyncio.wait(serving)
    server.close()
    await server.wait_closed()


async def test_no_cookie_of_one_answer_goes_out_with_the_next_question() -> None:
    network = ScriptedNetwork(
        httpx.Response(200, headers={"set-cookie": "a=1; Path=/"}), httpx.Response(200)
    )
    client = HttpClient(URL, timeout_s=5, headers={}, network=network)
    for _ in range(2):
        await client.send("some_api", "GET", URL)
    assert all("cookie" not in request.headers for request in network.requests)
    await client.aclose()


async def test_a_lane_that_answered_rests_before_it_is_used_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "REST_S", 0.05)
    times = []

    async def note(request: httpx.Request) -> httpx.Response:
        times.append(asyncio.get_running_loop().time())
        return httpx.Response(200)

    client = client_over(note, note)
    for _ in range(2):
        await client.send("some_api", "GET", URL)
    assert times[1] - times[0] >= 0.05
    await client.aclose()


async def test_a_deadline_in_a_lanes_rest_leaves_no_lane_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = client_over(httpx.Response(200))
    await client.send("some_api", "GET", URL)
    monkeypatch.setattr(lanes, "REST_S", 60.0)
    with pytest.raises(ApiTimeoutError):
        await client.send("some_api", "GET", URL, timeout_s=0.05)
    assert client._lanes._lanes == []
    await client.aclose()


async def test_so_many_connections_are_kept_and_no_more() -> None:
    """By other proxies, or by none: what was used last stays."""
    client = client_over(*[httpx.Response(200)] * (LANES + 3))
    hosts = [f"https://server{number}.invalid" for number in range(LANES + 3)]
    for number, host in enumerate(hosts):
        client._lanes._proxy = f"http://proxy{number}:1"
        await client.send("some_api", "GET", host)
    assert len(client._lanes._lanes) == LANES
    await client.aclose()


async def test_every_bad_answer_gives_its_connection_back() -> None:
    """Real connections: after a hundred bad answers of each kind there is still one to be had."""
    bad = [
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"x" * 20,
        b"HTTP/1.1 200 OK\r\nContent",
        b"junk\r\n\r\n",
        b"",
    ]
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(bad[asked % len(bad)])
            asked += 1
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpClient(url, timeout_s=10, headers={})
    for _ in range(100 * len(bad)):
        with pytest.raises(ApiError):
            await client.send("some_api", "GET", url, max_bytes=10)
    assert len(client._lanes._lanes) <= 1
    await client.aclose()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_is_gone_by(scheme: str) -> None:
    """A real proxy, as every VPN client puts one into the environment."""
    reached: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if scheme == "socks5":
            await reader.readexactly(3)
            writer.write(b"\x05\x00")
            head = await reader.readexactly(5)
            reached.append(await reader.readexactly(head[4]))
            await reader.readexactly(2)
            writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            await reader.readuntil(b"\r\n\r\n")
        else:
            reached.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    proxy = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpClient("http://far.invalid", timeout_s=10, headers={}, proxy=proxy)
    assert (await client.send("some_api", "GET", "http://far.invalid/x")).status == 204
    assert b"far.invalid" in reached[0]
    # One that is reached without it has a connection of its own.
    with pytest.raises(ApiConnectionError):
        await client.send("some_api", "GET", "http://127.0.0.1:9/x")
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_a_proxy_that_can_no_longer_be_used_is_a_connection_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = client_over(httpx.Response(204))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:99999")
    with pytest.raises(ApiConnectionError):
        await client.send("some_api", "GET", URL)
    await client.aclose()


@pytest.mark.parametrize(
    "said",
    [b"", b"\x05", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x04\x5a", b"\x05\xff", b"\x05\x07\x00"],
)
async def test_what_is_no_socks_proxy_is_a_connection_that_failed(said: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(3)
        writer.write(said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    proxy = f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpClient("http://far.invalid", timeout_s=2, headers={}, proxy=proxy)
    with pytest.raises(ApiConnectionError):
        await client.send("some_api", "GET", "http://far.invalid/x")
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_closed_is_closed() -> None:
    client = client_over(httpx.Response(200))
    await client.send("some_api", "GET", URL)
    await client.aclose()
    await client.aclose()
    with pytest.raises(ApiConnectionError, match="closed"):
        await client.send("some_api", "GET", URL)


def test_a_proxy_that_cannot_be_used_is_told_when_it_is_made() -> None:
    with pytest.raises(ConfigError):
        HttpClient(URL, timeout_s=5, headers={}, proxy="http://h:99999")
    with pytest.raises(ConfigError):
        HttpClient(URL, timeout_s=5, headers={}, proxy="http://\uff41:1")  # to httpx alone


async def test_closing_in_the_middle_leaves_nothing() -> None:
    entered = Flag()

    async def hang(request: httpx.Request) -> httpx.Response:
        entered.set()
        await Flag().wait()
        raise AssertionError("never")

    client = client_over(hang)
    asking = asyncio.create_task(client.send("some_api", "GET", URL))
    await entered.wait()
    await client.aclose()
    with pytest.raises(ApiTimeoutError):
        await asking
    assert network_of(client).closed
    thread = client._worker._thread
    assert thread is not None
    await asyncio.to_thread(thread.join, 30)  # closing waits no longer than a till's user does
    assert not thread.is_alive()


async def test_what_has_just_left_is_not_waited_for() -> None:
    """Its end was not noted yet, and nothing else runs in the network's thread."""
    client = client_over(httpx.Response(200))
    await client.send("some_api", "GET", URL)

    async def leave() -> None:
        left = asyncio.create_task(asyncio.sleep(0))
        await left
        client._lanes._leaving.add(left)

    await client._worker.run(leave)
    await client.aclose()
    assert network_of(client).closed
