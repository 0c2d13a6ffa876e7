"""Members whom a careless client mixes with somebody else."""

from __future__ import annotations

from typing import Final

from posmember.sandbox.records import MISSING, USABLE, CardPlan, CouponPlan, Identifiers, Profile

SHARED_NUMBER: Final = "100036"
"""The user id of one member, and the member code of another."""
OTHER_MOBILE: Final = "13900000038"
"""Named by identity in place of member 38's own."""
ANSWERED_MOBILE: Final = "13900000039"
"""What member-info names where it was asked by member 39's."""


def mixed_members() -> list[Profile]:
    """Numbers 36 to 39."""
    return [
        Profile(
            36,
            "施同号",
            f"the user id {SHARED_NUMBER} is another's member code: member-info by it is of 37",
            Identifiers("qm0000036", "13800000036", "VIP880036", by_id=False),
            coupons=(CouponPlan("施同号的券", "6.00", reasons=USABLE),),
            cards=(CardPlan("施同号的卡", balance="36.00", reasons=USABLE),),
        ),
        Profile(
            37,
            "张同码",
            f"the member code {SHARED_NUMBER} is another's user id: gift cards by it are of 36",
            Identifiers(SHARED_NUMBER, "13800000037", "VIP880037"),
            coupons=(CouponPlan("张同码的券", "7.00", reasons=USABLE),),
            cards=(CardPlan("张同码的卡", balance="37.00", reasons=USABLE),),
        ),
        Profile(
            38,
            "孔串线",
            "identity leaves the id out and names another phone: it is of somebody else",
            user_odd={"id": MISSING, "nickname": "曹别人", "mobile": OTHER_MOBILE},
            coupons=(
                CouponPlan("孔串线的券", "8.00"),
                CouponPlan("曹别人的券", "80.00", in_member_info=False),
            ),
            cards=(CardPlan("孔串线的卡", balance="38.00"),),
        ),
        Profile(
            39,
            "曹错答",
            "member-info asked by this phone number answers with another",
            info_odd={"mobile": ANSWERED_MOBILE},
            user_odd={"mobile": ANSWERED_MOBILE},
            coupons=(CouponPlan("曹错答的券", "9.00", reasons=USABLE),),
        ),
    ]
