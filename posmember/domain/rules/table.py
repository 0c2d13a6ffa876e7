"""The table of RULES: which row asks what, of which kind of asset, and what it looks at."""

from __future__ import annotations

from typing import Final

from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.rules import rows, rows_time
from posmember.domain.rules.reasoning import Rule
from posmember.domain.rules.reasons import ReasonCode as Code

_STATUS = frozenset({Code.STATUS_UNKNOWN})
_VALIDITY = frozenset({Code.VALIDITY_UNKNOWN})
_HOURS = frozenset({Code.HOURS_UNKNOWN})
_STORE = frozenset({Code.STORE_UNKNOWN})
_SPEND = frozenset({Code.SPEND_UNKNOWN})
_ITEMS = frozenset({Code.ITEMS_UNKNOWN})
_DATES = ("valid_from", "valid_until")
_SCHEDULE = ("weekdays", "time_windows")
_CARD_STATES = (Code.NOT_BOUND, Code.GIFTING, Code.GIFTED_AWAY, Code.RECYCLED, Code.USED_UP)

# fmt: off
COUPON_RULES: Final[tuple[Rule[Coupon], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",)),
    Rule(2, (Code.USED,), rows.coupon_used, ("status",), _STATUS),
    Rule(3, (Code.LOCKED,), rows.coupon_locked, ("lock",)),
    Rule(4, (Code.DISABLED,), rows.coupon_disabled, ("template_status",)),
    Rule(6, (Code.STATUS_UNKNOWN,), rows.coupon_status_unknown, ("status",)),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until",), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, (*_DATES, "expiry_kind")),
    Rule(12, (Code.HOURS_UNKNOWN,), rows_time.coupon_hours_unknown, ("has_time_range",)),
    Rule(13, (Code.STORE_NOT_ALLOWED,), rows.store_not_allowed, ("store_range", "store_ids"),
         _STORE),
    Rule(14, (Code.STORE_UNKNOWN,), rows.store_unknown, ("store_range", "store_ids")),
    Rule(15, (Code.ORDER_TYPE_NOT_ALLOWED,), rows.order_type_not_allowed,
         ("scene_type", "category"), asks_order=rows.limits_order_type),
    Rule(16, (Code.NOT_FOR_ORDERS,), rows.not_for_orders, ("category",),
         asks_order=rows.is_not_for_orders),
    Rule(17, (Code.MIN_SPEND_NOT_MET,), rows.min_spend_not_met, ("min_spend",), _SPEND,
         asks_order=rows.has_min_spend),
    Rule(18, (Code.SPEND_UNKNOWN,), rows.spend_unknown, ("min_spend",),
         asks_order=rows.has_min_spend),
    Rule(19, (Code.MIN_ITEMS_NOT_MET,), rows.min_items_not_met, ("min_items",), _ITEMS,
         asks_order=rows.has_min_items),
    Rule(20, (Code.ITEMS_UNKNOWN,), rows.items_unknown, ("min_items",),
         asks_order=rows.has_min_items),
    Rule(21, (Code.GOODS_RESTRICTED,), rows.coupon_goods_restricted, ("goods_range",)),
    Rule(23, (Code.VALUE_UNKNOWN,), rows.coupon_values_unknown, ()),
)
"""A coupon has no card state (5), no hours of its own (10, 11) and no balance (22)."""

GIFT_CARD_RULES: Final[tuple[Rule[GiftCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",)),
    Rule(5, _CARD_STATES, rows.gift_card_state, ("status",), _STATUS),
    Rule(6, (Code.STATUS_UNKNOWN,), rows.gift_card_status_unknown, ("status",)),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until", "status"), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, (*_DATES, "validity_kind")),
    Rule(10, (Code.WEEKDAY_NOT_ALLOWED,), rows_time.weekday_not_allowed, _SCHEDULE, _HOURS),
    Rule(11, (Code.OUTSIDE_HOURS,), rows_time.outside_hours, ("time_windows",), _HOURS),
    Rule(12, (Code.HOURS_UNKNOWN,), rows_time.gift_card_hours_unknown, _SCHEDULE),
    Rule(21, (Code.GOODS_RESTRICTED,), rows.gift_card_goods_restricted, ("kind", "times_scope")),
    Rule(22, (Code.ZERO_BALANCE,), rows.zero_balance, ("balance", "uses_left")),
    Rule(23, (Code.VALUE_UNKNOWN,), rows.gift_card_values_unknown, ()),
)
"""A gift card is redeemed in any store, on any order and from any amount, for all we are told."""

BENEFIT_CARD_RULES: Final[tuple[Rule[BenefitCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rows.account_frozen, ("account",)),
    Rule(7, (Code.NOT_STARTED,), rows_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rows_time.expired, ("valid_until",), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rows_time.validity_unknown, _DATES),
    Rule(23, (Code.VALUE_UNKNOWN,), rows.benefit_card_values_unknown, ()),
)
"""Of a 付费权益卡 only the dates are told."""
# fmt: on
