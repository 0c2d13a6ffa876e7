"""Tells an answer that was there before its question: what came behind an earlier one.

HTTP/1.1 keeps what comes behind an answer for the next question on that connection. Nothing that
is read after a question was written can have been read before: an answer that took no reading at
all is somebody else's.
"""

# ruff: noqa: ASYNC109 - the methods are httpcore's

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx


class Listener:
    """Has a transport's connections told whether anything was read since they last wrote.

    And closes them all in the end: httpcore forgets one whose SOCKS proxy answers nonsense.
    """

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        pool = transport._pool  # httpx has no way to hand it over
        self._backend = pool._network_backend = _Backend(pool._network_backend)

    async def aclose(self) -> None:
        """Close every connection that was opened."""
        for stream in self._backend.opened:
            await stream.aclose()


def was_answered_before(response: httpx.Response) -> bool:
    """Whether an answer was there before its question was written."""
    stream = response.extensions.get("network_stream")
    return isinstance(stream, _Stream) and not stream.was_read


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that knows whether anything was read since the last writing."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self.was_read = False

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
        return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.AsyncNetworkBackend):
    """Opens connections that are listened to."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner
        self.opened: list[httpcore.AsyncNetworkStream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        # A lane has one at a time; the one before was closed, or is lost.
        self.opened = [inner]
        return _Stream(inner)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
