"""A few people whose numbers are each other's, and a platform that knows them.

All that it tells of one carries their name, so that a test can see whose it is on the screen
without asking the program.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from posmember.api.decode import Decoded
from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.identity import Subject
from posmember.domain.context import OrderType
from posmember.domain.giftcard import ListedGiftCard
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.money import Money
from posmember.domain.profile import Profile
from posmember.errors import ApiTimeoutError, MemberNotFoundError

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
"""Draws one of several; the first is the plainest."""
NOBODYS: tuple[Any, ...] = ("", None, 0, "0.0", "null", "undefined", -5, "70**01")


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the crowd; no two have the same of anything, but one's code may be another's id."""

    name: str
    user_id: str
    code: str
    card: str
    phone: str

    def may_be_meant_by(self, text: str) -> bool:
        """Whether a text is any number of theirs."""
        return text in (self.user_id, self.code, self.card, self.phone)


def owners(profile: Profile) -> set[str]:
    """The names of all those of whom a profile holds anything."""
    person, points = profile.person, profile.balances.points
    texts = [person.name if person is not None else ""]
    texts += [f"P{points}"] if points is not None else []
    texts += [coupon.redemption_code for coupon in profile.coupons]
    texts += [coupon.title for coupon in profile.coupons]
    texts += [card.card_number for card in profile.gift_cards]
    return {text[:2] for text in texts if text}


class CrowdPlatform:
    """Answers honestly, but leaves out and masks what it likes, and fails at times.

    Every call waits until it is let go. Member-info takes ids and member codes in one field, and
    so does identity's field for codes; whose each takes a number for is the platform's choice. Of
    one person only identity may know the code.

    Args:
        choose: draws what is told, and whether a call fails.
        names_everybody: whether every answer names the id, and no call fails.
    """

    def __init__(
        self, crowd: Sequence[Someone], choose: Choose[Any], *, names_everybody: bool = False
    ) -> None:
        self._crowd = crowd
        self._choose = choose
        self._names_everybody = names_everybody
        self._codes_first = {api: choose((False, True)) for api in (member_info.API, identity.API)}
        self._without_code = crowd[0] if choose((False, True)) and not names_everybody else None
        self.waiting: list[asyncio.Future[None]] = []

    async def member_info(
        self, identifier: Identifier, *, order_type: OrderType, discount: Money
    ) -> Decoded[MemberInfo]:
        someone = await self._found(self._by(member_info.API, identifier))
        told = {
            "customerId": self._id(someone),
            "mobile": self._phone(someone),
            "cardNo": self._choose((someone.card, "", None, "88***1")),
            "username": f"{someone.name}",
            "totalPoints": int(someone.name[1:]),
            "couponsList": [_coupon(someone, place) for place in range(self._choose((1, 0)))],
        }
        return member_info.decode(told)

    async def identity(self, subject: Subject) -> Decoded[Identity]:
        assert isinstance(subject, Identifier)
        by_id = subject.kind is IdentifierKind.USER_ID
        found = self._with_id(subject.value) if by_id else self._by(identity.API, subject)
        someone = await self._found(found)
        told = {
            "id": self._id(someone),
            "mobile": self._phone(someone),
            "username": f"{someone.name}",
            "status": 1,
            "user_coupons": [{"coupon_id": 9, "verify_code": f"{someone.name}i", "status": 0}],
        }
        return identity.decode({"user_info": told})

    async def gift_cards(self, user_id: str) -> Decoded[tuple[ListedGiftCard, ...]]:
        try:
            someone = await self._found(self._with_id(user_id))
        except MemberNotFoundError:
            return gift_cards.decode([])
        return gift_cards.decode([{"id": f"{someone.name}g", "gift_title": someone.name}])

    def _by(self, api: str, identifier: Identifier) -> list[Someone]:
        value = identifier.value
        match identifier.kind:
            case IdentifierKind.USER_ID | IdentifierKind.MEMBER_CODE:
                ids, codes = self._with_id(value), self._with("code", value)
                if api == member_info.API and codes == [self._without_code]:
                    codes = []
                return codes + ids if self._codes_first[api] else ids + codes
            case IdentifierKind.MOBILE:
                return self._with("phone", value)
            case IdentifierKind.CARD_NUMBER:
                return self._with("card", value)
        return []

    def _with_id(self, user_id: str) -> list[Someone]:
        return self._with("user_id", user_id.lstrip("0"))

    def _with(self, name: str, value: str) -> list[Someone]:
        return [someone for someone in self._crowd if getattr(someone, name) == value]

    async def _found(self, found: list[Someone]) -> Someone:
        fails = "" if self._names_everybody else self._choose(("",) * 8 + ("x", "?"))
        let_go: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(let_go)
        await let_go
        if fails == "x":
            raise ApiTimeoutError("told by the test")
        if fails == "?" or not found:
            raise MemberNotFoundError("told by the test")
        return found[0]

    def _id(self, someone: Someone) -> object:
        theirs = someone.user_id
        named: tuple[object, ...] = (theirs, int(theirs), f" {theirs}.0", f"00{theirs}")
        names = self._names_everybody or self._choose((True, False))
        return self._choose(named if names else NOBODYS)

    def _phone(self, someone: Someone) -> object:
        whole = someone.phone
        masked = f"{whole[:3]}****{whole[7:]}"
        nobodys = (masked, masked, f"86{masked}", "", None, "0", "无")
        return self._choose((whole, f"+86 {whole}") if self._choose((True, False)) else nobodys)


def _coupon(someone: Someone, place: int) -> dict[str, object]:
    template = {"id": place, "title": f"{someone.name} coupon"}
    return {
        "couponId": f"{someone.name}c{place}",
        "coupon_id": place,
        "status": 0,
        "template": template,
    }


async def let_go_one(platform: CrowdPlatform, choose: Choose[Any]) -> bool:
    """Answer one of the calls that wait; returns whether there was one."""
    for _ in range(6):
        await asyncio.sleep(0)
    live: Iterable[asyncio.Future[None]] = [call for call in platform.waiting if not call.done()]
    if not live:
        return False
    choose(list(live)).set_result(None)
    return True
