"""A till's desk for membership cards: scripted by a test, or the real one on the sandbox."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.api.decode import Decoded
from posmember.api.wechat.crypto import PrivateKey, PublicKey
from posmember.api.wechat.gate import Access, MerchantAccess, RelayAccess
from posmember.domain.values import CHINA
from posmember.domain.wechat.card import CardState, CardSubject, CardType, WechatCard
from posmember.domain.wechat.change import CardChange
from posmember.lookup.desk import WechatDesk
from posmember.lookup.wechat import Changed, WechatService
from posmember.sandbox.account import (
    BRAND_ID,
    CARD_ID,
    MCHID,
    MERCHANT_SERIAL,
    PUBLIC_KEY_ID,
    RELAY_TOKEN,
    ROTATED_KEY_ID,
)
from posmember.sandbox.app import Sandbox
from posmember.sandbox.wechat.keys import WechatKeys
from posmember.sandbox.wechat.limit import CallLimit
from posmember.trust import supervisors
from posmember.trust.audit import AuditLog
from posmember.trust.supervisors import Permit, Supervisors
from tests.fakes.wechat import MemoryStore

LOCAL = "http://127.0.0.1:8620"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
SUPERVISOR, PIN = "1001", "135790"
PHONE = "13800000001"
FIRST = CardSubject("VIP880001", "oSandbox_openid-000000000001")


def sandbox_subject(number: int) -> CardSubject:
    """The card of the sandbox with this number, where the platform allocated its code."""
    return CardSubject(f"9{number:023d}", f"oSandbox_openid-{number:012d}")


# --- the sandbox's WeChat Pay ------------------------------------------------------------------


@cache
def private_key() -> PrivateKey:
    return PrivateKey(WechatKeys().merchant_private_pem())


@cache
def public_key(key_id: str = PUBLIC_KEY_ID) -> PublicKey:
    keys = WechatKeys()
    is_rotated = key_id == ROTATED_KEY_ID
    return PublicKey(keys.rotated_public_pem() if is_rotated else keys.platform_public_pem())


def merchant(base_url: str = LOCAL, **changes: Any) -> MerchantAccess:
    """The access of the sandbox's merchant."""
    access = MerchantAccess(
        MCHID,
        MERCHANT_SERIAL,
        BRAND_ID,
        CARD_ID,
        private_key(),
        {PUBLIC_KEY_ID: public_key()},
        base_url,
    )
    return replace(access, **changes)


def relay(base_url: str = LOCAL, **changes: Any) -> RelayAccess:
    """The access of a till behind the sandbox's relay, which knows openids."""
    access = RelayAccess(f"{base_url}/relay", BRAND_ID, CARD_ID, RELAY_TOKEN, fills_openid=True)
    return replace(access, **changes)


def unlimited(limit: CallLimit) -> bool:
    """In place of `CallLimit.allows`, where not the limit is tested."""
    return isinstance(limit, CallLimit)


def supervised() -> MemoryStore:
    """A store that knows one supervisor."""
    return MemoryStore(_supervised(supervisors._N))


@cache
def _supervised(_cost: int) -> dict[str, str]:
    """What such a store holds: hashing takes its time, once."""
    store = MemoryStore()
    Supervisors(store).set_pin(SUPERVISOR, PIN)
    return store.kept


def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PINs be checked at once."""
    monkeypatch.setattr(supervisors, "_N", 2)


def patience_s(*faults: str) -> float:
    """How long to wait for an answer, in seconds: long, but for one that never comes."""
    return 0.5 if any("timeout" in fault for fault in faults) else 15


def sandbox_desk(
    sandbox: Sandbox, audit_path: Path, access: Access | None = None, *, timeout_s: float = 8
) -> WechatDesk:
    """The real desk, in the same process as the sandbox that it asks."""
    network = httpx.ASGITransport(app=sandbox.app)
    service = WechatService(access or merchant(), timeout_s, network)
    return WechatDesk(service, supervised(), audit_path)


# --- a service whose calls a test answers --------------------------------------------------------


@dataclass
class Asked:
    """One call under way."""

    subject: CardSubject
    change: CardChange | None
    answer: asyncio.Future[Any]
    cancelled: bool = False

    def give(self, card: WechatCard | None, *unreadable: str) -> None:
        """Answer with a card; a change that was made was read back so."""
        found = None if card is None else Decoded(card, unreadable)
        self.answer.set_result(found if self.change is None else Changed(found))

    def fail(self, error: BaseException) -> None:
        self.answer.set_exception(error)


@dataclass
class ScriptedPictures:
    """Stands for `Pictures`; every picture waits for the test."""

    asked: list[tuple[str, asyncio.Future[bytes]]] = field(default_factory=list)

    async def fetch(self, url: str) -> bytes:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.asked.append((url, answer))
        return await answer


class ScriptedService:
    """Stands for `WechatService`; every call waits for the test. A change notes nothing."""

    def __init__(self, *, openid_needed: bool = True) -> None:
        self.openid_needed = openid_needed
        self.clock_error_s = 0
        self.pictures = ScriptedPictures()
        self.asked: list[Asked] = []
        self.closed = False
        self.witness: PlatformClock | None = None

    @property
    def changes(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.change is not None]

    def now(self) -> datetime:
        return NOW

    def believe(self, witness: PlatformClock) -> None:
        self.witness = witness

    async def get(self, subject: CardSubject) -> Decoded[WechatCard]:
        found: Decoded[WechatCard] = await self._ask(subject, None)
        return found

    async def change(
        self, subject: CardSubject, change: CardChange, _permit: Permit, _audit: AuditLog
    ) -> Changed:
        changed: Changed = await self._ask(subject, change)
        return changed

    async def aclose(self) -> None:
        self.closed = True

    async def _ask(self, subject: CardSubject, change: CardChange | None) -> Any:
        asked = Asked(subject, change, asyncio.get_running_loop().create_future())
        self.asked.append(asked)
        try:
            return await asked.answer
        except asyncio.CancelledError:
            asked.cancelled = True
            raise


def scripted_desk(service: ScriptedService, store: MemoryStore, audit_path: Path) -> WechatDesk:
    """A desk whose supervisors and audit log are real."""
    return WechatDesk(cast(WechatService, service), store, audit_path)


_numbers = itertools.count(1)


def a_card(who: str = "A", **changes: Any) -> WechatCard:
    """A card, all of whose texts hold `who`; no two are the same object."""
    card = WechatCard(
        code=f"card-{who}",
        color="#C89B4A",
        level=f"{who}卡等级",
        phone=PHONE,
        type=CardType.NORMAL,
        state=CardState.EFFECTIVE,
        attach=f"{who}的备注{next(_numbers)}",
    )
    return replace(card, **changes)
