"""By what a member is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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
