"""Membership cards in odd forms: what no document promises, and what people may have typed."""

from __future__ import annotations

from typing import Final

from posmember.sandbox.dates import NO_DATE, Calendar
from posmember.sandbox.wechat.plans import CardPlan, moment
from posmember.sandbox.wechat.records import Fields, Sensitive

LONG_ATTACH: Final = ('<img src="x" onerror="alert(1)">' * 8)[:256]
HOSTILE_LEVEL: Final = "<b>金</b>\x1b\x07"
HOSTILE_REASON: Final = "<b>作废</b>\r\n第二行\x00\x07\u202e反向\u2028" + "很长的作废原因" * 40


def odd_cards(calendar: Calendar) -> list[CardPlan]:
    """Numbers 9, 10 and 19."""
    return [
        CardPlan(
            9,
            "unknown words, unreadable times, values that nobody can decrypt, new fields",
            level="未来等级",
            card_type="METAVERSE",
            state="FROZEN",
            color="red",
            validity=_odd_validity(),
            picked_up="2026-13-45T25:61:61+08:00",
            extra={
                "phone_number": Sensitive("13800000009", for_another=True),
                "user_information": _odd_form(),
                "new_field": {"nested": [1, None, "新字段"]},
            },
        ),
        CardPlan(
            10,
            "texts that mean harm: markup, control characters, 256 characters of attach",
            level=HOSTILE_LEVEL,
            state="INVALID",
            extra={
                "attach": LONG_ATTACH,
                "user_information": _hostile_form(),
                "invalid_reason": HOSTILE_REASON,
                "invalid_time": moment(calendar, days=-1),
            },
        ),
        CardPlan(
            19,
            "null and [] in place of objects and texts, numbers in place of texts",
            validity=[],
            extra={
                "card_color": None,
                "card_picture_url": None,
                "phone_number": None,
                "level": 3,
                "pickup_time": "",
                "user_information": None,
                "attach": None,
                "invalid_reason": None,
                "invalid_time": NO_DATE,
            },
        ),
    ]


def _odd_validity() -> Fields:
    return {
        "type": "FOREVER",
        "available_begin_time": NO_DATE,
        "available_end_time": 4_102_416_000,
        "available_day_after_receive": "三十",
    }


def _odd_form() -> Fields:
    return {
        "common_field_list": [
            {"name": "USER_FORM_FLAG_SHOE_SIZE", "value": Sensitive("42")},
            {"name": "USER_FORM_FLAG_NAME", "value": "没有加密"},
            {"name": "USER_FORM_FLAG_CITY", "value": Sensitive("北京", for_another=True)},
            {"name": None, "value": None},
            "text",
        ],
        "custom_field_list": {},
    }


def _hostile_form() -> Fields:
    name: Fields = {"name": "USER_FORM_FLAG_NAME", "value": Sensitive("<script>alert(1)</script>")}
    question: Fields = {
        "name": "<h1>喜欢的\x1b[31m颜色</h1>",
        "user_chosen_values": [Sensitive("<i>红</i>"), Sensitive("蓝\x00\n绿")],
    }
    return {"common_field_list": [name], "custom_field_list": [question]}
