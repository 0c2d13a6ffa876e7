"""Members as a shop meets them every day: the demo's first one, and those to measure with."""

from __future__ import annotations

from posmember.sandbox.dates import Calendar
from posmember.sandbox.members.shelf import card_shelf, many_cards, many_coupons
from posmember.sandbox.records import USABLE, CardPlan, CouponPlan, Profile, points_rule


def everyday_members(calendar: Calendar) -> list[Profile]:
    """Numbers 1 to 3, 30, 1000 and 1001."""
    return [
        _first(calendar),
        Profile(2, "陈静", "has nothing: no coupon, no card, no balance, no points", gender=2),
        _frozen(calendar),
        Profile(
            30,
            "刘洋",
            "the usual member to measure with: 30 coupons, 10 gift cards",
            tier=(2, "银卡会员"),
            gender=1,
            points=560,
            principal_fen=8850,
            bonus_fen=1000,
            labels=(("到店偏好", 1), ("堂食", 2)),
            coupons=many_coupons(calendar, 30, issues=1),
            cards=many_cards(calendar, 10),
        ),
        _collector(
            calendar,
            1000,
            "赵收藏",
            issues=3,
            shows="1,000 coupons of 48 templates, 200 gift cards",
        ),
        _collector(
            calendar,
            1001,
            "钱独特",
            issues=1000,
            shows="1,000 coupons, each of a template of its own, 200 gift cards",
        ),
    ]


def _collector(calendar: Calendar, number: int, name: str, *, issues: int, shows: str) -> Profile:
    return Profile(
        number,
        name,
        shows,
        tier=(5, "黑金会员"),
        gender=2,
        enterprise=True,
        has_password=True,
        points=98_765,
        principal_fen=500_000,
        bonus_fen=88_800,
        benefit_cards=("尊享年卡", "咖啡月卡"),
        coupons=many_coupons(calendar, 1000, issues=issues),
        cards=many_cards(calendar, 200),
    )


def _first(calendar: Calendar) -> Profile:
    cash, times, used_up, *_ = card_shelf(calendar)
    return Profile(
        1,
        "王小明",
        "the demo's first: 10 coupons (3 usable, 1 to check, 6 not), 3 gift cards",
        tier=(3, "金卡会员"),
        gender=1,
        enterprise=True,
        has_password=True,
        points=1280,
        principal_fen=20_000,
        bonus_fen=3_000,
        labels=(("会员类型", 1), ("老客", 2), ("近30天到店8次", 3)),
        benefit_cards=("奶茶月卡",),
        points_rule=points_rule(kind=2, number=100, percent=20),
        coupons=_first_coupons(calendar),
        cards=(cash, times, used_up),
    )


def _first_coupons(calendar: Calendar) -> tuple[CouponPlan, ...]:
    return (
        CouponPlan(
            "满30减10",
            "10.00",
            threshold_fen=3000,
            end=calendar.day_end(9),
            reasons=USABLE,
            template={"coupon_label": "满30元可用", "use_per_person_per_day": "1"},
        ),
        CouponPlan(
            "5元无门槛券",
            "5.00",
            end=calendar.day_end(2),
            reasons=USABLE,
            template={"scene_type": "3"},
        ),
        CouponPlan(
            "9折 堂食饮品券",
            "9",
            coupon_type=1,
            end=calendar.day_end(25),
            reasons=USABLE,
            template={"scene_type": "2", "only_coupon": "1"},
        ),
        CouponPlan(
            "杨枝甘露 立减8元",
            "8.00",
            end=calendar.day_end(12),
            reasons=("GOODS_RESTRICTED",),
            template={
                "goods_range_type": "1",
                "category": "5",
                "explain_text": "仅限杨枝甘露系列,每单限用一张。",
            },
        ),
        CouponPlan(
            "8.5折 外卖专享",
            "8.5",
            coupon_type=1,
            end=calendar.day_end(16),
            reasons=("ORDER_TYPE_NOT_ALLOWED",),
            template={"scene_type": "1"},
        ),
        CouponPlan(
            "满64减15",
            "15.00",
            threshold_fen=6400,
            end=calendar.day_end(9),
            reasons=("MIN_SPEND_NOT_MET",),
            template={"coupon_label": "满64元可用"},
        ),
        CouponPlan(
            "生日免单券",
            "32.00",
            end=calendar.day_end(5),
            used=True,
            reasons=("USED",),
            template={"category": "2", "max_num": "1"},
        ),
        CouponPlan(
            "停车券 2小时",
            "10.00",
            end=calendar.day_end(30),
            reasons=("NOT_FOR_ORDERS",),
            template={"category": "8"},
        ),
        CouponPlan(
            "徐家汇店 开业20元券",
            "20.00",
            end=calendar.day_end(20),
            reasons=("STORE_NOT_ALLOWED",),
            template={"multi_range_type": "1", "shop_ids": '["88002"]'},
        ),
        CouponPlan(
            "满20减5 周末券",
            "5.00",
            threshold_fen=2000,
            start=calendar.day_start(-9),
            end=calendar.day_end(-1),
            reasons=("EXPIRED",),
        ),
    )


def _frozen(calendar: Calendar) -> Profile:
    return Profile(
        3,
        "孙冻结",
        "frozen account: identity user_info.status is 0",
        frozen=True,
        gender=1,
        points=320,
        principal_fen=5_000,
        coupons=(
            CouponPlan("满30减10", "10.00", threshold_fen=3000, reasons=USABLE),
            CouponPlan("6元券", "6.00", end=calendar.day_end(-2), reasons=("EXPIRED",)),
        ),
        cards=(CardPlan("畅饮现金卡", balance="42.00", reasons=USABLE),),
    )
