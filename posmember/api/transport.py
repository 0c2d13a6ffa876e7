"""The network: the only `import httpx`. Timeouts, retries, error mapping, the clock's offset."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import random
import secrets
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import truststore

from posmember.api.address import check_base_url, is_loopback
from posmember.api.clock import PlatformClock
from posmember.api.wire import MAX_BODY_BYTES, read_answer, request_id
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    RateLimitedError,
    SignatureRejectedError,
)

_log = logging.getLogger(__name__)

MAX_TRIES = 3
MAX_RETRY_AFTER_S = 2.0
"""A cashier has two seconds; a platform that asks for more is answered with an error."""
_FIRST_DELAY_S = 0.1
_RETRIED_STATUS = frozenset({502, 503, 504})
_KEEPALIVE_S = 60.0
_FRESH_S = 15.0
"""So long after its last use a connection is taken for ready; far less than any side keeps it."""
_WAKE_TIMEOUT_S = 2.0
_JOIN_S = 0.5
"""A call that finds connections being opened for it waits so long: anew it would take longer."""
_NONCE_BITS = 31
_NETWORK_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)

BuildBody = Callable[[int, int], bytes]
"""Makes a signed body of a timestamp (Unix seconds) and a nonce; called again for each try."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx.Headers
    body: bytes


class Transport:
    """Posts signed bodies to the platform and hands back the ``data`` of its answers.

    Args:
        base_url: without a path of an operation; see `check_base_url`.
        timeout_s: the longest one call may take, with all its retries.
        clock: gives timestamps, and learns from the answers.
        network: another httpx transport, to drive a platform in process.

    Raises:
        ConfigError: see `check_base_url`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        clock: PlatformClock,
        allow_insecure_http: bool = False,
        network: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        check_base_url(base_url, allow_insecure_http=allow_insecure_http)
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._clock = clock
        local = is_loopback(base_url)
        self._client = httpx.AsyncClient(
            transport=network,
            # The system's trust store: a chain's own root certificate works as in its browser.
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx.Timeout(timeout_s, connect=min(timeout_s, 4.0)),
            limits=httpx.Limits(max_connections=8, keepalive_expiry=_KEEPALIVE_S),
            follow_redirects=False,
            trust_env=not local,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        self._under_way = 0
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
        try:
            with self._in_use():
                async with asyncio.timeout(self._timeout_s):
                    await self._join_opening()
                    return await self._post_with_retries(api, path, build)
        except TimeoutError as error:
            raise ApiTimeoutError(f"no answer in {self._timeout_s:g} s", api=api) from error

    async def wake(self, connections: int) -> None:
        """Make connections ready for calls that are about to come; what fails, fails silently.

        Opens them (name, TCP, TLS), or finds out whether idle ones still carry, by ``HEAD /``:
        not signed, about nobody, and any HTTP status will do. The platform's limits are not
        documented, so nothing is sent while anything else is under way, nor within 15 seconds
        after.

        Args:
            connections: how many calls are to go out at the same time.
        """
        unused_s = time.monotonic() - self._used_at
        if self._under_way or unused_s < _FRESH_S:
            return
        if unused_s >= _KEEPALIVE_S:
            self._opened.clear()  # there is no connection yet that a call could take instead
        try:
            with self._in_use():
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
            self._used_at = time.monotonic()

    async def _knock(self) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(_WAKE_TIMEOUT_S):
                response = await self._client.head(self._base_url + "/")
        except _NETWORK_ERRORS as error:
            _log.debug("no connection woken: %s", type(error).__name__)
        else:
            ms = round((time.monotonic() - started) * 1000)
            _log.debug("connection woken in %d ms: HTTP %d", ms, response.status_code)

    async def _post_with_retries(self, api: str, path: str, build: BuildBody) -> object:
        tries = 0
        while True:
            tries += 1
            offset_s = self._clock.offset_s
            try:
                return await self._post_once(api, path, build)
            except SignatureRejectedError:
                if tries == MAX_TRIES or self._clock.offset_s == offset_s:
                    raise
                _log.info("%s: signing again, the clock was off", api)
            except (ApiConnectionError, ApiStatusError, RateLimitedError) as error:
                delay = _retry_delay(error, tries)
                if delay is None:
                    raise
                await _pause(delay)

    async def _post_once(self, api: str, path: str, build: BuildBody) -> object:
        body = build(self._clock.timestamp(), secrets.randbits(_NONCE_BITS) + 1)
        sent_at, started = self._clock.local_time(), time.monotonic()
        reply = await self._send(api, self._base_url + path, body)
        received_at = self._clock.local_time()
        date = reply.headers.get("date")
        ms = round((time.monotonic() - started) * 1000)
        _log.debug("%s: HTTP %d in %d ms, %s", api, reply.status, ms, request_id(reply.headers))
        try:
            return read_answer(api, reply.status, reply.headers, reply.body)
        except (ApiResponseError, ApiStatusError):
            date = None  # perhaps not the platform's words at all, but a hotspot's login page
            raise
        finally:
            self._clock.observe(date, sent_at, received_at)

    async def _send(self, api: str, url: str, body: bytes) -> _Reply:
        try:
            async with self._client.stream("POST", url, content=body) as response:
                content = await _read_limited(api, response)
                return _Reply(response.status_code, response.headers, content)
        except httpx.TimeoutException as error:
            raise ApiTimeoutError("no answer in time", api=api) from error
        except httpx.DecodingError as error:
            raise ApiResponseError("not decodable", path="$", api=api) from error
        except _NETWORK_ERRORS as error:
            # The class says what failed; the text could hold an address with credentials.
            raise ApiConnectionError(type(error).__name__, api=api) from error


async def _pause(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def _read_limited(api: str, response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > MAX_BODY_BYTES:
            # Closed before the generator is left: on Qt's loop nothing else would finish it.
            await response.aclose()
            rid = request_id(response.headers)
            raise ApiResponseError("larger than 8 MiB", path="$", api=api, request_id=rid)
        parts.append(part)
    return b"".join(parts)


def _retry_delay(error: ApiError, tries: int) -> float | None:
    """Seconds to wait before another try, with jitter; None is no other try."""
    if tries == MAX_TRIES or isinstance(error, ApiTimeoutError):
        return None
    if isinstance(error, RateLimitedError):
        asked = error.retry_after
        if asked is None or asked > MAX_RETRY_AFTER_S:
            return None
        return asked + random.uniform(0, 0.2)  # noqa: S311 - jitter, not cryptography
    if isinstance(error, ApiStatusError) and error.status not in _RETRIED_STATUS:
        return None
    return _FIRST_DELAY_S * tries * random.uniform(0.5, 1.5)  # noqa: S311
