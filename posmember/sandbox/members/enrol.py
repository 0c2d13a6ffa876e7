"""Turns plans into the field maps of the three answers, in the platform's loose typing.

By default member-info's own fields and the coupon templates are sent as text, its gift cards and
the identity answer as numbers, the gift-card list as text: the documents' examples and the same
ids as number here and text there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from posmember.sandbox.dates import NEVER_EXPIRES, Calendar
from posmember.sandbox.records import (
    CardPlan,
    Coupon,
    CouponPlan,
    GiftCard,
    Identifiers,
    Json,
    MemberRecord,
    OddMap,
    Profile,
    with_odd,
)

_RECYCLED: Final = 6
_FROM_BINDING: Final = 2
_BOUGHT: Final = 1
_COUNTED_TYPES: Final = (2, 3)
_BOUND_STATUSES: Final = (4, 5, 6, 7)
_STATUS_WORDS: Final = (
    "未知状态",
    "未绑定",
    "赠送中",
    "已赠送",
    "已绑定",
    "已过期",
    "已回收",
    "已用完",
)
_SLOTS_PER_MEMBER: Final = 10_000


def enrol(profile: Profile, calendar: Calendar) -> MemberRecord:
    """The member of a profile, with every date told from the calendar's now."""
    number = profile.number
    first = number * _SLOTS_PER_MEMBER + 1
    coupons = tuple(
        issue_coupon(plan, first + index, calendar) for index, plan in enumerate(profile.coupons)
    )
    cards = tuple(
        issue_card(plan, first + index, calendar) for index, plan in enumerate(profile.cards)
    )
    ids = profile.found_by or usual_identifiers(number)
    user_id = 100_000 + number
    return MemberRecord(
        user_id=user_id,
        name=profile.name,
        shows=profile.shows,
        ids=ids,
        info=_member_info(profile, ids, user_id, coupons, cards, calendar),
        user=_user_info(profile, ids, user_id, coupons) if profile.in_identity else None,
        points_rule=profile.points_rule,
        coupons=coupons,
        cards=cards,
    )


def usual_identifiers(number: int) -> Identifiers:
    """Member code, mobile number and card number of the member with this number."""
    return Identifiers(
        code=f"qm{number:07d}", mobile=f"138{number:08d}", card_number=f"VIP88{number:04d}"
    )


def inner_card_number(card_number: str) -> str:
    """The inner number (实体卡内部卡号) of a physical member card."""
    return card_number.replace("VIP", "INNER", 1)


def issue_coupon(plan: CouponPlan, number: int, calendar: Calendar) -> Coupon:
    """The coupon of a plan; `number` makes its ids and redemption code."""
    code = f"86{number:010d}"
    start = calendar.day_start(-10) if plan.start is None else plan.start
    end = calendar.day_end(30) if plan.end is None else plan.end
    entry: dict[str, Json] = {
        "coupon_id": 50_000_000 + number,
        "start_at": start,
        "end_at": end,
        "status": int(plan.used),
        "couponId": code,
        "template": _template(plan, number, calendar),
        "cardId": code,
    }
    identity: dict[str, Json] = {
        "coupon_id": 50_000_000 + number,
        "start_at": start,
        "end_at": end,
        "status": int(plan.used),
        "verify_code": code,
        "is_lock": 2 if plan.locked else 1,
        "date_time": f"{start[:10]} 至 {end[:10]}",
        "title": plan.title,
        "coupon_type": plan.coupon_type,
        "min_amount_use": plan.threshold_fen,
        "desc": _threshold_words(plan),
        "amount": _number_or_text(plan.amount),
    }
    entry, identity = with_odd(entry, plan.entry_odd), with_odd(identity, plan.identity_odd)
    return Coupon(
        code=code,
        member_info=entry if plan.in_member_info else None,
        identity=identity if plan.in_identity else None,
        reasons=plan.reasons,
        again=_once_more(entry, plan.again),
        again_identity=_once_more(identity, plan.again_identity),
    )


def _once_more(entry: Mapping[str, Json], odd: OddMap | None) -> Mapping[str, Json] | None:
    """A second entry of the same coupon; of its template, too, only what is odd is another."""
    if odd is None:
        return None
    template, other = entry.get("template"), odd.get("template")
    if isinstance(template, Mapping) and isinstance(other, Mapping):
        odd = {**odd, "template": with_odd(template, other)}
    return with_odd(entry, odd)


def _template(plan: CouponPlan, number: int, calendar: Calendar) -> dict[str, Json]:
    own = number % _SLOTS_PER_MEMBER
    template_id = 30_000 + (own if plan.template_number is None else plan.template_number)
    threshold = plan.threshold_fen // 100 if plan.threshold_in_yuan else plan.threshold_fen
    saving = f"{plan.amount}折" if plan.coupon_type else f"{plan.amount}元"
    ordinary: dict[str, Json] = {
        "id": str(template_id),
        "type": "1",
        "title": plan.title,
        "total": "0",
        "amount": plan.amount,
        "coupon_type": str(plan.coupon_type),
        "min_amount_use": str(threshold),
        "number_of_user": "1",
        "goods_range_type": "0",
        "expire_type": "0",
        "start_at": calendar.unix_day_start(-10),
        "end_at": calendar.unix_day_start(61) - 1,
        "expire_days": "0",
        "status": "1",
        "scene_type": "7",
        "only_coupon": "0",
        "use_per_person_per_day": "0",
        "is_use_time_range": "0",
        "category": "0",
        "max_num": "0",
        "min_num": "0",
        "min_num_use": "0",
        "multi_range_type": "0",
        "shop_ids": "[]",
        "explain_text": "",
        "second_max_num": "0",
        "goods_range_num": "0",
        "coupon_label": "",
        "coupon_title": plan.title,
        "coupon_amount": saving,
        "all_coupon_amount": plan.amount,
        "templateCode": f"TC{template_id}",
    }
    return with_odd(ordinary, plan.template)


def _threshold_words(plan: CouponPlan) -> str:
    if not plan.threshold_fen:
        return "无门槛"
    return f"满{plan.threshold_fen / 100:g}元可用"


def issue_card(plan: CardPlan, number: int, calendar: Calendar) -> GiftCard:
    """The gift card of a plan; `number` makes its card number."""
    card_number = f"LP{number:010d}"
    return GiftCard(
        number=card_number,
        recycled=plan.status == _RECYCLED,
        member_info=_card_entry(plan, card_number, calendar) if plan.in_member_info else None,
        listing=_card_listing(plan, card_number, calendar) if plan.in_list else None,
        reasons=plan.reasons,
    )


def _card_entry(plan: CardPlan, card_number: str, calendar: Calendar) -> dict[str, Json]:
    ordinary: dict[str, Json] = {
        "cardNo": card_number,
        "name": plan.title,
        "thirdCardNo": "",
        "cardTotal": _number_or_text(plan.total),
        "cardType": plan.card_type,
        "balance": _number_or_text(plan.balance),
        "applicableType": plan.applicable_type,
        "beginAt": _card_start(plan, calendar),
        "cardPrice": _price(plan),
        "cardSource": plan.source,
        "cardStatus": plan.status,
        "endAt": _card_end(plan),
        "todayUsedNum": plan.used_today,
        "useTimeScope": plan.hours,
        "useWeeks": plan.weekdays,
    }
    return with_odd(ordinary, plan.entry_odd)


def _card_listing(plan: CardPlan, card_number: str, calendar: Calendar) -> dict[str, Json]:
    known = 0 <= plan.status < len(_STATUS_WORDS)
    ordinary: dict[str, Json] = {
        "id": card_number,
        "gift_card_id": str(700 + plan.card_type),
        "gift_title": plan.title,
        "par_value": plan.balance,
        "cover": f"https://img.sandbox.invalid/gift-card/{plan.card_type}.png",
        "expired_desc": _validity_words(plan),
        "deduct_amount": plan.total,
        "bind_status": "1" if plan.status in _BOUND_STATUSES else "0",
        "beginAt": _card_start(plan, calendar),
        "endAt": _card_end(plan),
        "createdAt": calendar.at(days=-31),
        "status_desc": _STATUS_WORDS[plan.status] if known else "",
        "status": str(plan.status),
        "validType": str(plan.valid_type),
        "isErp": "0",
    }
    return with_odd(ordinary, plan.listing_odd)


def _price(plan: CardPlan) -> Json:
    """Only a bought card has a price; a use or a benefit sells at 15 元."""
    if plan.source != _BOUGHT:
        return 0
    if plan.card_type in _COUNTED_TYPES:
        return int(plan.total) * 15
    return _number_or_text(plan.total)


def _card_start(plan: CardPlan, calendar: Calendar) -> str:
    return calendar.day_start(-30) if plan.start is None else plan.start


def _card_end(plan: CardPlan) -> str:
    return NEVER_EXPIRES if plan.end is None else plan.end


def _validity_words(plan: CardPlan) -> str:
    if plan.end is None:
        return "永久有效"
    from_binding = "自绑定日起有效," if plan.valid_type == _FROM_BINDING else ""
    return f"{from_binding}有效期至{plan.end[:10]}"


def _member_info(
    profile: Profile,
    ids: Identifiers,
    user_id: int,
    coupons: tuple[Coupon, ...],
    cards: tuple[GiftCard, ...],
    calendar: Calendar,
) -> dict[str, Json]:
    principal, bonus = profile.principal_fen, profile.bonus_fen
    ordinary: dict[str, Json] = {
        "username": profile.name,
        "mobile": ids.mobile,
        "memberLevel": str(profile.tier[0]),
        "memberLevelName": profile.tier[1],
        "memberLevelExpiredAt": calendar.next_first_of_march(),
        "gender": str(profile.gender),
        "customerId": str(user_id),
        "cardNo": ids.card_number,
        "cardName": f"{profile.tier[1]}卡" if ids.card_number else "",
        "isMemberEnterprise": "0" if profile.enterprise else "1",
        "paidBenefitsCardDetailList": [
            {
                "paidCardId": 900 + index,
                "cardName": name,
                "beginAt": calendar.day_start(-20),
                "expiredAt": calendar.day_end(10 + 30 * index),
            }
            for index, name in enumerate(profile.benefit_cards)
        ],
        "isPassword": "1" if profile.has_password else "2",
        "giftCardList": [card.member_info for card in cards if card.member_info is not None],
        "labelList": [{"labelName": name, "labelLevel": level} for name, level in profile.labels],
        "totalPoints": str(profile.points),
        "giftBalance": _yuan(bonus),
        "rechargeBalance": _yuan(principal),
        "totalGiftAmount": _yuan(bonus * 3),
        "totalRechargeAmount": _yuan(principal * 3),
        "couponsList": _entries([(coupon.member_info, coupon.again) for coupon in coupons]),
    }
    return with_odd(ordinary, profile.info_odd)


def _entries(coupons: Sequence[Sequence[Mapping[str, Json] | None]]) -> Json:
    """Every entry that there is, second ones behind all first ones."""
    entries = [entry for together in zip(*coupons, strict=True) for entry in together]
    return [entry for entry in entries if entry is not None]


def _user_info(
    profile: Profile, ids: Identifiers, user_id: int, coupons: tuple[Coupon, ...]
) -> dict[str, Json]:
    ordinary: dict[str, Json] = {
        "id": user_id,
        "nickname": profile.name,
        "username": f"user_{user_id}",
        "mobile": ids.mobile,
        "status": 0 if profile.frozen else 1,
        "user_points": profile.points,
        "user_coupons": _entries([(c.identity, c.again_identity) for c in coupons]),
        "user_wealth_info": {
            "gift_amount": profile.bonus_fen,
            "recharge_amount": profile.principal_fen,
            "total_amount": profile.principal_fen + profile.bonus_fen,
        },
    }
    return with_odd(ordinary, profile.user_odd)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _number_or_text(text: str) -> int | float | str:
    try:
        return _number(text)
    except ValueError:
        return text
