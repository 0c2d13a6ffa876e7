"""WeChat Pay's part of what a doctor tells, where the command's own tests do not come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from posmember.api.clock import PlatformClock
from posmember.errors import ApiBusinessError, KeyringLockedError
from posmember.lookup import doctor_wechat, wechat
from posmember.lookup.desk import KEYRING_NAME
from posmember.lookup.wechat_keys import usable_text
from tests.fakes.wechat import MemoryStore
from tests.fakes.wechat_desk import merchant, relay


class Service:
    """Stands for what asks WeChat Pay: it finds the card."""

    def __init__(self, *_given: object, **_named: object) -> None:
        self.believed: list[PlatformClock] = []
        self.closed = False
        SERVICES.append(self)

    def believe(self, clock: PlatformClock) -> None:
        self.believed.append(clock)

    async def get(self, _subject: object) -> None:
        assert not self.closed

    async def aclose(self) -> None:
        self.closed = True


SERVICES: list[Service] = []


def test_a_relay_has_no_keys_of_the_merchant() -> None:
    assert list(doctor_wechat.key_lines(relay(), datetime.now(UTC))) == []


def test_wrong_keys_are_all_that_is_said_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_wechat, "key_faults", lambda *_given: ["one", "two"])
    (line,) = list(doctor_wechat.key_lines(merchant(), datetime.now(UTC)))
    assert (line.is_good, line.found) == (False, "one; two")


async def test_a_page_that_stands_between_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Page(Service):
        async def get(self, _subject: object) -> None:
            raise ApiBusinessError("403", platform_message="")

    SERVICES.clear()
    monkeypatch.setattr(wechat, "WechatService", Page)
    with pytest.raises(ApiBusinessError):
        await doctor_wechat.ask_wechat(relay(), 8, "none")
    assert SERVICES[0].closed


@pytest.mark.parametrize("witness", [None, PlatformClock()])
async def test_the_other_platforms_clock_is_believed(
    monkeypatch: pytest.MonkeyPatch, witness: PlatformClock | None
) -> None:
    SERVICES.clear()
    monkeypatch.setattr(wechat, "WechatService", Service)
    access: Any = relay()
    line = await doctor_wechat.ask_wechat(access, 8, "none", witness)
    (service,) = SERVICES
    assert service.believed == ([] if witness is None else [witness])
    assert service.closed
    assert line.is_good
    assert line.found == access.base_url


def test_nobody_is_asked_twice_for_the_keyrings_password() -> None:
    class Locked(MemoryStore):
        asked = 0

        def get(self, name: str) -> str | None:
            self.asked += 1
            raise KeyringLockedError(name)

    store = Locked({KEYRING_NAME: "a text"})
    with pytest.raises(KeyringLockedError):
        usable_text(store)
    assert store.asked == 1
