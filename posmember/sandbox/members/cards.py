"""Members whose gift cards go through types, states, validity and hours."""

from __future__ import annotations

from posmember.sandbox.dates import NEVER_EXPIRES, NO_DATE, Calendar, time_scope
from posmember.sandbox.records import MISSING, USABLE, CardPlan, Profile, Reasons


def card_members(calendar: Calendar) -> list[Profile]:
    """Numbers 21 to 23."""
    return [
        Profile(21, "严状态", "every gift card has another status", cards=_states(calendar)),
        Profile(22, "华种类", "gift card types, sources, validity, isErp", cards=_kinds(calendar)),
        Profile(23, "金时段", "useTimeScope and useWeeks in every form", cards=_hours(calendar)),
    ]


def _states(calendar: Calendar) -> tuple[CardPlan, ...]:
    return (
        CardPlan("状态未知卡", status=0, reasons=("STATUS_UNKNOWN", "SOURCES_CONFLICT")),
        CardPlan("未绑定卡", status=1, reasons=("NOT_BOUND",)),
        CardPlan("赠送中卡", status=2, reasons=("GIFTING",)),
        CardPlan("已赠送卡", status=3, reasons=("GIFTED_AWAY",)),
        CardPlan("已绑定卡", status=4, reasons=USABLE),
        CardPlan(
            "已过期卡", status=5, end=calendar.day_end(-1), valid_type=3, reasons=("EXPIRED",)
        ),
        CardPlan("已回收卡", status=6, reasons=("RECYCLED",)),
        CardPlan("已用完卡", status=7, balance="0.00", reasons=("USED_UP", "ZERO_BALANCE")),
        CardPlan("新状态卡", status=99, reasons=("STATUS_UNKNOWN", "SOURCES_CONFLICT")),
        CardPlan(
            "无状态卡",
            entry_odd={"cardStatus": MISSING},
            listing_odd={"status": ""},
            reasons=("STATUS_UNKNOWN",),
        ),
        CardPlan("余额为零卡", balance="0.00", reasons=("ZERO_BALANCE",)),
    )


def _kinds(calendar: Calendar) -> tuple[CardPlan, ...]:
    later = calendar.day_end(90)
    return (
        CardPlan(
            "现金卡 购买", balance="88.80", reasons=("OTHER_SYSTEM",), listing_odd={"isErp": "1"}
        ),
        CardPlan(
            "次卡 共享次数",
            card_type=2,
            total="10",
            balance="4",
            applicable_type=1,
            source=2,
            end=later,
            valid_type=2,
            used_today=1,
            listing_odd={"isErp": MISSING},
        ),
        CardPlan(
            "次卡 指定次数",
            card_type=2,
            total="6",
            balance="6",
            applicable_type=2,
            source=3,
            end=later,
            valid_type=3,
            reasons=("GOODS_RESTRICTED",),
        ),
        CardPlan("权益卡 领取", card_type=3, total="1", balance="1", source=3, reasons=USABLE),
        CardPlan("储值卡", card_type=4, total="500.00", balance="321.05", reasons=USABLE),
        CardPlan("来源未知卡", source=0, valid_type=0, end=later, reasons=USABLE),
        CardPlan("种类未知卡", card_type=99, total="10.00", balance="10.00"),
        CardPlan(
            "未生效卡",
            start=calendar.day_start(3),
            end=later,
            valid_type=3,
            reasons=("NOT_STARTED",),
        ),
        CardPlan(
            "没有日期卡", start=NO_DATE, end=NO_DATE, valid_type=0, reasons=("VALIDITY_UNKNOWN",)
        ),
        CardPlan("明写永久卡", end=NEVER_EXPIRES, reasons=USABLE),
        CardPlan("余额不可读卡", balance="abc"),
        CardPlan("第三方卡", entry_odd={"thirdCardNo": "THIRD-0001"}, reasons=USABLE),
    )


def _hours(calendar: Calendar) -> tuple[CardPlan, ...]:
    outside: Reasons = ("OUTSIDE_HOURS",)
    unknown: Reasons = ("HOURS_UNKNOWN",)
    all_day = time_scope(("00:00", "23:59"))

    def timed(
        title: str, hours: str, reasons: Reasons | None = USABLE, weekdays: str = ""
    ) -> CardPlan:
        return CardPlan(title, hours=hours, weekdays=weekdays, reasons=reasons)

    return (
        timed("现在可用", calendar.hours_open_now()),
        timed("稍后可用", calendar.hours_later(), outside),
        timed("两个时段", calendar.hours_closed_twice(), outside),
        timed("全天 到23:59:59", time_scope(("00:00:00", "23:59:59"))),
        timed("全天 到24:00", time_scope(("00:00", "24:00"))),
        timed("夜宵 22:00-02:00", time_scope(("22:00", "02:00")), None),
        timed("起止相同", time_scope(("10:00", "10:00")), unknown),
        timed("时段不可读", "10:00~22:00", unknown),
        timed("时刻不可读", time_scope(("早上", "晚上")), unknown),
        timed("时段为空数组", "[]"),
        timed("今天的星期", "", weekdays=calendar.todays_weekday()),
        timed("每天", all_day, weekdays="1,2,3,4,5,6,7"),
        timed("今天除外", "", ("WEEKDAY_NOT_ALLOWED",), calendar.other_weekdays()),
        timed("星期不可读", "", ("VALUE_UNKNOWN",), "周一至周五"),
        _overnight(calendar),
    )


def _overnight(calendar: Calendar) -> CardPlan:
    """Since yesterday's evening, on yesterday's weekday: the two readings of the rule differ."""
    scope = time_scope(("23:50", "23:45"))
    settled = calendar.at()[11:16] >= "23:45"
    return CardPlan(
        "昨夜开始的通宵时段",
        hours=scope,
        weekdays=calendar.yesterdays_weekday(),
        reasons=None if settled else ("HOURS_UNKNOWN",),
    )
