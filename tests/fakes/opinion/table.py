"""The table of RULES: the order of its rows, which of them block, and who can mend what."""

from __future__ import annotations

from tests.fakes.opinion.reading import Json

TABLE = (
    ("ACCOUNT_FROZEN", True, "nobody"),
    ("USED", True, "nobody"),
    ("LOCKED", True, "cashier"),
    ("DISABLED", True, "nobody"),
    ("NOT_BOUND", True, "customer"),
    ("GIFTING", True, "customer"),
    ("GIFTED_AWAY", True, "nobody"),
    ("RECYCLED", True, "nobody"),
    ("USED_UP", True, "nobody"),
    ("STATUS_UNKNOWN", False, "cashier"),
    ("SOURCES_CONFLICT", False, "cashier"),
    ("EVERY_ENTRY_BLOCKS", True, "nobody"),  # no row: both sources block it, each by its own
    ("OTHER_SYSTEM", False, "customer"),
    ("NOT_STARTED", True, "time"),
    ("EXPIRED", True, "nobody"),
    ("VALIDITY_UNKNOWN", False, "cashier"),
    ("WEEKDAY_NOT_ALLOWED", True, "time"),
    ("OUTSIDE_HOURS", True, "time"),
    ("HOURS_UNKNOWN", False, "cashier"),
    ("STORE_NOT_ALLOWED", True, "nobody"),
    ("STORE_UNKNOWN", False, "cashier"),
    ("ORDER_TYPE_NOT_ALLOWED", True, "cashier"),
    ("NOT_FOR_ORDERS", True, "nobody"),
    ("MIN_SPEND_NOT_MET", True, "customer"),
    ("SPEND_UNIT_UNKNOWN", False, "cashier"),
    ("SPEND_BASIS_UNKNOWN", False, "cashier"),
    ("SPEND_UNKNOWN", False, "cashier"),
    ("MIN_ITEMS_NOT_MET", True, "customer"),
    ("ITEMS_UNKNOWN", False, "cashier"),
    ("EXCLUSIVE_WITH_DISCOUNT", False, "cashier"),
    ("DAILY_LIMIT_POSSIBLE", False, "cashier"),
    ("GOODS_RESTRICTED", False, "cashier"),
    ("ZERO_BALANCE", True, "nobody"),
    ("VALUE_UNKNOWN", False, "cashier"),
)
PLACE = {code: place for place, (code, _, _) in enumerate(TABLE)}
BLOCKS = {code for code, blocks, _ in TABLE if blocks}
FIXABLE_BY = {code: who for code, _, who in TABLE}
BY_TIME = {"NOT_STARTED", "WEEKDAY_NOT_ALLOWED", "OUTSIDE_HOURS"}
RANK = {"usable": 0, "check": 1, "not_usable": 2}
CARD_STATUS = {1: "NOT_BOUND", 2: "GIFTING", 3: "GIFTED_AWAY", 6: "RECYCLED", 7: "USED_UP"}
SCENES = {
    1: {"delivery"},
    2: {"dine_in"},
    3: {"dine_in", "delivery"},
    4: {"pay_bill"},
    5: {"delivery", "pay_bill"},
    6: {"dine_in", "pay_bill"},
    7: {"dine_in", "delivery", "pay_bill"},
}


def reason(code: str, raw: str | None = None, **params: object) -> Json:
    return {"code": code, "params": params, "raw": raw}


def in_order(reasons: list[Json]) -> list[Json]:
    """The reasons as the table has them, each with who can mend it."""
    placed = sorted(reasons, key=lambda each: (PLACE[each["code"]], str(each["params"])))
    return [{"raw": None, **each, "fixable_by": FIXABLE_BY[each["code"]]} for each in placed]


def verdict_of(reasons: list[Json]) -> str:
    if any(each["code"] in BLOCKS for each in reasons):
        return "not_usable"
    return "check" if reasons else "usable"


def value_unknown(field: str, raw: str | None = None) -> Json:
    return reason("VALUE_UNKNOWN", raw, field=field)
