"""A second look at whoever answered with a certificate that was refused, or without TLS.

So that a person can be told what it was: a clock that is wrong, a network that wants a login.
Nothing of ours goes with it, no body, key, token, or path of a call; nothing that it brings is
believed, but for the words of an error that there is in any case.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import anyio
import httpx
from socksio.exceptions import SOCKSError

from posmember.api.http.pages import wants_login

_MOST_S = 2.0
_PART = 4
"""Of what a call may take: what is known already has to be told in time without it."""
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    SOCKSError,
    OSError,
    ValueError,
)
_PATH = "/posmember"
"""No platform has it: what leads it elsewhere leads everything elsewhere."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen.

    Args:
        date: the ``Date`` that it told, of nobody who has proved who he is.
        wants_login: whether it asks for a login.
    """

    date: str | None = None
    wants_login: bool = False


async def look_at(
    url: str, by: str | None, timeout_s: float, network: httpx.AsyncBaseTransport | None = None
) -> Look:
    """Ask an address for nothing, whoever is there.

    Args:
        url: a call's, of which scheme, host and port are taken; with ``http`` no TLS is spoken.
        by: the proxy that leads there.
        timeout_s: what the call itself may take; this takes a part of it at most.
        network: another transport, to drive a server in process.
    """
    try:
        with anyio.fail_after(min(_MOST_S, timeout_s / _PART)):
            return await _look(httpx.URL(url).copy_with(raw_path=_PATH.encode()), by, network)
    except _FAILURES:
        return Look()


async def _look(url: httpx.URL, by: str | None, network: httpx.AsyncBaseTransport | None) -> Look:
    transport = network or _unverified(by)
    steps = httpx.Timeout(_MOST_S).as_dict()
    request = httpx.Request("GET", url, extensions={"timeout": steps})
    try:
        response = await transport.handle_async_request(request)
        await response.aclose()
    finally:
        if network is None:
            await transport.aclose()
    asks = wants_login(str(url), response.status_code, response.headers)
    return Look(response.headers.get("date"), asks)


def _unverified(by: str | None) -> httpx.AsyncHTTPTransport:
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    return httpx.AsyncHTTPTransport(verify=anybody, proxy=by, trust_env=False)
