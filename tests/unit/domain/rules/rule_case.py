"""What a line of the table of usage rules is made of (see rule_table)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from posmember.domain.context import AccountStatus, Context
from posmember.domain.giftcard import GiftCard
from posmember.domain.profile import Asset
from posmember.domain.rules.reasons import Param, Verdict
from posmember.domain.values import Unreadable
from tests.fakes.assets import CONTEXT, context, gift_card, times_card

YES, CHECK, NO = Verdict.USABLE, Verdict.CHECK, Verdict.NOT_USABLE
ODD = Unreadable("看图")
HERE = CONTEXT
FROZEN, NOT_TOLD = (context(account=AccountStatus(name)) for name in ("frozen", "failed"))
GOODS = "GOODS_RESTRICTED"


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table.

    Args:
        codes: of every reason, in order; VALIDITY_UNKNOWN and VALUE_UNKNOWN with their field,
            SOURCES_CONFLICT with its fields, OTHER_SYSTEM with the system.
        params: the other params of its reasons, where the line names any.
    """

    name: str
    asset: Asset
    where: Context
    verdict: Verdict
    codes: tuple[str, ...]
    params: Mapping[str, Param]


def case(
    name: str,
    asset: Asset,
    where: Context,
    verdict: Verdict,
    *codes: str,
    **params: Param,
) -> Case:
    """A line, written shorter: one text may hold several codes."""
    return Case(name, asset, where, verdict, tuple(" ".join(codes).split()), params)


KINDS: dict[str, tuple[GiftCard, tuple[str, ...]]] = {
    "次卡, shared": (times_card(), ()),
    "次卡, named goods": (times_card(times_scope=2), (GOODS,)),
    "权益卡": (gift_card(kind=3, balance=None), ()),
    "储值卡": (gift_card(kind=4), ()),
    "unknown kind": (gift_card(kind=5), ("VALUE_UNKNOWN:kind",)),
}
"""Every kind of gift card but the ordinary 现金卡, with what there always is to check on it."""


def blocked_kinds(name: str, where: Context, *codes: str, **changes: Any) -> list[Case]:
    """One fact that blocks, on a card of every other kind."""
    return [
        case(f"{kind}, {name}", replace(card, **changes), where, NO, *codes, *own)
        for kind, (card, own) in KINDS.items()
    ]
