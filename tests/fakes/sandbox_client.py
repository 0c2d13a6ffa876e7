"""The program's own client, on the sandbox platform."""

from __future__ import annotations

import httpx

from posmember.api.clock import PlatformClock
from posmember.api.qimai.platform import Platform
from posmember.api.qimai.signing import SignKeys
from posmember.api.qimai.transport import Transport
from posmember.api.qimai.wire import Credentials
from posmember.domain.context import Store
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY, STORES
from posmember.sandbox.app import Sandbox

SANDBOX_CREDENTIALS = Credentials(OPEN_ID, GRANT_CODE, OPEN_KEY)
SANDBOX_STORE = Store(STORES[0].code, str(STORES[0].number), STORES[0].name)


class SandboxClient:
    """A client on a sandbox: in process, or at a base URL."""

    def __init__(
        self,
        sandbox: Sandbox | None = None,
        *,
        base_url: str = "http://127.0.0.1",
        clock: PlatformClock | None = None,
        timeout_s: float = 5,
        spelling: SignKeys = SignKeys.CAMEL,
        credentials: Credentials = SANDBOX_CREDENTIALS,
    ) -> None:
        self.clock = clock or PlatformClock()
        self.transport = Transport(
            base_url,
            timeout_s=timeout_s,
            clock=self.clock,
            network=httpx.ASGITransport(app=sandbox.app) if sandbox else None,
        )
        self.platform = Platform(
            self.transport, credentials, spelling=spelling, store_code=SANDBOX_STORE.code
        )

    async def __aenter__(self) -> SandboxClient:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.transport.aclose()
