"""Verdicts, reasons, notices and the suggestion in words a cashier can say aloud.

Every code of RULES' table has words here, with and without its params: a param that is
missing makes the words less exact, never wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.coupon import Category, UnitBasis
from posmember.domain.money import Money
from posmember.domain.rules.reasons import (
    Notice,
    NoticeCode,
    Param,
    Params,
    Reason,
    ReasonCode,
    Verdict,
)
from posmember.ui.wording.account import account_unknown_hint, account_unknown_text
from posmember.ui.wording.fields import field_text
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.times import day_text, moment_text
from posmember.ui.wording.values import (
    category_text,
    list_text,
    money_text,
    order_type_text,
)

translate = QCoreApplication.translate

_WORKDAYS, _WEEKEND = (1, 2, 3, 4, 5), (6, 7)
_SHORTEST_RANGE = 3


def verdict_text(verdict: Verdict) -> str:
    """Say a verdict: 可用, 需确认, 不可用."""
    match verdict:
        case Verdict.USABLE:
            return translate("Messages", "可用")
        case Verdict.CHECK:
            return translate("Messages", "需确认")
        case Verdict.NOT_USABLE:
            return translate("Messages", "不可用")


def checking_text() -> str:
    """Say that a verdict is not known yet, as an answer that it needs is under way."""
    return translate("Messages", "核对中")


def reason_text(reason: Reason, now: datetime, *, alone: bool = True) -> str:
    """Say a reason, short enough for a card.

    Args:
        now: when the verdict was made; aware, +08:00.
        alone: whether it is all there is against the asset, so that what it asks for makes
            the asset usable; else nothing is promised.
    """
    say = _SAID_WITH_PARAMS.get(reason.code)
    if not alone:
        say = _SAID_AMONG_OTHERS.get(reason.code, say)
    return say(reason.params, now) if say is not None else _plain_reason(reason.code)


def reason_hint(reason: Reason) -> str:
    """Say how to settle what the data cannot tell, beginning with →.

    Nothing for a reason that blocks: what would help then is a `Remedy`.
    """
    match reason.code:
        case ReasonCode.SPEND_UNKNOWN:
            return translate("Messages", "→ 按 F8 填订单金额")
        case ReasonCode.ITEMS_UNKNOWN:
            return translate("Messages", "→ 按 F8 填件数")
        case ReasonCode.GOODS_RESTRICTED:
            return translate("Messages", "→ 请核对所点商品")
        case ReasonCode.VALUE_UNKNOWN if reason.params.get("field") == "account":
            return account_unknown_hint(str(reason.params.get("state", "")))
        case ReasonCode.HOURS_UNKNOWN | ReasonCode.VALIDITY_UNKNOWN | ReasonCode.VALUE_UNKNOWN:
            return translate("Messages", "→ 请看券面说明")
        case ReasonCode.STORE_UNKNOWN:
            return translate("Messages", "→ 请看适用门店")
        case ReasonCode.STATUS_UNKNOWN:
            return translate("Messages", "→ 请在收银系统核对")
    return ""


def notice_text(notice: Notice, _now: datetime) -> str:
    """Say a notice, short enough for a tag on a card."""
    match notice.code:
        case NoticeCode.DAILY_LIMIT:
            return _daily_limit(notice.params)
        case NoticeCode.EXCLUSIVE:
            return translate("Messages", "不与其他优惠同享")
        case NoticeCode.EXPIRING_SOON:
            return translate("Messages", "快到期")
        case NoticeCode.UNIT_ASSUMED:
            if notice.params.get("basis") == UnitBasis.TEXT:
                return translate("Messages", "门槛按券面文字推断，以收银系统为准")
            return translate("Messages", "门槛可能不准，以收银系统为准")
        case NoticeCode.TEXT_RULES:
            return translate("Messages", "有使用说明")
        case NoticeCode.NEEDS_PASSWORD:
            return translate("Messages", "需支付密码")
        case NoticeCode.ACCOUNT_UNCHECKED:
            return account_unknown_hint(str(notice.params.get("state", "")))
        case NoticeCode.SOURCES_DISAGREE:
            return disagreement_text(_texts(notice.params.get("fields")))


def disagreement_text(fields: tuple[str, ...]) -> str:
    """Say that two queries gave different values, and of what."""
    if not fields:
        return translate("Messages", "数据对不上，以收银系统为准")
    # Several fields of one name in the cashier's words are said once.
    names = tuple(dict.fromkeys(field_text(field) for field in fields))
    return translate("Messages", "数据对不上（{fields}），以收银系统为准").format(
        fields=list_text(names)
    )


def _plain_reason(code: ReasonCode) -> str:
    match code:
        case ReasonCode.ACCOUNT_FROZEN:
            return translate("Messages", "会员账号已冻结")
        case ReasonCode.USED:
            return translate("Messages", "已使用过")
        case ReasonCode.LOCKED:
            return translate("Messages", "已被锁定，可能正用于另一单")
        case ReasonCode.DISABLED:
            return translate("Messages", "此券已停用")
        case ReasonCode.NOT_BOUND:
            return translate("Messages", "卡还没绑定")
        case ReasonCode.GIFTING:
            return translate("Messages", "卡正在转赠中")
        case ReasonCode.GIFTED_AWAY:
            return translate("Messages", "卡已转赠他人")
        case ReasonCode.RECYCLED:
            return translate("Messages", "卡已被回收")
        case ReasonCode.USED_UP:
            return translate("Messages", "卡已用完")
        case ReasonCode.STORE_NOT_ALLOWED:
            return translate("Messages", "本店不可用")
        case ReasonCode.STORE_UNKNOWN:
            return translate("Messages", "不确定本店能不能用")
        case ReasonCode.HOURS_UNKNOWN:
            return translate("Messages", "可用时段不明确")
        case ReasonCode.GOODS_RESTRICTED:
            return translate("Messages", "仅限指定商品")
        case ReasonCode.ZERO_BALANCE:
            return translate("Messages", "卡里没有余额")
    raise ValueError(f"no words for {code}")


def _status_unknown(params: Params, _now: datetime) -> str:
    value = params.get("value")
    if isinstance(value, int) and value != 0:
        return translate("Messages", "状态不明（会员系统状态 {value}）").format(value=value)
    return translate("Messages", "状态不明")


def _not_started(params: Params, now: datetime) -> str:
    at = params.get("at")
    if isinstance(at, datetime):
        return translate("Messages", "还没生效，{moment} 起").format(moment=moment_text(at, now))
    return translate("Messages", "还没生效")


def _expired(params: Params, now: datetime) -> str:
    at = params.get("at")
    if isinstance(at, datetime):
        return translate("Messages", "已过期（{day}）").format(day=day_text(at, now))
    return translate("Messages", "已过期")


def _validity_unknown(params: Params, _now: datetime) -> str:
    without = translate("Messages", "有效期不明确")
    return _with_field(without, translate("Messages", "有效期不明确（{field}）"), params)


def _value_unknown(params: Params, _now: datetime) -> str:
    if params.get("field") == "account":
        return account_unknown_text(str(params.get("state", "")))
    without = translate("Messages", "有一项无法识别")
    return _with_field(without, translate("Messages", "「{field}」无法识别"), params)


def _with_field(without: str, with_field: str, params: Params) -> str:
    field = params.get("field")
    if isinstance(field, str) and field:
        return with_field.format(field=field_text(field))
    return without


def _weekdays(params: Params, _now: datetime) -> str:
    days = tuple(sorted({day for day in _numbers(params.get("weekdays")) if 1 <= day <= 7}))
    if not days:
        return translate("Messages", "今天不可用")
    return translate("Messages", "仅限{days}可用").format(days=_weekdays_text(days))


def _weekdays_text(days: tuple[int, ...]) -> str:
    if days == _WORKDAYS:
        return translate("Messages", "周一至周五")
    if days == _WEEKEND:
        return translate("Messages", "周末")
    runs_on = len(days) >= _SHORTEST_RANGE and days[-1] - days[0] == len(days) - 1
    if runs_on:
        text = translate("Messages", "{first}至{last}")
        return text.format(first=_weekday(days[0]), last=_weekday(days[-1]))
    return list_text(tuple(_weekday(day) for day in days))


def _weekday(day: int) -> str:
    return (
        translate("Messages", "周一"),
        translate("Messages", "周二"),
        translate("Messages", "周三"),
        translate("Messages", "周四"),
        translate("Messages", "周五"),
        translate("Messages", "周六"),
        translate("Messages", "周日"),
    )[day - 1]


def _hours(params: Params, _now: datetime) -> str:
    windows = tuple(one_line(window) for window in _texts(params.get("windows")))
    if not windows:
        return translate("Messages", "现在不在可用时段")
    return translate("Messages", "仅限 {windows}").format(windows=list_text(windows))


def _order_types(params: Params) -> str:
    return list_text(tuple(order_type_text(name) for name in _texts(params.get("allowed"))))


def _order_type_reason(params: Params, _now: datetime) -> str:
    allowed = _order_types(params)
    if not allowed:
        return translate("Messages", "这种订单不可用")
    return translate("Messages", "仅限{order_types}").format(order_types=allowed)


def _not_for_orders(params: Params, _now: datetime) -> str:
    category = params.get("category")
    if category in (Category.SKIP_QUEUE, Category.PARKING) and isinstance(category, int):
        text = translate("Messages", "{kind}，不用于订单")
        return text.format(kind=category_text(category))
    return translate("Messages", "不用于订单")


def _min_spend(params: Params, _now: datetime) -> str:
    need, gap = _money(params.get("need")), _money(params.get("gap"))
    if gap and need:
        return translate("Messages", "还差 {gap} 可用（满 {need}）").format(gap=gap, need=need)
    if gap:
        return translate("Messages", "还差 {gap} 可用").format(gap=gap)
    if need:
        return translate("Messages", "未满 {need}").format(need=need)
    return translate("Messages", "未到金额门槛")


def _below_min_spend(params: Params, now: datetime) -> str:
    return _min_spend({"need": params.get("need")}, now)


def _amount_missing(params: Params, now: datetime) -> str:
    need = _money(params.get("need"))
    if need:
        return translate("Messages", "要满 {need}，还没填金额").format(need=need)
    return _spend_unknown(params, now)


def _spend_unknown(params: Params, _now: datetime) -> str:
    need = _money(params.get("need"))
    if need:
        return translate("Messages", "满 {need} 可用，还没填金额").format(need=need)
    return translate("Messages", "有金额门槛，还没填金额")


def _min_items(params: Params, _now: datetime) -> str:
    need, gap = params.get("need"), params.get("gap")
    if isinstance(need, int) and isinstance(gap, int):
        return translate("Messages", "还差 {gap} 件可用（满 {need} 件）").format(gap=gap, need=need)
    if isinstance(gap, int):
        return translate("Messages", "还差 {gap} 件可用").format(gap=gap)
    if isinstance(need, int):
        return translate("Messages", "未满 {need} 件").format(need=need)
    return translate("Messages", "未到件数门槛")


def _below_min_items(params: Params, now: datetime) -> str:
    return _min_items({"need": params.get("need")}, now)


def _items_missing(params: Params, now: datetime) -> str:
    need = params.get("need")
    if isinstance(need, int):
        return translate("Messages", "要满 {need} 件，还没填件数").format(need=need)
    return _items_unknown(params, now)


def _items_unknown(params: Params, _now: datetime) -> str:
    need = params.get("need")
    if isinstance(need, int):
        return translate("Messages", "满 {need} 件可用，还没填件数").format(need=need)
    return translate("Messages", "有件数门槛，还没填件数")


def _daily_limit(params: Params) -> str:
    limit, used = params.get("limit"), params.get("used")
    if isinstance(limit, int) and isinstance(used, int):
        text = translate("Messages", "每天限 {limit} 次，今天已用 {used} 次")
        return text.format(limit=limit, used=used)
    if isinstance(limit, int):
        return translate("Messages", "每天限 {limit} 次").format(limit=limit)
    if isinstance(used, int):
        return translate("Messages", "今天已用 {used} 次").format(used=used)
    return translate("Messages", "每天限次数")


def _money(param: Param) -> str:
    return money_text(param) if isinstance(param, Money) else ""


def _texts(param: Param) -> tuple[str, ...]:
    return tuple(str(item) for item in param) if isinstance(param, tuple) else ()


def _numbers(param: Param) -> tuple[int, ...]:
    items = param if isinstance(param, tuple) else ()
    return tuple(item for item in items if isinstance(item, int))


_SAID_WITH_PARAMS: dict[ReasonCode, Callable[[Params, datetime], str]] = {
    ReasonCode.STATUS_UNKNOWN: _status_unknown,
    ReasonCode.NOT_STARTED: _not_started,
    ReasonCode.EXPIRED: _expired,
    ReasonCode.VALIDITY_UNKNOWN: _validity_unknown,
    ReasonCode.WEEKDAY_NOT_ALLOWED: _weekdays,
    ReasonCode.OUTSIDE_HOURS: _hours,
    ReasonCode.ORDER_TYPE_NOT_ALLOWED: _order_type_reason,
    ReasonCode.NOT_FOR_ORDERS: _not_for_orders,
    ReasonCode.MIN_SPEND_NOT_MET: _min_spend,
    ReasonCode.SPEND_UNKNOWN: _spend_unknown,
    ReasonCode.MIN_ITEMS_NOT_MET: _min_items,
    ReasonCode.ITEMS_UNKNOWN: _items_unknown,
    ReasonCode.VALUE_UNKNOWN: _value_unknown,
}

_SAID_AMONG_OTHERS: dict[ReasonCode, Callable[[Params, datetime], str]] = {
    ReasonCode.MIN_SPEND_NOT_MET: _below_min_spend,
    ReasonCode.SPEND_UNKNOWN: _amount_missing,
    ReasonCode.MIN_ITEMS_NOT_MET: _below_min_items,
    ReasonCode.ITEMS_UNKNOWN: _items_missing,
}
"""Those whose usual words promise 可用, without that promise."""
