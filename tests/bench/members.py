"""The sandbox members that are measured with."""

from __future__ import annotations

from dataclasses import dataclass

from posmember.domain.identifier import IdentifierKind
from posmember.sandbox.members.found import ALIPAY_USER_ID, WECHAT_OPENID, WECHAT_UNIONID


@dataclass(frozen=True, slots=True)
class Sample:
    """A member, and what has to be on the screen of it."""

    words: str
    code: str
    user_id: str
    coupons: int
    cards: int


USUAL = Sample("usual member, 30 coupons and 10 cards", "qm0000030", "100030", 30, 10)
LARGE = Sample("large member, 1,000 coupons and 200 cards", "qm0001000", "101000", 1000, 200)
VARIED = Sample("the same, each coupon its own template", "qm0001001", "101001", 1000, 200)

BY_KIND = {
    IdentifierKind.MEMBER_CODE: USUAL.code,
    IdentifierKind.MOBILE: "13800000004",
    IdentifierKind.CARD_NUMBER: "VIP880005",
    IdentifierKind.ALIPAY_USER_ID: ALIPAY_USER_ID,
    IdentifierKind.WECHAT_OPENID: WECHAT_OPENID,
    IdentifierKind.WECHAT_UNIONID: WECHAT_UNIONID,
    IdentifierKind.USER_ID: USUAL.user_id,
}
"""A text of each kind that finds somebody."""
