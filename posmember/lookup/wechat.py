"""微信会员卡 with everything it needs: asked for on demand, changed under a supervisor's permit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from posmember.api.clock import PlatformClock
from posmember.api.decode import Decoded
from posmember.api.http.client import Network
from posmember.api.http.proxies import SYSTEM
from posmember.api.wechat.card import WechatCards
from posmember.api.wechat.freshness import MAX_CLOCK_ERROR_S
from posmember.api.wechat.gate import Access, MerchantAccess, gate_of
from posmember.api.wechat.pictures import Pictures
from posmember.api.wechat.transport import WechatTransport
from posmember.domain.wechat.card import CardSubject, WechatCard, is_card_code
from posmember.domain.wechat.change import CardChange, CardField, change_problems, kept_otherwise
from posmember.errors import ApiError, AuditError
from posmember.trust.audit import AuditLog, Step
from posmember.trust.supervisors import Permit


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change that was made.

    Args:
        card: as it was read back; None where that failed.
        otherwise: the fields in which it is not what was asked for.
        unnoted: why the audit log has only that it was asked for, and not what became of it; ""
            where it has that.
    """

    card: Decoded[WechatCard] | None
    otherwise: tuple[CardField, ...] = ()
    unnoted: str = ""


class ChangeCutError(asyncio.CancelledError):
    """A change was cancelled after it was sent.

    Args:
        made: whether it was made, and only not read back; else nobody knows.
        unnoted: as in `Changed`.
    """

    def __init__(self, *, made: bool, unnoted: str) -> None:
        super().__init__("a change was cut short")
        self.made = made
        self.unnoted = unnoted


class WechatService:
    """Queries and changes, for the life of the program.

    Args:
        access: the merchant's keys, or a relay.
        timeout_s: the longest one call may take.
        network: another httpx transport, to drive a server in process.
        proxy: see `posmember.api.http.proxies.find_proxy`.

    Raises:
        ConfigError: the base address is refused, or the proxy cannot be used.
    """

    def __init__(
        self,
        access: Access,
        timeout_s: float,
        network: Network | None = None,
        proxy: str = SYSTEM,
    ) -> None:
        self.clock = PlatformClock()
        self.openid_needed = isinstance(access, MerchantAccess) or not access.fills_openid
        self._gate = gate_of(access, self.clock)
        self._transport = WechatTransport(
            access.base_url,
            self._gate,
            self.clock,
            timeout_s=timeout_s,
            network=network,
            proxy=proxy,
        )
        self._cards = WechatCards(
            self._transport, self._gate, brand_id=access.brand_id, template_id=access.template_id
        )
        self.pictures = Pictures(access.base_url, timeout_s, network, proxy)
        self._changing = asyncio.Lock()

    @property
    def clock_error_s(self) -> int:
        """Seconds that the till's clock is behind (+) or ahead (-), where the platform minds."""
        offset_s = self._gate.offset_s()
        return offset_s if abs(offset_s) > MAX_CLOCK_ERROR_S else 0

    def now(self) -> datetime:
        """The time, as far as it is certain; aware, +08:00."""
        return self._gate.now()

    def believe(self, witness: PlatformClock) -> None:
        """Let another platform's clock stand for the till's own, where answers are judged."""
        self._gate.believe(witness)

    async def aclose(self) -> None:
        """Close every connection; a change that is under way is seen to its end before."""
        async with self._changing:
            await self._transport.aclose()
        await self.pictures.aclose()

    async def get(self, subject: CardSubject) -> Decoded[WechatCard]:
        """A card as it is now. Raises ApiError."""
        return await self._cards.get(subject)

    async def change(
        self,
        subject: CardSubject,
        change: CardChange,
        permit: Permit,
        audit: AuditLog,
    ) -> Changed:
        """Change a card, and read it back.

        Args:
            change: what is needed of it; without a problem.

        What it raises once it was sent has `unnoted`, as `Changed` has.

        Raises:
            AuditError: it could not be noted, so nothing was sent.
            ApiBusinessError: the platform refused it. Another ApiError: nobody knows.
            ChangeCutError: it was cancelled, which is noted first.
            ValueError: it has problems.
        """
        if change_problems(change) or not is_card_code(subject.code):
            raise ValueError("a change is checked before it is asked for")
        note = _Notes(audit, permit.who, subject.code, change.named(), self.now)
        async with self._changing:
            return await self._changed(subject, change, note)

    async def _changed(self, subject: CardSubject, change: CardChange, note: _Notes) -> Changed:
        note.take(Step.ASKED)
        try:
            await self._cards.modify(subject, change)
        except ApiError as error:
            step = Step.REFUSED if error.is_refusal else Step.UNKNOWN
            error.unnoted = note.take_at_the_end(step, code=error.code)
            raise
        except asyncio.CancelledError as error:
            unnoted = note.take_at_the_end(Step.UNKNOWN)
            raise ChangeCutError(made=False, unnoted=unnoted) from error
        except BaseException:  # a bug, or the loop's end: nobody knows either
            note.take_at_the_end(Step.UNKNOWN)
            raise
        try:
            card = await self._cards.get(subject)
        except ApiError as error:
            return Changed(None, unnoted=note.take_at_the_end(Step.NOT_READ_BACK, code=error.code))
        except asyncio.CancelledError as error:
            unnoted = note.take_at_the_end(Step.NOT_READ_BACK)
            raise ChangeCutError(made=True, unnoted=unnoted) from error
        otherwise = kept_otherwise(card.value, change)
        step = Step.KEPT_OTHERWISE if otherwise else Step.DONE
        return Changed(card, otherwise, note.take_at_the_end(step))


@dataclass(frozen=True, slots=True)
class _Notes:
    """The lines of one change."""

    audit: AuditLog
    who: str
    card_code: str
    fields: tuple[CardField, ...]
    now: Callable[[], datetime]

    def take(self, step: Step, *, code: str = "") -> None:
        """Note a step. Raises AuditError."""
        self.audit.write(
            step, at=self.now(), who=self.who, card_code=self.card_code, fields=self.fields,
            code=code,
        )  # fmt: skip

    def take_at_the_end(self, step: Step, *, code: str = "") -> str:
        """Note what cannot be undone; returns why that failed, or "".

        What became of the change is more than that it could not be noted: whoever asked for it
        tells both at once.
        """
        try:
            self.take(step, code=code)
        except AuditError as error:
            return str(error)
        return ""
