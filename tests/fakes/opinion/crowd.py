"""Members as raw answers, drawn by a seed: mostly ordinary, with odd values of every kind."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from random import Random
from typing import Any

from tests.fakes.opinion.forms import DAY, SECOND, as_sent, date_of, shops_of, weeks_of, windows_of
from tests.fakes.opinion.order import ORDER_TYPES, Member, Where
from tests.fakes.opinion.reading import CHINA, Json

MONDAY = datetime(2026, 11, 16, tzinfo=CHINA)
CLOCKS = (
    "00:00:00",
    "00:00:01",
    "01:00:00",
    "03:59:59",
    "04:00:00",
    "10:00:00",
    "14:03:22",
    "21:59:59",
    "22:00:00",
    "23:59:00",
    "23:59:59",
)
FLAG = (0, "0", 1, "1", 1, "1", "", None, 2, "x", "1.0")


def moment_of(draw: Random) -> datetime:
    """Any day of some weeks, mostly at an hour where something changes."""
    day = MONDAY + draw.randrange(0, 28) * DAY
    hour, minute, second = (int(part) for part in draw.choice(CLOCKS).split(":"))
    at = day.replace(hour=hour, minute=minute, second=second)
    return at + draw.randrange(86_400) * SECOND if draw.random() < 0.3 else at


def later_of(draw: Random, now: datetime) -> datetime:
    """A moment near another one, or any."""
    if draw.random() < 0.2:
        return moment_of(draw)
    return now + draw.choice(
        [-DAY, -SECOND, SECOND, 60 * SECOND, 7 * 3600 * SECOND, DAY, 2 * DAY, 3 * DAY]
    )


def where_of(draw: Random, now: datetime) -> Where:
    """A store and an order."""
    code, number = draw.choice(
        [("1001", "88001")] * 6 + [("1001", None)] * 2 + [(None, "88001"), (None, None)]
    )
    amount = draw.choice([None, 0, 1, 1200, 2000, 2999, 3000, 3000, 3001, 5000, 12_000, 300_000])
    return Where(
        now=now,
        order_type=draw.choice((*ORDER_TYPES, "dine_in", "dine_in")),
        amount=amount,
        discount=draw.choice([0, 0, 0, 0, 1, 500, 1000, 1200, 6000]),
        items=draw.choice([None, 0, 1, 2, 3, 5]),
        store_code=code,
        store_id=number,
        unit=draw.choice(("auto", "auto", "auto", "auto", "fen", "yuan")),
    )


# --- coupons -------------------------------------------------------------------------------------


def template_of(draw: Random, now: datetime, number: int) -> Json:
    """A template that is no obstacle, with up to four fields that may be one."""
    kind = draw.choice([0, 0, 0, 1])
    values = {0: ["10.00", "5", 12, "50.00", "0"], 1: ["8.5", "85", "0.85", 8.5, "9", "7.77"]}
    row: Json = {
        "id": number,
        "type": 1,
        "title": f"券{number}",
        "amount": draw.choice(values[kind]),
        "coupon_type": kind,
        "min_amount_use": 0,
        "number_of_user": draw.choice([0, 1]),
        "goods_range_type": 0,
        "expire_type": 0,
        "start_at": "",
        "end_at": "",
        "status": 1,
        "scene_type": 7,
        "only_coupon": 0,
        "use_per_person_per_day": 0,
        "is_use_time_range": 0,
        "category": 0,
        "min_num_use": 0,
        "multi_range_type": 0,
        "shop_ids": "",
        "explain_text": "",
        "goods_range_num": 0,
        "coupon_label": "",
    }
    changes: dict[str, Any] = {
        "type": lambda: draw.choice([2, "2", "", 3, "x"]),
        "min_amount_use": lambda: draw.choice(
            [30, 3000, "3000", "30.00", 50, 5000, "", None, "x", -5, "30.5", "30.005"]
        ),
        "goods_range_type": lambda: draw.choice(FLAG),
        "expire_type": lambda: draw.choice([1, 2, "1", "", 5, "x"]),
        "status": lambda: draw.choice([0, "0", 1, "", None, 5, "x"]),
        "scene_type": lambda: draw.choice([1, 2, 3, 4, 5, 6, 7, "1", "2", "", None, 0, 9, "x"]),
        "only_coupon": lambda: draw.choice(FLAG),
        "use_per_person_per_day": lambda: draw.choice([1, 1, "2", 3, "", None, "x", -1]),
        "is_use_time_range": lambda: draw.choice(FLAG),
        "category": lambda: draw.choice([2, 3, 4, 4, 5, 6, 6, 7, 8, "6", "", None, 1, 9, "x"]),
        "min_num_use": lambda: draw.choice([1, 2, 3, "3", 6, "", None, "x", -1]),
        "goods_range_num": lambda: draw.choice([1, 2, 3, "4", "", None, "x"]),
        "multi_range_type": lambda: draw.choice([1, 1, 2, 2, "1", "2", "", None, 5, "x"]),
        "explain_text": lambda: draw.choice(["限堂食", "满30元可用", "满50元可用", " "]),
        "coupon_label": lambda: draw.choice(["满30元可用", "满 3000 元", "满30减10", "新人"]),
        "coupon_type": lambda: draw.choice(["", 2, "x", 0, 1]),
        "amount": lambda: draw.choice(["", "x", "0", "1", "10", "100", "120", -3]),
        "start_at": lambda: date_of(draw, now, end=False),
        "end_at": lambda: date_of(draw, now, end=True),
    }
    for key in draw.sample(sorted(changes), draw.choice([0, 0, 1, 1, 2, 3, 4])):
        row[key] = changes[key]()
    if draw.random() < 0.5:
        row["min_amount_use"] = draw.choice([0, 0, 30, 3000, 2000, 5000])
    if row["multi_range_type"]:
        row["shop_ids"] = shops_of(draw)
    if row["category"] == 4:
        row["goods_range_num"] = draw.choice([0, 1, 2, 3, "3", "x"])
    return as_sent(draw, row)


def coupon_rows(
    draw: Random, now: datetime, index: int, template: Json
) -> tuple[list[Json], list[Json]]:
    """One coupon as member-info and identity tell it; either may not."""
    code = draw.choice([f"c{index}"] * 9 + [""])
    own = draw.random() < 0.85
    ours: Json = {
        "coupon_id": 500 + index,
        "start_at": date_of(draw, now, end=False) if own else "",
        "end_at": date_of(draw, now, end=True) if own else "",
        "status": draw.choice([0] * 20 + [1, 1, 1, "", 7, "x"]),
        "couponId": code,
        "cardId": draw.choice(["", "", "", f"d{index}"]),
        "template": template,
    }
    need = {"30": 3000, "30.00": 3000, "50": 5000}.get(str(template.get("min_amount_use")))
    theirs: Json = {
        "coupon_id": draw.choice([500 + index] * 6 + [900 + index]) if code else 500 + index,
        "start_at": ours["start_at"],
        "end_at": ours["end_at"],
        "status": ours["status"],
        "verify_code": draw.choice([code, code, code, ours["cardId"] or code]),
        "is_lock": draw.choice([1] * 20 + [2, "2", "", 3, "x"]),
        "title": template.get("title", ""),
        "coupon_type": template.get("coupon_type", 0),
        "min_amount_use": need or template.get("min_amount_use", 0),
        "amount": template.get("amount", ""),
    }
    if draw.random() < 0.25:
        for key in draw.sample(["status", "start_at", "end_at", "min_amount_use", "amount"], 2):
            theirs[key] = other_of(draw, now, key)
    if draw.random() < 0.08 and code:
        theirs["verify_code"] = ""
    has_ours, has_theirs = draw.choice([(1, 1)] * 6 + [(1, 0)] * 3 + [(0, 1)])
    rows = [as_sent(draw, ours)] * has_ours, [as_sent(draw, theirs)] * has_theirs
    for side, name in zip(rows, ("couponId", "verify_code"), strict=True):
        if side and draw.random() < 0.08:
            side.append(twin_of(draw, now, side[0]))
        if code and draw.random() < 0.05:
            side.append(little_of(draw, now, {name: code}))
    return rows


def unclear_rows(draw: Random, now: datetime, template: Json) -> tuple[list[Json], list[Json]]:
    """One coupon_id in several entries, of which not all have a code: which is whose twin?"""
    ours, theirs = [], []
    for index in range(draw.choice([1, 2, 2])):
        pair = coupon_rows(draw, now, 70 + index, template)
        for row in pair[0]:
            row |= {"coupon_id": 570, "couponId": draw.choice([f"u{index}", ""]), "cardId": ""}
        for row in pair[1]:
            code = draw.choice([f"u{index}", "", f"v{index}"])
            row |= {"coupon_id": 570, "verify_code": code, "is_lock": draw.choice([1, 1, 2])}
        ours += pair[0]
        theirs += pair[1]
    return ours, theirs


def other_of(draw: Random, now: datetime, key: str) -> Any:
    """What one source may say otherwise than another."""
    return {
        "status": draw.choice([0, 1, "", 7]),
        "start_at": date_of(draw, now, end=False),
        "end_at": date_of(draw, now, end=True),
        "min_amount_use": draw.choice([0, 3000, 5000, 30, "", "x"]),
        "amount": draw.choice([85, "8.5", 10, "", 9, 120]),
    }[key]


def twin_of(draw: Random, now: datetime, row: Json) -> Json:
    """The same once more in one list: as it is, or with one thing said otherwise."""
    twin = deepcopy(row)
    keys = [key for key in ("status", "start_at", "end_at", "is_lock") if key in row]
    key = draw.choice([*keys, "nothing"])
    if key == "is_lock":
        twin[key] = draw.choice([1, 2])
    elif key != "nothing":
        twin[key] = other_of(draw, now, key)
    if "template" in row and draw.random() < 0.2:
        twin["template"]["status"] = draw.choice([0, 1])
    return twin


def little_of(draw: Random, now: datetime, named: Json) -> Json:
    """One more entry of a code that says one thing of it, and is silent about all else."""
    key = draw.choice(["status", "start_at", "end_at", "min_amount_use"])
    if "couponId" in named and key == "min_amount_use":
        return named  # of member-info a template would have it, which is no little
    return {**named, key: other_of(draw, now, key)}


# --- cards ---------------------------------------------------------------------------------------


def card_rows(draw: Random, now: datetime, index: int) -> tuple[list[Json], list[Json]]:
    """One gift card as member-info and the list tell it; either may not."""
    kind = draw.choice([1, 1, 1, 2, 2, 3, 4, 4] * 2 + ["", 9, "x"])
    left = draw.choice(["50.00", "0.01", 3, "10", "3"] * 3 + ["0", 0, "-1", "", "x", "0.005"])
    ours: Json = {
        "cardNo": f"g{index}",
        "name": f"卡{index}",
        "cardTotal": "100",
        "cardType": kind,
        "balance": left,
        "applicableType": draw.choice([1, 1, 1, 2, "", 5, "x"]),
        "beginAt": date_of(draw, now, end=False),
        "endAt": date_of(draw, now, end=True),
        "cardStatus": draw.choice([4] * 28 + [0, 1, 2, 3, 5, 6, 7, "", 9, "x"]),
        "todayUsedNum": draw.choice([0, 0, 0, 2, "1", "", "x"]),
        "useTimeScope": windows_of(draw) if draw.random() < 0.5 else "",
        "useWeeks": weeks_of(draw) if draw.random() < 0.5 else "",
    }
    theirs: Json = {
        "id": f"g{index}",
        "gift_title": f"卡{index}",
        "par_value": left,
        "deduct_amount": "100",
        "bind_status": draw.choice([1] * 24 + [0, "0", "", 2]),
        "beginAt": ours["beginAt"],
        "endAt": ours["endAt"],
        "status": ours["cardStatus"],
        "validType": draw.choice([3, 3, 3, 1, 1, 2, 0, "", 9]),
        "isErp": draw.choice([0] * 24 + [1, "1", "", 2, "x"]),
    }
    if draw.random() < 0.3:
        others = {
            "status": draw.choice([0, 1, 4, 5, 7, ""]),
            "beginAt": date_of(draw, now, end=False),
            "endAt": date_of(draw, now, end=True),
            "par_value": draw.choice(["50.00", "0", "3", "", "0.005"]),
        }
        theirs |= {key: others[key] for key in draw.sample(sorted(others), 2)}
    has_ours, has_theirs = draw.choice([(1, 1)] * 6 + [(1, 0)] * 3 + [(0, 1)] * 2)
    rows = [as_sent(draw, ours)] * has_ours, [as_sent(draw, theirs)] * has_theirs
    for side in rows:
        if side and draw.random() < 0.06:
            twin = deepcopy(side[0])
            others = {"endAt": "end_at", "beginAt": "start_at", "status": "status"}
            others["cardStatus"] = "status"
            for key in draw.sample([each for each in others if each in twin] or ["status"], 1):
                twin[key] = other_of(draw, now, others[key])
            side.append(twin)
    if draw.random() < 0.05:
        key, what = draw.choice(
            [("endAt", "end_at"), ("beginAt", "start_at"), ("status", "status")]
        )
        rows[1].append({"id": f"g{index}", key: other_of(draw, now, what)})
    return rows


# --- the whole member ----------------------------------------------------------------------------


def member_of(draw: Random, now: datetime) -> Member:
    """One member's three answers; one in twelve has no identity."""
    templates = [template_of(draw, now, 300 + number) for number in range(draw.choice([1, 2, 3]))]
    ours, theirs, cards, listed = [], [], [], []
    for index in range(draw.choice([0, 1, 2, 3, 3, 4, 6])):
        pair = coupon_rows(draw, now, index, draw.choice(templates))
        ours += pair[0]
        theirs += pair[1]
    if draw.random() < 0.08:
        pair = unclear_rows(draw, now, templates[0])
        ours += pair[0]
        theirs += pair[1]
    for index in range(draw.choice([0, 0, 1, 2, 3])):
        pair = card_rows(draw, now, index)
        cards += pair[0]
        listed += pair[1]
    for rows in (ours, theirs, cards, listed):
        draw.shuffle(rows)
    info = as_sent(
        draw,
        {
            "username": "某某",
            "customerId": 1,
            "isPassword": draw.choice([2, 2, 1, "1", "", 3]),
            "totalPoints": draw.choice([0, "1280", "1280.5", 7, "", "x", "-7"]),
            "giftBalance": draw.choice(["1.00", "0", "", "x", "30.01"]),
            "rechargeBalance": draw.choice(["2.00", "0", "", "x", "200.02"]),
            "couponsList": {str(n): row for n, row in enumerate(ours)}
            if draw.random() < 0.1
            else ours,
            "giftCardList": cards,
            "paidBenefitsCardDetailList": benefits_of(draw, now),
        },
    )
    user: Json = {
        "id": 1,
        "status": draw.choice([1] * 30 + [0, "0", "", 5, "x"]),
        "user_coupons": theirs,
    }
    beside: Json = {
        "user_points": draw.choice([0, 1280, 7, ""]),
        "user_wealth_info": {
            "gift_amount": draw.choice([0, 100, 3001, ""]),
            "recharge_amount": draw.choice([0, 200, 20002, ""]),
            "total_amount": draw.choice([0, 300, 23003, ""]),
        },
        "multi_store_id": draw.choice([0, 88001, "88001", 88002, "", "0"]),
        "is_open_points_pay": draw.choice([1, 1, True, "true", 0, "", "x"]),
        "pay_rule": draw.choice(
            [
                [],
                {
                    "points_num_type": draw.choice([1, 2, "2", 3, ""]),
                    "points_num": draw.choice([0.01, "0.3", 100, "100", 300, 0.003, 0, "", "x", 7]),
                    "exchange_astrict": draw.choice([20, "20", 0, "", 150, 33, "12.5", "x", -5]),
                },
            ]
        ),
    }
    within = draw.random() < 0.6
    identity = {"user_info": user | (beside if within else {})} | ({} if within else beside)
    answered = draw.choice([(True, True)] * 20 + [(True, False)] * 2 + [(False, True)])
    return Member(info if answered[0] else None, identity if answered[1] else None, listed)


def benefits_of(draw: Random, now: datetime) -> list[Json]:
    return [benefit_of(draw, now, number) for number in range(draw.choice([0, 0, 1, 2]))]


def benefit_of(draw: Random, now: datetime, number: int) -> Json:
    begin, end = (date_of(draw, now, end=is_end) for is_end in (False, True))
    return {"paidCardId": 900 + number, "cardName": "月卡", "beginAt": begin, "expiredAt": end}
