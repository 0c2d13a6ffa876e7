"""Answers of what stands between: a network that wants a login, a gateway's web page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from posmember.errors import ApiConnectionError, ConnectionProblem

_LOGIN_NEEDED: Final = 511
_PROXY_LOGIN_NEEDED: Final = 407
_READ: Final = 2048
_LONGEST_LOCATION: Final = 2048
_TAG: Final = re.compile(rb"<(?:!doctype\s+html|html|head|title|meta|body|script)\b", re.I)
_LOGIN_WORD: Final = re.compile(
    r"portal|log-?in|log-?on|sign-?in|captive|hotspot|wlan|wi-?fi|authen|\bauth\b|\bsso\b", re.I
)
_PORTS: Final = {"http": 80, "https": 443}


def refuse_foreign(
    api: str, url: str, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Refuse what is no answer of the platform, but of a portal or a proxy on the way to it.

    Args:
        api: the operation, for the error.
        url: what was asked for.
        headers: with a case-insensitive ``get``, or lower-case names.

    Raises:
        ApiConnectionError: LOGIN, PAGE or PROXY_LOGIN.
    """
    problem = _foreign(url, status, headers, body)
    if problem is not None:
        raise ApiConnectionError(f"{problem} (HTTP {status})", problem=problem, api=api)


def _foreign(
    url: str, status: int, headers: Mapping[str, str], body: bytes
) -> ConnectionProblem | None:
    if status == _PROXY_LOGIN_NEEDED:
        return ConnectionProblem.PROXY_LOGIN
    if wants_login(url, status, headers):
        return ConnectionProblem.LOGIN
    if 200 <= status < 300 and is_page(headers, body):
        return ConnectionProblem.PAGE
    return None


def wants_login(url: str, status: int, headers: Mapping[str, str]) -> bool:
    """Whether the network asks for a login: by its status, its type, or where it leads to.

    The platform's calls are never led on; so what leads them to another host is another's.
    """
    if status == _LOGIN_NEEDED or "captive+json" in _type(headers):
        return True
    return 300 <= status < 400 and _leads_away(url, headers.get("location") or "")


def is_page(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a body is a web page, by what it holds; its type alone may name JSON so."""
    start = body[:_READ].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start or start[:1] in (b"{", b"["):
        return False
    return "html" in _type(headers) or _TAG.search(start) is not None


def _type(headers: Mapping[str, str]) -> str:
    return (headers.get("content-type") or "").lower()


def _leads_away(url: str, location: str) -> bool:
    """Whether a redirect leads to somebody else, or to a page to log in."""
    try:
        asked, led = urlsplit(url), urlsplit(urljoin(url, location[:_LONGEST_LOCATION]))
        here, there = _place(asked), _place(led)
    except ValueError:  # no address
        return False
    if not location:
        return False
    if asked.scheme == "https" and _kin(here[0], there[0]):
        return False  # so it was the platform itself: its certificate said so
    moved_up = here[0] == there[0] and (asked.scheme, led.scheme) == ("http", "https")
    is_elsewhere = here != there and not moved_up
    return is_elsewhere or _LOGIN_WORD.search(f"{led.path}?{led.query}") is not None


def _place(parts: SplitResult) -> tuple[str, int]:
    host = (parts.hostname or "").rstrip(".").lower()
    return host, parts.port or _PORTS.get(parts.scheme, 0)


def _kin(host: str, other: str) -> bool:
    """Whether two hosts are of one domain, by its last two names; addresses are not."""
    ends = [name.rsplit(".", 2)[-2:] for name in (host, other)]
    return host == other or (ends[0] == ends[1] and not host[-1:].isdigit() and ":" not in host)
