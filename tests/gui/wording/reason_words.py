"""What the window says of every reason, with and without its params: the whole table."""

from __future__ import annotations

from datetime import timedelta

from posmember.domain.money import Money
from posmember.domain.rules.reasons import Params, ReasonCode
from tests.gui.samples import NOW

C = ReasonCode
PARAMS: tuple[tuple[ReasonCode, Params, str], ...] = (
    (C.ACCOUNT_FROZEN, {}, "会员账号已冻结"),
    (C.USED, {}, "已使用过"),
    (C.LOCKED, {}, "已被锁定，可能正用于另一单"),
    (C.DISABLED, {}, "此券已停用"),
    (C.NOT_BOUND, {}, "卡还没绑定"),
    (C.GIFTING, {}, "卡正在转赠中"),
    (C.GIFTED_AWAY, {}, "卡已转赠他人"),
    (C.RECYCLED, {}, "卡已被回收"),
    (C.USED_UP, {}, "卡已用完"),
    (C.STATUS_UNKNOWN, {"value": None}, "状态不明"),
    (C.STATUS_UNKNOWN, {"value": 0}, "状态不明"),
    (C.STATUS_UNKNOWN, {"value": 9}, "状态不明（会员系统状态 9）"),
    (
        *(C.SOURCES_CONFLICT, {"fields": ("valid_until",)}),
        "数据对不上（有效期），以收银系统为准",
    ),
    (
        *(C.SOURCES_CONFLICT, {"fields": ("valid_from", "valid_until")}),
        "数据对不上（有效期），以收银系统为准",
    ),
    (
        *(C.SOURCES_CONFLICT, {"fields": ("status", "min_spend")}),
        "数据对不上（状态、金额门槛），以收银系统为准",
    ),
    (
        *(C.SOURCES_CONFLICT, {"fields": ("status", "bound", "balance")}),
        "数据对不上（状态、绑定状态等 3 项），以收银系统为准",
    ),
    (
        *(C.SOURCES_CONFLICT, {"fields": ("coupon_id",)}),
        "分不清是同编号的哪一张，以收银系统为准",
    ),
    (C.SOURCES_CONFLICT, {"fields": ("bound",)}, "数据对不上（绑定状态），以收银系统为准"),
    (C.SOURCES_CONFLICT, {}, "数据对不上，以收银系统为准"),
    (C.OTHER_SYSTEM, {"system": "koubei"}, "口碑券，请在对应系统核销"),
    (C.OTHER_SYSTEM, {"system": "non_code"}, "非码卡，请在对应系统核销"),
    (C.OTHER_SYSTEM, {"system": "erp"}, "线下券，请在对应系统核销"),
    (C.OTHER_SYSTEM, {}, "别的系统的券，请在对应系统核销"),
    (C.NOT_STARTED, {"at": NOW + timedelta(hours=2)}, "还没生效，今天 14:00 起"),
    (C.NOT_STARTED, {"at": None}, "还没生效"),
    (C.EXPIRED, {"at": NOW - timedelta(days=19)}, "已过期（11-02）"),
    (C.EXPIRED, {"at": None}, "已过期"),
    (C.VALIDITY_UNKNOWN, {"field": "valid_until"}, "有效期不明确（到期时间）"),
    (C.VALIDITY_UNKNOWN, {}, "有效期不明确"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (6, 7)}, "仅限周末可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (1, 2, 3, 4, 5)}, "仅限周一至周五可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (2, 3, 4)}, "仅限周二至周四可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": (1, 3)}, "仅限周一、周三可用"),
    (C.WEEKDAY_NOT_ALLOWED, {"weekdays": ()}, "今天不可用"),
    (C.OUTSIDE_HOURS, {"windows": ("14:00-17:00",)}, "仅限 14:00-17:00"),
    (C.OUTSIDE_HOURS, {"windows": ("07:00-09:00", "14:00-17:00")}, "仅限 07:00-09:00、14:00-17:00"),
    (C.OUTSIDE_HOURS, {"windows": ()}, "现在不在可用时段"),
    (C.HOURS_UNKNOWN, {"text": "下午"}, "可用时段不明确"),
    (C.STORE_NOT_ALLOWED, {}, "本店不可用"),
    (C.STORE_UNKNOWN, {}, "不确定本店能不能用"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ("delivery",)}, "仅限外卖"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ("dine_in", "pay_bill")}, "仅限堂食、买单"),
    (C.ORDER_TYPE_NOT_ALLOWED, {"allowed": ()}, "这种订单不可用"),
    (C.NOT_FOR_ORDERS, {"category": 7}, "免排队券，不用于订单"),
    (C.NOT_FOR_ORDERS, {"category": 8}, "停车券，不用于订单"),
    (C.NOT_FOR_ORDERS, {}, "不用于订单"),
    (
        C.MIN_SPEND_NOT_MET,
        {"need": Money(6400), "have": Money(5800), "gap": Money(600)},
        "还差 \u00a56.00 可用（满 \u00a564.00）",
    ),
    (C.MIN_SPEND_NOT_MET, {"gap": Money(600)}, "还差 \u00a56.00 可用"),
    (C.MIN_SPEND_NOT_MET, {"need": Money(6400)}, "未满 \u00a564.00"),
    (C.MIN_SPEND_NOT_MET, {}, "未到金额门槛"),
    (
        *(C.SPEND_UNIT_UNKNOWN, {"need_if_fen": Money(30), "need_if_yuan": Money(3000)}),
        "门槛可能是 \u00a530 或 \u00a50.30，以收银系统为准",
    ),
    (C.SPEND_UNIT_UNKNOWN, {}, "门槛可能不准，以收银系统为准"),
    (
        C.SPEND_BASIS_UNKNOWN,
        {"need": Money(3000), "have": Money(3000), "after_discount": Money(2600)},
        "已优惠后差 \u00a54，可能要补",
    ),
    (
        *(C.SPEND_BASIS_UNKNOWN, {"need": Money(3000), "after_discount": Money(2950)}),
        "已优惠后差 \u00a50.50，可能要补",
    ),
    (C.SPEND_BASIS_UNKNOWN, {}, "已优惠后可能不够门槛"),
    (C.SPEND_UNKNOWN, {"need": Money(3000)}, "满 \u00a530.00 可用，还没填金额"),
    (C.SPEND_UNKNOWN, {}, "有金额门槛，还没填金额"),
    (C.MIN_ITEMS_NOT_MET, {"need": 5, "have": 3, "gap": 2}, "还差 2 件可用（满 5 件）"),
    (C.MIN_ITEMS_NOT_MET, {"gap": 2}, "还差 2 件可用"),
    (C.MIN_ITEMS_NOT_MET, {"need": 5}, "未满 5 件"),
    (C.MIN_ITEMS_NOT_MET, {}, "未到件数门槛"),
    (C.ITEMS_UNKNOWN, {"need": 5}, "满 5 件可用，还没填件数"),
    (C.ITEMS_UNKNOWN, {}, "有件数门槛，还没填件数"),
    (
        *(C.EXCLUSIVE_WITH_DISCOUNT, {"saving": Money(1000), "discount": Money(1200)}),
        "与其他优惠同享不了：这张省 \u00a510，单上已优惠 \u00a512",
    ),
    (
        *(C.EXCLUSIVE_WITH_DISCOUNT, {"saving": None, "discount": Money(1250)}),
        "与其他优惠同享不了：单上已优惠 \u00a512.50",
    ),
    (C.EXCLUSIVE_WITH_DISCOUNT, {}, "与其他优惠同享不了"),
    (C.DAILY_LIMIT_POSSIBLE, {"limit": 1, "used": 1}, "今天可能已用过（每天限 1 张）"),
    (C.DAILY_LIMIT_POSSIBLE, {}, "今天可能已用过（每天限张数）"),
    (C.GOODS_RESTRICTED, {}, "仅限指定商品"),
    (C.ZERO_BALANCE, {}, "卡里没有余额"),
    (C.VALUE_UNKNOWN, {"field": "scene_type"}, "「适用场景」无法识别"),
    (C.VALUE_UNKNOWN, {"field": "template.scene_type"}, "「适用场景」无法识别"),
    (C.VALUE_UNKNOWN, {"field": "brand_new"}, "「brand_new」无法识别"),
    (C.VALUE_UNKNOWN, {}, "有一项无法识别"),
    (C.VALUE_UNKNOWN, {"field": "account", "state": "late"}, "账号状态正在核对"),
    (
        *(C.VALUE_UNKNOWN, {"field": "account", "state": "failed"}),
        "没能核对账号是否冻结，用前请在收银系统确认",
    ),
    (
        *(C.VALUE_UNKNOWN, {"field": "account", "state": "unreadable"}),
        "没能核对账号是否冻结，用前请在收银系统确认",
    ),
    (C.VALUE_UNKNOWN, {"field": "account"}, "没能核对账号是否冻结，用前请在收银系统确认"),
)
