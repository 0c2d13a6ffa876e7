"""Who may ask over HTTP: what is read of a request before its body counts. No Qt.

A web page anywhere can send requests to 127.0.0.1 by the cashier's own browser. So a page is
answered only where its origin is allowed; a name that was led here (DNS rebinding) is told by its
Host; and without the token nobody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from posmember.trust.http_token import is_token

PATH: Final = "/v1/lookup"
_JSON: Final = b"application/json"

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Gate:
    """By what a request is let in.

    Args:
        port: on which it came.
        origins: web pages that may ask.
    """

    port: int
    token: str = field(repr=False)
    origins: tuple[str, ...] = ()

    def check(
        self, method: bytes, target: bytes, headers: Headers
    ) -> tuple[HTTPStatus, list[tuple[str, str]]]:
        """What is to be answered, and with what headers.

        Returns:
            OK for a lookup; NO_CONTENT where a browser only asks whether it might; else why not.
        """
        if not self._is_for_here(headers):
            return HTTPStatus.MISDIRECTED_REQUEST, []
        origins = _all(headers, b"origin")
        if len(origins) > 1 or (origins and not self._is_allowed(origins[0])):
            return HTTPStatus.FORBIDDEN, []
        more = [("Vary", "Origin")]
        if origins:
            more.append(("Access-Control-Allow-Origin", origins[0].decode("latin-1")))
        if target.partition(b"?")[0] != PATH.encode():
            return HTTPStatus.NOT_FOUND, more
        if method == b"OPTIONS" and origins:
            return HTTPStatus.NO_CONTENT, more + _preflight(headers)
        if method != b"POST":
            return HTTPStatus.METHOD_NOT_ALLOWED, [*more, ("Allow", "POST, OPTIONS")]
        if not self._has_token(headers):
            return HTTPStatus.UNAUTHORIZED, [*more, ("WWW-Authenticate", "Bearer")]
        kinds = _all(headers, b"content-type")
        if [kind.partition(b";")[0].strip().lower() for kind in kinds] != [_JSON]:
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, more
        return HTTPStatus.OK, more

    def _is_for_here(self, headers: Headers) -> bool:
        own = {f"{host}:{self.port}".encode() for host in ("127.0.0.1", "localhost")}
        hosts = [host.lower() for host in _all(headers, b"host")]
        return len(hosts) == 1 and hosts[0] in own

    def _is_allowed(self, origin: bytes) -> bool:
        return origin.decode("latin-1").casefold() in self.origins

    def _has_token(self, headers: Headers) -> bool:
        given = _all(headers, b"authorization")
        if len(given) != 1:
            return False
        scheme, _, token = given[0].partition(b" ")
        return scheme.lower() == b"bearer" and is_token(token.strip(), self.token)


def _preflight(headers: Headers) -> list[tuple[str, str]]:
    told = [
        ("Access-Control-Allow-Methods", "POST"),
        ("Access-Control-Allow-Headers", "authorization, content-type"),
        ("Access-Control-Max-Age", "600"),
    ]
    # Browsers ask this before they let a page reach the person's own machine.
    if _all(headers, b"access-control-request-private-network") == [b"true"]:
        told.append(("Access-Control-Allow-Private-Network", "true"))
    return told


def _all(headers: Headers, name: bytes) -> list[bytes]:
    return [value for each, value in headers if each.lower() == name]
