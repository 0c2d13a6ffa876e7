"""Over real sockets: what only a connection shows, TLS, and a clean end."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from posmember.sandbox import server
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.unit.sandbox.caller import Caller

APIS = ["member_info", "identity", "gift_cards"]


@pytest.fixture
def running() -> Iterator[RunningSandbox]:
    with RunningSandbox() as running_sandbox:
        yield running_sandbox


def caller_over(base_url: str, **options: ssl.SSLContext | httpx.Timeout) -> Caller:
    client = httpx.AsyncClient(base_url=base_url, trust_env=False, **options)  # type: ignore[arg-type]
    return Caller(client, time.time())


async def test_answers_over_a_socket(running: RunningSandbox) -> None:
    assert running.base_url.startswith("http://127.0.0.1:")
    caller = caller_over(running.base_url)
    async with caller.client:
        for api in APIS:
            response = await caller.call(api)
            assert str(response.json()["code"]) == "0"
            assert len(response.headers.get_list("date")) == 1
            assert "server" not in response.headers


async def test_a_client_that_wakes_its_connection_is_no_call(running: RunningSandbox) -> None:
    caller = caller_over(running.base_url)
    async with caller.client:
        response = await caller.client.head("/")
        assert (response.status_code, response.content) == (404, b"")
        assert not running.sandbox.calls
        assert (await caller.call("identity")).status_code == 200
    assert len(running.sandbox.calls) == 1


@pytest.mark.parametrize("api", APIS)
async def test_a_cut_answer_breaks_off(running: RunningSandbox, api: str) -> None:
    running.sandbox.add_fault(f"{api}=cut:1")
    caller = caller_over(running.base_url)
    async with caller.client:
        with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
            await caller.call(api)
        assert (await caller.call(api)).status_code == 200


async def test_a_call_that_hangs_times_out(running: RunningSandbox) -> None:
    running.sandbox.add_fault("identity=timeout:1")
    caller = caller_over(running.base_url, timeout=httpx.Timeout(30, read=0.2))
    async with caller.client:
        with pytest.raises(httpx.ReadTimeout):
            await caller.call("identity")
    patient = caller_over(running.base_url)
    async with patient.client:
        assert (await patient.call("member_info")).status_code == 200


async def test_hanging_calls_hold_up_nobody_and_not_the_end() -> None:
    with RunningSandbox(Sandbox(faults=["identity=timeout"])) as running:
        caller = caller_over(running.base_url)
        async with caller.client:
            hanging = asyncio.create_task(caller.call("identity"))
            async with asyncio.timeout(10):
                while not running.sandbox.calls:
                    await asyncio.wait({hanging}, timeout=0.01)
            assert (await caller.call("member_info")).status_code == 200
            assert not hanging.done()
            began = time.monotonic()
            await asyncio.to_thread(running.__exit__, None, None, None)
            assert time.monotonic() - began < 5
            done, _ = await asyncio.wait({hanging}, timeout=5)
            assert done == {hanging}
            assert hanging.exception() or hanging.result().status_code == 500


async def test_connections_are_kept(running: RunningSandbox) -> None:
    caller = caller_over(running.base_url)
    ports: set[int] = set()
    async with caller.client:
        for _ in range(3):
            response = await caller.call("identity")
            stream = response.extensions["network_stream"]
            ports.add(stream.get_extra_info("client_addr")[1])
    assert len(ports) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_short_answers_are_sent_at_once(host: str) -> None:
    """The event loop sets TCP_NODELAY on connections of a listener that says it is TCP."""
    try:
        listener = server._listen(host, 0)
    except OSError:
        pytest.skip("no IPv6 here")
    with listener, socket.create_connection(listener.getsockname()[:2]):
        connection, _ = listener.accept()
        with connection:
            assert connection.proto == socket.IPPROTO_TCP


async def test_tls(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = tmp_path / "certificate.pem"
    key = tmp_path / "key.pem"
    issued = authority.issue_cert("127.0.0.1")
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    trusting, strict = ssl.create_default_context(), ssl.create_default_context()
    authority.configure_trust(trusting)
    with RunningSandbox(certificate=certificate, key=key) as running:
        assert running.base_url.startswith("https://127.0.0.1:")
        caller = caller_over(running.base_url, verify=trusting)
        async with caller.client:
            assert (await caller.call("identity")).status_code == 200
        stranger = caller_over(running.base_url, verify=strict)
        async with stranger.client:
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                await stranger.call("identity")


def test_a_missing_certificate_is_an_error(tmp_path: Path) -> None:
    missing = tmp_path / "none.pem"
    with pytest.raises(OSError, match="No such file"):
        RunningSandbox(certificate=missing, key=missing).__enter__()


def test_it_ends_whole() -> None:
    before = set(threading.enumerate())  # some of them, of earlier tests, may be about to end
    with RunningSandbox() as running:
        address = ("127.0.0.1", int(running.base_url.rpartition(":")[2]))
        assert set(threading.enumerate()) - before
    assert not set(threading.enumerate()) - before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)
