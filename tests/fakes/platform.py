"""A platform whose answers the test releases one by one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from posmember.api.decode import Decoded
from posmember.api.qimai.identity import Subject
from posmember.domain.context import OrderType
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.persons import Whose
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.errors import PosMemberError
from posmember.lookup.sections import Failed, Loaded, Loading, Section, SectionState, Skipped
from posmember.lookup.service import MemberLookup, Request
from tests.fakes.assets import NOW

Answer = Decoded[Any] | Exception


class ScriptedPlatform:
    """Every call waits until the test answers it.

    A call is named by its operation and what it asked by, e.g. ``member_info mobile 138…``.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.orders: list[tuple[OrderType, Money]] = []
        self._waiting: dict[str, asyncio.Future[Decoded[Any]]] = {}

    async def member_info(
        self, identifier: Identifier, *, order_type: OrderType, discount: Money
    ) -> Decoded[MemberInfo]:
        self.orders.append((order_type, discount))
        return await self._ask(f"member_info {identifier.kind} {identifier.value}")

    async def identity(self, subject: Subject) -> Decoded[Identity]:
        assert isinstance(subject, Identifier)
        return await self._ask(f"identity {subject.kind} {subject.value}")

    async def gift_cards(self, user_id: str) -> Decoded[tuple[ListedGiftCard, ...]]:
        return await self._ask(f"gift_cards {user_id}")

    @property
    def waiting(self) -> set[str]:
        """The calls that wait for their answer."""
        return {call for call, future in self._waiting.items() if not future.done()}

    def answer(self, call: str, answer: Answer) -> None:
        """Answer a call that waits."""
        assert call in self.waiting, f"{call} is not among {self.waiting}"
        if isinstance(answer, Exception):
            self._waiting[call].set_exception(answer)
        else:
            self._waiting[call].set_result(answer)

    async def _ask(self, call: str) -> Decoded[Any]:
        assert call not in self.waiting, f"{call} is asked twice at the same time"
        self.asked.append(call)
        future: asyncio.Future[Decoded[Any]] = asyncio.get_running_loop().create_future()
        self._waiting[call] = future
        return await future


def info(user_id: str = "1", **more: Any) -> Decoded[MemberInfo]:
    """Member-info's answer; "" leaves the user id out."""
    return Decoded(MemberInfo(user_id=user_id, name="王小明", **more))


def identity(user_id: str = "1", **more: Any) -> Decoded[Identity]:
    """Identity's answer; "" leaves the user id out."""
    return Decoded(Identity(user_id=user_id, status=1, **more))


def cards(*numbers: str) -> Decoded[tuple[ListedGiftCard, ...]]:
    """The gift-card list's answer."""
    return Decoded(tuple(ListedGiftCard(card_number=number) for number in numbers))


def identifiers(**values: str) -> list[Identifier]:
    """Identifiers by their kinds' names, in the order of the arguments."""
    return [Identifier(IdentifierKind(kind), value) for kind, value in values.items()]


async def until_idle() -> None:
    """Let everything run that can run without another answer."""
    for _ in range(20):
        await asyncio.sleep(0)


def in_short(state: SectionState) -> str:
    """What a section's state says, e.g. ``loaded 1`` or ``failed MemberNotFoundError``."""
    match state:
        case Loaded(data=tuple() as listed):
            return " ".join(["loaded", *(card.card_number for card in listed)])
        case Loaded(data=data):
            return f"loaded {data.user_id}".strip()
        case Failed(error=error):
            return f"failed {type(error).__name__}"
        case Skipped(reason=reason):
            return f"skipped {reason}"
        case _:
            return type(state).__name__.lower()


@dataclass
class Lookup:
    """One lookup under way on a scripted platform."""

    by: list[Identifier]
    order_type: OrderType = OrderType.DINE_IN
    discount: Money = field(default_factory=lambda: Money(0))
    shown: Whose | None = None
    platform: ScriptedPlatform = field(default_factory=ScriptedPlatform)
    delivered: list[tuple[Section, SectionState]] = field(default_factory=list)

    def start(self) -> asyncio.Task[None]:
        """Begin; the task ends when every section has its last state."""
        lookup = MemberLookup(self.platform, self._now)
        request = Request(self.by, self.order_type, self.discount, self.shown)
        self.task = asyncio.create_task(lookup.run(request, self._deliver))
        return self.task

    async def play(self, *steps: tuple[str, Answer]) -> None:
        """Begin, and answer the calls one by one; no call may be left, and the run must end."""
        self.start()
        for call, answer in steps:
            await until_idle()
            self.platform.answer(call, answer)
        await until_idle()
        assert self.platform.waiting == set()
        assert self.task.done()
        self.task.result()

    def last(self, section: Section) -> SectionState:
        """The state that a section was delivered last."""
        return [state for where, state in self.delivered if where is section][-1]

    @property
    def final(self) -> dict[str, str]:
        """The last state of every section, in short."""
        return {section.value: in_short(self.last(section)) for section in Section}

    @property
    def history(self) -> list[str]:
        """Every delivery but the first Loading of each section, in short."""
        first = list(Section)
        assert [section for section, _ in self.delivered[: len(first)]] == first
        assert all(isinstance(state, Loading) for _, state in self.delivered[: len(first)])
        return [f"{section}: {in_short(state)}" for section, state in self.delivered[len(first) :]]

    def _deliver(self, section: Section, state: SectionState) -> None:
        self.delivered.append((section, state))

    @staticmethod
    def _now() -> datetime:
        return NOW


def failure(kind: type[PosMemberError]) -> PosMemberError:
    """A fresh error of a kind."""
    return kind("told by the test")
