"""Whose a part is, and whether two parts are of one person: by what both of them name.

A part is what one call told: member-info, identity, a gift-card list. It was asked for by an
identifier, and may name whom it is about; a gift-card list names nobody. Identity and the list,
asked by a user id, take it for nothing else, and so are of the one whose it is. Member-info takes
user ids and member codes in one field: asked by either, it may give the one whose other it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from posmember.domain.identifier import Identifier, IdentifierKind, plain_id, same_id
from posmember.domain.masking import MASK
from posmember.domain.member import Identity, MemberInfo
from posmember.domain.profile import Person

_MASKS = str.maketrans(dict.fromkeys("×•●", MASK))
_LETTER_MASKS = str.maketrans(dict.fromkeys("xX", MASK))
_SEPARATORS = re.compile(r"[\s()._-]+")
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[0-9*]{10})")


@dataclass(frozen=True, slots=True)
class Whose:
    """By what a part was asked for, and whom it names; "" for what it does not name.

    Args:
        asked_by: None where that is not known.
        mobile, card_number: as the platform writes them.
        asked_id: the user id that it was asked for by, where that can be nothing else.
    """

    asked_by: Identifier | None = None
    user_id: str = ""
    mobile: str = field(default="", repr=False)
    card_number: str = field(default="", repr=False)
    asked_id: str = ""

    @property
    def known_id(self) -> str:
        """Whose user id it is: as it is named, else as it was asked for."""
        return plain_id(self.user_id) or self.asked_id


def whose(told: object, asked_by: Identifier | None) -> Whose:
    """Whose a part is.

    Args:
        told: a `MemberInfo`, an `Identity`, a `Person`; anything else names nobody.
    """
    match told:
        case MemberInfo() | Person():
            return Whose(asked_by, told.user_id, told.mobile, told.card_number)
        case Identity():
            return Whose(asked_by, told.user_id, told.mobile, asked_id=_asked_id(asked_by))
    return Whose(asked_by, asked_id=_asked_id(asked_by))


def is_another(part: Whose) -> bool:
    """Whether a part names another than the one it was asked for by.

    A phone number, a card number and a user id can be told from what is named; a member code
    and the ids of WeChat and Alipay stand in no answer.
    """
    if part.asked_by is None:
        return False
    value = part.asked_by.value
    match part.asked_by.kind:
        case IdentifierKind.USER_ID:
            return same_id(value, part.user_id) is False
        case IdentifierKind.MOBILE:
            return _mobiles_agree(value, part.mobile) is False
        case IdentifierKind.CARD_NUMBER:
            return _cards_agree(value, part.card_number) is False
    return False


def same_person(first: Whose, second: Whose) -> bool | None:
    """Whether two parts are of one person; None where nothing tells, which is no yes.

    By the first of these that both have: the user id, the phone number (that of the answer,
    else the one asked by), the user id asked by, what else they were asked for by. What is
    masked or in a form of its own is as good as not there where it cannot be compared.
    """
    same = same_id(first.user_id, second.user_id)
    if same is None:
        same = _mobiles_agree(_mobile_of(first), _mobile_of(second))
    if same is None:
        same = same_id(first.known_id, second.known_id)
    return _asked_alike(first, second) if same is None else same


def whole_mobile(text: str) -> str:
    """A Chinese mobile number in its eleven digits; "" for a masked one, or for none."""
    mobile = _mobile(text)
    return "" if MASK in mobile else mobile


def _asked_id(asked_by: Identifier | None) -> str:
    if asked_by is None or asked_by.kind is not IdentifierKind.USER_ID:
        return ""
    return plain_id(asked_by.value)


def _asked_alike(first: Whose, second: Whose) -> bool | None:
    """By the question alone, where it can be about one person only."""
    asked = first.asked_by
    if asked is None or asked != second.asked_by:
        return None
    return True if _is_of_one(asked) else None


def _is_of_one(identifier: Identifier) -> bool:
    """Whether an identifier can be of one person only.

    A user id can be the member code of another; and a member code the id of another, but where
    it has a letter, as user ids are numbers.
    """
    match identifier.kind:
        case IdentifierKind.USER_ID:
            return False
        case IdentifierKind.MEMBER_CODE:
            return any(map(str.isalpha, identifier.value))
    return True


def _mobile_of(part: Whose) -> str:
    asked = part.asked_by
    by_mobile = asked is not None and asked.kind is IdentifierKind.MOBILE
    return part.mobile or (asked.value if asked is not None and by_mobile else "")


def _mobiles_agree(first: str, second: str) -> bool | None:
    """Place by place; a masked one says nothing. None where they cannot be compared."""
    one, other = _mobile(first), _mobile(second)
    if not one or not other:
        return None
    if any(a != b and MASK not in (a, b) for a, b in zip(one, other, strict=True)):
        return False
    return None if MASK in one + other else True


def _mobile(text: str) -> str:
    """The eleven places of a Chinese mobile number, with or without 86; "" for anything else."""
    found = _MOBILE.fullmatch(_plain(text).translate(_LETTER_MASKS))
    return found[1] if found else ""


def _cards_agree(first: str, second: str) -> bool | None:
    """None where one of them is missing or masked."""
    one, other = _card_number(first), _card_number(second)
    return one == other if one and other else None


def _card_number(text: str) -> str:
    """What card numbers are compared by: the same as a number and as a text; "" for none."""
    plain = _plain(text).casefold()
    return "" if MASK in plain else plain.lstrip("0")


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).translate(_MASKS))
