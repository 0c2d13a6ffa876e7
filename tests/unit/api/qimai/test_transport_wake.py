"""Waking the connection: the calls after it find it ready, and it costs hardly anything."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import ssl
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import trustme

from posmember.api.clock import PlatformClock
from posmember.api.http.lanes import KEEPALIVE_S
from posmember.api.qimai import transport as module
from posmember.api.qimai.transport import Transport
from tests.fakes.network import (
    BASE_URL,
    Flag,
    ManualTime,
    ScriptedNetwork,
    envelope,
    signed,
    transport_over,
)

HEAD, POST = "HEAD / HTTP/1.1", "POST /api/v2 HTTP/1.1"
ANSWER = envelope("fine").content
LIMIT_S = 10.0


class Server:
    """Counts connections, and notes what each was asked; can leave or forget them.

    Attributes:
        asked: a list of request lines for each connection, in order of their opening.
        silent: takes what comes and answers nothing, as a router that has forgotten.
        go_on: no answer is given while it is not set.
    """

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.heads: list[str] = []
        self.silent = False
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.port = 0
        self._open: list[asyncio.StreamWriter] = []
        self._news = asyncio.Condition()

    @contextlib.asynccontextmanager
    async def running(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self.go_on.set()
            server.close()
            await self.leave()
            await server.wait_closed()

    async def until_asked(self, *expected: list[str]) -> None:
        """Wait until exactly this was asked on each connection."""
        async with asyncio.timeout(LIMIT_S):
            while self.asked != [*expected]:
                async with self._news:
                    await self._news.wait()

    async def leave(self) -> None:
        """Close every connection, as a server does with those that were idle for long."""
        leaving, self._open = self._open, []
        for writer in leaving:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked: list[str] = []
        self.asked.append(asked)
        self._open.append(writer)
        silent = False
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                lines = head.split("\r\n")
                lengths = [line.partition(":")[2] for line in lines if line.startswith("Content-L")]
                await reader.readexactly(int(lengths[0]) if lengths else 0)
                self.heads.append(head)
                asked.append(lines[0])
                async with self._news:
                    self._news.notify_all()
                silent = silent or self.silent
                await self.go_on.wait()
                if not silent:
                    writer.write(_answer(lines[0]))
        writer.close()


def _answer(line: str) -> bytes:
    if line == HEAD:  # the length is the body's that a GET would have had
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 17\r\n\r\n"
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ANSWER), ANSWER)


@contextlib.asynccontextmanager
async def connected(server: Server, scheme: str = "http") -> AsyncIterator[Transport]:
    transport = Transport(
        f"{scheme}://127.0.0.1:{server.port}", timeout_s=LIMIT_S, clock=PlatformClock()
    )
    try:
        yield transport
    finally:
        await transport.aclose()


async def call(transport: Transport) -> None:
    assert await transport.post("identity", "/api/v2", signed) == "fine"


async def let_time_be_over(transport: Transport) -> list[float]:
    """End the time of all that is on its way, at once; returns how long each of it had."""
    client = transport._client

    async def end_it() -> list[float]:
        calls = list(client._lanes._calls)
        for each in calls:
            each.scope.deadline = -math.inf
        return [each.timeout_s for each in calls]

    return await client._worker.run(end_it)


async def end(waking: asyncio.Task[None]) -> None:
    waking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waking


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be waited for is waited for, however late a busy machine is."""
    monkeypatch.setattr(module, "_JOIN_S", 3 * LIMIT_S)
    monkeypatch.setattr(module, "_WAKE_TIMEOUT_S", 3 * LIMIT_S)


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection counts as long unused."""
    monkeypatch.setattr(module, "_FRESH_S", 0.0)


# --- what goes out on which connection -----------------------------------------------------------


async def test_a_call_goes_out_on_the_woken_connection() -> None:
    async with Server().running() as server, connected(server) as transport:
        await transport.wake(1)
        await call(transport)
        assert server.asked == [[HEAD, POST]]


async def test_calls_at_the_same_time_have_a_ready_connection_each() -> None:
    async with Server().running() as server, connected(server) as transport:
        await transport.wake(2)
        await asyncio.gather(call(transport), call(transport))
        assert server.asked == [[HEAD, POST], [HEAD, POST]]


@pytest.mark.skipif(sys.platform != "linux", reason="a file is the trust store only on Linux")
async def test_tls_is_done_with_before_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = trustme.CA()
    chain.cert_pem.write_to_path(tmp_path / "system.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "system.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    chain.issue_cert("127.0.0.1").configure_cert(tls)
    async with Server().running(tls) as server, connected(server, "https") as transport:
        await transport.wake(1)
        assert server.asked == [[HEAD]]
        await call(transport)
        assert server.asked == [[HEAD, POST]]


@pytest.mark.usefixtures("rested")
async def test_a_connection_that_the_server_left_is_replaced() -> None:
    async with Server().running() as server, connected(server) as transport:
        await call(transport)
        await server.leave()
        await transport.wake(1)
        await call(transport)
        assert server.asked == [[POST], [HEAD, POST]]


@pytest.mark.usefixtures("rested")
async def test_a_call_does_not_wait_for_a_connection_that_no_longer_carries() -> None:
    async with Server().running() as server, connected(server) as transport:
        await call(transport)
        server.silent = True
        waking = asyncio.create_task(transport.wake(1))
        await server.until_asked([POST, HEAD])
        server.silent = False
        await call(transport)
        assert server.asked == [[POST, HEAD], [POST]]
        assert not waking.done()
        await end(waking)


async def test_a_call_takes_the_connection_that_is_being_opened_for_it() -> None:
    async with Server().running() as server, connected(server) as transport:
        server.go_on.clear()
        waking = asyncio.create_task(transport.wake(1))
        await server.until_asked([HEAD])
        calling = asyncio.create_task(call(transport))
        server.go_on.set()
        await calling
        await waking
        assert server.asked == [[HEAD, POST]]


async def test_a_call_does_not_wait_long_for_a_connection_to_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_JOIN_S", 0.05)
    async with Server().running() as server, connected(server) as transport:
        server.silent = True
        waking = asyncio.create_task(transport.wake(1))
        await server.until_asked([HEAD])
        server.silent = False
        await call(transport)
        assert server.asked == [[HEAD], [POST]]
        await end(waking)


@pytest.mark.parametrize("how", ["failed", "cancelled"])
async def test_a_call_goes_on_when_no_connection_was_opened(how: str) -> None:
    entered, fail = Flag(), Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        await fail.wait()
        raise httpx.ConnectError("x")

    network = ScriptedNetwork(wait, envelope("fine"))
    transport = transport_over(network, timeout_s=LIMIT_S)
    waking = asyncio.create_task(transport.wake(1))
    await entered.wait()
    calling = asyncio.create_task(call(transport))
    if how == "failed":
        fail.set()
    else:
        await end(waking)
    await calling
    await asyncio.wait({waking})
    assert [request.method for request in network.requests] == ["HEAD", "POST"]


@pytest.mark.usefixtures("rested")
async def test_a_connection_that_no_longer_carries_is_given_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger=module.__name__)
    async with Server().running() as server, connected(server) as transport:
        await call(transport)
        server.silent = True
        waking = asyncio.create_task(transport.wake(1))
        await server.until_asked([POST, HEAD])
        assert await let_time_be_over(transport) == [module._WAKE_TIMEOUT_S]  # no call's
        await waking
        server.silent = False
        await call(transport)
        assert server.asked == [[POST, HEAD], [POST]]
    assert "no connection woken: ApiTimeoutError" in caplog.text


# --- when, how often, and what is in it ----------------------------------------------------------


async def test_it_tells_nothing_of_anybody() -> None:
    async with Server().running() as server, connected(server) as transport:
        await transport.wake(1)
    (head,) = server.heads
    lines = dict(line.split(": ", 1) for line in head.strip().split("\r\n")[1:])
    expected = {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent", "Content-Type"}
    assert set(lines) == expected
    assert lines["Host"] == f"127.0.0.1:{server.port}"


async def test_it_stays_below_the_base_address() -> None:
    network = ScriptedNetwork(httpx.Response(404))
    transport = transport_over(network)
    await transport.wake(1)
    (request,) = network.requests
    assert (request.method, str(request.url)) == ("HEAD", f"{BASE_URL}/")
    assert request.content == b""


async def test_not_soon_after_a_call_or_a_wake() -> None:
    network = ScriptedNetwork(envelope(), httpx.Response(200))
    transport = transport_over(network)
    await transport.post("identity", "/api/v2", signed)
    await transport.wake(1)
    assert [request.method for request in network.requests] == ["POST"]

    fresh = transport_over(network)
    await fresh.wake(1)
    await fresh.wake(1)
    assert [request.method for request in network.requests] == ["POST", "HEAD"]


@pytest.mark.usefixtures("rested")
async def test_again_after_a_rest() -> None:
    network = ScriptedNetwork(envelope(), httpx.Response(200), httpx.Response(200))
    transport = transport_over(network)
    await transport.post("identity", "/api/v2", signed)
    await transport.wake(1)
    await transport.wake(1)
    assert [request.method for request in network.requests] == ["POST", "HEAD", "HEAD"]


def test_a_connection_counts_as_ready_only_while_the_client_keeps_it() -> None:
    assert module._FRESH_S <= KEEPALIVE_S / 2


@pytest.mark.usefixtures("rested")
@pytest.mark.parametrize("method", ["POST", "HEAD"])
async def test_not_while_anything_is_under_way(method: str) -> None:
    entered, go_on = Flag(), Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        await go_on.wait()
        return envelope()

    network = ScriptedNetwork(wait)
    transport = transport_over(network)
    busy = transport.wake(1) if method == "HEAD" else transport.post("x", "/api/v2", signed)
    task = asyncio.ensure_future(busy)
    await entered.wait()
    await transport.wake(1)
    go_on.set()
    await task
    assert [request.method for request in network.requests] == [method]


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 302, 404, 405, 429, 500])
async def test_any_status_will_do(status: int) -> None:
    network = ScriptedNetwork(
        httpx.Response(status, headers={"location": "https://else.invalid/"}), envelope("fine")
    )
    transport = transport_over(network)
    await transport.wake(1)
    await call(transport)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("https://secret.invalid"),
        httpx.ConnectTimeout("https://secret.invalid"),
        httpx.RemoteProtocolError("https://secret.invalid"),
        httpx.ProxyError("https://secret.invalid"),
        httpx.InvalidURL("https://secret.invalid"),
        httpx.StreamClosed(),
        OSError("https://secret.invalid"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_failure_is_silent_and_not_repeated(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger=module.__name__)
    transport = transport_over(ScriptedNetwork(failure))
    await transport.wake(1)
    await transport.wake(1)
    (record,) = caplog.records
    assert record.levelno == logging.DEBUG
    assert record.getMessage() == f"no connection woken: {type(failure).__name__}"


async def test_a_failure_of_one_connection_leaves_the_other_ready() -> None:
    network = ScriptedNetwork(httpx.ConnectError("x"), httpx.Response(404))
    await transport_over(network).wake(2)
    assert len(network.requests) == 2


async def test_a_cancellation_goes_through() -> None:
    entered = Flag()

    async def wait(request: httpx.Request) -> httpx.Response:
        entered.set()
        await asyncio.Event().wait()
        raise AssertionError("never")

    task = asyncio.create_task(transport_over(ScriptedNetwork(wait)).wake(1))
    await entered.wait()
    await end(task)


async def test_the_clock_does_not_learn_from_it() -> None:
    """Perhaps not the platform's answer at all, but a hotspot's login page."""
    clock = PlatformClock()
    answer = httpx.Response(200, headers={"date": "Sat, 21 Nov 2026 13:00:00 GMT"})
    await transport_over(ScriptedNetwork(answer), clock=clock).wake(1)
    assert not clock.calibrated


async def test_again_after_the_computer_slept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection outlives it, and the clock that stops meanwhile does not know of it."""
    steady = ManualTime(100.0)
    monkeypatch.setattr(module, "steady_clock", lambda: steady)
    network = ScriptedNetwork(envelope(), httpx.Response(200))
    transport = transport_over(network)
    await transport.post("identity", "/api/v2", signed)
    await transport.wake(1)
    steady.now += 3600
    await transport.wake(1)
    assert [request.method for request in network.requests] == ["POST", "HEAD"]
