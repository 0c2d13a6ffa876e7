"""Members whose coupons go through the usage rules one by one: state, dates, scene, store."""

from __future__ import annotations

from posmember.sandbox.dates import NEVER_EXPIRES, NO_DATE, Calendar
from posmember.sandbox.records import MISSING, USABLE, CouponPlan, OddMap, Profile, Reasons


def coupon_members(calendar: Calendar) -> list[Profile]:
    """Numbers 13 to 17."""
    return [
        Profile(13, "秦状态", "coupon states: used, locked, disabled, unknown", coupons=_states()),
        Profile(
            14, "许日期", "coupon validity: every form of date there is", coupons=_dates(calendar)
        ),
        Profile(15, "何场景", "scene_type 1 to 7, unknown and missing", coupons=_scenes()),
        Profile(
            16,
            "吕种类",
            "category 0 and 2 to 8, unknown; goods range; hours",
            coupons=_categories(),
        ),
        Profile(17, "施门店", "multi_range_type and every form of shop_ids", coupons=_stores()),
    ]


def _states() -> tuple[CouponPlan, ...]:
    return (
        CouponPlan("正常 8元券", "8.00", reasons=USABLE),
        CouponPlan("已使用 8元券", "8.00", used=True, reasons=("USED",)),
        CouponPlan("已锁定 8元券", "8.00", locked=True, reasons=("LOCKED",)),
        CouponPlan("已停用 8元券", "8.00", template={"status": "0"}, reasons=("DISABLED",)),
        CouponPlan(
            "已使用且停用 8元券",
            "8.00",
            used=True,
            locked=True,
            template={"status": 0},
            reasons=("USED", "LOCKED", "DISABLED"),
        ),
        CouponPlan(
            "状态未知 8元券",
            "8.00",
            entry_odd={"status": 99},
            identity_odd={"status": 99},
            reasons=("STATUS_UNKNOWN",),
        ),
        CouponPlan("口碑 8元券", "8.00", template={"type": "2"}, reasons=("OTHER_SYSTEM",)),
        CouponPlan(
            "无状态 8元券",
            "8.00",
            entry_odd={"status": MISSING},
            identity_odd={"status": MISSING},
            template={"status": MISSING},
        ),
        CouponPlan(
            "每日限2张 8元券", "8.00", template={"use_per_person_per_day": "2"}, reasons=USABLE
        ),
        CouponPlan("不与其他同享 8元券", "8.00", template={"only_coupon": 1}, reasons=USABLE),
    )


def _dates(calendar: Calendar) -> tuple[CouponPlan, ...]:
    def dated(
        title: str, start: str, end: str, reasons: Reasons | None, **template: int | str | None
    ) -> CouponPlan:
        return CouponPlan(title, "6.00", start=start, end=end, reasons=reasons, template=template)

    start = calendar.day_start(-10)
    return (
        dated("3天后到期", start, calendar.day_end(3), USABLE),
        dated("今天到期", start, calendar.day_end(0), USABLE),
        dated("5天后生效", calendar.day_start(5), calendar.day_end(9), ("NOT_STARTED",)),
        dated("昨天到期", start, calendar.day_end(-1), ("EXPIRED",)),
        dated("今天零点到期", start, calendar.day_start(0), ("VALIDITY_UNKNOWN",)),
        dated("只有日期 今天到期", calendar.day(-10), calendar.day(0), USABLE),
        dated("只有日期 昨天到期", calendar.day(-10), calendar.day(-1), ("EXPIRED",)),
        dated("永久有效", start, NEVER_EXPIRES, USABLE),
        dated("2099年到期", start, "2099-12-31 23:59:59", USABLE),
        dated("模板秒数", "", "", USABLE),
        dated(
            "模板秒数 文本",
            "",
            "",
            USABLE,
            start_at=str(calendar.unix_day_start(-10)),
            end_at=str(calendar.unix_day_start(20)),
        ),
        dated(
            "模板文本日期",
            "",
            "",
            ("EXPIRED",),
            start_at=calendar.day_start(-30),
            end_at=calendar.day_end(-2),
        ),
        dated("没有日期", NO_DATE, NO_DATE, ("VALIDITY_UNKNOWN",), start_at=0, end_at=0),
        dated("日期不可读", "soon", "2026-99-99", ("VALIDITY_UNKNOWN",), start_at="", end_at=""),
        dated(
            "领券当日起7天", start, calendar.day_end(4), USABLE, expire_type="1", expire_days="7"
        ),
        dated("领券次日起7天", "", "", ("VALIDITY_UNKNOWN",), expire_type="2", expire_days="7"),
        dated("领券当日起3天", "", "", ("VALIDITY_UNKNOWN",), expire_type=1, expire_days=3),
    )


def _scenes() -> tuple[CouponPlan, ...]:
    not_here = ("ORDER_TYPE_NOT_ALLOWED",)
    scenes: tuple[tuple[str, OddMap, Reasons], ...] = (
        ("外卖", {"scene_type": "1"}, not_here),
        ("堂食", {"scene_type": "2"}, USABLE),
        ("外卖和堂食", {"scene_type": "3"}, USABLE),
        ("买单", {"scene_type": "4"}, not_here),
        ("外卖和买单", {"scene_type": 5}, not_here),
        ("堂食和买单", {"scene_type": 6}, USABLE),
        ("通用", {"scene_type": 7}, USABLE),
        ("场景未知", {"scene_type": "99"}, ("VALUE_UNKNOWN",)),
        ("无场景", {"scene_type": MISSING}, ("VALUE_UNKNOWN",)),
        ("空场景", {"scene_type": ""}, ("VALUE_UNKNOWN",)),
    )
    return tuple(
        CouponPlan(f"{title} 7元券", "7.00", template=template, reasons=reasons)
        for title, template, reasons in scenes
    )


def _categories() -> tuple[CouponPlan, ...]:
    kinds: tuple[tuple[str, OddMap, Reasons], ...] = (
        ("12元 现金券", {"category": "0"}, USABLE),
        ("免单券 最高1件", {"category": "2", "max_num": "1"}, USABLE),
        ("免单券 最低1件", {"category": 2, "min_num": 1}, USABLE),
        ("ERP兑换券 马克杯", {"category": "3"}, ("OTHER_SYSTEM",)),
        (
            "买2送1",
            {"category": "4", "goods_range_num": "2", "min_num": "1", "second_max_num": "1"},
            USABLE,
        ),
        (
            "商品券 芋泥波波",
            {"category": "5", "goods_range_type": "1"},
            ("GOODS_RESTRICTED",),
        ),
        ("免配送费券", {"category": "6", "scene_type": "1"}, ("ORDER_TYPE_NOT_ALLOWED",)),
        ("免配送费券 通用", {"category": "6"}, ("ORDER_TYPE_NOT_ALLOWED",)),
        ("免排队券", {"category": "7"}, ("NOT_FOR_ORDERS",)),
        ("停车券", {"category": "8"}, ("NOT_FOR_ORDERS",)),
        ("新种类券", {"category": "99"}, ("VALUE_UNKNOWN",)),
        ("指定商品 8折", {"goods_range_type": "1"}, ("GOODS_RESTRICTED",)),
        ("范围未知 8元券", {"goods_range_type": "99"}, ("VALUE_UNKNOWN",)),
        ("时段券 时段未给", {"is_use_time_range": "1"}, ("HOURS_UNKNOWN",)),
    )
    return tuple(
        CouponPlan(title, "12.00", template=template, reasons=reasons)
        for title, template, reasons in kinds
    )


def _stores() -> tuple[CouponPlan, ...]:
    elsewhere = ("STORE_NOT_ALLOWED",)
    unknown = ("STORE_UNKNOWN",)
    ranges: tuple[tuple[str, OddMap, Reasons], ...] = (
        ("所有门店", {"multi_range_type": "0"}, USABLE),
        ("仅本店 数字编号", {"multi_range_type": "1", "shop_ids": "[88001]"}, USABLE),
        ("仅本店 文本编号", {"multi_range_type": "1", "shop_ids": '["88001"]'}, USABLE),
        ("仅本店 门店编码", {"multi_range_type": 1, "shop_ids": '["1001"]'}, USABLE),
        ("仅他店", {"multi_range_type": "1", "shop_ids": "[88002, 88003]"}, elsewhere),
        ("本店除外", {"multi_range_type": "2", "shop_ids": '["88001"]'}, elsewhere),
        ("他店除外", {"multi_range_type": "2", "shop_ids": "[88002]"}, USABLE),
        ("指定门店 名单为空", {"multi_range_type": "1", "shop_ids": "[]"}, unknown),
        ("指定门店 无名单", {"multi_range_type": "1", "shop_ids": ""}, unknown),
        ("指定门店 逗号隔开", {"multi_range_type": "1", "shop_ids": "88001,88002"}, USABLE),
        ("门店除外 名单不可读", {"multi_range_type": "2", "shop_ids": '["88'}, unknown),
        ("门店范围未知", {"multi_range_type": "99", "shop_ids": "[88001]"}, ("VALUE_UNKNOWN",)),
    )
    return tuple(
        CouponPlan(f"{title} 9元券", "9.00", template=template, reasons=reasons)
        for title, template, reasons in ranges
    )
