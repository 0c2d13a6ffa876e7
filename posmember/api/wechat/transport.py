"""WeChat Pay's calls: one at a time, its limit and clock respected, its answers judged first."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from typing import Final

from posmember.api.address import check_base_url
from posmember.api.answers import request_id
from posmember.api.clock import PlatformClock
from posmember.api.http.client import JSON_HEADERS, HttpClient, Network, Reply
from posmember.api.http.diagnosis import diagnosed
from posmember.api.http.pages import refuse_foreign
from posmember.api.http.proxies import SYSTEM
from posmember.api.retries import deadline, retry_delay, with_retries
from posmember.api.wechat.freshness import MAX_CLOCK_ERROR_S
from posmember.api.wechat.gate import ADDRESS_NAME, Gate
from posmember.api.wechat.wire import REFUSED, SIGN_ERROR, error_code, read_answer
from posmember.errors import (
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiStatusError,
    ClockRejectedError,
    RateLimitedError,
    SignatureRejectedError,
)

_log = logging.getLogger(__name__)

MAX_ANSWER_BYTES: Final = 1024 * 1024
_REFUSED: Final = 401
_LIMIT_WAIT_S: Final = 1.0
"""The limit counts a second's calls (api/README: Limits), so in a second there is room again."""


class WechatTransport:
    """Calls below one base address.

    Args:
        gate: signs, judges, encrypts.
        clock: WeChat Pay's; learns from the answers' ``Date``.
        timeout_s: the longest one call may take, with all its retries.
        network: another httpx transport, to drive a server in process.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        ConfigError: the base address is refused (plain http is, but on this machine), or the
            proxy cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        gate: Gate,
        clock: PlatformClock,
        *,
        timeout_s: float,
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        check_base_url(base_url, name=ADDRESS_NAME)
        self._base_url = base_url.rstrip("/")
        self._gate = gate
        self._clock = clock
        self._timeout_s = timeout_s
        self._client = HttpClient(
            base_url, timeout_s=timeout_s, headers=JSON_HEADERS, network=network, proxy=proxy
        )
        self._turn = asyncio.Lock()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def call(
        self, api: str, method: str, path: str, content: bytes | None = None
    ) -> dict[str, object]:
        """Make one call when the one before it is over; a retry signs anew.

        Tried again: a limit, after a second where it does not say how long, and a refused
        signature when the answer showed that the till's clock is off. A query also as
        `retry_delay` says. A change only where its refusal is known to be the platform's: else
        nobody knows whether it was made, and a second answer would not tell.

        Args:
            path: with its query, below the base address.

        Returns:
            The answer's object; {} where it has no body.

        Raises:
            ApiError: see `posmember.errors`; AnswerUntrustedError where nothing was read, and for a
                change that somebody refused who may not be the platform.
        """
        async with self._turn, deadline(api, self._timeout_s):
            return await self._call_with_retries(api, method, path, content)

    async def _call_with_retries(
        self, api: str, method: str, path: str, content: bytes | None
    ) -> dict[str, object]:
        once = partial(self._call_once, api, method, path, content)
        delay = _query_delay if method == "GET" else _change_delay
        try:
            return await with_retries(api, once, self._clock, delay)
        except SignatureRejectedError as error:
            self._blame_the_clock(error)
            raise

    async def _call_once(
        self, api: str, method: str, path: str, content: bytes | None
    ) -> dict[str, object]:
        sent_at, started = self._clock.local_time(), time.monotonic()
        reply = await self._send(api, method, self._base_url + path, content)
        received_at = self._clock.local_time()
        ms = round((time.monotonic() - started) * 1000)
        _log.debug("%s: HTTP %d in %d ms, %s", api, reply.status, ms, request_id(reply.headers))
        if "wechatpay-signature" not in reply.headers:
            refuse_foreign(api, self._base_url + path, reply.status, reply.headers, reply.body)
        self._learn(reply, sent_at, received_at)
        trusted = self._gate.judge(api, reply)
        try:
            return read_answer(api, reply.status, reply.headers, reply.body, trusted=trusted)
        except (ApiBusinessError, ApiStatusError) as error:
            if not trusted and method != "GET" and reply.status in REFUSED:
                raise _nobodys(error) from error
            raise

    async def _send(self, api: str, method: str, url: str, content: bytes | None) -> Reply:
        try:
            return await self._client.send(
                api, method, url, content, sign=self._gate.sign, max_bytes=MAX_ANSWER_BYTES
            )
        except ApiConnectionError as error:
            found = await diagnosed(error, self._client, url, self._clock)
            if found is None:
                raise
            raise found from error

    def _learn(self, reply: Reply, sent_at: float, received_at: float) -> None:
        """Learn the time where it matters: a timestamp was refused, and nothing is signed then.

        So it leads what requests are signed by, and nothing else: see `freshness`.
        """
        if reply.status == _REFUSED and error_code(reply.body) == SIGN_ERROR:
            self._clock.observe(reply.headers.get("date"), sent_at, received_at)

    def _blame_the_clock(self, error: SignatureRejectedError) -> None:
        """Say so where the till's clock is further off than is allowed.

        Raises:
            ClockRejectedError: it is.
        """
        offset_s = self._clock.offset_s
        if abs(offset_s) > MAX_CLOCK_ERROR_S:
            raise ClockRejectedError(
                str(error),
                offset_s=offset_s,
                api=error.api,
                code=error.code,
                request_id=error.request_id,
                platform_message=error.platform_message,
            ) from error


def _nobodys(error: ApiError) -> AnswerUntrustedError:
    """A change's refusal that is not known to be the platform's.

    A gateway or a portal may have said it, before or after the platform made the change.
    """
    what = f"{error}, by nobody who is known"
    return AnswerUntrustedError(what, api=error.api, code=error.code, request_id=error.request_id)


def _query_delay(error: ApiError, tries: int) -> float | None:
    return retry_delay(error, tries, unsaid_wait_s=_LIMIT_WAIT_S)


def _change_delay(error: ApiError, tries: int) -> float | None:
    """Only what the platform refused for its limit was surely not made."""
    return _query_delay(error, tries) if isinstance(error, RateLimitedError) else None
