"""By what a member is looked up, and what a user id of the platform's names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_WHOLE_NUMBER: Final = re.compile(r"([0-9]+)(?:\.0*)?")
_NEGATIVE: Final = re.compile("[-\u2010-\u2015\u2212] *[0-9.]+")
_MASKS: Final = frozenset("*×•●")
_LONGEST: Final = 64
_NOBODY: Final = frozenset({"null", "none", "nil", "undefined", "nan", "n/a", "无", "暂无", "空"})


class IdentifierKind(StrEnum):
    """What an identifier is; the values are the command line's words for `--type`."""

    MEMBER_CODE = "member_code"
    MOBILE = "mobile"
    CARD_NUMBER = "card_number"
    ALIPAY_USER_ID = "alipay_user_id"
    WECHAT_OPENID = "wechat_openid"
    WECHAT_UNIONID = "wechat_unionid"
    USER_ID = "user_id"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One way to find a member. The value is personal data and stays out of every repr."""

    kind: IdentifierKind
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccountLogin:
    """账号密码: a phone number and the member's own password (identity document, type 1)."""

    mobile: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PhysicalCard:
    """实体卡: its number and its inner number (identity document, type 2)."""

    card_number: str = field(repr=False)
    inner_number: str = field(repr=False)


def plain_id(text: str) -> str:
    """A user id as it is asked by; "" for what names nobody.

    Half-width, without blanks around it, and 9000001.0 is 9000001. Nothing else is left out of
    it: 1-23 and 12-3 are two people. Nobody is named by a 0, as PHP writes it, a negative
    number, a masked one, the words for nothing of other languages, and what is too long.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _LONGEST:
        return ""
    if number := _WHOLE_NUMBER.fullmatch(plain):
        return number[1] if number[1].strip("0") else ""
    return plain if _names_somebody(plain) else ""


def same_id(first: str, second: str) -> bool | None:
    """Whether two ids are one; None where one of them names nobody.

    The platform's ids are numbers, which one of its calls writes as such and another as a text:
    007001 is 7001.
    """
    one, other = _compared(first), _compared(second)
    return one == other if one and other else None


def _names_somebody(plain: str) -> bool:
    if _MASKS.intersection(plain) or _NEGATIVE.fullmatch(plain):
        return False
    return any(map(str.isalnum, plain)) and plain.casefold() not in _NOBODY


def _compared(text: str) -> str:
    plain = plain_id(text)
    return plain.lstrip("0") if _WHOLE_NUMBER.fullmatch(plain) else plain
