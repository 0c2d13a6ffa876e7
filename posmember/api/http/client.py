"""Requests to one server, each to its end or its deadline, whoever stops waiting for it.

What is on its way is never cut short by who asked: it runs in a thread of its own, on asyncio's
own loop. A cancelled httpx call may keep its connection for ever, and after enough of them there
is none left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from functools import partial

from posmember.api.answers import MAX_BODY_BYTES
from posmember.api.http.lanes import CLOSES_WITHIN_S, Call, Lanes, Network, Reply
from posmember.api.http.proxies import SYSTEM
from posmember.api.http.second_look import Look
from posmember.api.http.worker import Worker
from posmember.errors import ApiConnectionError

JSON_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
"""Of a platform that is spoken to in JSON."""

Sign = Callable[[str, str, bytes], Mapping[str, str]]
"""Makes the headers that sign a request of its method, its path with query, and its body; called
in the network's thread."""

__all__ = ["JSON_HEADERS", "HttpClient", "Network", "Reply", "Sign"]


class HttpClient:
    """Connections to one server, kept open; redirects are never followed, no cookie is kept.

    To be used from one thread.

    Args:
        base_url: the server's address, for which everything is made ready.
        timeout_s: the longest that one request may take, its answer's body included.
        headers: sent with every request.
        network: another httpx transport, to drive a server in process; called in the network's
            thread.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        ConfigError: the proxy cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        headers: Mapping[str, str],
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        self._timeout_s = timeout_s
        self._lanes = Lanes(base_url, timeout_s, headers, network, proxy)
        self._worker = Worker("posmember-network", self._lanes.aclose)
        self._closed = False

    async def aclose(self) -> None:
        """Leave what is on its way, and close every connection."""
        if self._closed:
            return
        self._closed = True
        if self._worker.started:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSES_WITHIN_S):
                    await self._worker.run(self._lanes.aclose)
            await self._worker.aclose()
        else:
            await self._lanes.aclose()

    async def send(
        self,
        api: str,
        method: str,
        url: str,
        body: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        sign: Sign | None = None,
        max_bytes: int = MAX_BODY_BYTES,
        timeout_s: float | None = None,
    ) -> Reply:
        """Send one request; exactly these bytes are the body.

        Cancelled, it is no longer waited for; what was sent goes on to its end all the same.

        Args:
            api: the operation's name for errors.
            sign: signs what is sent, as it is sent.
            max_bytes: the longest body that is taken, unpacked.
            timeout_s: the longest that it may take, where that is not the client's own.

        Raises:
            ApiConnectionError, ApiTimeoutError: no answer.
            ApiResponseError: an answer that is too long, or not encoded as it says.
        """
        if self._closed:
            raise ApiConnectionError("closed", api=api)
        within_s = self._timeout_s if timeout_s is None else timeout_s
        call = Call(api, method, url, body, headers or {}, sign, max_bytes, within_s)
        try:
            return await self._worker.run(partial(self._lanes.exchange, call))
        except asyncio.CancelledError:
            call.is_heard = False
            raise

    async def look(self, url: str, *, tls: bool) -> Look:
        """See who is at a call's address; see `posmember.api.http.second_look`.

        Args:
            tls: whether TLS is spoken to it.
        """
        return await self._worker.run(partial(self._lanes.look, url, tls=tls))
