"""The usage rules: one small function a row of the table in RULES, in its order.

Rows 7 to 12, which are about time, are in `rules_time`; the whole table is in `rule_table`.

A rule looks at one asset in one context and gives its reasons, mostly none. It never raises,
and what it cannot know is a reason to check, never a silent yes. Each names its source by
document and field; "template" is member-info's ``couponsList[].template``.
"""

from __future__ import annotations

from typing import Final

from posmember.domain.context import AccountStatus, Context, OrderType
from posmember.domain.coupon import Category, Coupon, CouponTemplate, ExpiryKind, StoreRange
from posmember.domain.giftcard import (
    GiftCard,
    GiftCardKind,
    GiftCardStatus,
    TimesScope,
)
from posmember.domain.member import BenefitCard
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.hours import read_weekdays
from posmember.domain.rules.reasoning import NONE, Reasons, number, one, raw_text, unknown_value
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.values import Int, Unreadable

_NO_TEMPLATE = CouponTemplate()
_NOT_USED, _USED = 0, 1
_NOT_LOCKED, _LOCKED = 1, 2
_DISABLED, _ENABLED = 0, 1
_ALL_GOODS, _NAMED_GOODS = 0, 1
_NO, _YES = 0, 1

SCENES: Final[dict[Int, tuple[OrderType, ...]]] = {
    1: (OrderType.DELIVERY,),
    2: (OrderType.DINE_IN,),
    3: (OrderType.DINE_IN, OrderType.DELIVERY),
    4: (OrderType.PAY_BILL,),
    5: (OrderType.DELIVERY, OrderType.PAY_BILL),
    6: (OrderType.DINE_IN, OrderType.PAY_BILL),
    7: (OrderType.DINE_IN, OrderType.DELIVERY, OrderType.PAY_BILL),
}
"""Which order types a ``template.scene_type`` holds (RULES, Scenes)."""

# What is documented, with None (missing) where that is no rule. Plain numbers: they are
# looked up some thousand times at every change of the amount.
_EXPIRY_KINDS = frozenset([None, *map(int, ExpiryKind)])
_STORE_RANGES = frozenset([None, *map(int, StoreRange)])
_CATEGORIES = frozenset([None, *map(int, Category)])
_GOODS_RANGES = frozenset([None, _ALL_GOODS, _NAMED_GOODS])
_FLAGS = frozenset([None, _NO, _YES])
_KINDS = frozenset(map(int, GiftCardKind))
_TIMES_SCOPES = frozenset(map(int, TimesScope))
_STATUSES = frozenset(map(int, GiftCardStatus)) - {int(GiftCardStatus.UNKNOWN)}
_NOT_FOR_ORDERS = frozenset({int(Category.SKIP_QUEUE), int(Category.PARKING)})
_BLOCKING_STATUS: Final[dict[Int, ReasonCode]] = {
    GiftCardStatus.NOT_BOUND: ReasonCode.NOT_BOUND,
    GiftCardStatus.GIFTING: ReasonCode.GIFTING,
    GiftCardStatus.GIFTED_AWAY: ReasonCode.GIFTED_AWAY,
    GiftCardStatus.RECYCLED: ReasonCode.RECYCLED,
    GiftCardStatus.USED_UP: ReasonCode.USED_UP,
}


# --- rows 1 to 6: who and what it is -------------------------------------------------------------


def account_frozen(_asset: Asset, context: Context) -> Reasons:
    """1: identity, ``user_info.status`` 0: every asset of the member."""
    if context.account is AccountStatus.FROZEN:
        return one(ReasonCode.ACCOUNT_FROZEN)
    return NONE


def coupon_used(coupon: Coupon, _context: Context) -> Reasons:
    """2: member-info and identity, coupon ``status`` 1."""
    return one(ReasonCode.USED) if coupon.status == _USED else NONE


def coupon_locked(coupon: Coupon, _context: Context) -> Reasons:
    """3: identity, ``is_lock`` 2 on the same coupon."""
    return one(ReasonCode.LOCKED) if coupon.lock == _LOCKED else NONE


def coupon_disabled(coupon: Coupon, _context: Context) -> Reasons:
    """4: ``template.status`` 0."""
    template = coupon.template or _NO_TEMPLATE
    return one(ReasonCode.DISABLED) if template.status == _DISABLED else NONE


def gift_card_state(card: GiftCard, _context: Context) -> Reasons:
    """5: member-info, ``cardStatus``, and gift-card list, ``status``: 1, 2, 3, 6, 7."""
    code = _BLOCKING_STATUS.get(card.status)
    return one(code) if code is not None else NONE


def coupon_status_unknown(coupon: Coupon, _context: Context) -> Reasons:
    """6: a coupon ``status`` that is missing or that nobody documented."""
    if coupon.status in (_NOT_USED, _USED):
        return NONE
    return one(ReasonCode.STATUS_UNKNOWN, raw_text(coupon.status), value=number(coupon.status))


def gift_card_status_unknown(card: GiftCard, _context: Context) -> Reasons:
    """6: a card's status that is 0, missing, or that nobody documented."""
    if card.status in _STATUSES:
        return NONE
    return one(ReasonCode.STATUS_UNKNOWN, raw_text(card.status), value=number(card.status))


# --- rows 13 and 14: the store -------------------------------------------------------------------


def store_not_allowed(coupon: Coupon, context: Context) -> Reasons:
    """13: ``template.multi_range_type`` 1 and this store not in ``shop_ids``; 2 and in it."""
    wanted = _wants_listed(coupon)
    if wanted is None:
        return NONE
    listed = _store_is_listed(coupon, context)
    if listed is None or listed is wanted:
        return NONE
    return one(ReasonCode.STORE_NOT_ALLOWED)


def store_unknown(coupon: Coupon, context: Context) -> Reasons:
    """14: the answer depends on an unknown id of this store, or on a list that is not there."""
    if _wants_listed(coupon) is None or _store_is_listed(coupon, context) is not None:
        return NONE
    return one(ReasonCode.STORE_UNKNOWN, raw_text((coupon.template or _NO_TEMPLATE).store_ids))


def _wants_listed(coupon: Coupon) -> bool | None:
    """Whether this store has to be on the list, must not be, or (None) needs no list."""
    store_range = (coupon.template or _NO_TEMPLATE).store_range
    if store_range == StoreRange.ONLY_LISTED:
        return True
    return False if store_range == StoreRange.NOT_LISTED else None


def _store_is_listed(coupon: Coupon, context: Context) -> bool | None:
    """Whether ``template.shop_ids`` names this store, by code or by number; None is unknown."""
    ids = (coupon.template or _NO_TEMPLATE).store_ids
    if not ids or isinstance(ids, Unreadable):
        return None
    store = context.store
    if store.code in ids or store.id in ids:
        return True
    return None if store.code is None or store.id is None else False


# --- rows 15 and 16: the kind of order -----------------------------------------------------------


def order_type_not_allowed(coupon: Coupon, context: Context) -> Reasons:
    """15: ``template.scene_type``; free-delivery coupons (``category`` 6) outside delivery."""
    allowed = allowed_order_types(coupon)
    if allowed is None or context.order.order_type in allowed:
        return NONE
    return one(ReasonCode.ORDER_TYPE_NOT_ALLOWED, allowed=tuple(t.value for t in allowed))


def allowed_order_types(coupon: Coupon) -> tuple[OrderType, ...] | None:
    """The order types a coupon may be used on; None is unknown."""
    template = coupon.template or _NO_TEMPLATE
    scene = SCENES.get(template.scene_type)
    if template.category != Category.FREE_DELIVERY:
        return scene
    return tuple(t for t in scene or (OrderType.DELIVERY,) if t is OrderType.DELIVERY)


def limits_order_type(coupon: Coupon) -> bool:
    """Whether there is an order type that row 15 does not allow."""
    allowed = allowed_order_types(coupon)
    return allowed is not None and len(allowed) < len(OrderType)


def not_for_orders(coupon: Coupon, _context: Context) -> Reasons:
    """16: ``template.category`` 7 (queue) and 8 (parking): nothing to redeem on an order."""
    if not is_not_for_orders(coupon):
        return NONE
    return one(
        ReasonCode.NOT_FOR_ORDERS, category=number((coupon.template or _NO_TEMPLATE).category)
    )


def is_not_for_orders(coupon: Coupon) -> bool:
    """Whether row 16 has something against it."""
    return (coupon.template or _NO_TEMPLATE).category in _NOT_FOR_ORDERS


# --- rows 17 to 21: the order --------------------------------------------------------------------


def min_spend_not_met(coupon: Coupon, context: Context) -> Reasons:
    """17: order amount below ``min_amount_use``; equal passes."""
    need, have = _needed_spend(coupon), context.order.amount
    if need is None or have is None or have >= need:
        return NONE
    return one(ReasonCode.MIN_SPEND_NOT_MET, need=need, have=have, gap=need - have)


def spend_unknown(coupon: Coupon, context: Context) -> Reasons:
    """18: a threshold, and no amount entered."""
    need = _needed_spend(coupon)
    if need is None or context.order.amount is not None:
        return NONE
    return one(ReasonCode.SPEND_UNKNOWN, need=need)


def has_min_spend(coupon: Coupon) -> bool:
    """Whether rows 17 and 18 have a threshold to go by."""
    return _needed_spend(coupon) is not None


def _needed_spend(coupon: Coupon) -> Money | None:
    threshold = coupon.min_spend
    if threshold is None or isinstance(threshold, Unreadable):
        return None
    return threshold.amount if threshold.amount > ZERO else None


def min_items_not_met(coupon: Coupon, context: Context) -> Reasons:
    """19: item count below ``template.min_num_use``; equal passes."""
    need, have = _needed_items(coupon), context.order.item_count
    if need is None or have is None or have >= need:
        return NONE
    return one(ReasonCode.MIN_ITEMS_NOT_MET, need=need, have=have, gap=need - have)


def items_unknown(coupon: Coupon, context: Context) -> Reasons:
    """20: a threshold, and no count entered."""
    need = _needed_items(coupon)
    if need is None or context.order.item_count is not None:
        return NONE
    return one(ReasonCode.ITEMS_UNKNOWN, need=need)


def has_min_items(coupon: Coupon) -> bool:
    """Whether rows 19 and 20 have a threshold to go by."""
    return _needed_items(coupon) is not None


def _needed_items(coupon: Coupon) -> int | None:
    need = (coupon.template or _NO_TEMPLATE).min_items
    return need if isinstance(need, int) and need > 0 else None


def coupon_goods_restricted(coupon: Coupon, _context: Context) -> Reasons:
    """21: ``template.goods_range_type`` 1: we do not know the goods on the order."""
    template = coupon.template or _NO_TEMPLATE
    return one(ReasonCode.GOODS_RESTRICTED) if template.goods_range == _NAMED_GOODS else NONE


def gift_card_goods_restricted(card: GiftCard, _context: Context) -> Reasons:
    """21: member-info, a 次卡 for named goods (``applicableType`` 2)."""
    named = card.kind == GiftCardKind.TIMES and card.times_scope == TimesScope.NAMED_GOODS
    return one(ReasonCode.GOODS_RESTRICTED) if named else NONE


# --- rows 22 and 23: what is left, and what cannot be read ---------------------------------------


def zero_balance(card: GiftCard, _context: Context) -> Reasons:
    """22: nothing left: ``balance``, ``par_value`` in 元, or the times of a 次卡."""
    empty_balance = isinstance(card.balance, Money) and card.balance <= ZERO
    empty_times = isinstance(card.uses_left, int) and card.uses_left <= 0
    return one(ReasonCode.ZERO_BALANCE) if empty_balance or empty_times else NONE


def coupon_values_unknown(coupon: Coupon, context: Context) -> Reasons:
    """23: a rule's field holds something unreadable or a number nobody documented.

    A missing ``scene_type`` or template ``status`` is unknown, not a permission; other
    missing flags and limits are no rule.
    """
    found = _account_unknown(context)
    if coupon.lock not in (None, _NOT_LOCKED, _LOCKED):
        found += unknown_value("lock", coupon.lock)
    if coupon.template is None:
        return found + unknown_value("template", None)
    return found + _template_values_unknown(coupon, coupon.template)


def _template_values_unknown(coupon: Coupon, template: CouponTemplate) -> Reasons:
    found = NONE
    if template.status not in (_DISABLED, _ENABLED):
        found += unknown_value("template_status", template.status)
    if template.expiry_kind not in _EXPIRY_KINDS:
        found += unknown_value("expiry_kind", template.expiry_kind)
    if template.has_time_range not in _FLAGS:
        found += unknown_value("has_time_range", template.has_time_range)
    if template.store_range not in _STORE_RANGES:
        found += unknown_value("store_range", template.store_range)
    if template.scene_type not in SCENES:
        found += unknown_value("scene_type", template.scene_type)
    if template.category not in _CATEGORIES:
        found += unknown_value("category", template.category)
    if isinstance(coupon.min_spend, Unreadable):
        found += unknown_value("min_spend", coupon.min_spend)
    if isinstance(template.min_items, Unreadable):
        found += unknown_value("min_items", template.min_items)
    if template.goods_range not in _GOODS_RANGES:
        found += unknown_value("goods_range", template.goods_range)
    return found


def gift_card_values_unknown(card: GiftCard, context: Context) -> Reasons:
    """23: the same for a gift card: its kind, its balance, what a 次卡 is for."""
    found = _account_unknown(context)
    if isinstance(read_weekdays(card.weekdays), Unreadable):
        found += unknown_value("weekdays", card.weekdays)
    if card.kind not in _KINDS:
        found += unknown_value("kind", card.kind)
    if card.kind == GiftCardKind.TIMES:
        if card.times_scope not in _TIMES_SCOPES:
            found += unknown_value("times_scope", card.times_scope)
        if not isinstance(card.uses_left, int):
            found += unknown_value("uses_left", card.uses_left)
    elif card.kind != GiftCardKind.BENEFIT and not isinstance(card.balance, Money):
        found += unknown_value("balance", card.balance)
    return found


def benefit_card_values_unknown(_card: BenefitCard, context: Context) -> Reasons:
    """23: a 付费权益卡 has nothing to misread but its dates; the account may be unknown."""
    return _account_unknown(context)


def _account_unknown(context: Context) -> Reasons:
    """An account that is late, failed or unreadable; the reason says which."""
    if context.account.known:
        return NONE
    return one(ReasonCode.VALUE_UNKNOWN, field="account", state=context.account.value)
