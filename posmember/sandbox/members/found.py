"""Members that show how somebody is found: which identifier, and which API knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from posmember.sandbox.dates import Calendar
from posmember.sandbox.records import (
    MISSING,
    USABLE,
    CardPlan,
    CouponPlan,
    Identifiers,
    Profile,
    points_rule,
)

ALIPAY_USER_ID: Final = "2088000000000006"
WECHAT_OPENID: Final = "oSandbox_openid-000000000007"
WECHAT_CARD_CODE: Final = "900000000000000000000007"
"""The card number of the member found by openid: a code that WeChat Pay allocated."""
WECHAT_UNIONID: Final = "oSandbox_unionid-000000000008"


def found_members(calendar: Calendar) -> list[Profile]:
    """Numbers 4 to 12."""
    thirty = CouponPlan("满30减10", "10.00", threshold_fen=3000, reasons=USABLE)
    five = CouponPlan("5元券", "5.00", end=calendar.day_end(3), reasons=USABLE)
    coupons = (thirty, five)
    cards = (CardPlan("畅饮现金卡", balance="66.00", reasons=USABLE),)
    return [
        Profile(
            4,
            "周手机",
            "found only by mobile number (member-info type 2)",
            Identifiers(mobile="13800000004", by_id=False),
            gender=2,
            coupons=coupons,
            cards=cards,
        ),
        Profile(
            5,
            "吴卡号",
            "found only by card number VIP880005 (type 3)",
            Identifiers(card_number="VIP880005", by_id=False),
            coupons=coupons,
            cards=cards,
        ),
        Profile(
            6,
            "郑支付",
            f"found by Alipay user id {ALIPAY_USER_ID} (type 4)",
            Identifiers(alipay_user_id=ALIPAY_USER_ID),
            coupons=coupons,
        ),
        Profile(
            7,
            "冯微信",
            f"found by WeChat openid {WECHAT_OPENID} (type 5), and with it a WeChat brand card",
            Identifiers(card_number=WECHAT_CARD_CODE, wechat_openid=WECHAT_OPENID),
            coupons=coupons,
        ),
        Profile(
            8,
            "蒋联合",
            f"found by WeChat unionid {WECHAT_UNIONID} (type 6), which is no openid",
            Identifiers(wechat_unionid=WECHAT_UNIONID),
            cards=cards,
        ),
        Profile(
            9,
            "沈无号",
            "member-info leaves customerId out: the user id comes from identity alone",
            info_odd={"customerId": MISSING},
            coupons=coupons,
            cards=cards,
        ),
        Profile(
            10,
            "韩不识",
            "identity does not know this member; member-info and the gift-card list do",
            in_identity=False,
            coupons=(replace(thirty, reasons=("SPEND_UNIT_UNKNOWN",)), five),
            cards=cards,
        ),
        Profile(
            11,
            "杨绕路",
            "member-info does not know the code but the id 100011, which identity gives",
            Identifiers(code="qm0000011", mobile="13800000011", by_code=False),
            coupons=coupons,
            cards=cards,
        ),
        Profile(
            12,
            "朱积分",
            "points: 1 point is 0.01 元, at most half the order; a payment password",
            tier=(4, "铂金会员"),
            gender=2,
            has_password=True,
            points=45_600,
            points_rule=points_rule(is_open=True, kind=1, number=0.01, percent=50),
        ),
    ]
