"""One lookup: from identifiers to sections, each delivered when it arrives.

The member call and, where the identifier allows it, the identity call go out at the same
time; the gift cards are asked for as soon as either has given the user id. One failed
section never takes the others with it. What a part tells of another person than the member
is not delivered, and where it was, taken back: the section has failed, see `OtherMemberError`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from posmember.api.decode import Decoded
from posmember.api.qimai.identity import Subject, identifies
from posmember.domain.context import OrderType
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind, same_id
from posmember.domain.joining.persons import Whose
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import ZERO, Money
from posmember.errors import MemberNotFoundError, OtherMemberError, PosMemberError, ungrouped
from posmember.lookup.belonging import Belonging
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
        shown: who is on the screen, where they are asked for again: only what is theirs is
            taken, and the next identifier is tried also where one finds somebody else.
    """

    identifiers: Sequence[Identifier]
    order_type: OrderType = OrderType.DINE_IN
    discount: Money = ZERO
    shown: Whose | None = None

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
        self._cards_user_id = ""
        self._cards_task: asyncio.Task[None] | None = None
        self._tried: set[Identifier] = set()
        self._belonging = Belonging(request.shown)
        self._identity: Loaded[Identity] | None = None
        self._identity_task: asyncio.Task[None] | None = None
        self._identity_asked_by: Identifier | None = None
        self._identity_failure: Failed | None = None

    async def run(self) -> None:
        for section in Section:
            self._deliver(section, Loading())
        with ungrouped():
            async with self._group:
                found = await self._find_member()
        self._finish(found=found)

    async def _find_member(self) -> bool:
        """Try the identifiers; False when the platform knows no member by any of them."""
        failed: Failed | None = None
        for identifier in self._request.identifiers:
            state = await self._ask_for_member(identifier)
            if isinstance(state, Loaded):
                await self._member_found(replace(state, found_by=identifier))
                return True
            if failed is None or not _is_another(failed):
                failed = state
            if not self._goes_on_after(state):
                break
        assert failed is not None, "a request has identifiers"
        self._settle(Section.MEMBER, failed)
        return self._identity is not None or not _is_not_found(failed)

    async def _ask_for_member(self, identifier: Identifier) -> Loaded[MemberInfo] | Failed:
        """Ask by one identifier, and at the same time for what needs no answer of member-info."""
        self._start_identity(identifier)
        if _is_by_id(identifier):
            self._start_gift_cards(identifier.value)
        state = await self._load_member(identifier)
        if isinstance(state, Failed) and _is_not_found(state):
            await self._wait_for_identity()
            if self._identity is not None:
                return await self._member_by_identity(self._identity, state)
            if self._request.shown is None:
                self._drop_gift_cards()
        return state

    def _goes_on_after(self, failed: Failed) -> bool:
        """Whether the next identifier is to be tried.

        Of a member who is on the screen another identifier may find them where this one finds
        somebody else; of one text the next meaning may be another person's again.
        """
        if self._request.shown is not None:
            return _is_not_found(failed) or _is_another(failed)
        return _is_not_found(failed) and self._identity is None

    async def _member_by_identity(
        self, identity: Loaded[Identity], state: Failed
    ) -> Loaded[MemberInfo] | Failed:
        """Ask by the id that identity gave for a code that member-info does not know."""
        by_id = Identifier(IdentifierKind.USER_ID, identity.data.user_id)
        if not by_id.value or by_id in self._tried:
            return state
        return await self._load_member(by_id)

    async def _member_found(self, state: Loaded[MemberInfo]) -> None:
        """Keep what is the member's, and ask by their id for what is not on its way by it."""
        self._belonging.member = state.whose
        user_id = state.data.user_id
        self._drop_another_identity(state.whose)
        if user_id:
            self._start_gift_cards(user_id)
        elif not self._belonging.is_named(self._cards_user_id, self._identity_whose):
            self._drop_gift_cards()
        self._settle(Section.MEMBER, state)
        if not user_id:
            return
        await self._wait_for_identity()
        by_id = Identifier(IdentifierKind.USER_ID, user_id)
        if self._should_ask_identity(by_id):
            self._identity_failure = None
            self._start_identity(by_id)

    def _drop_another_identity(self, member: Whose) -> None:
        """Take back what identity told, where it is of somebody else."""
        identity = self._identity
        if identity is None or self._belonging.are_one(member, identity.whose):
            return
        self._identity = None
        self._identity_failure = _another(Section.IDENTITY, identity.ms)
        self._reopen(Section.IDENTITY)

    @property
    def _identity_whose(self) -> Whose | None:
        return self._identity.whose if self._identity is not None else None

    def _should_ask_identity(self, by_id: Identifier) -> bool:
        """Whether identity is to be asked by member-info's user id, perhaps once more."""
        if self._identity is not None:
            return False
        failure = self._identity_failure
        if failure is None:
            return True
        # One text can be one member's code and another's id: never mix two people.
        elsewhere = _is_not_found(failure) or _is_another(failure)
        return elsewhere and self._identity_asked_by != by_id

    async def _load_member(self, identifier: Identifier) -> Loaded[MemberInfo] | Failed:
        request = self._request
        self._tried.add(identifier)
        ask = partial(
            self._platform.member_info,
            identifier,
            order_type=request.order_type,
            discount=request.discount,
        )
        # In a task of its own: a deadline cancels its task for one turn, and the run's own task is
        # asked, at each delivery, whether the cashier has cancelled it.
        loading = self._group.create_task(self._load(Section.MEMBER, ask, identifier))
        state = self._of_whom_was_asked(Section.MEMBER, await loading)
        return await self._of_whose_id_it_is(state)

    async def _of_whose_id_it_is(
        self, state: Loaded[MemberInfo] | Failed
    ) -> Loaded[MemberInfo] | Failed:
        """The state, or a failure where identity knows whose id was asked by, and it is not theirs.

        Member-info takes member codes in the same field; who is not named by an id may have been
        found by one.
        """
        if isinstance(state, Failed) or state.data.user_id or not _is_by_id(state.asked_by):
            return state
        await self._wait_for_identity()
        if self._identity is None or self._belonging.are_one(state.whose, self._identity.whose):
            return state
        return _not_used(Section.MEMBER, state.ms)

    @property
    def _has_user_id(self) -> bool:
        member = self._belonging.member
        return member is not None and bool(member.user_id)

    def _start_identity(self, identifier: Identifier) -> None:
        """Ask identity, where it can find a member by this, and is not being asked already."""
        asking = self._identity_task is not None and not self._identity_task.done()
        if asking or self._identity is not None or not identifies(identifier.kind):
            return
        self._identity_asked_by = identifier
        self._identity_task = self._group.create_task(self._ask_identity(identifier))

    async def _wait_for_identity(self) -> None:
        if self._identity_task is not None:
            await self._identity_task

    async def _ask_identity(self, identifier: Identifier) -> None:
        ask = partial(self._platform.identity, identifier)
        state = self._of_whom_was_asked(
            Section.IDENTITY, await self._load(Section.IDENTITY, ask, identifier)
        )
        if isinstance(state, Failed):
            self._identity_failure = state
            return
        self._identity = state
        self._settle(Section.IDENTITY, state)
        if state.data.user_id and not self._has_user_id:
            self._start_gift_cards(state.data.user_id)

    def _of_whom_was_asked(self, section: Section, state: Loaded[D] | Failed) -> Loaded[D] | Failed:
        """The state, or a failure where the answer is of somebody else."""
        if isinstance(state, Failed) or self._belonging.takes(state.whose):
            return state
        return _not_used(section, state.ms)

    def _start_gift_cards(self, user_id: str) -> None:
        if same_id(self._cards_user_id, user_id):
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
        by_id = Identifier(IdentifierKind.USER_ID, user_id)
        ask = partial(self._platform.gift_cards, user_id)
        self._settle(Section.GIFT_CARDS, await self._load(Section.GIFT_CARDS, ask, by_id))

    async def _load(
        self, section: Section, ask: Callable[[], Awaitable[Decoded[D]]], asked_by: Identifier
    ) -> Loaded[D] | Failed:
        started = time.monotonic()
        try:
            decoded = await ask()
        except PosMemberError as error:
            ms = _ms_since(started)
            _log.info("%s: %s after %d ms", section, type(error).__name__, ms)
            return Failed(error, ms)
        if decoded.unreadable:
            _log.info("%s: unreadable fields: %s", section, ", ".join(decoded.unreadable))
        ms = _ms_since(started)
        return Loaded(decoded.value, ms, self._now(), decoded.unreadable, asked_by, cut=decoded.cut)

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


def _is_by_id(asked_by: Identifier | None) -> bool:
    return asked_by is not None and asked_by.kind is IdentifierKind.USER_ID


def _is_not_found(failed: Failed) -> bool:
    return isinstance(failed.error, MemberNotFoundError)


def _is_another(failed: Failed) -> bool:
    return isinstance(failed.error, OtherMemberError)


def _not_used(section: Section, ms: int) -> Failed:
    _log.info("%s: another person's answer, not used", section)
    return _another(section, ms)


def _another(section: Section, ms: int) -> Failed:
    return Failed(OtherMemberError("another person's answer", api=section.value), ms)


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
