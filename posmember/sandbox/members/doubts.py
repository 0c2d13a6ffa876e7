"""Members whose data leave a doubt that a guess would hide, and what is suggested to them."""

from __future__ import annotations

from typing import Final

from posmember.sandbox.dates import Calendar
from posmember.sandbox.records import MISSING, USABLE, CardPlan, CouponPlan, OddMap, Profile

_SHARED_ID: Final = 59_000_001
"""The coupon id of several coupons of one member."""
_CONFLICT: Final = ("SOURCES_CONFLICT",)
_ELSEWHERE: Final = ("OTHER_SYSTEM",)
_UNIT: Final = ("SPEND_UNIT_UNKNOWN",)
_TOO_LITTLE: Final = ("MIN_SPEND_NOT_MET",)


def doubtful_members(calendar: Calendar) -> list[Profile]:
    """Numbers 40 to 49."""
    return [
        Profile(
            40,
            "柳两样",
            "row 24: two entries of one coupon or card, and only one of them blocks it",
            coupons=_conflicts(calendar),
            cards=_conflicting_cards(calendar),
        ),
        Profile(
            41,
            "唐别家",
            "row 25: coupons of 口碑 and erp, a card of 非码",
            coupons=(
                CouponPlan("口碑 10元券", template={"type": "2"}, reasons=_ELSEWHERE),
                CouponPlan("线下 兑换券", template={"category": "3"}, reasons=_ELSEWHERE),
            ),
            cards=(CardPlan("非码 现金卡", listing_odd={"isErp": "1"}, reasons=_ELSEWHERE),),
        ),
        Profile(
            42,
            "罗难辨",
            "row 26: thresholds whose unit nothing proves; with --amount=20 the first one, too",
            coupons=_of_unknown_unit(),
        ),
        Profile(
            43,
            "毕可证",
            "a threshold whose unit another coupon proves: 80 is 80 元",
            coupons=(
                CouponPlan(
                    "满30元 两边都有", threshold_fen=3000, threshold_in_yuan=True, reasons=USABLE
                ),
                _told_once("门槛写作80", "80", _TOO_LITTLE),
            ),
        ),
        Profile(
            44,
            "郝已减",
            "rows 27 and 28: a threshold of 30, and 10 元 exclusive, for orders with --discount",
            coupons=(
                CouponPlan("满30减5", "5.00", threshold_fen=3000, reasons=USABLE),
                CouponPlan("不同享 10元券", template={"only_coupon": "1"}, reasons=USABLE),
            ),
        ),
        Profile(
            45,
            "邬限张",
            "row 29: one a day, and one is used; row 19 of 买3送1, for --items=1",
            coupons=_limited(),
        ),
        Profile(
            46,
            "安推荐",
            "what is suggested: 12 元 before 50 on a small order; free delivery beside it",
            coupons=(
                CouponPlan("50元大额券", "50.00", reasons=USABLE),
                CouponPlan("12元券", "12.00", reasons=USABLE),
                CouponPlan("8.8折 会员日", "8.8", coupon_type=1, reasons=USABLE),
                CouponPlan(
                    "免配送费券",
                    "6.00",
                    template={"category": "6", "scene_type": "1"},
                    reasons=("ORDER_TYPE_NOT_ALLOWED",),
                ),
            ),
        ),
        Profile(
            47,
            "常不劝",
            "nobody is told to spend 2,980 元 more to save 10",
            coupons=(CouponPlan("满3000减10", threshold_fen=300_000, reasons=_TOO_LITTLE),),
        ),
        Profile(
            49,
            "时稍后",
            "what begins later on this business day, which ends at 04:00",
            coupons=(
                CouponPlan(
                    "两小时后 8元券",
                    "8.00",
                    start=calendar.at(hours=2),
                    reasons=("NOT_STARTED",),
                ),
            ),
        ),
        Profile(
            48,
            "乐密码",
            "NEEDS_PASSWORD: of the balance and of cards that hold money and are not blocked",
            has_password=True,
            principal_fen=23_000,
            cards=(
                CardPlan("可用 现金卡", balance="50.00", reasons=USABLE),
                CardPlan("未绑定 现金卡", balance="50.00", status=1, reasons=("NOT_BOUND",)),
                CardPlan("空 现金卡", balance="0.00", reasons=("ZERO_BALANCE",)),
            ),
        ),
    ]


def _conflicts(calendar: Calendar) -> tuple[CouponPlan, ...]:
    over = {"end_at": calendar.day_end(-1)}
    no_code: OddMap = {"coupon_id": _SHARED_ID, "couponId": "", "cardId": ""}
    shared_id = {"coupon_id": _SHARED_ID}
    return (
        CouponPlan("两条 一条已停用", again={"template": {"status": "0"}}, reasons=_CONFLICT),
        CouponPlan("两条 一条已过期", again=over, reasons=_CONFLICT),
        CouponPlan("仅会员识别说已过期", identity_odd=over, reasons=_CONFLICT),
        CouponPlan("两条 一条已使用", again={"status": 1}, reasons=("USED",)),
        CouponPlan("两条 一条已锁定", again_identity={"is_lock": 2}, reasons=("LOCKED",)),
        CouponPlan("两条 完全一样", again={}, again_identity={}, reasons=USABLE),
        CouponPlan("分不清 会员信息", in_identity=False, entry_odd=no_code),
        CouponPlan("分不清 会员识别一", in_member_info=False, identity_odd=shared_id),
        CouponPlan("分不清 会员识别二", in_member_info=False, identity_odd=shared_id),
    )


def _conflicting_cards(calendar: Calendar) -> tuple[CardPlan, ...]:
    over = {"endAt": calendar.day_end(-1)}
    return (
        CardPlan("仅列表说未绑定", listing_odd={"bind_status": "0"}, reasons=_CONFLICT),
        CardPlan("仅列表说已过期", listing_odd=over, reasons=_CONFLICT),
        CardPlan("仅列表说余额为零", listing_odd={"par_value": "0.00"}, reasons=_CONFLICT),
        CardPlan("列表没有绑定状态", listing_odd={"bind_status": MISSING}, reasons=USABLE),
    )


def _of_unknown_unit() -> tuple[CouponPlan, ...]:
    return (
        _told_once("门槛写作30", "30", USABLE),
        _told_once("门槛写作80", "80", _UNIT),
        _told_once("门槛写作3000", "3000", _UNIT),
        _told_once("门槛写作3000 标签满30元", "3000", _UNIT, coupon_label="满30元可用"),
        _told_once("门槛写作9900", "9900", _TOO_LITTLE),
    )


def _told_once(title: str, raw: str, reasons: tuple[str, ...], **texts: str) -> CouponPlan:
    """A threshold that identity does not know; 5 元."""
    template = {"min_amount_use": raw, **texts}
    return CouponPlan(title, "5.00", in_identity=False, template=template, reasons=reasons)


def _limited() -> tuple[CouponPlan, ...]:
    """A used one says the same of itself."""
    once_a_day = {"use_per_person_per_day": "1"}
    twice_a_day = {"use_per_person_per_day": "2"}
    return (
        CouponPlan(
            "每天1张 已用的",
            used=True,
            template=once_a_day,
            template_number=901,
            reasons=("USED", "DAILY_LIMIT_POSSIBLE"),
        ),
        CouponPlan(
            "每天1张 未用的",
            template=once_a_day,
            template_number=901,
            reasons=("DAILY_LIMIT_POSSIBLE",),
        ),
        CouponPlan(
            "每天2张 已用的",
            used=True,
            template=twice_a_day,
            template_number=902,
            reasons=("USED",),
        ),
        CouponPlan("每天2张 未用的", template=twice_a_day, template_number=902, reasons=USABLE),
        CouponPlan(
            "买3送1", "18.00", template={"category": "4", "goods_range_num": "3"}, reasons=USABLE
        ),
    )
