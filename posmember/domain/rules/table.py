"""The table of RULES: which row asks what, of which kind of asset, and what it looks at."""

from __future__ import annotations

from typing import Final

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.rules import rows, rows_order, rows_time, rows_values
from posmember.domain.rules.reasoning import Rule
from posmember.domain.rules.reasons import ReasonCode as Code

_STATUS = frozenset({Code.STATUS_UNKNOWN})
_VALIDITY = frozenset({Code.VALIDITY_UNKNOWN})
_HOURS = frozenset({Code.HOURS_UNKNOWN})
_STORE = frozenset({Code.STORE_UNKNOWN})
_SPEND = frozenset({Code.SPEND_UNIT_UNKNOWN, Code.SPEND_BASIS_UNKNOWN, Code.SPEND_UNKNOWN})
_ITEMS = frozenset({Code.ITEMS_UNKNOWN})
_DATES = ("valid_from", "valid_until")
_SCHEDULE = ("weekdays", "time_windows")
_CARD_STATES = (Code.NOT_BOUND, Code.GIFTING, Code.GIFTED_AWAY, Code.RECYCLED, Code.USED_UP)

# fmt: off
COUPON_RULES: Final[tuple[Rule[Coupon], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",), of_template=True),
    Rule(2, (Code.USED,), rows.coupon_used, ("status",), _STATUS),
    Rule(3, (Code.LOCKED,), rows.coupon_locked, ("lock",)),
    Rule(4, (Code.DISABLED,), rows.coupon_disabled, ("template_status",), of_template=True),
    Rule(6, (Code.STATUS_UNKNOWN,), rows.coupon_status_unknown, ("status",)),
    Rule(24, (Code.SOURCES_CONFLICT,), rows.coupon_twin_unclear, ("disagreements",)),
    Rule(25, (Code.OTHER_SYSTEM,), rows.coupon_of_other_system, ("platform", "category"),
         of_template=True),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY,
         of_dates=True),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until",), _VALIDITY, of_dates=True),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, (*_DATES, "expiry_kind"),
         of_dates=True),
    Rule(12, (Code.HOURS_UNKNOWN,), rows_time.coupon_hours_unknown, ("has_time_range",),
         of_template=True),
    Rule(13, (Code.STORE_NOT_ALLOWED,), rows.store_not_allowed, ("store_range", "store_ids"),
         _STORE, of_template=True),
    Rule(14, (Code.STORE_UNKNOWN,), rows.store_unknown, ("store_range", "store_ids"),
         of_template=True),
    Rule(15, (Code.ORDER_TYPE_NOT_ALLOWED,), rows_order.order_type_not_allowed,
         ("scene_type", "category"), asks_order=rows_order.limits_order_type, of_template=True),
    Rule(16, (Code.NOT_FOR_ORDERS,), rows_order.not_for_orders, ("category",),
         asks_order=rows_order.is_not_for_orders, of_template=True),
    Rule(17, (Code.MIN_SPEND_NOT_MET,), rows_order.min_spend_not_met, ("min_spend",), _SPEND,
         asks_order=rows_order.has_min_spend),
    Rule(26, (Code.SPEND_UNIT_UNKNOWN,), rows_order.spend_unit_unknown, ("min_spend",),
         asks_order=rows_order.has_min_spend),
    Rule(27, (Code.SPEND_BASIS_UNKNOWN,), rows_order.spend_basis_unknown,
         ("min_spend", "discount"), asks_order=rows_order.has_min_spend),
    Rule(18, (Code.SPEND_UNKNOWN,), rows_order.spend_unknown, ("min_spend",),
         asks_order=rows_order.has_min_spend),
    Rule(19, (Code.MIN_ITEMS_NOT_MET,), rows_order.min_items_not_met, ("min_items", "buy_count"),
         _ITEMS, asks_order=rows_order.has_min_items, of_template=True),
    Rule(20, (Code.ITEMS_UNKNOWN,), rows_order.items_unknown, ("min_items", "buy_count"),
         asks_order=rows_order.has_min_items, of_template=True),
    Rule(28, (Code.EXCLUSIVE_WITH_DISCOUNT,), rows_order.exclusive_with_discount,
         ("exclusive", "discount"), asks_order=rows_order.is_exclusive, of_template=True),
    Rule(29, (Code.DAILY_LIMIT_POSSIBLE,), rows_order.daily_limit_possible,
         ("daily_limit", "used_of_template")),
    Rule(21, (Code.GOODS_RESTRICTED,), rows.coupon_goods_restricted, ("goods_range",),
         of_template=True),
    Rule(23, (Code.VALUE_UNKNOWN,), rows_values.coupon_values_unknown, ()),
    Rule(23, (Code.VALUE_UNKNOWN,), rows_values.template_values_unknown, (), of_template=True),
)
"""A coupon has no card state (5), no hours of its own (10, 11) and no balance (22)."""

GIFT_CARD_RULES: Final[tuple[Rule[GiftCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",)),
    Rule(5, _CARD_STATES, rows.gift_card_state, ("status",), _STATUS),
    Rule(6, (Code.STATUS_UNKNOWN,), rows.gift_card_status_unknown, ("status",)),
    Rule(24, (Code.SOURCES_CONFLICT,), rows.gift_card_entries_unclear, ("disagreements", "bound")),
    Rule(25, (Code.OTHER_SYSTEM,), rows.gift_card_of_other_system, ("non_code",)),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until", "status"), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, (*_DATES, "validity_kind")),
    Rule(10, (Code.WEEKDAY_NOT_ALLOWED,), rows_time.weekday_not_allowed, _SCHEDULE, _HOURS),
    Rule(11, (Code.OUTSIDE_HOURS,), rows_time.outside_hours, ("time_windows",), _HOURS),
    Rule(12, (Code.HOURS_UNKNOWN,), rows_time.gift_card_hours_unknown, _SCHEDULE),
    Rule(21, (Code.GOODS_RESTRICTED,), rows.gift_card_goods_restricted, ("kind", "times_scope")),
    Rule(22, (Code.ZERO_BALANCE,), rows.zero_balance, ("balance", "uses_left")),
    Rule(23, (Code.VALUE_UNKNOWN,), rows_values.gift_card_values_unknown, ()),
)
"""A gift card is redeemed in any store, on any order and from any amount, for all we are told."""

BENEFIT_CARD_RULES: Final[tuple[Rule[BenefitCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",)),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until",), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, _DATES),
)
"""Of a 付费权益卡 only the dates are told; it has no field that row 23 could not read."""
# fmt: on
