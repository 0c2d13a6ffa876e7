"""The table of RULES: which row asks what, of which kind of asset, and what it looks at."""

from __future__ import annotations

from typing import Final

from posmember.domain import rules, rules_time
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.member import BenefitCard
from posmember.domain.reasoning import Rule
from posmember.domain.reasons import ReasonCode as Code

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
    Rule(1, (Code.ACCOUNT_FROZEN,), rules.account_frozen, ("account",)),
    Rule(2, (Code.USED,), rules.coupon_used, ("status",), _STATUS),
    Rule(3, (Code.LOCKED,), rules.coupon_locked, ("lock",)),
    Rule(4, (Code.DISABLED,), rules.coupon_disabled, ("template_status",)),
    Rule(6, (Code.STATUS_UNKNOWN,), rules.coupon_status_unknown, ("status",)),
    Rule(7, (Code.NOT_STARTED,), rules_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rules_time.expired, ("valid_until",), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rules_time.validity_unknown, (*_DATES, "expiry_kind")),
    Rule(12, (Code.HOURS_UNKNOWN,), rules_time.coupon_hours_unknown, ("has_time_range",)),
    Rule(13, (Code.STORE_NOT_ALLOWED,), rules.store_not_allowed, ("store_range", "store_ids"),
         _STORE),
    Rule(14, (Code.STORE_UNKNOWN,), rules.store_unknown, ("store_range", "store_ids")),
    Rule(15, (Code.ORDER_TYPE_NOT_ALLOWED,), rules.order_type_not_allowed,
         ("scene_type", "category"), asks_order=rules.limits_order_type),
    Rule(16, (Code.NOT_FOR_ORDERS,), rules.not_for_orders, ("category",),
         asks_order=rules.is_not_for_orders),
    Rule(17, (Code.MIN_SPEND_NOT_MET,), rules.min_spend_not_met, ("min_spend",), _SPEND,
         asks_order=rules.has_min_spend),
    Rule(18, (Code.SPEND_UNKNOWN,), rules.spend_unknown, ("min_spend",),
         asks_order=rules.has_min_spend),
    Rule(19, (Code.MIN_ITEMS_NOT_MET,), rules.min_items_not_met, ("min_items",), _ITEMS,
         asks_order=rules.has_min_items),
    Rule(20, (Code.ITEMS_UNKNOWN,), rules.items_unknown, ("min_items",),
         asks_order=rules.has_min_items),
    Rule(21, (Code.GOODS_RESTRICTED,), rules.coupon_goods_restricted, ("goods_range",)),
    Rule(23, (Code.VALUE_UNKNOWN,), rules.coupon_values_unknown, ()),
)
"""A coupon has no card state (5), no hours of its own (10, 11) and no balance (22)."""

GIFT_CARD_RULES: Final[tuple[Rule[GiftCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rules.account_frozen, ("account",)),
    Rule(5, _CARD_STATES, rules.gift_card_state, ("status",), _STATUS),
    Rule(6, (Code.STATUS_UNKNOWN,), rules.gift_card_status_unknown, ("status",)),
    Rule(7, (Code.NOT_STARTED,), rules_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rules_time.expired, ("valid_until", "status"), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rules_time.validity_unknown, (*_DATES, "validity_kind")),
    Rule(10, (Code.WEEKDAY_NOT_ALLOWED,), rules_time.weekday_not_allowed, _SCHEDULE, _HOURS),
    Rule(11, (Code.OUTSIDE_HOURS,), rules_time.outside_hours, ("time_windows",), _HOURS),
    Rule(12, (Code.HOURS_UNKNOWN,), rules_time.gift_card_hours_unknown, _SCHEDULE),
    Rule(21, (Code.GOODS_RESTRICTED,), rules.gift_card_goods_restricted, ("kind", "times_scope")),
    Rule(22, (Code.ZERO_BALANCE,), rules.zero_balance, ("balance", "uses_left")),
    Rule(23, (Code.VALUE_UNKNOWN,), rules.gift_card_values_unknown, ()),
)
"""A gift card is redeemed in any store, on any order and from any amount, for all we are told."""

BENEFIT_CARD_RULES: Final[tuple[Rule[BenefitCard], ...]] = (
    Rule(1, (Code.ACCOUNT_FROZEN,), rules.account_frozen, ("account",)),
    Rule(7, (Code.NOT_STARTED,), rules_time.not_started, ("valid_from",), _VALIDITY),
    Rule(8, (Code.EXPIRED,), rules_time.expired, ("valid_until",), _VALIDITY),
    Rule(9, (Code.VALIDITY_UNKNOWN,), rules_time.validity_unknown, _DATES),
    Rule(23, (Code.VALUE_UNKNOWN,), rules.benefit_card_values_unknown, ()),
)
"""Of a 付费权益卡 only the dates are told."""
# fmt: on
