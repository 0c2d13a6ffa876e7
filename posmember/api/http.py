"""HTTP: the only `import httpx`. Requests out, replies in, and every failure an `ApiError`.

What is on its way is never cut short by who asked: it runs in a thread of its own, on asyncio's
own loop, to its end or its deadline. A cancelled `httpx` call may keep its connection for ever,
and after enough of them there is none left.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import anyio
import httpx
import truststore

from posmember.api.answers import MAX_BODY_BYTES, request_id
from posmember.api.proxies import SYSTEM, find_proxy
from posmember.api.unpacking import ACCEPTED, TooLongError, Unpacker, UnpackingError
from posmember.api.worker import Worker
from posmember.errors import ApiConnectionError, ApiResponseError, ApiTimeoutError, ConfigError

_log = logging.getLogger(__name__)

KEEPALIVE_S = 60.0
JSON_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
"""Of a platform that is spoken to in JSON."""
CONNECTIONS = 8
MOST_CALLS = 48
"""So many may be on their way at once, those included that nobody listens to any more."""
POOL_WAIT_S = 1.0
"""A call that gets no connection for so long has new ones opened for it."""
_CONNECT_S = 4.0
_CLOSES_WITHIN_S = 2.0
_MIB = 1024 * 1024
# UnicodeError: a host name that is none.
_NETWORK_ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    OSError,
    UnicodeError,
)

Network = httpx.AsyncBaseTransport

Sign = Callable[[str, str, bytes], Mapping[str, str]]
"""Makes the headers that sign a request of its method, its path with query, and its body; called
in the network's thread."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whole. Its headers are found by any spelling."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Call:
    """One request, as `HttpClient.send` is asked for it."""

    api: str
    method: str
    url: str
    body: bytes | None
    headers: Mapping[str, str] | None
    auth: httpx.Auth | None
    max_bytes: int
    timeout_s: float


class HttpClient:
    """Connections to one server, kept open; redirects are never followed.

    Args:
        base_url: the server's address, for which everything is made ready.
        timeout_s: the longest that one request may take, its answer's body included.
        headers: sent with every request.
        network: another httpx transport, to drive a server in process; called in the network's
            thread.
        proxy: see `posmember.api.proxies.find_proxy`.

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
        self._connections = _Connections(base_url, timeout_s, headers, network, proxy)
        self._worker = Worker("posmember-network")

    async def aclose(self) -> None:
        """Leave what is on its way, and close every connection."""
        if self._worker.started:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_CLOSES_WITHIN_S):
                    await self._worker.run(self._connections.aclose)
            await self._worker.aclose()
        else:
            await self._connections.aclose()

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
        auth = _Signed(sign) if sign is not None else None
        within_s = self._timeout_s if timeout_s is None else timeout_s
        call = _Call(api, method, url, body, headers, auth, max_bytes, within_s)
        return await self._worker.run(partial(self._connections.exchange, call))


class _Signed(httpx.Auth):
    """Signs a request when it stands as it goes out."""

    requires_request_body = True

    def __init__(self, sign: Sign) -> None:
        self._sign = sign

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        target = request.url.raw_path.decode("ascii")
        request.headers.update(self._sign(request.method, target, request.content))
        yield request


@dataclass(slots=True, eq=False)
class _Pool:
    """An httpx client, and how many requests are on their way by it."""

    client: httpx.AsyncClient
    in_use: int = 0


@dataclass(slots=True)
class _Connections:
    """Makes requests; everything but its making happens in the network's thread."""

    base_url: str
    timeout_s: float
    headers: Mapping[str, str]
    network: Network | None
    proxy: str
    _tls: ssl.SSLContext = field(init=False)
    _pools: dict[str | None, _Pool] = field(init=False)
    _under_way: set[anyio.CancelScope] = field(init=False, default_factory=set)
    _leaving: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        # The system's trust store: a chain's own root certificate works as in its browser.
        self._tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        by = find_proxy(self.base_url, self.proxy)
        self._pools = {by: self._open(by)}

    async def exchange(self, call: _Call) -> Reply:
        """Make a request, and take its answer; see `HttpClient.send`."""
        if len(self._under_way) >= MOST_CALLS:
            raise ApiConnectionError("too many calls under way", api=call.api)
        scope = anyio.CancelScope(deadline=anyio.current_time() + call.timeout_s)
        self._under_way.add(scope)
        try:
            # A scope of anyio, which httpx's own parts are made for; never a task's cancel().
            with scope:
                return await self._exchange(call)
        except httpx.TimeoutException as error:
            raise ApiTimeoutError("no answer in time", api=call.api) from error
        except UnpackingError as error:
            raise ApiResponseError("not decodable", path="$", api=call.api) from error
        except _NETWORK_ERRORS as error:
            # The class says what failed; the text could hold an address with credentials.
            raise ApiConnectionError(type(error).__name__, api=call.api) from error
        finally:
            self._under_way.discard(scope)
        raise ApiTimeoutError(f"no answer in {call.timeout_s:g} s", api=call.api)

    async def _exchange(self, call: _Call) -> Reply:
        try:
            by = find_proxy(call.url, self.proxy)
        except (ConfigError, ValueError) as error:
            raise httpx.InvalidURL(type(error).__name__) from error
        pool = self._pools.get(by) or self._replace(by)
        try:
            return await self._ask(pool, call)
        except httpx.PoolTimeout:
            # Nothing was sent. Whatever holds them all, it may not end the till's day.
            if self._pools.get(by) is pool:
                _log.warning("no connection came free in %g s; opening new ones", POOL_WAIT_S)
                self._replace(by)
            return await self._ask(self._pools[by], call)

    async def _ask(self, pool: _Pool, call: _Call) -> Reply:
        pool.in_use += 1
        try:
            async with pool.client.stream(
                call.method, call.url, content=call.body, headers=call.headers, auth=call.auth
            ) as response:
                return Reply(response.status_code, response.headers, await _read(call, response))
        finally:
            pool.in_use -= 1
            if pool not in self._pools.values() and not pool.in_use:
                self._leave(pool)

    def _open(self, by: str | None) -> _Pool:
        try:
            transport = self.network or httpx.AsyncHTTPTransport(
                verify=self._tls,
                limits=httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEEPALIVE_S),
                proxy=by,
                trust_env=False,
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise ConfigError("the proxy's address cannot be used") from error
        connect_s = min(self.timeout_s, _CONNECT_S)
        client = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(self.timeout_s, connect=connect_s, pool=POOL_WAIT_S),
            follow_redirects=False,
            trust_env=False,
            headers={"Accept-Encoding": ACCEPTED, **self.headers},
        )
        return _Pool(client)

    def _replace(self, by: str | None) -> _Pool:
        """Open new connections; the old ones are closed when nothing is on its way by them."""
        old, new = self._pools.get(by), self._open(by)
        self._pools[by] = new
        if old is not None and not old.in_use:
            self._leave(old)
        return new

    def _leave(self, pool: _Pool) -> None:
        task = asyncio.get_running_loop().create_task(_close(pool))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def aclose(self) -> None:
        """Leave what is on its way, and close every connection."""
        for scope in self._under_way:
            scope.cancel()
        if self._under_way or self._leaving:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            await asyncio.wait(others, timeout=_CLOSES_WITHIN_S / 2)
        for pool in self._pools.values():
            await _close(pool)


async def _close(pool: _Pool) -> None:
    with anyio.move_on_after(_CLOSES_WITHIN_S / 2):
        await pool.client.aclose()


async def _read(call: _Call, response: httpx.Response) -> bytes:
    """The body, unpacked. Not by httpx, whose unpacking has no bounds."""
    unpacker = Unpacker(response.headers.get("content-encoding", ""), call.max_bytes)
    stream = cast(httpx.AsyncByteStream, response.stream)
    parts = cast(AsyncGenerator[bytes, None], aiter(stream))
    async with contextlib.aclosing(parts):
        try:
            async for part in parts:
                unpacker.feed(part)
        except TooLongError as error:
            what = f"larger than {call.max_bytes // _MIB} MiB"
            rid = request_id(response.headers)
            raise ApiResponseError(what, path="$", api=call.api, request_id=rid) from error
    return unpacker.whole()
