"""Members whose answers are in every odd form that the platform is known to send."""

from __future__ import annotations

from posmember.sandbox.dates import NO_DATE, Calendar
from posmember.sandbox.records import (
    MISSING,
    CardPlan,
    CouponPlan,
    OddMap,
    Profile,
    points_rule,
)

LONG_NAME = "阿卜杜拉·买买提·" * 24 + "名字很长"
_SCRIPT = '<p>满30元可用</p><script>alert("x")</script><b>限本店</b>&nbsp;&lt;更多&gt;'


def odd_members(calendar: Calendar) -> list[Profile]:
    """Numbers 24 to 29, and 31 to 33."""
    end = calendar.day_end(20)
    return [
        Profile(
            24,
            "奶茶🧋控👩‍👩‍👧",
            "an emoji nickname; HTML in explain_text; emoji and quotes in titles",
            tier=(2, "银卡会员✨"),
            coupons=(
                CouponPlan('🎂生日"免单"券', "32.00", end=end, template={"explain_text": _SCRIPT}),
                CouponPlan("满30减10\n<b>限量</b>", "10.00", threshold_fen=3000, end=end),
            ),
            cards=(CardPlan("🎁 <i>节日</i>卡", balance="12.30"),),
        ),
        Profile(
            25,
            LONG_NAME,
            "a very long name, tier, label and coupon title",
            tier=(6, "至尊黑金钻石终身荣誉会员" * 6),
            labels=(("很长的标签名称" * 20, 2),),
            coupons=(CouponPlan("很长的优惠券名称" * 20, "10.00", end=end),),
        ),
        _all_text(end),
        _all_numbers(end),
        _nulls(end),
        _empty_lists(end),
        _missing_keys(end),
        _unreadable(end),
        _extra_keys(end),
    ]


def _all_text(end: str) -> Profile:
    card: OddMap = {
        "cardTotal": "100.00",
        "cardType": "1",
        "balance": "55.50",
        "applicableType": "",
        "cardPrice": "100.00",
        "cardSource": "1",
        "cardStatus": "4",
        "todayUsedNum": "0",
    }
    coupon: OddMap = {"coupon_id": "50260001", "status": "0"}
    wealth = {"gift_amount": "500", "recharge_amount": "1500", "total_amount": "2000"}
    return Profile(
        26,
        "魏文本",
        "every number is text, as in the documents' examples",
        points=88,
        principal_fen=1_500,
        bonus_fen=500,
        points_rule=points_rule(is_open="true", kind="2", number="100", percent="20"),
        info_odd={"paidBenefitsCardDetailList": [_benefit_card("901", end)]},
        user_odd={"id": "100026", "status": "1", "user_points": "88", "user_wealth_info": wealth},
        coupons=(
            CouponPlan(
                "满20减2",
                "2.00",
                threshold_fen=2000,
                end=end,
                entry_odd=coupon,
                template={"start_at": "", "end_at": ""},
                identity_odd={
                    **coupon,
                    "is_lock": "1",
                    "coupon_type": "0",
                    "min_amount_use": "2000",
                    "amount": "2.00",
                },
            ),
        ),
        cards=(CardPlan("文本卡", balance="55.50", entry_odd=card),),
    )


def _all_numbers(end: str) -> Profile:
    return Profile(
        27,
        "陶数字",
        "every number is a number, amounts as floats; booleans where numbers are documented",
        points=77,
        points_rule=points_rule(is_open=False, kind=1, number=0.01, percent=100),
        info_odd={
            "mobile": 13800000027,
            "memberLevel": 2,
            "gender": 1,
            "customerId": 100027,
            "isMemberEnterprise": 1,
            "isPassword": 1,
            "totalPoints": 77,
            "giftBalance": 0,
            "rechargeBalance": 12.3,
            "totalGiftAmount": 0.0,
            "totalRechargeAmount": 100,
        },
        user_odd={
            "mobile": 13800000027,
            "status": True,
            "user_wealth_info": {"gift_amount": 0, "recharge_amount": 1230, "total_amount": 1230},
        },
        coupons=(
            CouponPlan(
                "满20减2",
                "2.00",
                threshold_fen=2000,
                end=end,
                entry_odd={"couponId": 860000270001, "cardId": 860000270001},
                identity_odd={"verify_code": 860000270001},
                template={
                    "id": 30027,
                    "type": 1,
                    "amount": 2.0,
                    "coupon_type": 0,
                    "min_amount_use": 2000,
                    "status": True,
                    "scene_type": 7,
                    "only_coupon": False,
                    "all_coupon_amount": 2,
                    "shop_ids": [88001],
                },
            ),
        ),
        cards=(
            CardPlan(
                "数字卡",
                balance="9.90",
                listing_odd={
                    "gift_card_id": 701,
                    "par_value": 9.9,
                    "deduct_amount": 100,
                    "status": 4,
                    "bind_status": 1,
                    "validType": 1,
                    "isErp": 0,
                },
            ),
        ),
    )


def _nulls(end: str) -> Profile:
    return Profile(
        28,
        "姜空值",
        "null wherever a value may be missing; no-date dates",
        points_rule=points_rule(is_open=None, kind=None, number=None, percent=None),
        info_odd={
            "memberLevelExpiredAt": None,
            "gender": None,
            "cardNo": None,
            "cardName": None,
            "isMemberEnterprise": None,
            "isPassword": None,
            "paidBenefitsCardDetailList": None,
            "labelList": None,
            "totalPoints": None,
            "giftBalance": None,
            "rechargeBalance": None,
            "totalGiftAmount": None,
            "totalRechargeAmount": None,
        },
        user_odd={"nickname": None, "user_points": None, "user_wealth_info": None},
        coupons=(
            CouponPlan(
                "空值券",
                "5.00",
                end=end,
                template={
                    "min_amount_use": None,
                    "shop_ids": None,
                    "use_per_person_per_day": None,
                    "explain_text": None,
                    "category": None,
                },
                identity_odd={"min_amount_use": None, "desc": None, "date_time": None},
            ),
            CouponPlan("无日期券", "5.00", entry_odd={"start_at": NO_DATE, "end_at": None}),
        ),
        cards=(
            CardPlan(
                "空值卡",
                entry_odd={"useTimeScope": None, "useWeeks": None, "todayUsedNum": None},
                listing_odd={"cover": None, "endAt": None, "isErp": None},
            ),
        ),
    )


def _empty_lists(end: str) -> Profile:
    """PHP sends an empty object as an empty list."""
    return Profile(
        29,
        "戚空组",
        "[] where an object is empty: template, user_wealth_info, pay_rule; no-date tier",
        points_rule={"is_open_points_pay": 0, "pay_rule": []},
        info_odd={"memberLevelExpiredAt": NO_DATE, "memberLevel": "", "memberLevelName": ""},
        user_odd={"user_wealth_info": []},
        coupons=(CouponPlan("无模板券", "5.00", end=end, entry_odd={"template": []}),),
        cards=(CardPlan("空时段卡", entry_odd={"useTimeScope": [], "useWeeks": ""}),),
    )


def _missing_keys(end: str) -> Profile:
    return Profile(
        31,
        "谢缺项",
        "keys left out: lists, balances, dates, template, pay rule",
        points_rule={"is_open_points_pay": 1},
        info_odd={
            "memberLevelExpiredAt": MISSING,
            "gender": MISSING,
            "giftCardList": MISSING,
            "labelList": MISSING,
            "paidBenefitsCardDetailList": MISSING,
            "giftBalance": MISSING,
            "rechargeBalance": MISSING,
        },
        user_odd={"user_wealth_info": MISSING, "user_coupons": MISSING, "user_points": MISSING},
        coupons=(
            CouponPlan("缺模板券", "5.00", end=end, entry_odd={"template": MISSING}),
            CouponPlan(
                "缺日期券",
                "5.00",
                entry_odd={"start_at": MISSING, "end_at": MISSING},
                template={"start_at": MISSING, "end_at": MISSING, "min_amount_use": MISSING},
            ),
        ),
        cards=(CardPlan("缺项卡", listing_odd={"cover": MISSING, "createdAt": MISSING}),),
    )


def _unreadable(end: str) -> Profile:
    return Profile(
        32,
        "邹乱码",
        "unreadable texts and enum numbers that nobody documented",
        points_rule=points_rule(is_open="yes", kind=99, number="abc", percent="half"),
        info_odd={
            "memberLevel": "金",
            "memberLevelExpiredAt": "someday",
            "gender": "99",
            "isMemberEnterprise": "99",
            "isPassword": "99",
            "totalPoints": "abc",
            "giftBalance": "1,000.00",
            "rechargeBalance": "abc",
            "labelList": [{"labelName": "未知层级", "labelLevel": 99}, "不是对象"],
        },
        user_odd={"status": 99, "user_points": "abc", "user_wealth_info": {"gift_amount": "abc"}},
        coupons=(
            CouponPlan(
                "乱码券",
                "abc",
                end=end,
                identity_odd={"is_lock": 99, "coupon_type": 99},
                template={
                    "type": 99,
                    "expire_type": 99,
                    "status": "on",
                    "only_coupon": 99,
                    "is_use_time_range": 99,
                    "min_num_use": "abc",
                    "use_per_person_per_day": "abc",
                    "shop_ids": "all",
                },
            ),
        ),
        cards=(
            CardPlan(
                "乱码卡",
                card_type=99,
                balance="abc",
                applicable_type=99,
                entry_odd={"cardSource": 99, "todayUsedNum": "abc", "cardTotal": "abc"},
                listing_odd={"validType": "99", "bind_status": "99", "isErp": "99"},
            ),
        ),
    )


def _extra_keys(end: str) -> Profile:
    extra: OddMap = {"newField": {"nested": [1, 2, {"x": None}]}, "__proto__": "x"}
    return Profile(
        33,
        "喻新增",
        "keys that no document names, at every level",
        info_odd=extra,
        user_odd=extra,
        labels=(("新标签", 3),),
        coupons=(
            CouponPlan(
                "新字段券", "5.00", end=end, entry_odd=extra, template=extra, identity_odd=extra
            ),
        ),
        cards=(CardPlan("新字段卡", entry_odd=extra, listing_odd=extra),),
    )


def _benefit_card(number: str, end: str) -> dict[str, str]:
    return {"paidCardId": number, "cardName": "文本月卡", "beginAt": NO_DATE, "expiredAt": end}
