"""微信会员卡: one member's WeChat Pay brand membership card.

Fields, values and states are those of the WeChat brand-card document; the lengths are of
api/README (WeChat Pay). Sensitive values are in clear here and stay out of every repr.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.masking import mask_name, mask_whole
from posmember.domain.values import Int, Time, Unreadable

MAX_CODE, MAX_OPENID, MAX_ID = 32, 128, 32

_CODE = re.compile(r"[!-~]+")
_OPENID = re.compile(r"[A-Za-z0-9_-]+")
_ALLOCATED = re.compile(r"[0-9]{24}")

Text = str | Unreadable
"""A text that was encrypted; unreadable where it could not be decrypted."""


class CardType(StrEnum):
    """``card_type``: bought, ordinary, or with a balance."""

    PURCHASE = "purchase"
    NORMAL = "normal"
    BALANCE = "balance"


class CardState(StrEnum):
    """``user_card_state``: taken but not activated, in force, expired, made void."""

    UNACTIVATED = "unactivated"
    EFFECTIVE = "effective"
    EXPIRED = "expired"
    INVALID = "invalid"


class ValidityKind(StrEnum):
    """``valid_date_information.type``: from a day to a day, so many days, for ever."""

    FIXED_RANGE = "fixed_range"
    FIXED_TERM = "fixed_term"
    PERMANENT = "permanent"


class FormField(StrEnum):
    """``common_field_list[].name``: what the platform's own form asks for."""

    SEX = "sex"
    NAME = "name"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    EMAIL = "email"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class CardValidity:
    """``valid_date_information`` as the platform tells it.

    Args:
        begin, end: ``available_begin_time`` and ``available_end_time``.
        days: ``available_day_after_receive``: valid for so many days after it was taken.
    """

    kind: ValidityKind | Unreadable | None = None
    begin: Time = None
    end: Time = None
    days: Int = None


@dataclass(frozen=True, slots=True)
class CommonEntry:
    """One answer to the platform's own form; a field that is not known is its text."""

    name: FormField | Unreadable | None
    value: Text = field(repr=False)


def mask_entry(name: FormField | Unreadable | None, value: str) -> str:
    """Mask an answer to the platform's own form; of most a part would say too much."""
    return mask_name(value) if name is FormField.NAME else mask_whole(value)


@dataclass(frozen=True, slots=True)
class CustomEntry:
    """One answer to a question of the merchant's own; the person may choose several."""

    name: str
    values: tuple[Text, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardSubject:
    """Whose card: its code, and the person's openid; "" where a relay fills that in."""

    code: str = field(repr=False)
    openid: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WechatCard:
    """The whole answer of the query.

    Args:
        template_id: ``card_id``. color: ``card_color``, as ``#RRGGBB``.
        phone: decrypted; "" where there is none.
        picked_up_at: ``pickup_time``. attach: the merchant's own text (``attach``).
    """

    code: str = field(default="", repr=False)
    template_id: str = ""
    openid: str = field(default="", repr=False)
    color: str = ""
    picture_url: str = ""
    brand_id: str = ""
    type: CardType | Unreadable | None = None
    phone: Text = field(default="", repr=False)
    level: str = ""
    validity: CardValidity = CardValidity()
    picked_up_at: Time = None
    common_fields: tuple[CommonEntry, ...] = ()
    custom_fields: tuple[CustomEntry, ...] = ()
    attach: str = field(default="", repr=False)
    state: CardState | Unreadable | None = None
    invalid_reason: str = ""
    invalid_at: Time = None


def known_subject(found_by: Identifier | None, card_number: str) -> CardSubject:
    """What is known of a member's card without asking anybody; "" for what is not.

    The code is what was scanned, where it has the form of the platform's own (24 digits), else
    the member's card number, which a merchant's own codes are. The openid is known where the
    member was found by it; nothing else tells it.

    Args:
        found_by: the identifier that found the member.
        card_number: member-info's, or "".
    """
    scanned = found_by.value if found_by is not None else ""
    code = scanned if is_allocated_code(scanned) else card_number
    by_openid = found_by is not None and found_by.kind is IdentifierKind.WECHAT_OPENID
    return CardSubject(
        code if is_card_code(code) else "", scanned if by_openid and is_openid(scanned) else ""
    )


def is_allocated_code(text: str) -> bool:
    """Whether it has the form of a code that the platform allocated (api/README: Lengths)."""
    return _ALLOCATED.fullmatch(text) is not None


def is_card_code(text: str) -> bool:
    """Whether it can be a card's code: up to 32 digits, letters and ASCII signs.

    One or two full stops alone are none: in an address they are another path.
    """
    return len(text) <= MAX_CODE and _CODE.fullmatch(text) is not None and text not in (".", "..")


def is_openid(text: str) -> bool:
    """Whether it can be an openid: up to 128 letters, digits, - and _."""
    return len(text) <= MAX_OPENID and _OPENID.fullmatch(text) is not None
