"""The lookup with everything it needs, put together from settings."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.errors import ApiBusinessError, ConfigError
from posmember.lookup.backend import Backend
from posmember.lookup.sections import Loaded, Section, SectionState
from posmember.lookup.service import Request
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.settings.config import PlatformSettings, Settings

WAKING = "wake the connection"


async def test_settings_reach_the_platform() -> None:
    with RunningSandbox(Sandbox(v2_sign_keys="pascal")) as server:
        platform = PlatformSettings(
            open_id=OPEN_ID,
            grant_code=GRANT_CODE,
            base_url=server.base_url,
            v2_sign_keys=SignKeys.PASCAL,
        )
        backend = Backend(Settings(platform, Store(code="1001")), OPEN_KEY)
        states: dict[Section, SectionState] = {}
        request = Request([Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")])
        await backend.lookup.run(request, states.__setitem__)
        await backend.aclose()
        assert all(isinstance(states[section], Loaded) for section in Section)
        assert backend.clock.calibrated
        stores = {call.params.get("multiMark") for call in server.sandbox.calls}
        assert stores == {"1001", None}


async def test_another_store_than_the_configurations() -> None:
    with RunningSandbox() as server:
        platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url=server.base_url)
        settings = Settings(platform, Store(code="1001"))
        backend = Backend(settings, OPEN_KEY, Store(code="no such store"))
        with pytest.raises(ApiBusinessError) as caught:
            await backend.platform.identity(Identifier(IdentifierKind.MEMBER_CODE, "qm0000001"))
        await backend.aclose()
    assert caught.value.platform_message == "门店编码错误"


async def test_one_connection_looks_up_for_another_store() -> None:
    with RunningSandbox() as server:
        platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url=server.base_url)
        backend = Backend(Settings(platform, Store(code="1001")), OPEN_KEY)
        states: dict[Section, SectionState] = {}
        request = Request([Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")])
        await backend.lookup_for(Store(code="1002")).run(request, states.__setitem__)
        await backend.aclose()
        stores = {call.params.get("multiMark") for call in server.sandbox.calls}
    assert isinstance(states[Section.MEMBER], Loaded)
    assert stores == {"1002", None}


def test_an_address_in_clear_is_refused() -> None:
    platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url="http://platform.invalid")
    with pytest.raises(ConfigError):
        Backend(Settings(platform), OPEN_KEY)


async def test_a_woken_connection_carries_the_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posmember.api.qimai.transport._WAKE_TIMEOUT_S", 60)
    sandbox, seen = Sandbox(), list[tuple[str, int]]()
    app = sandbox.app

    async def watch(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((scope["method"], scope["client"][1]))
        await app(scope, receive, send)

    sandbox.app = watch
    with RunningSandbox(sandbox) as server:
        settings = Settings(PlatformSettings(OPEN_ID, GRANT_CODE, base_url=server.base_url))
        backend = Backend(settings, OPEN_KEY)
        backend.wake()
        backend.wake()
        async with asyncio.timeout(10):
            while waking := {task for task in asyncio.all_tasks() if task.get_name() == WAKING}:
                await asyncio.wait(waking)
        request = Request([Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")])
        await backend.lookup.run(request, lambda _section, _state: None)
        backend.wake()  # just used: nothing to do
        await backend.aclose()
    assert [method for method, _ in seen] == ["HEAD"] * 3 + ["POST"] * 3
    assert len({port for _, port in seen}) == 3
    assert len(sandbox.calls) == 3


async def test_closing_ends_a_waking_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posmember.api.qimai.transport._WAKE_TIMEOUT_S", 60)
    entered = asyncio.Event()
    release = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        entered.set()
        await release.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url=f"http://127.0.0.1:{port}")
    backend = Backend(Settings(platform), OPEN_KEY)
    backend.wake()
    async with asyncio.timeout(5):  # sooner than a call would be given up
        await entered.wait()
        backend.wake()
        await backend.aclose()
    assert not [task for task in asyncio.all_tasks() if task.get_name() == WAKING]
    release.set()
    server.close()
    await server.wait_closed()
