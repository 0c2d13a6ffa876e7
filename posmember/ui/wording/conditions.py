"""Under what a coupon or a gift card can be used, in words; no rule's verdict, no enum's number."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import Context, OrderType, Store
from posmember.domain.coupon import Coupon, CouponTemplate, MinSpend, StoreRange
from posmember.domain.giftcard import GiftCard
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.times import validity_text
from posmember.ui.wording.values import list_text, money_text, order_type_text

translate = QCoreApplication.translate

_SCENES = {
    OrderType.DINE_IN: (2, 3, 6, 7),
    OrderType.DELIVERY: (1, 3, 5, 7),
    OrderType.PAY_BILL: (4, 5, 6, 7),
}
"""Which scenes of a template hold each order type (RULES, Scenes)."""


def conditions(asset: Coupon | GiftCard, context: Context) -> tuple[str, ...]:
    """Say each condition that there is; what cannot be told is left to the reasons."""
    said = [validity_text(asset.valid_from, asset.valid_until, context.now)]
    if isinstance(asset, Coupon):
        said += _spend(asset)
        if asset.template is not None:
            said += _template(asset.template, context.store)
    else:
        said += [one_line(asset.time_windows)]
    return tuple(text for text in said if text)


def _spend(coupon: Coupon) -> list[str]:
    if not isinstance(coupon.min_spend, MinSpend) or coupon.min_spend.amount.fen <= 0:
        return []
    text = translate("Messages", "满 {amount}")
    return [text.format(amount=money_text(coupon.min_spend.amount))]


def _template(template: CouponTemplate, store: Store) -> list[str]:
    said = []
    if isinstance(template.min_items, int) and template.min_items > 0:
        said.append(translate("Messages", "满 {count} 件").format(count=template.min_items))
    types = [kind for kind, scenes in _SCENES.items() if template.scene_type in scenes]
    if types and len(types) < len(_SCENES):
        words = list_text(tuple(order_type_text(kind) for kind in types))
        said.append(translate("Messages", "仅限{order_types}").format(order_types=words))
    if template.goods_range == 1:
        said.append(translate("Messages", "仅限指定商品"))
    if isinstance(template.daily_limit, int) and template.daily_limit > 0:
        said.append(translate("Messages", "每天限 {limit} 次").format(limit=template.daily_limit))
    return said + _stores(template, store)


def _stores(template: CouponTemplate, store: Store) -> list[str]:
    """This store by its name; how many others there are, never their numbers."""
    ids = template.store_ids
    if not isinstance(ids, tuple) or template.store_range not in tuple(StoreRange):
        return []
    named = bool({store.code, store.id} & set(ids))
    name = one_line(store.name) or translate("Messages", "本店")
    if template.store_range == StoreRange.ONLY_LISTED:
        if named:
            text = translate("Messages", "{name}等 {count} 家门店可用")
        else:
            text = translate("Messages", "{count} 家门店可用，不含{name}")
    elif template.store_range == StoreRange.NOT_LISTED:
        if named:
            text = translate("Messages", "{name}等 {count} 家门店不可用")
        else:
            text = translate("Messages", "除 {count} 家门店外都可用")
    else:
        return []
    return [text.format(name=name, count=len(ids))]
