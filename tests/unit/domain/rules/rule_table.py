"""The table of usage rules as cases: what RULES says of one asset in one situation.

Grouped by the rows of its table. What a line does not name is ordinary: see the builders. It is
Saturday, 2026-11-21, 14:03:22; the order is eaten in, of 58.00 元 and three items.
"""

from __future__ import annotations

from dataclasses import replace

from posmember.domain.context import AccountStatus, Order, OrderType
from posmember.domain.coupon import Coupon
from posmember.domain.giftcard import GiftCard
from posmember.domain.money import Money
from tests.fakes.assets import (
    at,
    benefit_card,
    context,
    coupon,
    coupon_of,
    gift_card,
    min_spend,
    moment,
    on,
    scope,
    template,
    times_card,
)
from tests.unit.domain.rules.rule_case import (
    CHECK,
    FROZEN,
    GOODS,
    HERE,
    KINDS,
    NO,
    NOT_TOLD,
    ODD,
    YES,
    Case,
    blocked_kinds,
    case,
)
from tests.unit.domain.rules.rule_table_conflict import CONFLICTS
from tests.unit.domain.rules.rule_table_order import ORDER_TYPES, STORE, THRESHOLDS
from tests.unit.domain.rules.rule_table_time import DATES, END, START, WEEKDAYS_AND_HOURS

STATUS, EMPTY = "STATUS_UNKNOWN", "ZERO_BALANCE"
LAST_S, THIS_S, NEXT_S = (f"2026-11-21 14:03:{second}" for second in (21, 22, 23))
WHO_AND_WHAT = {
    "0 nothing against it": [
        case("a coupon", coupon(), HERE, YES),
        case("现金卡", gift_card(), HERE, YES),
        *[
            case(kind, card, HERE, CHECK if own else YES, *own)
            for kind, (card, own) in KINDS.items()
        ],
    ],
    "1 account frozen": [
        case("a coupon", coupon(), FROZEN, NO, "ACCOUNT_FROZEN"),
        case("现金卡", gift_card(), FROZEN, NO, "ACCOUNT_FROZEN"),
        *blocked_kinds("frozen", FROZEN, "ACCOUNT_FROZEN"),
        case("used, too", coupon(status=1), FROZEN, NO, "ACCOUNT_FROZEN", "USED"),
        case("used up, too", gift_card(status=7), FROZEN, NO, "ACCOUNT_FROZEN", "USED_UP"),
    ],
    "2 used": [
        case("status 1", coupon(status=1), HERE, NO, "USED"),
        case("status 0", coupon(status=0), HERE, YES),
        case(
            "over, too", coupon(status=1, valid_until=at("2026-11-20")), HERE, NO, "USED", "EXPIRED"
        ),
    ],
    "3 locked": [
        case("lock 2", coupon(lock=2), HERE, NO, "LOCKED"),
        case("lock 1", coupon(lock=1), HERE, YES),
        case("identity does not know the coupon", coupon(lock=None), HERE, YES),
        case("used, too", coupon(lock=2, status=1), HERE, NO, "USED", "LOCKED"),
    ],
    "4 disabled": [
        case("template status 0", coupon_of(status=0), HERE, NO, "DISABLED"),
        case("template status 1", coupon_of(status=1), HERE, YES),
    ],
    "5 the state of a card": [
        case("1", gift_card(status=1), HERE, NO, "NOT_BOUND"),
        case("2", gift_card(status=2), HERE, NO, "GIFTING"),
        case("3", gift_card(status=3), HERE, NO, "GIFTED_AWAY"),
        case("4", gift_card(status=4), HERE, YES),
        case("6", gift_card(status=6), HERE, NO, "RECYCLED"),
        case("7", gift_card(status=7), HERE, NO, "USED_UP"),
        *blocked_kinds("1", HERE, "NOT_BOUND", status=1),
        *blocked_kinds("2", HERE, "GIFTING", status=2),
        *blocked_kinds("3", HERE, "GIFTED_AWAY", status=3),
        *blocked_kinds("6", HERE, "RECYCLED", status=6),
        *blocked_kinds("7", HERE, "USED_UP", status=7),
    ],
    "6 status unknown": [
        case("coupon, missing", coupon(status=None), HERE, CHECK, STATUS, value=None),
        case("coupon, 2", coupon(status=2), HERE, CHECK, STATUS, value=2),
        case("coupon, -1", coupon(status=-1), HERE, CHECK, STATUS, value=-1),
        case("coupon, unreadable", coupon(status=ODD), HERE, CHECK, STATUS, value=None),
        case("card, 0", gift_card(status=0), HERE, CHECK, STATUS, value=0),
        case("card, 8", gift_card(status=8), HERE, CHECK, STATUS, value=8),
        case("card, missing", gift_card(status=None), HERE, CHECK, STATUS, value=None),
        case("card, unreadable", gift_card(status=ODD), HERE, CHECK, STATUS, value=None),
        *[
            case(f"{kind}, 0", replace(card, status=0), HERE, CHECK, STATUS, *own)
            for kind, (card, own) in KINDS.items()
        ],
    ],
    "25 another system": [
        case("口碑", coupon_of(platform=2), HERE, CHECK, "OTHER_SYSTEM:koubei"),
        case("微信", coupon_of(platform=1), HERE, YES),
        case("no platform", coupon_of(platform=None), HERE, YES),
        case("erp", coupon_of(category=3), HERE, CHECK, "OTHER_SYSTEM:erp"),
        case("口碑 and erp", coupon_of(platform=2, category=3), HERE, CHECK, "OTHER_SYSTEM:koubei"),
        case("非码", gift_card(non_code=1), HERE, CHECK, "OTHER_SYSTEM:non_code"),
        case("企迈", gift_card(non_code=0), HERE, YES),
        case("非码, 次卡", times_card(non_code=1), HERE, CHECK, "OTHER_SYSTEM:non_code"),
    ],
}


LEFT = {
    "22 nothing left": [
        case("现金卡, 0", gift_card(balance=Money(0)), HERE, NO, EMPTY),
        case("现金卡, one 分", gift_card(balance=Money(1)), HERE, YES),
        case("现金卡, less than nothing", gift_card(balance=Money(-1)), HERE, NO, EMPTY),
        case("储值卡, 0", gift_card(kind=4, balance=Money(0)), HERE, NO, EMPTY),
        case("储值卡, one 分", gift_card(kind=4, balance=Money(1)), HERE, YES),
        case("次卡, no times", times_card(uses_left=0), HERE, NO, EMPTY),
        case("次卡, one time", times_card(uses_left=1), HERE, YES),
        case("次卡, less than no times", times_card(uses_left=-1), HERE, NO, EMPTY),
        case(
            "次卡 of named goods, no times",
            times_card(times_scope=2, uses_left=0),
            HERE,
            NO,
            GOODS,
            EMPTY,
        ),
        case("权益卡 counts nothing", gift_card(kind=3, balance=None), HERE, YES),
        case("a balance below what is ordered", gift_card(balance=Money(100)), HERE, YES),
    ],
}


def unknown(field: str, asset: Coupon | GiftCard, how: str = "") -> Case:
    return case(f"{field} {how}".strip(), asset, HERE, CHECK, f"VALUE_UNKNOWN:{field}")


UNKNOWN = {
    "23 value unknown, coupon": [
        case("account not told: said once, not here", coupon(), NOT_TOLD, CHECK),
        unknown("lock", coupon(lock=3), "3"),
        unknown("lock", coupon(lock=0), "0"),
        unknown("lock", coupon(lock=ODD), "unreadable"),
        unknown("template", coupon(template=None), "missing"),
        unknown("template_status", coupon_of(status=None), "missing"),
        unknown("min_spend", coupon(min_spend=ODD), "unreadable"),
        unknown("min_items", coupon_of(min_items=ODD), "unreadable"),
        unknown("platform", coupon_of(platform=0), "0"),
        unknown("daily_limit", coupon_of(daily_limit=ODD), "unreadable"),
        unknown("buy_count", coupon_of(category=4, buy_count=ODD), "unreadable"),
        case("no rule: buy_count unreadable, no 买M送N", coupon_of(buy_count=ODD), HERE, YES),
        case(
            "both numbers of 买M送N",
            *(coupon_of(category=4, min_items=ODD, buy_count=ODD), HERE, CHECK),
            "VALUE_UNKNOWN:min_items VALUE_UNKNOWN:buy_count",
        ),
        *[
            unknown(name, coupon_of(**{field: value}), how)
            for field, name, number in (
                ("status", "template_status", 2),
                ("platform", "platform", 3),
                ("exclusive", "exclusive", 2),
                ("expiry_kind", "expiry_kind", 3),
                ("has_time_range", "has_time_range", 2),
                ("store_range", "store_range", 3),
                ("category", "category", 1),
                ("goods_range", "goods_range", 2),
            )
            for how, value in ((str(number), number), ("-1", -1), ("unreadable", ODD))
        ],
        case("no rule: expiry_kind missing", coupon_of(expiry_kind=None), HERE, YES),
        case("no rule: category missing", coupon_of(category=None), HERE, YES),
        case("no rule: goods_range missing", coupon_of(goods_range=None), HERE, YES),
        case("no rule: store_range missing", coupon_of(store_range=None), HERE, YES),
    ],
    "23 value unknown, card": [
        case("account not told: said once, not here", gift_card(), NOT_TOLD, CHECK),
        *[
            unknown(name, gift_card(**{name: value}), how)
            for name in ("bound", "non_code")
            for how, value in (("2", 2), ("-1", -1), ("unreadable", ODD))
        ],
        case(
            "both flags",
            *(gift_card(bound=2, non_code=2), HERE, CHECK),
            "VALUE_UNKNOWN:bound VALUE_UNKNOWN:non_code",
        ),
        unknown("kind", gift_card(kind=None), "missing"),
        unknown("kind", gift_card(kind=0), "0"),
        unknown("kind", gift_card(kind=5), "5"),
        unknown("kind", gift_card(kind=ODD), "unreadable"),
        unknown("balance", gift_card(balance=None), "missing"),
        unknown("balance", gift_card(balance=ODD), "unreadable"),
        unknown("balance", gift_card(kind=4, balance=None), "missing, 储值卡"),
        unknown("balance", gift_card(kind=4, balance=ODD), "unreadable, 储值卡"),
        unknown("times_scope", times_card(times_scope=None), "missing"),
        unknown("times_scope", times_card(times_scope=3), "3"),
        unknown("times_scope", times_card(times_scope=ODD), "unreadable"),
        unknown("uses_left", times_card(uses_left=None), "missing"),
        unknown("uses_left", times_card(uses_left=ODD), "unreadable"),
    ],
}

BLOCKED_COUPON = coupon(
    status=1,
    lock=2,
    valid_from=at("2026-12-01"),
    valid_until=at("2026-11-20"),
    min_spend=min_spend(9900),
    used_of_template=2,
    twin_unclear=True,
    template=template(
        **{"platform": 2, "exclusive": 1, "daily_limit": 2},
        **{"status": 0, "has_time_range": 1, "store_range": 1, "store_ids": ("88002",)},
        **{"scene_type": 1, "category": 8, "min_items": 9, "goods_range": 1, "expiry_kind": 9},
    ),
)
COUPON_TO_CHECK = coupon(
    status=None,
    lock=0,
    valid_until=None,
    min_spend=min_spend(1),
    used_of_template=1,
    template=template(
        **{"platform": 3, "exclusive": 2, "daily_limit": 1},
        **{"status": None, "expiry_kind": 3, "has_time_range": 1, "store_range": 1},
        **{"scene_type": None, "category": 1, "min_items": 1, "goods_range": 1},
    ),
)
UNDOCUMENTED_COUPON = coupon(
    lock=9,
    min_spend=ODD,
    template=template(
        **{"status": 9, "expiry_kind": 9, "has_time_range": 9, "store_range": 9},
        **{"scene_type": 9, "category": 9, "min_items": ODD, "goods_range": 9},
        **{"platform": 9, "exclusive": 9, "daily_limit": ODD},
    ),
)
BLOCKED_CARD = gift_card(
    **{"status": 1, "valid_from": at("2026-11-22"), "valid_until": at("2026-11-20")},
    **{"bound": 0, "non_code": 1},
    **{"weekdays": "7", "time_windows": scope("10:00-12:00"), "balance": Money(0)},
)
CARD_TO_CHECK = times_card(
    **{"status": 0, "valid_until": None, "weekdays": "周末", "time_windows": "全天"},
    **{"bound": 0, "non_code": 2},
    **{"times_scope": 3, "uses_left": None},
)
DISCOUNTED = Order(OrderType.DINE_IN, Money(5800), Money(100), 3)
NOTHING_KNOWN = context(account=AccountStatus.FAILED, order=Order(OrderType.DINE_IN))

SEVERAL = {
    "several reasons, in the order of the table": [
        case(
            "coupon, what blocks",
            *(BLOCKED_COUPON, replace(FROZEN, order=DISCOUNTED), NO),
            "ACCOUNT_FROZEN USED LOCKED DISABLED SOURCES_CONFLICT:coupon_id OTHER_SYSTEM:koubei",
            "NOT_STARTED EXPIRED HOURS_UNKNOWN STORE_NOT_ALLOWED ORDER_TYPE_NOT_ALLOWED",
            "NOT_FOR_ORDERS MIN_SPEND_NOT_MET MIN_ITEMS_NOT_MET EXCLUSIVE_WITH_DISCOUNT",
            "DAILY_LIMIT_POSSIBLE GOODS_RESTRICTED VALUE_UNKNOWN:expiry_kind",
        ),
        case(
            "coupon, what asks to check",
            *(COUPON_TO_CHECK, NOTHING_KNOWN, CHECK),
            "STATUS_UNKNOWN VALIDITY_UNKNOWN:valid_until HOURS_UNKNOWN STORE_UNKNOWN",
            "SPEND_UNKNOWN ITEMS_UNKNOWN DAILY_LIMIT_POSSIBLE GOODS_RESTRICTED",
            "VALUE_UNKNOWN:lock VALUE_UNKNOWN:template_status VALUE_UNKNOWN:platform",
            "VALUE_UNKNOWN:expiry_kind VALUE_UNKNOWN:scene_type VALUE_UNKNOWN:category",
            "VALUE_UNKNOWN:exclusive",
        ),
        case(
            "coupon, what nobody documented",
            *(UNDOCUMENTED_COUPON, HERE, CHECK),
            "VALUE_UNKNOWN:lock VALUE_UNKNOWN:min_spend VALUE_UNKNOWN:template_status",
            "VALUE_UNKNOWN:platform VALUE_UNKNOWN:expiry_kind VALUE_UNKNOWN:has_time_range",
            "VALUE_UNKNOWN:store_range VALUE_UNKNOWN:scene_type VALUE_UNKNOWN:category",
            "VALUE_UNKNOWN:exclusive VALUE_UNKNOWN:goods_range VALUE_UNKNOWN:min_items",
            "VALUE_UNKNOWN:daily_limit",
        ),
        case(
            "coupon without a template",
            coupon(status=1, template=None, min_spend=min_spend(5801)),
            *(HERE, NO, "USED MIN_SPEND_NOT_MET VALUE_UNKNOWN:template"),
        ),
        case(
            "card, what blocks",
            *(BLOCKED_CARD, FROZEN, NO),
            "ACCOUNT_FROZEN NOT_BOUND OTHER_SYSTEM:non_code NOT_STARTED EXPIRED",
            "WEEKDAY_NOT_ALLOWED OUTSIDE_HOURS ZERO_BALANCE",
        ),
        case(
            "card, what asks to check",
            *(CARD_TO_CHECK, NOT_TOLD, CHECK),
            "STATUS_UNKNOWN SOURCES_CONFLICT:bound VALIDITY_UNKNOWN:valid_until HOURS_UNKNOWN",
            "VALUE_UNKNOWN:non_code VALUE_UNKNOWN:weekdays VALUE_UNKNOWN:times_scope",
            "VALUE_UNKNOWN:uses_left",
        ),
        case(
            "card, what nobody documented",
            gift_card(kind=9, weekdays="周末", balance=None),
            *(NOT_TOLD, CHECK, "VALUE_UNKNOWN:weekdays VALUE_UNKNOWN:kind VALUE_UNKNOWN:balance"),
        ),
        case(
            "card of unknown kind, both",
            gift_card(kind=9, valid_from=at("2026-11-22"), valid_until=None, balance=Money(0)),
            *(HERE, NO, "NOT_STARTED VALIDITY_UNKNOWN:valid_until ZERO_BALANCE VALUE_UNKNOWN:kind"),
        ),
    ],
}

BENEFIT_CARDS = {
    "1, 7, 8 and 9 of a 付费权益卡": [
        case("nothing against it", benefit_card(), HERE, YES),
        case("frozen", benefit_card(), FROZEN, NO, "ACCOUNT_FROZEN"),
        case("a second early", benefit_card(valid_from=at(NEXT_S)), HERE, NO, "NOT_STARTED"),
        case("on the second", benefit_card(valid_from=at(THIS_S)), HERE, YES),
        case("no start", benefit_card(valid_from=None), HERE, YES),
        case("the last second", benefit_card(valid_until=at(THIS_S)), HERE, YES),
        case("over", benefit_card(valid_until=at(LAST_S)), HERE, NO, "EXPIRED", at=moment(LAST_S)),
        case("no time, the last second", benefit_card(), on("2026-12-31 23:59:59"), YES),
        case("no time, over", benefit_card(), on("2027-01-01 00:00:00"), NO, "EXPIRED"),
        case("never", benefit_card(valid_until=at("2100-01-01 00:00:00")), HERE, YES),
        case("midnight end", benefit_card(valid_until=at("2026-11-21 00:00:00")), HERE, CHECK, END),
        case("no end", benefit_card(valid_until=None), HERE, CHECK, END),
        case("unreadable end", benefit_card(valid_until=ODD), HERE, CHECK, END),
        case("unreadable start", benefit_card(valid_from=ODD), HERE, CHECK, START),
        case("account not told: said once, not here", benefit_card(), NOT_TOLD, CHECK),
        case(
            "several",
            benefit_card(valid_from=at(NEXT_S), valid_until=None),
            *(NOT_TOLD, NO, "NOT_STARTED", END),
        ),
    ],
}

TABLE: dict[str, list[Case]] = {
    **(WHO_AND_WHAT | DATES | WEEKDAYS_AND_HOURS),
    **(STORE | ORDER_TYPES | THRESHOLDS | LEFT | UNKNOWN | BENEFIT_CARDS | SEVERAL | CONFLICTS),
}
