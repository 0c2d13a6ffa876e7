"""Members whose coupons and cards meet every row of the usage rules between them."""

from __future__ import annotations

from dataclasses import replace

from posmember.sandbox.dates import NO_DATE, Calendar, time_scope
from posmember.sandbox.records import (
    MISSING,
    USABLE,
    CardPlan,
    CouponPlan,
    Odd,
    OddMap,
    Profile,
    Reasons,
)


def rule_members(calendar: Calendar) -> list[Profile]:
    """Numbers 34 and 35.

    Rows 18 and 20 take an order without amount or count of items, 27 and 28 one with a discount;
    row 1 takes number 35.
    """
    coupons = (*_coupons(calendar), *_helped(calendar))
    cards = _cards(calendar)
    benefit_cards = ("饮品卡",)
    return [
        Profile(
            34,
            "喻全表",
            "every row of the usage rules but the frozen account; what would help with several",
            points=300,
            benefit_cards=benefit_cards,
            coupons=coupons,
            cards=cards,
        ),
        Profile(
            35,
            "柏全冻",
            "the same with a frozen account",
            frozen=True,
            benefit_cards=benefit_cards,
            coupons=coupons,
            cards=cards,
        ),
    ]


def _coupons(calendar: Calendar) -> tuple[CouponPlan, ...]:
    """A coupon for each row that coupons have, in the order of the table."""

    def ruled(title: str, reason: str, **template: Odd) -> CouponPlan:
        return CouponPlan(title, "6.00", template=template, reasons=(reason,))

    no_status: OddMap = {"status": MISSING}
    return (
        CouponPlan("2 已使用", "6.00", used=True, reasons=("USED",)),
        CouponPlan("3 已锁定", "6.00", locked=True, reasons=("LOCKED",)),
        ruled("4 已停用", "DISABLED", status="0"),
        CouponPlan(
            "6 无状态",
            "6.00",
            entry_odd=no_status,
            identity_odd=no_status,
            reasons=("STATUS_UNKNOWN",),
        ),
        CouponPlan("7 后天生效", "6.00", start=calendar.day_start(2), reasons=("NOT_STARTED",)),
        CouponPlan("8 昨天到期", "6.00", end=calendar.day_end(-1), reasons=("EXPIRED",)),
        CouponPlan(
            "9 没有日期",
            "6.00",
            start=NO_DATE,
            end=NO_DATE,
            template={"start_at": "", "end_at": ""},
            reasons=("VALIDITY_UNKNOWN",),
        ),
        ruled("12 限时段未给", "HOURS_UNKNOWN", is_use_time_range="1"),
        ruled("13 他店专用", "STORE_NOT_ALLOWED", multi_range_type="1", shop_ids='["88002"]'),
        ruled("14 门店未给", "STORE_UNKNOWN", multi_range_type="1", shop_ids="[]"),
        ruled("15 外卖专享", "ORDER_TYPE_NOT_ALLOWED", scene_type="1"),
        ruled("16 停车券", "NOT_FOR_ORDERS", category="8"),
        CouponPlan("17 满80元", "6.00", threshold_fen=8000, reasons=("MIN_SPEND_NOT_MET",)),
        CouponPlan("18 满30元", "6.00", threshold_fen=3000, reasons=USABLE),
        ruled("19 满5件", "MIN_ITEMS_NOT_MET", min_num_use="5"),
        CouponPlan("20 满2件", "6.00", template={"min_num_use": "2"}, reasons=USABLE),
        ruled("21 指定商品", "GOODS_RESTRICTED", goods_range_type="1"),
        ruled("23 场景未知", "VALUE_UNKNOWN", scene_type="99"),
        *_doubtful(),
    )


def _doubtful() -> tuple[CouponPlan, ...]:
    """The rows from 24 on. Two coupons prove two units, so that of a third nobody can tell it."""
    once_a_day: OddMap = {"use_per_person_per_day": "1"}
    unit_unknown = CouponPlan(
        "26 门槛写作80",
        "6.00",
        in_identity=False,
        template={"min_amount_use": "80"},
        reasons=("SPEND_UNIT_UNKNOWN",),
    )
    used = CouponPlan(
        "29 用过的",
        "6.00",
        used=True,
        template=once_a_day,
        template_number=901,
        reasons=("USED", "DAILY_LIMIT_POSSIBLE"),
    )
    return (
        CouponPlan(
            "24 一条已停用",
            "6.00",
            again={"template": {"status": "0"}},
            reasons=("SOURCES_CONFLICT",),
        ),
        CouponPlan("25 口碑券", "6.00", template={"type": "2"}, reasons=("OTHER_SYSTEM",)),
        CouponPlan(
            "26 满30元 以元计",
            "6.00",
            threshold_fen=3000,
            threshold_in_yuan=True,
            reasons=USABLE,
        ),
        unit_unknown,
        CouponPlan("27 满58元", "6.00", threshold_fen=5800, reasons=USABLE),
        CouponPlan("28 不同享", "6.00", template={"only_coupon": "1"}, reasons=USABLE),
        used,
        replace(used, title="29 每天1张", used=False, reasons=("DAILY_LIMIT_POSSIBLE",)),
    )


def _helped(calendar: Calendar) -> tuple[CouponPlan, ...]:
    """Coupons that several changes together would make usable, or nearly."""
    several: Reasons = ("ORDER_TYPE_NOT_ALLOWED", "MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET")
    return (
        CouponPlan(
            "外卖满80元5件",
            "20.00",
            threshold_fen=8000,
            template={"scene_type": "1", "min_num_use": "5"},
            reasons=several,
        ),
        CouponPlan(
            "明天起外卖专享",
            "6.00",
            start=calendar.day_start(1),
            template={"scene_type": "1"},
            reasons=("NOT_STARTED", "ORDER_TYPE_NOT_ALLOWED"),
        ),
        CouponPlan(
            "指定商品满80元",
            "20.00",
            threshold_fen=8000,
            template={"goods_range_type": "1"},
            reasons=("MIN_SPEND_NOT_MET", "GOODS_RESTRICTED"),
        ),
    )


def _cards(calendar: Calendar) -> tuple[CardPlan, ...]:
    """A gift card for each row that only gift cards have."""
    states = (
        ("5 未绑定", 1, "NOT_BOUND"),
        ("5 赠送中", 2, "GIFTING"),
        ("5 已赠送", 3, "GIFTED_AWAY"),
        ("5 已回收", 6, "RECYCLED"),
        ("5 已用完", 7, "USED_UP"),
    )
    return (
        *(CardPlan(title, status=status, reasons=(code,)) for title, status, code in states),
        CardPlan(
            "6 状态未知",
            status=0,
            listing_odd={"bind_status": "1"},
            reasons=("STATUS_UNKNOWN",),
        ),
        CardPlan(
            "10 今天除外", weekdays=calendar.other_weekdays(), reasons=("WEEKDAY_NOT_ALLOWED",)
        ),
        CardPlan("11 稍后可用", hours=calendar.hours_later(), reasons=("OUTSIDE_HOURS",)),
        CardPlan("12 起止相同", hours=time_scope(("10:00", "10:00")), reasons=("HOURS_UNKNOWN",)),
        CardPlan(
            "21 指定商品次卡",
            card_type=2,
            total="6",
            balance="6",
            applicable_type=2,
            reasons=("GOODS_RESTRICTED",),
        ),
        CardPlan("22 余额为零", balance="0.00", reasons=("ZERO_BALANCE",)),
        CardPlan(
            "24 列表说未绑定", listing_odd={"bind_status": "0"}, reasons=("SOURCES_CONFLICT",)
        ),
        CardPlan("25 非码卡", listing_odd={"isErp": "1"}, reasons=("OTHER_SYSTEM",)),
    )
