"""The table of RULES written once more, for engines: a condition for each code, in its order.

The conditions are in what rule-engine, zen-engine and Python itself read alike: numbers, names,
comparisons, `in`, `and`, `or`, `not`. The names are those of `facts`.
"""

from __future__ import annotations

from typing import Final

Row = tuple[str, str]
"""A code, and the condition on which it is a reason."""

_LISTED: Final = "(store_code in stores or store_id in stores)"

_ACCOUNT_FROZEN: Final = ("ACCOUNT_FROZEN", "account == 0")
_DATES: Final[tuple[Row, ...]] = (
    ("NOT_STARTED", "now < valid_from"),
    ("EXPIRED", "now >= over_at"),
    ("VALIDITY_UNKNOWN", "not validity_known or today == unclear_day"),
)
_UNITS_DIFFER: Final = (
    "(amount >= 0 and ((least_spend <= amount and amount < most_spend)"
    " or (least_spend <= after_discount and after_discount < most_spend)))"
)

COUPON_ROWS: Final[tuple[Row, ...]] = (
    _ACCOUNT_FROZEN,
    ("USED", "status == 1"),
    ("LOCKED", "lock == 2"),
    ("DISABLED", "template_status == 0"),
    ("STATUS_UNKNOWN", "status not in [0, 1]"),
    ("SOURCES_CONFLICT", "twin_unclear"),
    ("OTHER_SYSTEM", "platform == 2 or category == 3"),
    *_DATES,
    ("HOURS_UNKNOWN", "has_time_range == 1"),
    (
        "STORE_NOT_ALLOWED",
        f"(store_range == 1 and stores_known and store_known and not {_LISTED})"
        f" or (store_range == 2 and stores_known and {_LISTED})",
    ),
    (
        "STORE_UNKNOWN",
        f"store_range in [1, 2] and (not stores_known or (not store_known and not {_LISTED}))",
    ),
    (
        "ORDER_TYPE_NOT_ALLOWED",
        "(order_type == 1 and (category == 6 or scene_type in [1, 4, 5]))"
        " or (order_type == 2 and scene_type in [2, 4, 6])"
        " or (order_type == 3 and (category == 6 or scene_type in [1, 2, 3]))",
    ),
    ("NOT_FOR_ORDERS", "category in [7, 8]"),
    ("MIN_SPEND_NOT_MET", f"amount >= 0 and amount < min_spend and not {_UNITS_DIFFER}"),
    ("SPEND_UNIT_UNKNOWN", _UNITS_DIFFER),
    (
        "SPEND_BASIS_UNKNOWN",
        "min_spend > 0 and amount >= min_spend and after_discount < min_spend",
    ),
    ("SPEND_UNKNOWN", "min_spend > 0 and amount == -1"),
    ("MIN_ITEMS_NOT_MET", "item_count >= 0 and item_count < min_items"),
    ("ITEMS_UNKNOWN", "min_items > 0 and item_count == -1"),
    ("EXCLUSIVE_WITH_DISCOUNT", "exclusive == 1 and discount > 0"),
    ("DAILY_LIMIT_POSSIBLE", "daily_limit > 0 and used_of_template >= daily_limit"),
    ("GOODS_RESTRICTED", "goods_range == 1"),
    ("VALUE_UNKNOWN", "lock not in [1, 2]"),
    ("VALUE_UNKNOWN", "min_spend == -1"),
    ("VALUE_UNKNOWN", "not has_template"),
    ("VALUE_UNKNOWN", "template_status not in [0, 1]"),
    ("VALUE_UNKNOWN", "platform not in [1, 2]"),
    ("VALUE_UNKNOWN", "expiry_kind not in [0, 1, 2]"),
    ("VALUE_UNKNOWN", "has_time_range not in [0, 1]"),
    ("VALUE_UNKNOWN", "store_range not in [0, 1, 2]"),
    ("VALUE_UNKNOWN", "scene_type not in [1, 2, 3, 4, 5, 6, 7]"),
    ("VALUE_UNKNOWN", "category not in [0, 2, 3, 4, 5, 6, 7, 8]"),
    ("VALUE_UNKNOWN", "exclusive not in [0, 1]"),
    ("VALUE_UNKNOWN", "goods_range not in [0, 1]"),
    ("VALUE_UNKNOWN", "not min_items_known"),
    ("VALUE_UNKNOWN", "category == 4 and not buy_count_known"),
    ("VALUE_UNKNOWN", "not daily_limit_known"),
)

CARD_ROWS: Final[tuple[Row, ...]] = (
    _ACCOUNT_FROZEN,
    ("NOT_BOUND", "status == 1"),
    ("GIFTING", "status == 2"),
    ("GIFTED_AWAY", "status == 3"),
    ("RECYCLED", "status == 6"),
    ("USED_UP", "status == 7"),
    ("STATUS_UNKNOWN", "status not in [1, 2, 3, 4, 5, 6, 7]"),
    ("SOURCES_CONFLICT", "bound == 0 and status not in [1, 2, 3, 5, 6, 7]"),
    ("OTHER_SYSTEM", "non_code == 1"),
    ("NOT_STARTED", "now < valid_from"),
    ("EXPIRED", "now >= over_at or status == 5"),
    ("VALIDITY_UNKNOWN", "not validity_known or today == unclear_day"),
    ("WEEKDAY_NOT_ALLOWED", "not weekday_allowed and hours_block"),
    ("OUTSIDE_HOURS", "not hour_allowed"),
    ("HOURS_UNKNOWN", "hours_unclear"),
    ("GOODS_RESTRICTED", "kind == 2 and times_scope == 2"),
    ("ZERO_BALANCE", "(balance_known and balance <= 0) or (uses_known and uses_left <= 0)"),
    ("VALUE_UNKNOWN", "bound not in [0, 1]"),
    ("VALUE_UNKNOWN", "non_code not in [0, 1]"),
    ("VALUE_UNKNOWN", "not weekdays_known"),
    ("VALUE_UNKNOWN", "kind not in [1, 2, 3, 4]"),
    ("VALUE_UNKNOWN", "kind == 2 and times_scope not in [1, 2]"),
    ("VALUE_UNKNOWN", "kind == 2 and not uses_known"),
    ("VALUE_UNKNOWN", "kind not in [2, 3] and not balance_known"),
)
