"""``posmember lookup --type account|entity_card``: a member by what they know or hold."""

from __future__ import annotations

from enum import StrEnum

from posmember.cli.exits import WrongUseError
from posmember.cli.secret_input import read_secret
from posmember.domain.context import Order
from posmember.domain.identifier import AccountLogin, IdentifierKind, PhysicalCard
from posmember.errors import PosMemberError
from posmember.lookup.identify import Secret, identify
from posmember.lookup.sections import Failed, Section, SectionState, Skipped, SkipReason
from posmember.lookup.service import PlatformApi, Request
from posmember.scanning.cleaning import clean, clean_as_given


class SecretKind(StrEnum):
    """What goes with a secret; the values are the command line's words for ``--type``."""

    ACCOUNT = "account"
    ENTITY_CARD = "entity_card"


NUMBERS = {
    SecretKind.ACCOUNT: IdentifierKind.MOBILE,
    SecretKind.ENTITY_CARD: IdentifierKind.CARD_NUMBER,
}
"""What the account, or the card, is named by: an account by its mobile number."""

_PROMPTS = {
    SecretKind.ACCOUNT: "会员密码 / the member's password:",
    SecretKind.ENTITY_CARD: "实体卡内部卡号 / the card's inner number:",
}
_MISSING = {
    SecretKind.ACCOUNT: "标准输入里没有密码 / no password on standard input",
    SecretKind.ENTITY_CARD: "标准输入里没有内部卡号 / no inner number on standard input",
}


def ask_secret(kind: SecretKind, text: str) -> Secret:
    """The account or card, with its secret: asked for unseen, or the next line of standard input.

    Args:
        text: the number, of `NUMBERS`' kind.

    Raises:
        WrongUseError: there is no secret, or it is too long or no text.
    """
    secret = read_secret(_PROMPTS[kind])
    if not secret:
        raise WrongUseError(_MISSING[kind])
    if kind is SecretKind.ACCOUNT:
        return AccountLogin(clean(text), secret)
    return PhysicalCard(clean_as_given(text), clean_as_given(secret))


async def request_for(platform: PlatformApi, secret: Secret, order: Order) -> Request:
    """What to look up, once the platform has said who it is. Raises ApiError; see `identify`."""
    found = await identify(platform, secret)
    return Request((found.identifier,), order.order_type, order.discount, found.whose)


def nobody(error: PosMemberError, ms: int) -> dict[Section, SectionState]:
    """The sections of a lookup that did not get so far.

    Args:
        ms: what the identifying took, in milliseconds.
    """
    skipped = Skipped(SkipReason.NOT_FOUND)
    return {**dict.fromkeys(Section, skipped), Section.MEMBER: Failed(error, ms)}
