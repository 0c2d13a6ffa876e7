"""Chinese names of the domain's fields, for reasons and notices that name one."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from posmember.ui.wording.values import list_text

translate = QCoreApplication.translate

_NAMES: dict[str, object] = {
    "account": QT_TRANSLATE_NOOP("Messages", "账号状态"),
    "amount": QT_TRANSLATE_NOOP("Messages", "金额"),
    "balance": QT_TRANSLATE_NOOP("Messages", "余额"),
    "bonus": QT_TRANSLATE_NOOP("Messages", "赠送余额"),
    "bound": QT_TRANSLATE_NOOP("Messages", "绑定状态"),
    "buy_count": QT_TRANSLATE_NOOP("Messages", "购买数量"),
    "card_id": QT_TRANSLATE_NOOP("Messages", "核销码"),
    "card_number": QT_TRANSLATE_NOOP("Messages", "卡号"),
    "category": QT_TRANSLATE_NOOP("Messages", "券类型"),
    "code": QT_TRANSLATE_NOOP("Messages", "券模板编码"),
    "coupon_id": QT_TRANSLATE_NOOP("Messages", "优惠券编号"),
    "daily_limit": QT_TRANSLATE_NOOP("Messages", "每日限用次数"),
    "description": QT_TRANSLATE_NOOP("Messages", "券说明"),
    "disagreements": QT_TRANSLATE_NOOP("Messages", "对不上的数据"),
    "discount": QT_TRANSLATE_NOOP("Messages", "已优惠"),
    "discount_kind": QT_TRANSLATE_NOOP("Messages", "优惠形式"),
    "display_title": QT_TRANSLATE_NOOP("Messages", "优惠券标题"),
    "display_total_value": QT_TRANSLATE_NOOP("Messages", "优惠金额"),
    "display_value": QT_TRANSLATE_NOOP("Messages", "优惠说明"),
    "valid_until": QT_TRANSLATE_NOOP("Messages", "到期时间"),
    "exclusive": QT_TRANSLATE_NOOP("Messages", "是否不可同享"),
    "expires_at": QT_TRANSLATE_NOOP("Messages", "到期时间"),
    "expiry_days": QT_TRANSLATE_NOOP("Messages", "有效天数"),
    "expiry_kind": QT_TRANSLATE_NOOP("Messages", "有效期类型"),
    "explain_text": QT_TRANSLATE_NOOP("Messages", "使用说明"),
    "face_value": QT_TRANSLATE_NOOP("Messages", "面值"),
    "free_cheapest": QT_TRANSLATE_NOOP("Messages", "免单件数"),
    "free_most_expensive": QT_TRANSLATE_NOOP("Messages", "免单件数"),
    "free_next_expensive": QT_TRANSLATE_NOOP("Messages", "免单件数"),
    "goods_range": QT_TRANSLATE_NOOP("Messages", "适用商品"),
    "has_time_range": QT_TRANSLATE_NOOP("Messages", "是否限时段"),
    "item_count": QT_TRANSLATE_NOOP("Messages", "件数"),
    "kind": QT_TRANSLATE_NOOP("Messages", "类型"),
    "label": QT_TRANSLATE_NOOP("Messages", "券标签"),
    "lifetime_bonus": QT_TRANSLATE_NOOP("Messages", "累计赠送"),
    "lifetime_principal": QT_TRANSLATE_NOOP("Messages", "累计充值"),
    "limit_per_member": QT_TRANSLATE_NOOP("Messages", "每人限领"),
    "lock": QT_TRANSLATE_NOOP("Messages", "锁定状态"),
    "max_percent": QT_TRANSLATE_NOOP("Messages", "最多抵扣比例"),
    "min_items": QT_TRANSLATE_NOOP("Messages", "件数门槛"),
    "min_spend": QT_TRANSLATE_NOOP("Messages", "金额门槛"),
    "mobile": QT_TRANSLATE_NOOP("Messages", "手机号"),
    "name": QT_TRANSLATE_NOOP("Messages", "名称"),
    "non_code": QT_TRANSLATE_NOOP("Messages", "卡的来源"),
    "origin": QT_TRANSLATE_NOOP("Messages", "卡的来源"),
    "percent_paid": QT_TRANSLATE_NOOP("Messages", "折扣"),
    "platform": QT_TRANSLATE_NOOP("Messages", "所属平台"),
    "points": QT_TRANSLATE_NOOP("Messages", "积分"),
    "price": QT_TRANSLATE_NOOP("Messages", "售价"),
    "principal": QT_TRANSLATE_NOOP("Messages", "充值余额"),
    "ratio": QT_TRANSLATE_NOOP("Messages", "积分比例"),
    "redemption_code": QT_TRANSLATE_NOOP("Messages", "核销码"),
    "scene_type": QT_TRANSLATE_NOOP("Messages", "适用场景"),
    "valid_from": QT_TRANSLATE_NOOP("Messages", "开始时间"),
    "status": QT_TRANSLATE_NOOP("Messages", "状态"),
    "store_ids": QT_TRANSLATE_NOOP("Messages", "适用门店"),
    "store_range": QT_TRANSLATE_NOOP("Messages", "门店范围"),
    "template": QT_TRANSLATE_NOOP("Messages", "券模板"),
    "template_status": QT_TRANSLATE_NOOP("Messages", "券模板状态"),
    "third_party_number": QT_TRANSLATE_NOOP("Messages", "三方卡号"),
    "time_windows": QT_TRANSLATE_NOOP("Messages", "可用时段"),
    "times_scope": QT_TRANSLATE_NOOP("Messages", "次卡适用类型"),
    "title": QT_TRANSLATE_NOOP("Messages", "名称"),
    "total": QT_TRANSLATE_NOOP("Messages", "合计"),
    "used_of_template": QT_TRANSLATE_NOOP("Messages", "同一种券已用张数"),
    "used_today": QT_TRANSLATE_NOOP("Messages", "今天已用次数"),
    "user_id": QT_TRANSLATE_NOOP("Messages", "会员号"),
    "uses_left": QT_TRANSLATE_NOOP("Messages", "剩余次数"),
    "validity": QT_TRANSLATE_NOOP("Messages", "有效期"),
    "validity_kind": QT_TRANSLATE_NOOP("Messages", "有效期类型"),
    "validity_text": QT_TRANSLATE_NOOP("Messages", "有效期说明"),
    "value": QT_TRANSLATE_NOOP("Messages", "面值"),
    "weekdays": QT_TRANSLATE_NOOP("Messages", "可用星期"),
}


_DATES = frozenset({"valid_from", "valid_until"})
_MOST_NAMED = 2


def fields_text(fields: tuple[str, ...]) -> str:
    """Name several fields, each name once: ``有效期、面值``; of many the first, and how many."""
    plain = ("validity" if field in _DATES else field for field in fields)
    names = tuple(dict.fromkeys(map(field_text, plain)))
    if len(names) <= _MOST_NAMED:
        return list_text(names)
    text = translate("Messages", "{names}等 {count} 项")
    return text.format(names=list_text(names[:_MOST_NAMED]), count=len(names))


def field_text(field: str) -> str:
    """Name a field of the domain; one we have no name for is named as it is.

    A path such as ``template.scene_type`` is named by its last part.
    """
    name = field.rpartition(".")[2]
    known = _NAMES.get(name)
    return translate("Messages", str(known)) if known is not None else name
