"""Members whose coupons show thresholds with their units, discounts, and sources that disagree."""

from __future__ import annotations

from posmember.sandbox.dates import Calendar
from posmember.sandbox.records import USABLE, CardPlan, CouponPlan, Profile, points_rule

_TOO_LITTLE = ("MIN_SPEND_NOT_MET",)


def threshold_members(calendar: Calendar) -> list[Profile]:
    """Numbers 18 to 20."""
    return [
        Profile(
            18,
            "张门槛",
            "min_amount_use in 分 and 元, told by identity, by a text, by nothing; item counts",
            coupons=(*_told_by_identity(), *_told_by_text(), *_by_items()),
        ),
        Profile(19, "孔折扣", "discounts as 8.5, 85 and 0.85; odd amounts", coupons=_discounts()),
        Profile(
            20,
            "曹不同",
            "member-info and identity disagree; coupons and cards that only one API knows",
            points=500,
            principal_fen=10_000,
            bonus_fen=1_000,
            points_rule=points_rule(is_open="1", kind="1", number="0.02", percent="30"),
            user_odd={
                "user_points": 480,
                "user_wealth_info": {
                    "gift_amount": 900,
                    "recharge_amount": 9_900,
                    "total_amount": 10_800,
                },
            },
            coupons=_disagreeing_coupons(calendar),
            cards=_disagreeing_cards(),
        ),
    ]


def _told_by_identity() -> tuple[CouponPlan, ...]:
    return (
        CouponPlan("门槛30元 以分计", "5.00", threshold_fen=3000, reasons=USABLE),
        CouponPlan("门槛68元 以分计", "5.00", threshold_fen=6800, reasons=_TOO_LITTLE),
        CouponPlan(
            "门槛68元 以元计",
            "5.00",
            threshold_fen=6800,
            threshold_in_yuan=True,
            reasons=_TOO_LITTLE,
        ),
        CouponPlan("门槛58元 恰好", "5.00", threshold_fen=5800, reasons=USABLE),
        CouponPlan("门槛58.01元 差一分", "5.00", threshold_fen=5801, reasons=_TOO_LITTLE),
    )


def _told_by_text() -> tuple[CouponPlan, ...]:
    """Identity does not know these, so only a text, or nothing, tells the unit.

    The member's other coupons prove both units, so neither.
    """
    unclear = ("SPEND_UNIT_UNKNOWN",)

    def told(title: str, raw: str, field: str, text: str, reasons: tuple[str, ...]) -> CouponPlan:
        template = {"min_amount_use": raw, field: text}
        return CouponPlan(title, "5.00", in_identity=False, template=template, reasons=reasons)

    return (
        told("标签说明 以元计", "68", "coupon_label", "满68元可用", unclear),
        told("标题说明 以分计", "6800", "coupon_title", "满68元减5元", _TOO_LITTLE),
        told("优惠说明 以元计", "50", "coupon_amount", "满50元减5元", USABLE),
        told("使用说明 以分计", "5000", "explain_text", "订单满50元可用,限堂食。", unclear),
        told("单位不明 3000", "3000", "coupon_label", "", unclear),
        told("单位不明 9900", "9900", "coupon_label", "", _TOO_LITTLE),
        told("门槛不可读", "abc", "coupon_label", "", ("VALUE_UNKNOWN",)),
        told("门槛为空", "", "coupon_label", "", USABLE),
    )


def _by_items() -> tuple[CouponPlan, ...]:
    return (
        CouponPlan("满2件", "5.00", template={"min_num_use": "2"}, reasons=USABLE),
        CouponPlan("3件 恰好", "5.00", template={"min_num_use": 3}, reasons=USABLE),
        CouponPlan("满5件", "5.00", template={"min_num_use": "5"}, reasons=("MIN_ITEMS_NOT_MET",)),
        CouponPlan(
            "门槛80元且4件",
            "5.00",
            threshold_fen=8000,
            template={"min_num_use": "4"},
            reasons=("MIN_SPEND_NOT_MET", "MIN_ITEMS_NOT_MET"),
        ),
    )


def _discounts() -> tuple[CouponPlan, ...]:
    def discount(title: str, amount: str, reasons: tuple[str, ...] | None = USABLE) -> CouponPlan:
        return CouponPlan(title, amount, coupon_type=1, reasons=reasons)

    return (
        discount("8.5折 写作8.5", "8.5"),
        discount("8.5折 写作85", "85"),
        discount("8.5折 写作0.85", "0.85"),
        discount("不打折 写作10", "10"),
        discount("折扣为零", "0", None),
        discount("折扣不可读", "abc", None),
        discount("折扣超出", "850", None),
        CouponPlan("形式未知", "5.00", template={"coupon_type": "99"}),
        CouponPlan("金额为空", "", reasons=None),
        CouponPlan("比订单还大 100元券", "100.00", reasons=USABLE),
    )


def _disagreeing_coupons(calendar: Calendar) -> tuple[CouponPlan, ...]:
    return (
        CouponPlan("两边一致 5元券", "5.00", reasons=USABLE),
        CouponPlan("仅会员信息有 5元券", "5.00", in_identity=False, reasons=USABLE),
        CouponPlan("仅会员识别有 5元券", "5.00", in_member_info=False),
        CouponPlan("金额不同 5元券", "5.00", identity_odd={"amount": 4}, reasons=USABLE),
        CouponPlan(
            "到期不同 5元券",
            "5.00",
            end=calendar.day_end(8),
            reasons=USABLE,
            identity_odd={"end_at": calendar.day_end(6)},
        ),
        CouponPlan(
            "核销码缺 按编号对 5元券",
            "5.00",
            reasons=USABLE,
            entry_odd={"couponId": "", "cardId": ""},
            identity_odd={"verify_code": ""},
        ),
    )


def _disagreeing_cards() -> tuple[CardPlan, ...]:
    return (
        CardPlan("两边一致 现金卡", balance="20.00", reasons=USABLE),
        CardPlan("余额不同 现金卡", balance="20.00", listing_odd={"par_value": "18.00"}),
        CardPlan("仅会员信息有 现金卡", balance="30.00", in_list=False, reasons=USABLE),
        CardPlan("仅礼品卡列表有 现金卡", balance="40.00", in_member_info=False),
    )
