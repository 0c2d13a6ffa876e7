"""All membership cards of the sandbox. Every one is invented; no number belongs to anybody."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

from posmember.sandbox.account import BRAND_ID, CARD_ID
from posmember.sandbox.dates import Calendar
from posmember.sandbox.members.found import WECHAT_OPENID
from posmember.sandbox.records import MISSING, Missing
from posmember.sandbox.wechat.cards_odd import odd_cards
from posmember.sandbox.wechat.pictures import LARGE_PICTURE, NO_PICTURE
from posmember.sandbox.wechat.plans import (
    PERMANENT,
    CardPlan,
    card_code,
    fixed_range,
    fixed_term,
    moment,
    openid,
)
from posmember.sandbox.wechat.records import CardRecord, CardValue, Fields, OwnPicture, Sensitive

FIRST_CODE: Final = "VIP880001"
"""Of the demo's first member, 王小明: the card's code is the member's card number."""
PAYMENT_LIKE_CODE: Final = "280000000000000000000016"
SHARED_CODE: Final = "FAMILY-0017"


@lru_cache(maxsize=4)
def build_cards(now: datetime) -> tuple[CardRecord, ...]:
    """Every card, by number, with dates told from `now` (aware). Nobody changes the records."""
    calendar = Calendar(now)
    plans = [
        *_everyday(calendar),
        *_states(calendar),
        *odd_cards(calendar),
        *_pictures(calendar),
        *_holders(calendar),
    ]
    plans.sort(key=lambda plan: plan.number)
    return tuple(_issue(plan, calendar) for plan in plans)


def _everyday(calendar: Calendar) -> list[CardPlan]:
    return [
        CardPlan(
            1,
            "the first member's, with every field: all six form fields, own questions, a picture",
            code=FIRST_CODE,
            level="金卡会员",
            phone="13800000001",
            validity=fixed_range(calendar, -30, 335),
            extra={
                "user_information": _whole_form(),
                "attach": "门店:人民广场店;开卡活动:周年庆",
            },
        ),
        CardPlan(
            7,
            "the card of the member found by this very openid; a balance card, valid for ever",
            openid=WECHAT_OPENID,
            card_type="BALANCE",
            level="银卡会员",
            validity=PERMANENT,
        ),
        CardPlan(
            3,
            "a bought card, valid for 30 days after it was taken",
            card_type="PURCHASE",
            level="钻石会员",
            color="#3B2E7E",
            validity=fixed_term(30),
            picked_up=moment(calendar, days=-20, milliseconds=120),
        ),
        CardPlan(
            14,
            "stubborn: takes a new level, but keeps its first four characters",
            level="普通会员",
            stubborn=True,
        ),
    ]


def _whole_form() -> CardValue:
    values = {
        "SEX": "男",
        "NAME": "王小明",
        "BIRTHDAY": "1990-03-14",
        "ADDRESS": "上海市黄浦区沙箱路1号",
        "EMAIL": "wang@sandbox.invalid",
        "CITY": "上海",
    }
    return {
        "common_field_list": [
            {"name": f"USER_FORM_FLAG_{name}", "value": Sensitive(value)}
            for name, value in values.items()
        ],
        "custom_field_list": [
            {"name": "常去门店", "user_chosen_values": [Sensitive("人民广场店")]},
            {
                "name": "喜欢的运动",
                "user_chosen_values": [Sensitive("羽毛球"), Sensitive("游泳"), Sensitive("跑步")],
            },
        ],
    }


def _states(calendar: Calendar) -> list[CardPlan]:
    return [
        CardPlan(
            4,
            "taken, but not activated",
            state="UNACTIVATED",
            validity=fixed_term(365),
            phone="",
            extra={"user_information": MISSING},
        ),
        CardPlan(
            5,
            "expired yesterday",
            state="EXPIRED",
            level="银卡会员",
            validity=fixed_range(calendar, -366, -1),
        ),
        CardPlan(
            6,
            "made void, with reason and time; cannot be changed",
            state="INVALID",
            extra={
                "invalid_reason": "用户申请注销会员",
                "invalid_time": moment(calendar, days=-3),
            },
        ),
        CardPlan(
            8,
            "hardly any field: no level, no phone, no validity, no form, no picture",
            level="",
            phone="",
            picture=None,
            extra={
                "card_color": MISSING,
                "valid_date_information": MISSING,
                "pickup_time": MISSING,
                "user_information": MISSING,
            },
        ),
    ]


def _pictures(calendar: Calendar) -> list[CardPlan]:
    return [
        CardPlan(11, "a picture address that leads to no picture", picture=NO_PICTURE),
        CardPlan(12, "a picture of more than 1 MiB", picture=LARGE_PICTURE),
        CardPlan(13, "no picture; a card color of its own", picture=None, color="#1F7A5C"),
    ]


def _holders(calendar: Calendar) -> list[CardPlan]:
    return [
        CardPlan(15, "a code of the merchant's own with signs", code="S/2026%15?a=b&c#d+e;f"),
        CardPlan(16, "a code that looks like an Alipay payment code", code=PAYMENT_LIKE_CODE),
        CardPlan(17, "a code that two people hold: the first", code=SHARED_CODE, level="家庭卡A"),
        CardPlan(18, "a code that two people hold: the second", code=SHARED_CODE, level="家庭卡B"),
    ]


def _issue(plan: CardPlan, calendar: Calendar) -> CardRecord:
    code = plan.code or card_code(plan.number)
    holder = plan.openid or openid(plan.number)
    fields: dict[str, CardValue | Missing] = {
        "user_card_code": code,
        "card_id": CARD_ID,
        "openid": holder,
        "card_color": plan.color,
        "card_picture_url": OwnPicture(plan.picture) if plan.picture else MISSING,
        "brand_id": BRAND_ID,
        "card_type": plan.card_type,
        "phone_number": Sensitive(plan.phone) if plan.phone else MISSING,
        "level": plan.level or MISSING,
        "valid_date_information": plan.validity,
        "pickup_time": plan.picked_up or moment(calendar, days=-30),
        "user_information": _short_form(plan.number),
        "attach": MISSING,
        "user_card_state": plan.state,
        "invalid_reason": MISSING,
        "invalid_time": MISSING,
        **plan.extra,
    }
    kept = {name: value for name, value in fields.items() if not isinstance(value, Missing)}
    return CardRecord(code, holder, plan.shows, kept, plan.stubborn)


def _short_form(number: int) -> CardValue:
    name: Fields = {"name": "USER_FORM_FLAG_NAME", "value": Sensitive(f"沙箱用户{number}")}
    return {"common_field_list": [name], "custom_field_list": []}
