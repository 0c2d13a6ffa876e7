"""Card pictures: fetched with limits, kept in memory only."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final
from urllib.parse import urlsplit

from posmember.api.address import is_loopback
from posmember.api.answers import request_id
from posmember.api.http.client import HttpClient, Network
from posmember.api.http.proxies import SYSTEM
from posmember.errors import ApiResponseError, ApiStatusError

API: Final = "card_picture"
MAX_BYTES: Final = 1024 * 1024
"""The document's own limit of a card's picture."""
KEPT: Final = 8
_TYPES: Final = ("image/jpeg", "image/png")
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class Pictures:
    """Fetches pictures by their addresses: https, JPEG or PNG, at most 1 MiB, no redirects.

    Args:
        base_url: of the platform; where that is this machine, pictures may be there, too.
        timeout_s: the longest wait for one picture.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        ConfigError: the proxy cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        timeout_s: float,
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        self._local = is_loopback(base_url)
        self._client = HttpClient(
            base_url,
            timeout_s=timeout_s,
            headers={"Accept": ", ".join(_TYPES)},
            network=network,
            proxy=proxy,
        )
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def aclose(self) -> None:
        """Close every connection, and keep nothing."""
        self._kept.clear()
        await self._client.aclose()

    async def fetch(self, url: str) -> bytes:
        """A picture's bytes; a JPEG or PNG by its first bytes, not yet decoded.

        Raises:
            ApiError: the address is not allowed, nothing came, or no such picture.
        """
        if url in self._kept:
            self._kept.move_to_end(url)
            return self._kept[url]
        if not self._may_be_asked(url):
            raise ApiResponseError("not an https address", path="$.card_picture_url", api=API)
        reply = await self._client.send(API, "GET", url, max_bytes=MAX_BYTES)
        rid = request_id(reply.headers)
        if reply.status != 200:
            what = f"HTTP {reply.status}"
            raise ApiStatusError(what, status=reply.status, api=API, request_id=rid)
        kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _TYPES or not reply.body.startswith(_BEGINNINGS):
            raise ApiResponseError("no JPEG or PNG", path="$", api=API, request_id=rid)
        self._keep(url, reply.body)
        return reply.body

    def _may_be_asked(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            there = bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False
        if not there or parts.username or parts.password or not url.isprintable() or " " in url:
            return False
        return parts.scheme == "https" or (
            parts.scheme == "http" and self._local and is_loopback(url)
        )

    def _keep(self, url: str, content: bytes) -> None:
        self._kept[url] = content
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
