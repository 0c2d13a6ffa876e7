"""The lookup with everything it needs, from settings and the open key."""

from __future__ import annotations

from posmember.api.clock import PlatformClock
from posmember.api.platform import Platform
from posmember.api.transport import Transport
from posmember.api.wire import Credentials
from posmember.config import Settings
from posmember.domain.context import Store
from posmember.lookup.service import MemberLookup


class Backend:
    """One platform connection for the life of the program.

    Args:
        open_key: the merchant's secret; kept in memory only.
        store: another store than the configuration's, or None.

    Raises:
        ConfigError: the base address is refused.
    """

    def __init__(self, settings: Settings, open_key: str, store: Store | None = None) -> None:
        platform = settings.platform
        self.clock = PlatformClock()
        self.transport = Transport(
            platform.base_url,
            timeout_s=platform.timeout_s,
            clock=self.clock,
            allow_insecure_http=platform.allow_insecure_http,
        )
        self.platform = Platform(
            self.transport,
            Credentials(platform.open_id, platform.grant_code, open_key),
            spelling=platform.v2_sign_keys,
            store_code=(store or settings.store).code,
        )
        self.lookup = MemberLookup(self.platform, self.clock.now)

    async def aclose(self) -> None:
        """Close every connection."""
        await self.transport.aclose()
