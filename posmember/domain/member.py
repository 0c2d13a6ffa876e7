"""会员: who they are and what they have, as each API tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from posmember.domain.coupon import CouponRecord, IdentityCoupon
from posmember.domain.giftcard import MemberGiftCard
from posmember.domain.money import Money
from posmember.domain.values import Int, Number, Time, Unreadable

Amount = Money | Unreadable | None


class Gender(IntEnum):
    """member-info, ``gender``."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2


@dataclass(frozen=True, slots=True)
class Tier:
    """会员等级 (member-info: ``memberLevel``, ``memberLevelName``, ``memberLevelExpiredAt``)."""

    value: Int = None
    name: str = ""
    expires_at: Time = None


@dataclass(frozen=True, slots=True)
class Label:
    """标签 (member-info: ``labelList``); level 1 type, 2 name, 3 value."""

    name: str = ""
    level: Int = None


@dataclass(frozen=True, slots=True)
class BenefitCard:
    """付费权益卡 (member-info: ``paidBenefitsCardDetailList``)."""

    card_id: str = ""
    name: str = ""
    valid_from: Time = None
    valid_until: Time = None


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """The whole answer of member-info; amounts in 元 there, in `Money` here.

    Args:
        user_id: 会员号 (``customerId``), the platform's user id; "" where it is missing.
        enterprise: ``isMemberEnterprise``: 0 is yes and 1 is no, as documented.
        coupons_lost, gift_cards_lost: a list was there, and nothing of it could be read: not
            the same as none.
        password_enabled: ``isPassword``: 1 is on, 2 is off.
    """

    user_id: str = ""
    name: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)
    gender: Int = None
    tier: Tier = Tier()
    card_number: str = field(default="", repr=False)
    card_name: str = ""
    enterprise: bool | None = None
    password_enabled: bool | None = None
    labels: tuple[Label, ...] = ()
    benefit_cards: tuple[BenefitCard, ...] = ()
    points: Number = None
    principal: Amount = None
    bonus: Amount = None
    lifetime_principal: Amount = None
    lifetime_bonus: Amount = None
    coupons: tuple[CouponRecord, ...] = ()
    gift_cards: tuple[MemberGiftCard, ...] = ()
    coupons_lost: bool = False
    gift_cards_lost: bool = False


@dataclass(frozen=True, slots=True)
class PointsRule:
    """积分抵现's rule (identity: ``pay_rule``).

    Args:
        kind: 1: one point is `ratio` 元; 2: one 元 takes `ratio` points.
        ratio: ``points_num``.
        max_percent: ``exchange_astrict``: the most it may take off, in percent of the order.
    """

    kind: Int = None
    ratio: Number = None
    max_percent: Number = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The whole answer of identity; amounts in 分 there, in `Money` here.

    Args:
        status: ``user_info.status``: 0 frozen, 1 normal.
        multi_store_id: ``multi_store_id``; 0 is the shop itself.
        coupons_lost: a list was there, and nothing of it could be read.
        points_payment: whether the store takes points as payment; None is unknown.
    """

    user_id: str = ""
    nickname: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)
    status: Int = None
    points: Number = None
    principal: Amount = None
    bonus: Amount = None
    total: Amount = None
    multi_store_id: str = ""
    points_payment: bool | None = None
    points_rule: PointsRule | None = None
    coupons: tuple[IdentityCoupon, ...] = ()
    coupons_lost: bool = False
