"""HTTP: the only `import httpx`. Requests out, replies in, and every failure an `ApiError`."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import httpx
import truststore

from posmember.api.address import is_loopback
from posmember.api.answers import MAX_BODY_BYTES, request_id
from posmember.errors import ApiConnectionError, ApiResponseError, ApiTimeoutError

KEEPALIVE_S = 60.0
JSON_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
"""Of a platform that is spoken to in JSON."""
_CONNECT_S = 4.0
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
"""Makes the headers that sign a request of its method, its path with query, and its body."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whole. Its headers are found by any spelling."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpClient:
    """Connections to one server, kept open; redirects are never followed.

    Args:
        base_url: by it alone proxies are left out for this machine itself.
        timeout_s: the longest wait for any one step of a request.
        headers: sent with every request.
        network: another httpx transport, to drive a server in process.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        headers: Mapping[str, str],
        network: Network | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            transport=network,
            # The system's trust store: a chain's own root certificate works as in its browser.
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx.Timeout(timeout_s, connect=min(timeout_s, _CONNECT_S)),
            limits=httpx.Limits(max_connections=8, keepalive_expiry=KEEPALIVE_S),
            follow_redirects=False,
            trust_env=not is_loopback(base_url),
            headers=dict(headers),
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

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
    ) -> Reply:
        """Send one request; exactly these bytes are the body.

        Args:
            api: the operation's name for errors.
            sign: signs what is sent, as it is sent.
            max_bytes: the longest body that is taken.

        Raises:
            ApiConnectionError, ApiTimeoutError: no answer.
            ApiResponseError: an answer that is too long, or not encoded as it says.
        """
        auth = _Signed(sign) if sign is not None else None
        try:
            async with self._client.stream(
                method, url, content=body, headers=headers, auth=auth
            ) as response:
                content = await _read_limited(api, response, max_bytes)
                return Reply(response.status_code, response.headers, content)
        except httpx.TimeoutException as error:
            raise ApiTimeoutError("no answer in time", api=api) from error
        except httpx.DecodingError as error:
            raise ApiResponseError("not decodable", path="$", api=api) from error
        except _NETWORK_ERRORS as error:
            # The class says what failed; the text could hold an address with credentials.
            raise ApiConnectionError(type(error).__name__, api=api) from error


class _Signed(httpx.Auth):
    """Signs a request when it stands as it goes out."""

    requires_request_body = True

    def __init__(self, sign: Sign) -> None:
        self._sign = sign

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        target = request.url.raw_path.decode("ascii")
        request.headers.update(self._sign(request.method, target, request.content))
        yield request


async def _read_limited(api: str, response: httpx.Response, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > max_bytes:
            # Closed before the generator is left: on Qt's loop nothing else would finish it.
            await response.aclose()
            rid = request_id(response.headers)
            what = f"larger than {max_bytes // _MIB} MiB"
            raise ApiResponseError(what, path="$", api=api, request_id=rid)
        parts.append(part)
    return b"".join(parts)
