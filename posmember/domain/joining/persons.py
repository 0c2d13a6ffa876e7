"""Whose a part is, and whether two parts are of one person: by what both of them name.

A part is what one call told: member-info, identity, a gift-card list. It was asked for by an
identifier, and may name whom it is about; a gift-card list names nobody.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from posmember.domain.identifier import Identifier, IdentifierKind
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
    """

    asked_by: Identifier | None = None
    user_id: str = ""
    mobile: str = field(default="", repr=False)
    card_number: str = field(default="", repr=False)


def whose(told: object, asked_by: Identifier | None) -> Whose:
    """Whose a part is.

    Args:
        told: a `MemberInfo`, an `Identity`, a `Person`; anything else names nobody.
    """
    match told:
        case MemberInfo() | Person():
            return Whose(asked_by, told.user_id, told.mobile, told.card_number)
        case Identity():
            return Whose(asked_by, told.user_id, told.mobile)
    return Whose(asked_by)


def is_another(part: Whose) -> bool:
    """Whether a part names another than the one it was asked for by.

    A phone number, a card number and a user id can be told from what is named; a member code
    and the ids of WeChat and Alipay stand in no answer. Member-info takes a user id and a
    member code in one field, so asked by an id it may give the one whose code that is.
    """
    if part.asked_by is None:
        return False
    value = part.asked_by.value
    match part.asked_by.kind:
        case IdentifierKind.USER_ID:
            return _numbers_agree(value, part.user_id) is False
        case IdentifierKind.MOBILE:
            return _mobiles_agree(value, part.mobile) is False
        case IdentifierKind.CARD_NUMBER:
            return _numbers_agree(value, part.card_number) is False
    return False


def same_person(first: Whose, second: Whose) -> bool | None:
    """Whether two parts are of one person; None where nothing tells, which is no yes.

    By the first of these that both have: the user id, the phone number (that of the answer,
    else the one asked by), what they were asked for by. What is masked or in a form of its own
    is as good as not there where it cannot be compared.
    """
    by_name = _numbers_agree(first.user_id, second.user_id)
    if by_name is None:
        by_name = _mobiles_agree(_mobile_of(first), _mobile_of(second))
    return _asked_alike(first, second) if by_name is None else by_name


def whole_mobile(text: str) -> str:
    """A Chinese mobile number in its eleven digits; "" for a masked one, or for none."""
    mobile = _mobile(text)
    return "" if MASK in mobile else mobile


def _asked_alike(first: Whose, second: Whose) -> bool | None:
    """By the codes alone: one was asked for by the id that the other names, or both by the same."""
    for one, other in ((first, second), (second, first)):
        if one.asked_by is not None and one.asked_by.kind is IdentifierKind.USER_ID:
            agree = _numbers_agree(one.asked_by.value, other.user_id)
            if agree is not None:
                return agree
    return True if first.asked_by is not None and first.asked_by == second.asked_by else None


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


def _numbers_agree(first: str, second: str) -> bool | None:
    """Of user ids and card numbers; None where one of them is missing or masked."""
    one, other = _number(first), _number(second)
    return one == other if one and other else None


def _number(text: str) -> str:
    """What numbers are compared by: the same as a number and as a text; "" for no number.

    An id of 0 is none, as PHP writes it.
    """
    plain = _plain(text).casefold()
    return "" if MASK in plain else plain.lstrip("0")


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).translate(_MASKS))
