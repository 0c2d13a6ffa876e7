"""Networks of tests: scripted answers, and no call that the script does not expect."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.transport import Transport
from posmember.api.qimai.wire import Credentials, v2_body
from posmember.errors import ApiError

BASE_URL = "https://platform.invalid/base"
CREDENTIALS = Credentials("open-id", "grant", "open-key-of-nobody")
NOON = 1795233600.0
"""2026-11-21 12:00:00 in +08:00."""

Step: TypeAlias = (
    "httpx.Response | Exception | Callable[[httpx.Request], Awaitable[httpx.Response]]"
)


class ScriptedNetwork(httpx.AsyncBaseTransport):
    """Plays one step a call, in order; a further call is an AssertionError."""

    def __init__(self, *steps: Step) -> None:
        self.steps = deque(steps)
        self.requests: list[httpx.Request] = []
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        if not self.steps:
            raise AssertionError(f"unexpected call number {len(self.requests)}")
        step = self.steps.popleft()
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx.Response) else await step(request)

    async def aclose(self) -> None:
        self.closed = True

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The decoded bodies of the calls so far."""
        return [json.loads(request.content) for request in self.requests]


class Stream(httpx.AsyncByteStream):
    """A body in parts, counting how many were taken."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.taken = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            self.taken += 1
            yield part

    async def aclose(self) -> None:
        self.closed = True


class Flag:
    """An event between a test and the network's thread: either may set it, both may wait."""

    def __init__(self) -> None:
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self._lock = threading.Lock()
        self._is_set = False

    def set(self) -> None:
        """Let everybody go on, in whichever loop they wait."""
        with self._lock:
            self._is_set = True
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            with contextlib.suppress(RuntimeError):  # that loop was closed
                loop.call_soon_threadsafe(event.set)

    async def wait(self) -> None:
        """Wait until it is set."""
        event = asyncio.Event()
        with self._lock:
            if self._is_set:
                return
            self._waiting.append((asyncio.get_running_loop(), event))
        await event.wait()


class ManualTime:
    """A clock that the test turns."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def envelope(
    data: object = None, *, code: object = 0, message: str = "", **headers: str
) -> httpx.Response:
    """An answer of the platform; header names with _ for -."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"status": True, "code": code, "message": message, "data": data}
    return httpx.Response(200, json=body, headers=names)


def transport_over(
    network: httpx.AsyncBaseTransport,
    *,
    clock: PlatformClock | None = None,
    timeout_s: float = 5,
    base_url: str = BASE_URL,
) -> Transport:
    """A transport whose network is a fake."""
    clock = clock or PlatformClock(ManualTime())
    return Transport(base_url, timeout_s=timeout_s, clock=clock, network=network)


def signed(timestamp: int, nonce: int) -> bytes:
    """A body as `Platform` builds it."""
    return v2_body(
        CREDENTIALS, SignKeys.CAMEL, "communal.user.identity", {"type": "3"},
        timestamp=timestamp, nonce=nonce,
    )  # fmt: skip


async def post(network: ScriptedNetwork, **how: Any) -> object:
    """One call of identity through a transport of its own, which is closed then."""
    transport = transport_over(network, **how)
    try:
        return await transport.post("identity", "/api/v2", signed)
    finally:
        await transport.aclose()
        assert network.closed


async def error_of(network: ScriptedNetwork, **how: Any) -> ApiError:
    """The error of one call, as `post` makes it."""
    with pytest.raises(ApiError) as caught:
        await post(network, **how)
    assert caught.value.api == "identity"
    return caught.value
