"""Ordinary coupons and gift cards of a tea shop, in endless supply for members with many."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice

from posmember.sandbox.dates import Calendar
from posmember.sandbox.records import USABLE, CardPlan, CouponPlan

_SORTS = 16
_TERMS = "每人每天限用一张,不与其他优惠同享;最终解释权归门店所有。"


def coupon_shelf(calendar: Calendar) -> tuple[CouponPlan, ...]:
    """One coupon of every ordinary sort; about half of them usable for the usual order."""
    return (
        CouponPlan(
            "满30减10",
            "10.00",
            threshold_fen=3000,
            reasons=USABLE,
            template={"explain_text": _TERMS, "coupon_label": "满30元可用"},
        ),
        CouponPlan(
            "8.5折 外卖专享",
            "8.5",
            coupon_type=1,
            reasons=("ORDER_TYPE_NOT_ALLOWED",),
            template={"scene_type": "1", "coupon_label": "外卖"},
        ),
        CouponPlan(
            "5元无门槛券",
            "5.00",
            end=calendar.day_end(2),
            reasons=USABLE,
            template={"use_per_person_per_day": "1"},
        ),
        CouponPlan(
            "满80减25",
            "25.00",
            threshold_fen=8000,
            reasons=("MIN_SPEND_NOT_MET",),
            template={"only_coupon": "1", "explain_text": _TERMS},
        ),
        CouponPlan(
            "生日免单券",
            "32.00",
            end=calendar.day_end(7),
            reasons=USABLE,
            template={"category": "2", "max_num": "1", "number_of_user": "1"},
        ),
        CouponPlan(
            "第二杯半价 堂食",
            "5",
            coupon_type=1,
            reasons=("GOODS_RESTRICTED",),
            template={"scene_type": "2", "goods_range_type": "1", "min_num_use": "2"},
        ),
        CouponPlan(
            "买2送1 鲜果茶",
            "18.00",
            reasons=USABLE,
            template={"category": "4", "goods_range_num": "2", "second_max_num": "1"},
        ),
        CouponPlan(
            "免配送费券",
            "6.00",
            reasons=("ORDER_TYPE_NOT_ALLOWED",),
            template={"category": "6", "scene_type": "1"},
        ),
        CouponPlan(
            "停车券 2小时", "10.00", reasons=("NOT_FOR_ORDERS",), template={"category": "8"}
        ),
        CouponPlan(
            "徐家汇店 开业20元券",
            "20.00",
            reasons=("STORE_NOT_ALLOWED",),
            template={"multi_range_type": "1", "shop_ids": '["88002"]'},
        ),
        CouponPlan(
            "9折 会员日",
            "9",
            coupon_type=1,
            reasons=USABLE,
            template={"multi_range_type": "1", "shop_ids": "[88001,88002]", "scene_type": "6"},
        ),
        CouponPlan(
            "满20减3 下午茶",
            "3.00",
            threshold_fen=2000,
            reasons=("HOURS_UNKNOWN",),
            template={"is_use_time_range": "1", "explain_text": "限14:00-17:00使用"},
        ),
        CouponPlan(
            "新客 15元券",
            "15.00",
            start=calendar.day_start(-40),
            end=calendar.day_end(-1),
            reasons=("EXPIRED",),
            template={"end_at": calendar.unix_day_start() - 1},
        ),
        CouponPlan(
            "周年庆 8折券",
            "8",
            coupon_type=1,
            start=calendar.day_start(5),
            end=calendar.day_end(12),
            reasons=("NOT_STARTED",),
        ),
        CouponPlan("3元 回访券", "3.00", used=True, reasons=("USED",)),
        CouponPlan(
            "领券后7天 6元券",
            "6.00",
            end=calendar.day_end(6),
            reasons=USABLE,
            template={"expire_type": "1", "expire_days": "7"},
        ),
    )


def many_coupons(calendar: Calendar, count: int, *, issues: int) -> tuple[CouponPlan, ...]:
    """This many coupons of every sort, each sort in so many issues; varied in their end.

    A chain issues many coupons of few templates, and the platform sends the template whole with
    each. With as many issues as coupons, each has a template of its own.
    """
    shelf = coupon_shelf(calendar)
    return tuple(
        _issued(calendar, shelf[index % len(shelf)], index, index // len(shelf) % issues)
        for index in range(count)
    )


def _issued(calendar: Calendar, plan: CouponPlan, index: int, issue: int) -> CouponPlan:
    return replace(
        plan,
        title=f"{plan.title} 第{issue + 1}期" if issue else plan.title,
        end=calendar.day_end(2 + index % 90) if plan.end is None else plan.end,
        template={"explain_text": _TERMS, "total": "5000", **plan.template},
        template_number=1 + issue * _SORTS + index % _SORTS,
    )


def card_shelf(calendar: Calendar) -> tuple[CardPlan, ...]:
    """One gift card of every ordinary sort."""
    return (
        CardPlan("畅饮现金卡", total="100.00", balance="86.50", reasons=USABLE),
        CardPlan(
            "珍珠奶茶 10次卡",
            card_type=2,
            total="10",
            balance="3",
            applicable_type=1,
            end=calendar.day_end(45),
            valid_type=2,
            hours=calendar.hours_later(),
            used_today=1,
            reasons=("OUTSIDE_HOURS",),
        ),
        CardPlan(
            "储值卡 200元",
            card_type=4,
            total="200.00",
            balance="0.00",
            status=7,
            reasons=("USED_UP", "ZERO_BALANCE"),
        ),
        CardPlan(
            "果茶 5次卡",
            card_type=2,
            total="5",
            balance="5",
            applicable_type=2,
            source=2,
            end=calendar.day_end(20),
            valid_type=3,
            reasons=("GOODS_RESTRICTED",),
        ),
        CardPlan(
            "节日礼品卡",
            total="50.00",
            balance="50.00",
            status=5,
            source=3,
            end=calendar.day_end(-3),
            valid_type=3,
            reasons=("EXPIRED",),
        ),
        CardPlan(
            "工作日 权益卡",
            card_type=3,
            total="1",
            balance="1",
            weekdays=calendar.other_weekdays(),
            reasons=("WEEKDAY_NOT_ALLOWED",),
        ),
        CardPlan("转赠中 30元卡", total="30.00", balance="30.00", status=2, reasons=("GIFTING",)),
    )


def many_cards(calendar: Calendar, count: int) -> tuple[CardPlan, ...]:
    """This many, of every sort in turn."""
    return tuple(islice(cycle(card_shelf(calendar)), count))
