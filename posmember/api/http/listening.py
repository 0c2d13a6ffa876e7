"""Tells an answer that was there before its question: what came behind an earlier one.

HTTP/1.1 keeps what comes behind an answer for the next question on that connection, in three
places: in what was read with the answer, in what the event loop has read since, and in the system.
An answer that took no reading at all after its question was written was in the first; for the
others a connection is listened to while no question is out.
"""

# ruff: noqa: ASYNC109 - the methods are httpcore's

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import anyio
import httpcore
import httpx


class Listener:
    """Listens to a transport's connection, of which it has one at a time.

    While a question is out, for whether anything was read after it; while none is, for anything at
    all: what then comes is nobody's answer, or the connection's end. And it closes the connection
    in the end: httpcore forgets one whose SOCKS proxy answers nonsense.
    """

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        pool = transport._pool  # httpx has no way to hand it over
        self._backend = pool._network_backend = _Backend(pool._network_backend)
        self._scope: anyio.CancelScope | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = False

    def listen(self, told: Callable[[], None]) -> None:
        """Begin to listen, as no question is out; `told` is called when anything was heard."""
        self._scope, self._heard = anyio.CancelScope(), False
        listening = self._listen(self._scope, told)
        self._listening = asyncio.get_running_loop().create_task(listening)

    async def stop(self) -> bool:
        """Listen no more; returns whether anything was heard."""
        if self._listening is not None and self._scope is not None:
            self._scope.cancel()
            await asyncio.wait([self._listening])
        return self._heard

    async def aclose(self) -> None:
        """Close the connection, if one was opened."""
        await self.stop()
        if self._backend.opened is not None:
            await self._backend.opened.aclose()

    async def _listen(self, scope: anyio.CancelScope, told: Callable[[], None]) -> None:
        with scope:
            if self._backend.stream is not None:
                with contextlib.suppress(httpcore.NetworkError):
                    await self._backend.stream.read(1)
            self._heard = True
            told()


def was_answered_before(response: httpx.Response) -> bool:
    """Whether an answer was there before its question was written."""
    stream = response.extensions.get("network_stream")
    return isinstance(stream, _Stream) and not stream.was_read


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that knows whether anything was read since the last writing."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, backend: _Backend) -> None:
        self._inner, self._backend = inner, backend
        self.was_read = False
        backend.stream = self

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        self.was_read = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.was_read = False
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _Stream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens connections that are listened to."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner
        self.opened: httpcore.AsyncNetworkStream | None = None
        self.stream: _Stream | None = None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        self.opened = inner
        return _Stream(inner, self)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
