"""One lookup: from identifiers to sections, each delivered when it arrives.

The member call and, where the identifier allows it, the identity call go out at the same
time; the gift cards are asked for as soon as either has given the user id. One failed
section never takes the others with it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from posmember.api.decode import Decoded
from posmember.api.qimai.identity import Subject, identifies
from posmember.domain.context import OrderType
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import ZERO, Money
from posmember.errors import MemberNotFoundError, PosMemberError
from posmember.lookup.sections import (
    Failed,
    Loaded,
    Loading,
    Section,
    SectionState,
    Skipped,
    SkipReason,
)

_log = logging.getLogger(__name__)

Deliver = Callable[[Section, SectionState], None]
D = TypeVar("D", MemberInfo, Identity, tuple[ListedGiftCard, ...])


class PlatformApi(Protocol):
    """What a lookup asks; `posmember.api.qimai.platform.Platform` is one."""

    async def member_info(
        self, identifier: Identifier, *, order_type: OrderType, discount: Money
    ) -> Decoded[MemberInfo]:
        """会员信息查询集合."""

    async def identity(self, subject: Subject) -> Decoded[Identity]:
        """会员识别."""

    async def gift_cards(self, user_id: str) -> Decoded[tuple[ListedGiftCard, ...]]:
        """我的礼品卡列表."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to look up, for which order.

    Args:
        identifiers: what the member may be found by, tried in this order, and the next only
            when the platform says that there is no such member.
    """

    identifiers: Sequence[Identifier]
    order_type: OrderType = OrderType.DINE_IN
    discount: Money = ZERO

    def __post_init__(self) -> None:
        if not self.identifiers:
            raise ValueError("nothing to look up by")


class MemberLookup:
    """Runs lookups.

    Args:
        now: the platform's time, aware, +08:00.
    """

    def __init__(self, platform: PlatformApi, now: Callable[[], datetime]) -> None:
        self._platform = platform
        self._now = now

    async def run(self, request: Request, deliver: Deliver) -> None:
        """Look one member up; returns when every section has got its last state.

        Args:
            deliver: called with each section's states as they come; never after a
                cancellation.

        Raises:
            Only what is a bug; what the platform or the network did is a `Failed` section.
        """
        await _Run(self._platform, self._now, request, deliver).run()


class _Run:
    """The state of one lookup."""

    def __init__(
        self,
        platform: PlatformApi,
        now: Callable[[], datetime],
        request: Request,
        deliver: Deliver,
    ) -> None:
        self._platform = platform
        self._now = now
        self._request = request
        self._deliver_to = deliver
        self._run_task = asyncio.current_task()
        self._group = asyncio.TaskGroup()
        self._pending = set(Section)
        self._member_user_id = ""
        self._cards_user_id = ""
        self._cards_task: asyncio.Task[None] | None = None
        self._identity_asked_by: Identifier | None = None
        self._identity_failure: Failed | None = None

    async def run(self) -> None:
        for section in Section:
            self._deliver(section, Loading())
        async with self._group:
            found = await self._find_member()
        self._finish(found=found)

    async def _find_member(self) -> bool:
        """Try the identifiers; False when the platform knows no member by any of them."""
        state: Loaded[MemberInfo] | Failed
        for identifier in self._request.identifiers:
            identity_task = self._start_identity(identifier)
            if identifier.kind is IdentifierKind.USER_ID:
                self._start_gift_cards(identifier.value)
            state = await self._load_member(identifier)
            if isinstance(state, Failed) and _is_not_found(state):
                identity = await identity_task if identity_task is not None else None
                if identity is None:
                    self._drop_gift_cards()
                    continue
                state = await self._member_by_identity(identity, identifier, state)
            if isinstance(state, Loaded):
                state = replace(state, found_by=identifier)
            self._settle(Section.MEMBER, state)
            if isinstance(state, Loaded):
                await self._member_found(state.data, identity_task)
            return True
        self._settle(Section.MEMBER, state)
        return False

    async def _member_by_identity(
        self, identity: Identity, tried: Identifier, state: Failed
    ) -> Loaded[MemberInfo] | Failed:
        """Ask by the id that identity gave for a code that member-info does not know."""
        by_id = Identifier(IdentifierKind.USER_ID, identity.user_id)
        if not identity.user_id or by_id == tried:
            return state
        return await self._load_member(by_id)

    async def _member_found(
        self, info: MemberInfo, identity_task: asyncio.Task[Identity | None] | None
    ) -> None:
        """Ask by member-info's user id for what is not already on its way by it."""
        if not info.user_id:
            return
        self._member_user_id = info.user_id
        self._start_gift_cards(info.user_id)
        identity = await identity_task if identity_task is not None else None
        by_id = Identifier(IdentifierKind.USER_ID, info.user_id)
        if self._should_ask_identity(identity, by_id):
            self._identity_failure = None
            self._reopen(Section.IDENTITY)
            self._start_identity(by_id)

    def _should_ask_identity(self, identity: Identity | None, by_id: Identifier) -> bool:
        """Whether identity is to be asked by member-info's user id, perhaps once more."""
        if identity is not None:
            # One text can be one member's code and another's id: never mix two people.
            return identity.user_id not in ("", by_id.value)
        failure = self._identity_failure
        return failure is None or (_is_not_found(failure) and self._identity_asked_by != by_id)

    async def _load_member(self, identifier: Identifier) -> Loaded[MemberInfo] | Failed:
        request = self._request
        answer = self._platform.member_info(
            identifier, order_type=request.order_type, discount=request.discount
        )
        # In a task of its own: a deadline cancels its task for one turn, and the run's own task is
        # asked, at each delivery, whether the cashier has cancelled it.
        return await self._group.create_task(self._load(Section.MEMBER, answer))

    def _start_identity(self, identifier: Identifier) -> asyncio.Task[Identity | None] | None:
        if not identifies(identifier.kind):
            return None
        self._identity_asked_by = identifier
        return self._group.create_task(self._ask_identity(identifier))

    async def _ask_identity(self, identifier: Identifier) -> Identity | None:
        state = await self._load(Section.IDENTITY, self._platform.identity(identifier))
        if isinstance(state, Failed):
            self._identity_failure = state
            return None
        user_id = state.data.user_id
        if self._member_user_id and user_id not in ("", self._member_user_id):
            return state.data
        self._settle(Section.IDENTITY, state)
        if not self._member_user_id and user_id:
            self._start_gift_cards(user_id)
        return state.data

    def _start_gift_cards(self, user_id: str) -> None:
        if self._cards_user_id == user_id:
            return
        self._drop_gift_cards()
        self._cards_user_id = user_id
        self._cards_task = self._group.create_task(self._ask_gift_cards(user_id))

    def _drop_gift_cards(self) -> None:
        """Take back the gift cards of a user id that was not this member's."""
        if self._cards_task is not None:
            self._cards_task.cancel()
            self._cards_task, self._cards_user_id = None, ""
            self._reopen(Section.GIFT_CARDS)

    async def _ask_gift_cards(self, user_id: str) -> None:
        state = await self._load(Section.GIFT_CARDS, self._platform.gift_cards(user_id))
        self._settle(Section.GIFT_CARDS, state)

    async def _load(self, section: Section, answer: Awaitable[Decoded[D]]) -> Loaded[D] | Failed:
        started = time.monotonic()
        try:
            decoded = await answer
        except PosMemberError as error:
            ms = _ms_since(started)
            _log.info("%s: %s after %d ms", section, type(error).__name__, ms)
            return Failed(error, ms)
        if decoded.unreadable:
            _log.info("%s: unreadable fields: %s", section, ", ".join(decoded.unreadable))
        return Loaded(decoded.value, _ms_since(started), self._now(), decoded.unreadable)

    def _deliver(self, section: Section, state: SectionState) -> None:
        # A part whose answer was there already runs once more before a cancellation gets to it.
        if self._run_task is None or not self._run_task.cancelling():
            self._deliver_to(section, state)

    def _settle(self, section: Section, state: SectionState) -> None:
        self._pending.discard(section)
        self._deliver(section, state)

    def _reopen(self, section: Section) -> None:
        """Take back what was delivered of a section, as it is another member's."""
        if section not in self._pending:
            self._pending.add(section)
            self._deliver(section, Loading())

    def _finish(self, *, found: bool) -> None:
        """Give the sections that were never answered their last state."""
        reason = SkipReason.NO_USER_ID if found else SkipReason.NOT_FOUND
        for section in sorted(self._pending):
            failure = self._identity_failure if section is Section.IDENTITY else None
            if failure is not None and not found and _is_not_found(failure):
                failure = None
            self._deliver(section, failure or Skipped(reason))


def _is_not_found(failed: Failed) -> bool:
    return isinstance(failed.error, MemberNotFoundError)


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
