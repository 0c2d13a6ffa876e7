"""The lookup with everything it needs, put together from settings."""

from __future__ import annotations

import pytest

from posmember.api.signing import SignKeys
from posmember.config import PlatformSettings, Settings
from posmember.domain.context import Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.errors import ApiBusinessError, ConfigError
from posmember.lookup.backend import Backend
from posmember.lookup.sections import Loaded, Section, SectionState
from posmember.lookup.service import Request
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox


async def test_settings_reach_the_platform() -> None:
    with RunningSandbox(Sandbox(v2_sign_keys="pascal")) as server:
        platform = PlatformSettings(
            open_id=OPEN_ID,
            grant_code=GRANT_CODE,
            base_url=server.base_url,
            v2_sign_keys=SignKeys.PASCAL,
        )
        backend = Backend(Settings(platform, Store(code="1001")), OPEN_KEY)
        states: dict[Section, SectionState] = {}
        request = Request([Identifier(IdentifierKind.MEMBER_CODE, "qm0000001")])
        await backend.lookup.run(request, states.__setitem__)
        await backend.aclose()
        assert all(isinstance(states[section], Loaded) for section in Section)
        assert backend.clock.calibrated
        stores = {call.params.get("multiMark") for call in server.sandbox.calls}
        assert stores == {"1001", None}


async def test_another_store_than_the_configurations() -> None:
    with RunningSandbox() as server:
        platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url=server.base_url)
        settings = Settings(platform, Store(code="1001"))
        backend = Backend(settings, OPEN_KEY, Store(code="no such store"))
        with pytest.raises(ApiBusinessError) as caught:
            await backend.platform.identity(Identifier(IdentifierKind.MEMBER_CODE, "qm0000001"))
        await backend.aclose()
    assert caught.value.platform_message == "门店编码错误"


def test_an_address_in_clear_is_refused() -> None:
    platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url="http://platform.invalid")
    with pytest.raises(ConfigError):
        Backend(Settings(platform), OPEN_KEY)
