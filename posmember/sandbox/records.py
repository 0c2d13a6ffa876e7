"""What the sandbox knows of a member, written as the wire has it.

A plan says what one coupon, card or member is about; the builders turn it into the field maps
that the answers send. Wherever a plan has an ``…_odd`` map, its entries replace the ordinary
values as they stand, and `MISSING` removes the key: so a member can carry every odd form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


class Missing(Enum):
    """The type of MISSING."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
Odd: TypeAlias = "Json | Missing"
OddMap: TypeAlias = Mapping[str, Odd]

Reasons: TypeAlias = tuple[str, ...]
USABLE: Final[Reasons] = ()
"""No reason against it."""


def with_odd(ordinary: Mapping[str, Json], odd: OddMap) -> dict[str, Json]:
    """The ordinary fields with the odd ones in their place."""
    merged = dict(ordinary)
    for key, value in odd.items():
        if isinstance(value, Missing):
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged


@dataclass(frozen=True, slots=True)
class CouponPlan:
    """One coupon.

    `amount` is in 元, or the discount as text. `threshold_fen` is in 分; member-info shows it in
    元 if `threshold_in_yuan`. `start` and `end` None: ten days ago, in thirty days.
    `reasons` are those of the usage rules for the usual order (store 1001 with id 88001,
    dine-in, 58.00 元, no discount, 3 items, the moment the members were built for), or None where
    the plan does not say; what the account's state adds is not among them. Coupons with the same
    `template_number` are of one template; None is a template of its own. `again`: a second entry
    of the same coupon in member-info, and what it says otherwise, in its template alike;
    `again_identity` the same in identity; None is no second entry.
    """

    title: str
    amount: str = "10.00"
    coupon_type: int = 0
    threshold_fen: int = 0
    threshold_in_yuan: bool = False
    start: str | None = None
    end: str | None = None
    used: bool = False
    locked: bool = False
    template: OddMap = field(default_factory=dict)
    entry_odd: OddMap = field(default_factory=dict)
    identity_odd: OddMap = field(default_factory=dict)
    in_member_info: bool = True
    in_identity: bool = True
    reasons: Reasons | None = None
    template_number: int | None = None
    again: OddMap | None = None
    again_identity: OddMap | None = None


@dataclass(frozen=True, slots=True)
class CardPlan:
    """One gift card.

    `total` and `balance` are in 元, or uses of a card for goods (card type 2). `reasons` as in
    `CouponPlan`. `start` and `end` None: a month ago, never.
    """

    title: str
    card_type: int = 1
    total: str = "100.00"
    balance: str = "100.00"
    status: int = 4
    source: int = 1
    applicable_type: int | None = None
    start: str | None = None
    end: str | None = None
    valid_type: int = 1
    used_today: int = 0
    hours: str = ""
    weekdays: str = ""
    entry_odd: OddMap = field(default_factory=dict)
    listing_odd: OddMap = field(default_factory=dict)
    in_member_info: bool = True
    in_list: bool = True
    reasons: Reasons | None = None


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon as each API sends it; None where that API does not know it, or not twice."""

    code: str
    member_info: Mapping[str, Json] | None
    identity: Mapping[str, Json] | None
    reasons: Reasons | None
    again: Mapping[str, Json] | None = None
    again_identity: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class GiftCard:
    """A gift card as each API sends it; None where that API does not know it."""

    number: str
    recycled: bool
    member_info: Mapping[str, Json] | None
    listing: Mapping[str, Json] | None
    reasons: Reasons | None


def points_rule(
    *, is_open: Json = 1, kind: Json = 2, number: Json = 100, percent: Json = 20
) -> Mapping[str, Json]:
    """Points payment as identity sends it.

    Kind 1: one point is `number` 元; kind 2: one 元 takes `number` points. `percent` is the most
    of an order that points may pay.
    """
    rule = {"points_num_type": kind, "points_num": number, "exchange_astrict": percent}
    return {"is_open_points_pay": is_open, "pay_rule": rule}


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What finds a member; "" finds nobody.

    `by_code` and `by_id`: whether member-info's type 1 knows the member code, and the customer id.
    """

    code: str = ""
    mobile: str = ""
    card_number: str = ""
    alipay_user_id: str = ""
    wechat_openid: str = ""
    wechat_unionid: str = ""
    by_code: bool = True
    by_id: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """A member to be enrolled. `shows` says in English what the member is there to show.

    Balances are in 分. `info_odd` changes member-info's data, `user_odd` identity's user_info.
    `number` gives the code, mobile number, card number and user id unless `found_by` does.
    """

    number: int
    name: str
    shows: str
    found_by: Identifiers | None = None
    tier: tuple[int, str] = (1, "普通会员")
    gender: int = 0
    enterprise: bool = False
    has_password: bool = False
    frozen: bool = False
    points: int = 0
    principal_fen: int = 0
    bonus_fen: int = 0
    labels: tuple[tuple[str, int], ...] = ()
    benefit_cards: tuple[str, ...] = ()
    coupons: tuple[CouponPlan, ...] = ()
    cards: tuple[CardPlan, ...] = ()
    points_rule: Mapping[str, Json] = field(default_factory=points_rule)
    in_identity: bool = True
    info_odd: OddMap = field(default_factory=dict)
    user_odd: OddMap = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """An enrolled member: identifiers and the fields of each answer.

    `user` None: identity does not know the member. `points_rule` is added to it when a call asks
    for it.
    """

    user_id: int
    name: str
    shows: str
    ids: Identifiers
    info: Mapping[str, Json]
    user: Mapping[str, Json] | None
    points_rule: Mapping[str, Json]
    coupons: tuple[Coupon, ...]
    cards: tuple[GiftCard, ...]
