"""The sandbox's members as bytes and as profiles, without a network."""

from __future__ import annotations

from datetime import datetime

from posmember.api.qimai import gift_cards, identity, member_info
from posmember.api.qimai.wire import read_answer
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.joining.join import join
from posmember.domain.joining.spending import MinSpendUnit
from posmember.domain.money import ZERO
from posmember.domain.profile import Profile
from posmember.sandbox.account import STORES
from posmember.sandbox.faults import Api
from posmember.sandbox.members.all import build_members
from posmember.sandbox.qimai.answers import Answers


def bodies(code: str, user_id: str, now: datetime) -> list[bytes]:
    """What the sandbox sends for a member: member-info, identity, the gift-card list."""
    answers = Answers(build_members(now))
    by_code = Identifier(IdentifierKind.MEMBER_CODE, code)
    store_code = STORES[0].code
    asked = (
        (
            Api.MEMBER_INFO,
            member_info.params(
                by_code, store_code=store_code, order_type=OrderType.DINE_IN, discount=ZERO
            ),
        ),
        (Api.IDENTITY, identity.params(by_code, store_code=store_code)),
        (Api.GIFT_CARDS, gift_cards.params(user_id, include_recycled=True)),
    )
    return [answers.answer(api, params) for api, params in asked]


def profile(code: str, user_id: str, now: datetime) -> Profile:
    """The same, read and joined as the program does it."""
    info, who, cards = (read_answer("bench", 200, {}, body) for body in bodies(code, user_id, now))
    return join(
        member_info.decode(info).value,
        identity.decode(who).value,
        gift_cards.decode(cards).value,
        unit=MinSpendUnit.AUTO,
    )
