"""The open platform's calls: deadline, retries, nonces, the clock's offset, connections awake."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import secrets
import time
from collections.abc import Callable, Iterator
from functools import partial

from posmember.api.address import check_base_url
from posmember.api.answers import request_id
from posmember.api.clock import PlatformClock, steady_clock
from posmember.api.http.client import JSON_HEADERS, HttpClient, Network, Reply
from posmember.api.http.diagnosis import diagnosed
from posmember.api.http.lanes import KEEPALIVE_S
from posmember.api.http.pages import refuse_foreign
from posmember.api.http.proxies import SYSTEM
from posmember.api.qimai.wire import read_answer
from posmember.api.retries import deadline, retry_delay, with_retries
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ungrouped,
)

_log = logging.getLogger(__name__)

_FRESH_S = 15.0
"""So long after its last use a connection is taken for ready; far less than any side keeps it."""
_WAKE_TIMEOUT_S = 2.0
_JOIN_S = 0.5
"""A call that finds connections being opened for it waits so long: anew it would take longer."""
_NONCE_BITS = 31

BuildBody = Callable[[int, int], bytes]
"""Makes a signed body of a timestamp (Unix seconds) and a nonce; called again for each try."""


class Transport:
    """Posts signed bodies to the platform and hands back the ``data`` of its answers.

    Args:
        base_url: without a path of an operation; see `check_base_url`.
        timeout_s: the longest one call may take, with all its retries.
        clock: gives timestamps, and learns from the answers.
        network: another httpx transport, to drive a platform in process.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        ConfigError: see `check_base_url`; or the proxy cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        clock: PlatformClock,
        allow_insecure_http: bool = False,
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        check_base_url(base_url, allow_insecure_http=allow_insecure_http)
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._clock = clock
        self._client = HttpClient(
            base_url,
            timeout_s=timeout_s,
            headers=JSON_HEADERS,
            network=network,
            proxy=proxy,
        )
        self._under_way = 0
        self._steady = steady_clock()  # a sleep is a rest, too: no connection outlives it
        self._used_at = -math.inf
        self._opened = asyncio.Event()
        self._opened.set()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def post(self, api: str, path: str, build: BuildBody) -> object:
        """Make one call; a retry signs anew, with a new nonce.

        Tried again: a connection that failed or broke, HTTP 502, 503 and 504, HTTP 429 that
        asks for a short wait, and a refused signature when the answer showed that the till's
        clock is off. A timeout is not: the cashier has waited enough.

        Args:
            api: the operation's name for errors and the log.
            path: below the base address.

        Returns:
            The answer's ``data``.

        Raises:
            ApiError: see `posmember.errors`.
        """
        with self._in_use():
            async with deadline(api, self._timeout_s):
                await self._join_opening()
                once = partial(self._post_once, api, path, build)
                return await with_retries(api, once, self._clock, retry_delay)

    async def wake(self, connections: int) -> None:
        """Make connections ready for calls that are about to come; what fails, fails silently.

        Opens them (name, TCP, TLS), or finds out whether idle ones still carry, by ``HEAD /``:
        not signed, about nobody, and any HTTP status will do. The platform's limits are not
        documented, so nothing is sent while anything else is under way, nor within 15 seconds
        after.

        Args:
            connections: how many calls are to go out at the same time.
        """
        unused_s = self._steady() - self._used_at
        if self._under_way or unused_s < _FRESH_S:
            return
        if unused_s >= KEEPALIVE_S:
            self._opened.clear()  # there is no connection yet that a call could take instead
        try:
            with self._in_use(), ungrouped():
                async with asyncio.TaskGroup() as group:
                    for _ in range(connections):
                        group.create_task(self._knock())
        finally:
            self._opened.set()

    async def _join_opening(self) -> None:
        """Let connections that are being opened become ready, rather than open one more."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_JOIN_S):
                await self._opened.wait()

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[None]:
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._used_at = self._steady()

    async def _knock(self) -> None:
        started = time.monotonic()
        try:
            reply = await self._client.send(
                "wake", "HEAD", self._base_url + "/", timeout_s=_WAKE_TIMEOUT_S
            )
        except ApiError as error:
            _log.debug("no connection woken: %s", type(error.__cause__ or error).__name__)
        else:
            ms = round((time.monotonic() - started) * 1000)
            _log.debug("connection woken in %d ms: HTTP %d", ms, reply.status)

    async def _post_once(self, api: str, path: str, build: BuildBody) -> object:
        body = build(self._clock.timestamp(), secrets.randbits(_NONCE_BITS) + 1)
        url = self._base_url + path
        sent_at, started = self._clock.local_time(), time.monotonic()
        reply = await self._send(api, url, body)
        received_at = self._clock.local_time()
        date = reply.headers.get("date")
        ms = round((time.monotonic() - started) * 1000)
        _log.debug("%s: HTTP %d in %d ms, %s", api, reply.status, ms, request_id(reply.headers))
        refuse_foreign(api, url, reply.status, reply.headers, reply.body)
        try:
            return read_answer(api, reply.status, reply.headers, reply.body)
        except (ApiResponseError, ApiStatusError):
            date = None  # perhaps not the platform's words at all, but a hotspot's login page
            raise
        finally:
            self._clock.observe(date, sent_at, received_at)

    async def _send(self, api: str, url: str, body: bytes) -> Reply:
        try:
            return await self._client.send(api, "POST", url, body)
        except ApiConnectionError as error:
            found = await diagnosed(error, self._client, url, self._clock)
            if found is None:
                raise
            raise found from error
