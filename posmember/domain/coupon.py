"""优惠券: its template, its two sources, and the coupon the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, StrEnum

from posmember.domain.money import Money
from posmember.domain.sources import Source
from posmember.domain.values import Int, Number, Time, Unreadable


class Category(IntEnum):
    """券类型 (member-info, ``template.category``)."""

    CASH_OR_DISCOUNT = 0
    FREE_ITEMS = 2
    EXCHANGE = 3
    BUY_M_GET_N = 4
    GOODS = 5
    FREE_DELIVERY = 6
    SKIP_QUEUE = 7
    PARKING = 8


class DiscountKind(IntEnum):
    """优惠形式 (``coupon_type``)."""

    CASH = 0
    PERCENT = 1


class ExpiryKind(IntEnum):
    """有效期类型 (``template.expire_type``)."""

    FIXED = 0
    FROM_RECEIPT = 1
    FROM_DAY_AFTER_RECEIPT = 2


class StoreRange(IntEnum):
    """适用门店 (``template.multi_range_type``)."""

    ALL = 0
    ONLY_LISTED = 1
    NOT_LISTED = 2


class UnitBasis(StrEnum):
    """How the unit of a spending threshold was decided (api/README: min_amount_use).

    SIBLING: another coupon of the same member proved it; SEEN: coupons of members before did.
    """

    DOCUMENTED = "documented"
    SETTING = "setting"
    IDENTITY = "identity"
    SIBLING = "sibling"
    SEEN = "seen"
    TEXT = "text"
    ASSUMED = "assumed"

    @property
    def certain(self) -> bool:
        """Whether nobody had to guess."""
        return self not in (UnitBasis.TEXT, UnitBasis.ASSUMED)


@dataclass(frozen=True, slots=True)
class MinSpend:
    """使用门槛: the least order amount, and how its unit was decided.

    Args:
        other: the amount in the other unit, where the unit is a guess; None where it is
            certain, or where the other unit cannot be meant.
    """

    amount: Money
    basis: UnitBasis
    other: Money | None = None


@dataclass(frozen=True, slots=True)
class UnitProof:
    """How many coupons proved that member-info writes thresholds in 分, and how many in 元."""

    fen: int = 0
    yuan: int = 0

    def __add__(self, other: UnitProof) -> UnitProof:
        return UnitProof(self.fen + other.fen, self.yuan + other.yuan)

    @property
    def nothing(self) -> bool:
        """Whether no coupon proved anything."""
        return not self.fen and not self.yuan

    @property
    def in_yuan(self) -> bool | None:
        """Whether the unit is 元; None where nothing is proven, or both are."""
        return None if bool(self.fen) is bool(self.yuan) else bool(self.yuan)


NOTHING_PROVEN = UnitProof()


@dataclass(frozen=True, slots=True)
class CouponTemplate:
    """券模板: every field of member-info's ``couponsList[].template``.

    Args:
        value: 优惠券金额/折扣 (``amount``): 元 for cash, a discount in one of three encodings.
        min_spend: ``min_amount_use`` as it came: its unit is not documented (see `MinSpend`).
        valid_from, valid_until: the template's own dates, used where the coupon has none.
        store_ids: ``shop_ids`` as texts; None empty or missing, Unreadable no list of ids.
        store_ids_text: the platform's own text of them; another way to write the same is the same.
    """

    template_id: str = ""
    platform: Int = None
    title: str = ""
    total: Int = None
    value: Number = None
    discount_kind: Int = None
    min_spend: Number = None
    limit_per_member: Int = None
    goods_range: Int = None
    expiry_kind: Int = None
    valid_from: Time = None
    valid_until: Time = None
    expiry_days: Int = None
    status: Int = None
    scene_type: Int = None
    exclusive: Int = None
    daily_limit: Int = None
    has_time_range: Int = None
    category: Int = None
    free_most_expensive: Int = None
    free_cheapest: Int = None
    min_items: Int = None
    store_range: Int = None
    store_ids: tuple[str, ...] | Unreadable | None = None
    store_ids_text: str = field(default="", compare=False, repr=False)
    explain_text: str = ""
    free_next_expensive: Int = None
    buy_count: Int = None
    label: str = ""
    display_title: str = ""
    display_value: str = ""
    display_total_value: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class CouponRecord:
    """One row of member-info's ``couponsList``."""

    coupon_id: str = ""
    valid_from: Time = None
    valid_until: Time = None
    status: Int = None
    redemption_code: str = field(default="", repr=False)
    card_id: str = field(default="", repr=False)
    template: CouponTemplate | None = None


@dataclass(frozen=True, slots=True)
class IdentityCoupon:
    """One row of identity's ``user_coupons``; its threshold is documented in 分.

    Args:
        lock: ``is_lock``: 1 normal, 2 locked.
        validity_text: ``date_time``, the platform's own words for the validity.
    """

    coupon_id: str = ""
    redemption_code: str = field(default="", repr=False)
    valid_from: Time = None
    valid_until: Time = None
    status: Int = None
    lock: Int = None
    validity_text: str = ""
    title: str = ""
    discount_kind: Int = None
    min_spend: Money | Unreadable | None = None
    description: str = ""
    value: Number = None


@dataclass(frozen=True, slots=True)
class Coupon:
    """优惠券 as the rules see it: both sources joined, each value chosen once.

    The coupon's own dates come before its template's (RULES, Dates); where both sources
    give a value, member-info's is taken and the difference named in `disagreements`.

    Args:
        min_spend: the threshold with its unit decided; None is no threshold.
        percent_paid: for a discount coupon, what is paid, e.g. 85 for 8.5折; else None.
        sources: who told of it, in the order member-info, identity.
        disagreements: the fields the sources differ in, in the words of this class.
        versions: the same coupon as each of its other entries tells it, where they differ in
            what the rules look at.
        entries: of one with versions: what each of its entries tells alone.
        twin_unclear: whether an entry of the other source could be this coupon's as well as
            another's, or there are more entries than can be compared.
        used_of_template: of a template with a daily limit: how many of its coupons are used.
    """

    redemption_code: str = field(default="", repr=False)
    coupon_id: str = ""
    title: str = ""
    valid_from: Time = None
    valid_until: Time = None
    status: Int = None
    lock: Int = None
    discount_kind: Int = None
    value: Number = None
    percent_paid: Decimal | Unreadable | None = None
    min_spend: MinSpend | Unreadable | None = None
    template: CouponTemplate | None = None
    record: CouponRecord | None = None
    identity: IdentityCoupon | None = None
    sources: tuple[Source, ...] = ()
    disagreements: tuple[str, ...] = ()
    versions: tuple[Coupon, ...] = ()
    entries: tuple[Coupon, ...] = ()
    twin_unclear: bool = False
    used_of_template: int = 0

    @property
    def own_id(self) -> str:
        """What tells it from others: its code, else its id; "" where it has neither."""
        return self.redemption_code or self.coupon_id
