"""What would help, in words a cashier can say aloud. Only what a `Remedy` holds is promised."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.rules.reasons import ReasonCode, Verdict
from posmember.domain.rules.remedy import Remedy
from posmember.ui.wording.times import moment_text, usable_from_text, wait_text
from posmember.ui.wording.values import money_text, order_type_text

translate = QCoreApplication.translate


def remedy_text(remedy: Remedy, now: datetime) -> str:
    """Say what to change, and what comes of it.

    可用 is said only where nothing is left to check.

    Args:
        now: when the verdict was made; aware, +08:00.
    """
    if remedy.verdict is Verdict.USABLE:
        return _usable(_order_changes(remedy), remedy, now)
    return _still_to_check(remedy, now)


def remedy_hint(remedy: Remedy, now: datetime) -> str:
    """Say it as the hint on a card, beginning with →."""
    return translate("Messages", "→ {what}").format(what=remedy_text(remedy, now))


def _usable(changes: tuple[str, ...], remedy: Remedy, now: datetime) -> str:
    if remedy.at is not None:
        return _joined((*changes, usable_from_text(remedy.at, now)))
    if len(changes) > 1:
        return _joined((*changes, translate("Messages", "即可用", "after several changes")))
    text = translate("Messages", "{change}即可用")
    if remedy.amount is not None:  # which ends in a digit
        text = translate("Messages", "{change} 即可用")
    return text.format(change=changes[0])


def _still_to_check(remedy: Remedy, now: datetime) -> str:
    changes = _order_changes(remedy)
    left = {reason.code for reason in remedy.remaining}
    takes_goods = remedy.amount is not None or remedy.items is not None
    if takes_goods and ReasonCode.GOODS_RESTRICTED in left:
        left.remove(ReasonCode.GOODS_RESTRICTED)
        goods = translate("Messages", "{change}（限指定商品）")
        changes = (*changes[:-1], goods.format(change=changes[-1]))
    if remedy.at is not None:
        text = translate("Messages", "等到{moment}（{wait}）")
        moment, wait = moment_text(remedy.at, now), wait_text(remedy.at, now)
        changes = (*changes, text.format(moment=moment, wait=wait))
    if left:
        changes = (*changes, translate("Messages", "其余仍需确认"))
    return _joined(changes)


def _order_changes(remedy: Remedy) -> tuple[str, ...]:
    """What to change of the order: its type, then its amount, then its items."""
    changes = []
    if remedy.order_type is not None:
        text = translate("Messages", "切换为{order_type}")
        changes.append(text.format(order_type=order_type_text(remedy.order_type)))
    if remedy.gap is not None:
        changes.append(translate("Messages", "再消费 {gap}").format(gap=money_text(remedy.gap)))
    elif remedy.amount is not None:
        text = translate("Messages", "订单满 {amount}")
        changes.append(text.format(amount=money_text(remedy.amount)))
    if remedy.items_gap is not None:
        changes.append(translate("Messages", "再加 {count} 件").format(count=remedy.items_gap))
    elif remedy.items is not None:
        changes.append(translate("Messages", "满 {count} 件").format(count=remedy.items))
    return tuple(changes)


def _joined(parts: tuple[str, ...]) -> str:
    return translate("Messages", "，", "between the changes that would help").join(parts)
