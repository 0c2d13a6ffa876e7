"""The lookup with everything it needs, from settings and the open key."""

from __future__ import annotations

import asyncio

from posmember.api.clock import PlatformClock
from posmember.api.http.client import Network
from posmember.api.qimai.platform import Platform
from posmember.api.qimai.transport import Transport
from posmember.api.qimai.wire import Credentials
from posmember.domain.context import Store
from posmember.lookup.service import MemberLookup
from posmember.settings.config import Settings

_CALLS = 3
"""Of a lookup; a connection that has just answered rests, so each has one of its own."""


class Backend:
    """One platform connection for the life of the program.

    Args:
        open_key: the merchant's secret; kept in memory only.
        store: another store than the configuration's, or None.
        network: another httpx transport, to ask a platform in process.

    Raises:
        ConfigError: the base address is refused, or the proxy cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        open_key: str,
        store: Store | None = None,
        network: Network | None = None,
    ) -> None:
        platform = settings.platform
        self.clock = PlatformClock()
        self.transport = Transport(
            platform.base_url,
            timeout_s=platform.timeout_s,
            clock=self.clock,
            allow_insecure_http=platform.allow_insecure_http,
            network=network,
            proxy=platform.proxy,
        )
        self.platform = Platform(
            self.transport,
            Credentials(platform.open_id, platform.grant_code, open_key),
            spelling=platform.v2_sign_keys,
            store_code=(store or settings.store).code,
        )
        self.lookup = MemberLookup(self.platform, self.clock.now)
        self._waking: asyncio.Task[None] | None = None

    def lookup_for(self, store: Store) -> MemberLookup:
        """Lookups by the same connection that are asked for another store."""
        return MemberLookup(self.platform.for_store(store.code), self.clock.now)

    def wake(self) -> None:
        """Start to make the connection ready for a lookup that is about to come.

        For the first keys of a scan: at once back, in the running loop, never an error; does
        nothing where the connection was in use moments ago (see `Transport.wake`).
        """
        if self._waking is None or self._waking.done():
            self._waking = asyncio.get_running_loop().create_task(
                self.transport.wake(_CALLS), name="wake the connection"
            )

    async def aclose(self) -> None:
        """Close every connection."""
        if self._waking is not None:
            self._waking.cancel()
            await asyncio.wait({self._waking})
        await self.transport.aclose()
