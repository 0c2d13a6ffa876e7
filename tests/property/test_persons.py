"""A law: whatever a platform leaves out, no two people are ever on the screen at once.

Members whose numbers are each other's are looked up and asked for again, on a platform that leaves
out ids, masks phone numbers, fails, and answers in any order. The judge reads names.

Hypothesis draws a seed for each conversation, and what is said in it comes of that: a hundred
draws of its own for each would leave time for a fifth of the conversations.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.domain.context import Order, Store
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.spending import MinSpendUnit
from posmember.lookup.sections import Loaded, Section, SectionState
from posmember.lookup.service import MemberLookup
from posmember.lookup.units import UnitsSeen
from posmember.scanning.identifier import classify
from posmember.ui.till.session import Session
from tests.fakes.assets import NOW
from tests.fakes.crowd import CrowdPlatform, Someone, let_go_one, owners
from tests.fakes.unhurried import UNHURRIED

K = IdentifierKind
SEEDS = st.integers(0, 2**63)
IDS = ("7001", "7002", "7003")
PHONES = ("13800000001", "13800010001", "13900000003")


def a_crowd(choose: Any) -> list[Someone]:
    """Three people: no two have one code or one card, but one's is often another's something."""
    first = choose(("qm7001", "9000001", IDS[1]))
    second = choose((IDS[0], IDS[0], "9000002", PHONES[0]))
    third = choose(("9000003", IDS[1] if first != IDS[1] else "qm7003"))
    cards = choose(list(permutations((IDS[0], "8800001", PHONES[1]))))
    told = zip(IDS, (first, second, third), cards, PHONES, strict=True)
    return [Someone(f"P{place}", *numbers) for place, numbers in enumerate(told, 1)]


def strangers() -> list[Someone]:
    """Three people with nothing in common."""
    told = zip(IDS, ("qm1", "9000002", "9000003"), ("880001", "880002", "880003"), PHONES,
               strict=True)  # fmt: skip
    return [Someone(f"P{place}", *numbers) for place, numbers in enumerate(told, 1)]


class Till:
    """One member on the screen of a till, and what may not be seen there.

    Args:
        may_be: the names of those whom the question may be about.
    """

    def __init__(self, platform: CrowdPlatform, asked: Sequence[Identifier], may_be: set[str]):
        self._platform = platform
        self._may_be = may_be
        self._shown: set[str] = set()
        self.session = Session(Store("1", "2"), UnitsSeen(MinSpendUnit.AUTO), tuple(asked), run=1)

    async def ask(self, choose: Any, *, again: bool, answers: int = 99) -> None:
        """Look the member up, or ask for them again; stop listening after so many answers."""
        request = self.session.request(Order())
        take = self._take_again if again else self._take
        lookup = MemberLookup(self._platform, lambda: NOW)
        task = asyncio.create_task(lookup.run(request, take))
        for _ in range(answers):
            if not await let_go_one(self._platform, choose):
                break
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
            self.session.settle()
            self._look()

    def _take(self, section: Section, state: SectionState) -> None:
        self.session.take(section, state)
        self._look()

    def _take_again(self, section: Section, state: SectionState) -> None:
        self.session.take_again(section, state)
        self._look()

    def _look(self) -> None:
        profile = self.session.view(Order(), NOW).profile
        seen = owners(profile)
        assert len(seen) <= 1, f"two people at once: {seen}"
        assert seen <= self._may_be, f"{seen}, and {self._may_be} may be meant"
        if profile.person is not None:
            assert not self._shown or seen <= self._shown, f"{self._shown} became {seen}"
            self._shown |= seen


@given(SEEDS)
@settings(UNHURRIED, max_examples=1_000)
def test_nobody_is_ever_shown_beside_another(seed: int) -> None:
    choose = Random(seed).choice
    crowd = a_crowd(choose)
    one = choose(crowd)
    text = choose((one.code, one.code, one.user_id, one.card, one.phone))
    kinds = (None, K.USER_ID, K.MEMBER_CODE, K.CARD_NUMBER)
    asked = classify(text, choose(kinds)).identifiers or (Identifier(K.MEMBER_CODE, text),)
    may_be = {someone.name for someone in crowd if someone.may_be_meant_by(text)}

    async def play() -> None:
        till = Till(CrowdPlatform(crowd, choose), asked, may_be)
        await till.ask(choose, again=False)
        for _ in range(2):
            await till.ask(choose, again=True, answers=choose((99, 1, 2, 3)))

    asyncio.run(play())


@given(SEEDS)
@settings(UNHURRIED, max_examples=200)
def test_whom_every_answer_names_is_shown_whole(seed: int) -> None:
    """However the id is written; else nothing being shown would keep the law above."""
    choose = Random(seed).choice
    crowd = strangers()
    someone = choose(crowd)
    asked = Identifier(*choose((
        (K.MEMBER_CODE, someone.code), (K.USER_ID, someone.user_id),
        (K.MOBILE, someone.phone), (K.CARD_NUMBER, someone.card),
    )))  # fmt: skip

    async def play() -> None:
        platform = CrowdPlatform(crowd, choose, names_everybody=True)
        till = Till(platform, (asked,), {someone.name})
        for again in (False, True):
            await till.ask(choose, again=again)
            view = till.session.view(Order(), NOW)
            assert all(isinstance(state, Loaded) for state in view.sections.values())
            assert view.profile.gift_cards

    asyncio.run(play())
