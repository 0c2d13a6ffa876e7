"""Over real sockets: what only a connection shows."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from starlette.types import Receive, Scope, Send

from posmember.api import retries
from posmember.api.clock import PlatformClock
from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.wire import Credentials
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    RateLimitedError,
    SignatureRejectedError,
)
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.fakes.sandbox_client import SandboxClient

CODE = Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")


@pytest.fixture(autouse=True)
def hardly_any_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_DELAY_S", 0.001)


@pytest.fixture(scope="module")
def running() -> Iterator[RunningSandbox]:
    with RunningSandbox() as server:
        yield server


@pytest.fixture(autouse=True)
def no_faults_left(running: RunningSandbox) -> Iterator[None]:
    yield
    running.sandbox.clear_faults()
    running.sandbox.calls.clear()


async def test_one_connection_serves_many_calls() -> None:
    sandbox, ports = Sandbox(), set()
    app = sandbox.app

    async def watch(scope: Scope, receive: Receive, send: Send) -> None:
        ports.add(scope["client"][1])
        await app(scope, receive, send)

    sandbox.app = watch
    with RunningSandbox(sandbox) as server:
        async with SandboxClient(base_url=server.base_url) as client:
            for _ in range(3):
                await client.platform.identity(CODE)
                await client.platform.gift_cards("100001")
    assert len(sandbox.calls) == 6
    assert len(ports) == 1


async def test_a_cut_connection_is_tried_again(running: RunningSandbox) -> None:
    running.sandbox.add_fault("identity=cut:2")
    async with SandboxClient(base_url=running.base_url) as client:
        decoded = await client.platform.identity(CODE)
    assert decoded.value.user_id == "100001"
    assert len(running.sandbox.calls) == 3


@pytest.mark.parametrize(
    ("fault", "kind", "calls"),
    [
        ("cut", ApiConnectionError, 3),
        ("http503", ApiStatusError, 3),
        ("http500", ApiStatusError, 1),
        ("http302", ApiConnectionError, 1),
        ("html", ApiConnectionError, 1),
        ("not_json", ApiResponseError, 1),
        ("truncated", ApiResponseError, 1),
        ("deep", ApiResponseError, 1),
        ("huge", ApiResponseError, 1),
        ("rate_limited", RateLimitedError, 1),
        ("bad_signature", SignatureRejectedError, 1),
    ],
)
async def test_fault(running: RunningSandbox, fault: str, kind: type[ApiError], calls: int) -> None:
    running.sandbox.add_fault(f"identity={fault}")
    async with SandboxClient(base_url=running.base_url) as client:
        with pytest.raises(kind) as caught:
            await client.platform.identity(CODE)
        assert type(caught.value) is kind
        assert len(running.sandbox.calls) == calls
        assert (await client.platform.gift_cards("100001")).value


async def test_a_timeout_is_not_tried_again(
    running: RunningSandbox, deadlines: list[asyncio.Timeout]
) -> None:
    running.sandbox.add_fault("identity=timeout")
    async with SandboxClient(base_url=running.base_url, timeout_s=60) as client:
        asking = asyncio.create_task(client.platform.identity(CODE))
        while not running.sandbox.calls:
            await asyncio.wait({asking}, timeout=0.01)
            assert not asking.done()
        (deadline,) = deadlines
        deadline.reschedule(0)
        with pytest.raises(ApiTimeoutError):
            await asking
    assert len(running.sandbox.calls) == 1


async def test_nobody_listens() -> None:
    with socket.socket() as nobody:  # nor anybody else's server, as long as this has the port
        nobody.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        async with SandboxClient(base_url=base_url) as client:
            with pytest.raises(ApiConnectionError) as caught:
                await client.platform.identity(CODE)
    assert not isinstance(caught.value, ApiTimeoutError)


@pytest.mark.parametrize("hours", [-9000, -1, 1, 9000])
async def test_a_wrong_clock_is_corrected(hours: int) -> None:
    sandbox = Sandbox(clock_offset_s=hours * 3600)
    async with SandboxClient(sandbox) as client:
        await client.platform.identity(CODE)
        assert client.clock.offset_s == pytest.approx(hours * 3600, abs=2)
        await client.platform.gift_cards("100001")
    assert len(sandbox.calls) == 2


@pytest.mark.parametrize("accepted", ["camel", "pascal", "either"])
@pytest.mark.parametrize("spelling", SignKeys)
async def test_the_spelling_of_signed_keys(spelling: SignKeys, accepted: str) -> None:
    sandbox = Sandbox(v2_sign_keys=accepted)  # type: ignore[arg-type]
    async with SandboxClient(sandbox, spelling=spelling) as client:
        await client.platform.gift_cards("100001")
        if accepted in (spelling, "either"):
            await client.platform.identity(CODE)
        else:
            with pytest.raises(SignatureRejectedError):
                await client.platform.identity(CODE)


async def test_a_wrong_key_is_refused() -> None:
    wrong = Credentials("sandbox-open-id-0000000000000001", "sandboxgrant", "wrong")
    async with SandboxClient(Sandbox(), credentials=wrong) as client:
        with pytest.raises(SignatureRejectedError) as caught:
            await client.platform.identity(CODE)
    assert caught.value.code == "110004"


linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="the system's trust store is a file only where OpenSSL reads it"
)


@pytest.fixture(scope="module")
def chain() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(chain: trustme.CA, tmp_path: Path) -> Iterator[RunningSandbox]:
    issued = chain.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    with RunningSandbox(certificate=certificate, key=key) as server:
        yield server


@linux_only
async def test_a_root_certificate_of_the_system_is_trusted(
    secure: RunningSandbox, chain: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = tmp_path / "system.pem"
    chain.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with SandboxClient(base_url=secure.base_url) as client:
        decoded = await client.platform.identity(CODE)
    assert decoded.value.user_id == "100001"


@linux_only
async def test_an_unknown_root_certificate_is_refused(
    secure: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = tmp_path / "system.pem"
    trustme.CA().cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with SandboxClient(base_url=secure.base_url) as client:
        with pytest.raises(ApiConnectionError):
            await client.platform.identity(CODE)
    assert not secure.sandbox.calls


@linux_only
async def test_another_hosts_certificate_is_refused(
    chain: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = chain.issue_cert("platform.invalid")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    trusted = tmp_path / "system.pem"
    chain.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with RunningSandbox(certificate=certificate, key=key) as server:
        async with SandboxClient(base_url=server.base_url) as client:
            with pytest.raises(ApiConnectionError):
                await client.platform.identity(CODE)


async def test_a_till_with_its_own_wrong_time_gets_the_platforms_now(
    running: RunningSandbox,
) -> None:
    clock = PlatformClock(lambda: time.time() - 86400)
    async with SandboxClient(base_url=running.base_url, clock=clock) as client:
        await client.platform.identity(CODE)
    assert clock.now().timestamp() == pytest.approx(time.time(), abs=3)
