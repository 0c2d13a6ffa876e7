"""Connections, each a lane of its own: one call at a time, and an answer for each question alone.

A lane that failed in any way is closed. One that answered rests for a moment before it is used
again, and is closed where anything more comes meanwhile: what a server or a gateway sends twice
would be the answer to the next question, and another person's.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from math import inf
from typing import cast

import anyio
import httpx
import truststore
from socksio.exceptions import SOCKSError

from posmember import __version__
from posmember.api.answers import request_id
from posmember.api.http.listening import Listener, was_answered_before
from posmember.api.http.problems import problem_of
from posmember.api.http.proxies import SYSTEM, find_proxy
from posmember.api.http.second_look import Look, look_at
from posmember.api.http.unpacking import ACCEPTED, TooLongError, Unpacker, UnpackingError
from posmember.errors import (
    ApiConnectionError,
    ApiResponseError,
    ApiTimeoutError,
    ConfigError,
    ConnectionProblem,
)

_log = logging.getLogger(__name__)

KEEPALIVE_S = 60.0
LANES = 8
MOST_CALLS = 48
"""So many may be on their way at once, those included that nobody listens to any more."""
REST_S = 0.01
"""After an answer, as one that nobody asked for comes at once; later, nobody could tell it."""
CLOSES_WITHIN_S = 2.0
_CONNECT_S = 4.0
_HTTPS_PORT = 443
_MIB = 1024 * 1024
# UnicodeError: a host name that is none.
_NETWORK_ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    SOCKSError,
    OSError,
    UnicodeError,
)
_HEADERS = {
    "Accept": "*/*",
    "Accept-Encoding": ACCEPTED,
    "Connection": "keep-alive",
    "User-Agent": f"posmember/{__version__}",
}

Network = httpx.AsyncBaseTransport


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whole. Its headers are found by any spelling."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True, eq=False)
class Call:
    """One request, as `HttpClient.send` is asked for it.

    Args:
        is_heard: whether somebody waits for its answer.
        step: on the way through a proxy, the last one that it took; see `problem_of`.
    """

    api: str
    method: str
    url: str
    body: bytes | None = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    sign: Callable[[str, str, bytes], Mapping[str, str]] | None
    max_bytes: int
    timeout_s: float
    is_heard: bool = True
    step: str = ""
    scope: anyio.CancelScope = field(default_factory=lambda: anyio.CancelScope(), repr=False)


@dataclass(slots=True, eq=False)
class _Lane:
    """One connection, or what will be one.

    Args:
        listener: knows what came of it; None for a network of a test's.
        by: the proxy that it leads by.
        call: what is on its way on it.
        answered_at: when its last answer ended, by the loop's clock.
    """

    transport: Network
    listener: Listener | None
    by: str | None
    call: Call | None = None
    answered_at: float = -inf
    is_closed: bool = False


class Lanes:
    """All connections of one client. Everything but its making happens in the network's thread.

    Args:
        base_url, timeout_s, headers, network, proxy: see `HttpClient`.

    Raises:
        ConfigError: the proxy cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        timeout_s: float,
        headers: Mapping[str, str],
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        self._timeout_s = timeout_s
        self._headers = {**_HEADERS, **headers}
        self.network = network
        self._proxy = proxy
        # The system's trust store: a chain's own root certificate works as in its browser.
        self._tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._calls: dict[Call, None] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._lanes = [self._open(find_proxy(base_url, proxy))]

    async def exchange(self, call: Call) -> Reply:
        """Make a request, and take its answer; see `HttpClient.send`."""
        self._make_room(call)
        call.scope.deadline = anyio.current_time() + call.timeout_s
        self._calls[call] = None
        try:
            # A scope of anyio, which httpx's own parts are made for; never a task's cancel().
            with call.scope:
                return await self._exchange(call)
        except httpx.TimeoutException as error:
            raise ApiTimeoutError("no answer in time", api=call.api) from error
        except UnpackingError as error:
            raise ApiResponseError("not decodable", path="$", api=call.api) from error
        except _NETWORK_ERRORS as error:
            raise _connection_error(call, error) from error
        finally:
            del self._calls[call]
        raise ApiTimeoutError(f"no answer in {call.timeout_s:g} s", api=call.api)

    async def look(self, url: str, *, tls: bool) -> Look:
        """See who is at a call's address; see `HttpClient.look`."""
        try:
            by = find_proxy(url, self._proxy)
            place = httpx.URL(url)
        except (ConfigError, httpx.InvalidURL, ValueError):
            return Look()
        if not tls:
            place = place.copy_with(scheme="http", port=place.port or _HTTPS_PORT)
        return await look_at(str(place), by, self._timeout_s, self.network)

    def _make_room(self, call: Call) -> None:
        """End the oldest call that nobody listens to, where there are as many as may be."""
        if len(self._calls) < MOST_CALLS:
            return
        oldest = next((each for each in self._calls if not each.is_heard), None)
        if oldest is None:
            raise ApiConnectionError("too many calls under way", api=call.api)
        _log.info("%s: ended, as nobody waits for it and others do", oldest.api)
        oldest.is_heard = True  # not to be chosen twice
        oldest.scope.cancel()

    async def _exchange(self, call: Call) -> Reply:
        try:
            request = self._request(call)
            by = find_proxy(call.url, self._proxy)
            if by is not None:
                request.extensions["trace"] = partial(_note_step, call)
            lane = await self._silent_lane(call, by)
        except (ConfigError, ValueError) as error:
            raise httpx.InvalidURL(type(error).__name__) from error
        try:
            reply = await _ask(lane.transport, request, call)
        except BaseException:  # whatever it was, nobody knows what is still on its way on it
            self._close(lane)
            raise
        self._rest(lane)
        return reply

    def _rest(self, lane: _Lane) -> None:
        """Keep a lane that has answered for the next question; anything that comes closes it."""
        lane.call, lane.answered_at = None, anyio.current_time()
        if lane not in self._lanes:
            self._close(lane)  # others took its place meanwhile
        elif lane.listener is not None:
            lane.listener.listen(partial(self._close, lane))

    def _request(self, call: Call) -> httpx.Request:
        url = httpx.URL(call.url)
        headers = {**self._headers, **call.headers}
        if call.sign is not None:
            target = url.raw_path.decode("ascii")
            headers.update(call.sign(call.method, target, call.body or b""))
        steps = httpx.Timeout(self._timeout_s, connect=min(self._timeout_s, _CONNECT_S))
        return httpx.Request(
            call.method, url, headers=headers, content=call.body,
            extensions={"timeout": steps.as_dict()},
        )  # fmt: skip

    async def _silent_lane(self, call: Call, by: str | None) -> _Lane:
        """A lane of which nothing was heard since its last answer, and that has rested."""
        while True:
            lane = self._lane_for(call, by)
            try:
                await anyio.sleep(max(0.0, lane.answered_at + REST_S - anyio.current_time()))
                is_silent = lane.listener is None or not await lane.listener.stop()
            except BaseException:  # its deadline, too: a lane is never left with a call that ended
                self._close(lane)
                raise
            if is_silent:
                return lane
            self._close(lane)

    def _lane_for(self, call: Call, by: str | None) -> _Lane:
        """A rested lane, else one that rests, else a new one: a call never waits for another."""
        free = [lane for lane in self._lanes if lane.call is None and lane.by == by]
        now = anyio.current_time()
        rested = [lane for lane in free if now - lane.answered_at >= REST_S]
        lane = max(rested, key=lambda each: each.answered_at, default=None) or min(
            free, key=lambda each: each.answered_at, default=None
        )
        if lane is None:
            self._make_way()
            lane = self._open(by)
            self._lanes.append(lane)
        lane.call = call
        return lane

    def _make_way(self) -> None:
        """Let a lane go where there are as many as may be: an unused one, else an unheard one."""
        if len(self._lanes) < LANES:
            return
        left = next((lane for lane in self._lanes if lane.call is None), None) or next(
            (lane for lane in self._lanes if lane.call and not lane.call.is_heard), self._lanes[0]
        )
        self._lanes.remove(left)
        if left.call is None:
            self._close(left)

    def _open(self, by: str | None) -> _Lane:
        if self.network is not None:
            return _Lane(self.network, None, by)
        try:
            transport = httpx.AsyncHTTPTransport(
                verify=self._tls,
                limits=httpx.Limits(max_connections=1, keepalive_expiry=KEEPALIVE_S),
                proxy=by,
                trust_env=False,
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise ConfigError("the proxy's address cannot be used") from error
        return _Lane(transport, Listener(transport), by)

    def _close(self, lane: _Lane) -> None:
        if lane.is_closed:
            return
        lane.call, lane.is_closed = None, True
        if lane in self._lanes:
            self._lanes.remove(lane)
        if lane.listener is not None:
            task = asyncio.get_running_loop().create_task(_leave(lane))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def aclose(self) -> None:
        """Leave what is on its way, and close every connection."""
        for call in self._calls:
            call.scope.cancel()
        for lane in self._lanes:
            if lane.listener is not None:
                await lane.listener.stop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others and (self._calls or self._leaving):  # what leaves may have left, and stand there
            await asyncio.wait(others, timeout=CLOSES_WITHIN_S / 2)
        for lane in self._lanes:
            await _leave(lane)
        if self.network is not None:
            await self.network.aclose()


def _connection_error(call: Call, error: Exception) -> ApiConnectionError:
    """What failed, by its class alone: its text could hold an address with credentials."""
    problem, what = problem_of(error, call.step), type(error).__name__
    if problem is not ConnectionProblem.NO_CONNECTION:
        what = f"{problem}, {what}"
    return ApiConnectionError(what, problem=problem, api=call.api)


async def _note_step(call: Call, step: str, _told: Mapping[str, object]) -> None:
    call.step = step


async def _leave(lane: _Lane) -> None:
    if lane.listener is not None:
        with anyio.move_on_after(CLOSES_WITHIN_S / 2):
            await lane.transport.aclose()
            await lane.listener.aclose()


async def _ask(transport: Network, request: httpx.Request, call: Call) -> Reply:
    response = await transport.handle_async_request(request)
    try:
        if was_answered_before(response):
            raise httpx.RemoteProtocolError("an answer that nobody asked for")
        return Reply(response.status_code, response.headers, await _read(call, response))
    finally:
        await response.aclose()


async def _read(call: Call, response: httpx.Response) -> bytes:
    """The body, unpacked. Not by httpx, whose unpacking has no bounds."""
    unpacker = Unpacker(response.headers.get("content-encoding", ""), call.max_bytes)
    stream = cast(httpx.AsyncByteStream, response.stream)
    parts = cast(AsyncGenerator[bytes, None], aiter(stream))
    async with aclosing(parts):
        try:
            async for part in parts:
                unpacker.feed(part)
        except TooLongError as error:
            what = f"larger than {call.max_bytes // _MIB} MiB"
            rid = request_id(response.headers)
            raise ApiResponseError(what, path="$", api=call.api, request_id=rid) from error
    return unpacker.whole()
