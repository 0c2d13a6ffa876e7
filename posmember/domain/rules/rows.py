"""The usage rules: one small function a row of the table in RULES, in its order.

Rows 7 to 12, which are about time, are in `rows_time`; 15 to 20 and 26 to 29, about the order, in
`rows_order`; 23, about what nobody documented, in `rows_values`; the whole table is in `table`.

A rule looks at one asset in one context and gives its reasons, mostly none. It never raises,
and what it cannot know is a reason to check, never a silent yes. Each names its source by
document and field; "template" is member-info's ``couponsList[].template``.
"""

from __future__ import annotations

from typing import Final

from posmember.domain.context import AccountStatus, Context
from posmember.domain.coupon import Category, Coupon, CouponTemplate, StoreRange
from posmember.domain.giftcard import GiftCard, GiftCardKind, GiftCardStatus, TimesScope
from posmember.domain.money import ZERO, Money
from posmember.domain.profile import Asset
from posmember.domain.rules.reasoning import NONE, Reasons, number, one, raw_text
from posmember.domain.rules.reasons import ReasonCode
from posmember.domain.values import Int, Unreadable

_NO_TEMPLATE = CouponTemplate()
_NOT_USED, _USED = 0, 1
_LOCKED = 2
_DISABLED = 0
_NAMED_GOODS = 1
_NOT_BOUND = 0
_KOUBEI = 2
_NON_CODE = 1
# Kept beside the rules: on Python 3.11, to read a member off its class takes longer than all that a
# rule does with it.
_FROZEN = AccountStatus.FROZEN
_EXCHANGE = Category.EXCHANGE
_ONLY_LISTED, _NOT_LISTED = StoreRange.ONLY_LISTED, StoreRange.NOT_LISTED

_STATUSES = frozenset(map(int, GiftCardStatus)) - {int(GiftCardStatus.UNKNOWN)}
_BLOCKING_STATUS: Final[dict[Int, ReasonCode]] = {
    GiftCardStatus.NOT_BOUND: ReasonCode.NOT_BOUND,
    GiftCardStatus.GIFTING: ReasonCode.GIFTING,
    GiftCardStatus.GIFTED_AWAY: ReasonCode.GIFTED_AWAY,
    GiftCardStatus.RECYCLED: ReasonCode.RECYCLED,
    GiftCardStatus.USED_UP: ReasonCode.USED_UP,
}


# --- rows 1 to 6, 24 and 25: who and what it is --------------------------------------------------


def account_frozen(_asset: Asset, context: Context) -> Reasons:
    """1: identity, ``user_info.status`` 0: every asset of the member."""
    if context.account is _FROZEN:
        return one(ReasonCode.ACCOUNT_FROZEN)
    return NONE


def coupon_used(coupon: Coupon, _context: Context) -> Reasons:
    """2: member-info and identity, coupon ``status`` 1 in any entry."""
    return one(ReasonCode.USED) if coupon.status == _USED else NONE


def coupon_locked(coupon: Coupon, _context: Context) -> Reasons:
    """3: identity, ``is_lock`` 2 on the same coupon, in any entry that may be its."""
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


def coupon_twin_unclear(coupon: Coupon, _context: Context) -> Reasons:
    """24: another coupon's entry could be this one's; the rest of the row is in `conflict`."""
    return one(ReasonCode.SOURCES_CONFLICT, fields=("coupon_id",)) if coupon.twin_unclear else NONE


def gift_card_entries_unclear(card: GiftCard, _context: Context) -> Reasons:
    """24: gift-card list, ``bind_status`` 0 of a card whose status does not block it.

    Or more entries of one card than can be compared; the rest of the row is in `conflict`.
    """
    over = card.status == GiftCardStatus.EXPIRED or card.status in _BLOCKING_STATUS
    if card.bound == _NOT_BOUND and not over:
        return one(ReasonCode.SOURCES_CONFLICT, fields=("bound",))
    return one(ReasonCode.SOURCES_CONFLICT, fields=("card_number",)) if card.unclear else NONE


def coupon_of_other_system(coupon: Coupon, _context: Context) -> Reasons:
    """25: ``template.type`` 2 (口碑), ``template.category`` 3 (erp, offline)."""
    template = coupon.template or _NO_TEMPLATE
    if template.platform == _KOUBEI:
        return one(ReasonCode.OTHER_SYSTEM, system="koubei")
    if template.category == _EXCHANGE:
        return one(ReasonCode.OTHER_SYSTEM, system="erp")
    return NONE


def gift_card_of_other_system(card: GiftCard, _context: Context) -> Reasons:
    """25: gift-card list, ``isErp`` 1 (非码)."""
    return one(ReasonCode.OTHER_SYSTEM, system="non_code") if card.non_code == _NON_CODE else NONE


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
    template = coupon.template or _NO_TEMPLATE
    ids = template.store_ids
    raw = template.store_ids_text if isinstance(ids, tuple) else raw_text(ids)
    return one(ReasonCode.STORE_UNKNOWN, raw)


def _wants_listed(coupon: Coupon) -> bool | None:
    """Whether this store has to be on the list, must not be, or (None) needs no list."""
    store_range = (coupon.template or _NO_TEMPLATE).store_range
    if store_range == _ONLY_LISTED:
        return True
    return False if store_range == _NOT_LISTED else None


def _store_is_listed(coupon: Coupon, context: Context) -> bool | None:
    """Whether ``template.shop_ids`` names this store, by code or by number; None is unknown."""
    ids = (coupon.template or _NO_TEMPLATE).store_ids
    if not ids or isinstance(ids, Unreadable):
        return None
    store = context.store
    if store.code in ids or store.id in ids:
        return True
    return None if store.code is None or store.id is None else False


# --- rows 21 and 22: what it is for, and what is left --------------------------------------------


def coupon_goods_restricted(coupon: Coupon, _context: Context) -> Reasons:
    """21: ``template.goods_range_type`` 1: we do not know the goods on the order."""
    template = coupon.template or _NO_TEMPLATE
    return one(ReasonCode.GOODS_RESTRICTED) if template.goods_range == _NAMED_GOODS else NONE


def gift_card_goods_restricted(card: GiftCard, _context: Context) -> Reasons:
    """21: member-info, a 次卡 for named goods (``applicableType`` 2)."""
    named = card.kind == GiftCardKind.TIMES and card.times_scope == TimesScope.NAMED_GOODS
    return one(ReasonCode.GOODS_RESTRICTED) if named else NONE


def zero_balance(card: GiftCard, _context: Context) -> Reasons:
    """22: nothing left: ``balance``, ``par_value`` in 元, or the times of a 次卡."""
    empty_balance = isinstance(card.balance, Money) and card.balance <= ZERO
    empty_times = isinstance(card.uses_left, int) and card.uses_left <= 0
    return one(ReasonCode.ZERO_BALANCE) if empty_balance or empty_times else NONE
