"""Every rule that was looked at, in words: what it is about, how it came out, and from what.

Rows of the table in RULES that ask one thing twice, once for no and once for not known, are
one row here: a threshold that is not met, and one that cannot be told for want of an amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from posmember.domain.rules.explanation import Finding, Outcome, Told
from posmember.domain.rules.reasons import Reason
from posmember.ui.wording.account import account_text, account_unknown_text
from posmember.ui.wording.fields import field_text
from posmember.ui.wording.plain import joined, one_line
from posmember.ui.wording.reasons.reason import reason_text
from posmember.ui.wording.values import list_text

translate = QCoreApplication.translate

_MOST_TOLD = 160
"""Letters of one platform text; a list of a thousand stores is not read by anyone."""
_ORDER = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of an asset, in words.

    Args:
        name: what it is about: 金额门槛. text: why it did not pass, or "".
        told: the platform's own text of what it looked at, a line each.
    """

    outcome: Outcome
    name: str
    text: str
    told: str

    def sentence(self) -> str:
        """Return the row as one sentence, for a screen reader."""
        parts = dict.fromkeys((outcome_text(self.outcome), self.name, self.text))
        return joined(part for part in parts if part)


class _Topic(StrEnum):
    """What a row of the window is about."""

    ACCOUNT = "account"
    STATUS = "status"
    LOCK = "lock"
    TEMPLATE = "template"
    SOURCES = "sources"
    SYSTEM = "system"
    START = "start"
    END = "end"
    WEEKDAYS = "weekdays"
    HOURS = "hours"
    STORE = "store"
    ORDER_TYPE = "order_type"
    PURPOSE = "purpose"
    SPEND = "spend"
    ITEMS = "items"
    EXCLUSIVE = "exclusive"
    DAILY_LIMIT = "daily_limit"
    GOODS = "goods"
    LEFT = "left"
    OTHER = "other"


_GIFT_CARD_STATE, _VALIDITY_UNKNOWN, _VALUE_UNKNOWN = 5, 9, 23
_TOPICS = {
    1: _Topic.ACCOUNT,
    2: _Topic.STATUS,
    3: _Topic.LOCK,
    4: _Topic.TEMPLATE,
    _GIFT_CARD_STATE: _Topic.STATUS,
    6: _Topic.STATUS,
    24: _Topic.SOURCES,
    25: _Topic.SYSTEM,
    7: _Topic.START,
    8: _Topic.END,
    10: _Topic.WEEKDAYS,
    11: _Topic.HOURS,
    12: _Topic.HOURS,
    13: _Topic.STORE,
    14: _Topic.STORE,
    15: _Topic.ORDER_TYPE,
    16: _Topic.PURPOSE,
    17: _Topic.SPEND,
    26: _Topic.SPEND,
    27: _Topic.SPEND,
    18: _Topic.SPEND,
    19: _Topic.ITEMS,
    20: _Topic.ITEMS,
    28: _Topic.EXCLUSIVE,
    29: _Topic.DAILY_LIMIT,
    21: _Topic.GOODS,
    22: _Topic.LEFT,
    _VALUE_UNKNOWN: _Topic.OTHER,
}
"""What each row of the table is about; `_VALIDITY_UNKNOWN` is about the start or the end."""
_ELSEWHERE = {_Topic.WEEKDAYS: "time_windows", _Topic.HOURS: "weekdays"}
"""A field that a rule looks at too, but that stands beside another row."""


@dataclass
class _Row:
    """A row while it is put together."""

    outcomes: list[Outcome] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)

    def doubt(self, reason: Reason) -> None:
        self.outcomes.append(Outcome.UNKNOWN)
        self.reasons.append(reason)

    def tell(self, told: Iterable[Told]) -> None:
        for each in told:
            self.told.setdefault(each.name, each)


def rule_rows(findings: tuple[Finding, ...], now: datetime) -> tuple[RuleRow, ...]:
    """Say every rule: those that failed first, then what is unknown, then what passed.

    Args:
        now: when the verdict was made; aware, +08:00.
    """
    rows: dict[_Topic, _Row] = {}
    for finding in findings:
        if finding.row != _VALIDITY_UNKNOWN:
            _take(rows, finding)
    for finding in findings:
        if finding.row == _VALIDITY_UNKNOWN:
            _take_validity(rows, finding)
        elif finding.row == _VALUE_UNKNOWN:
            _take_values(rows, finding)
    alone = sum(len(finding.reasons) for finding in findings) == 1
    cards = any(finding.row == _GIFT_CARD_STATE for finding in findings)
    said = [_said(topic, row, now, alone=alone, cards=cards) for topic, row in rows.items()]
    return tuple(sorted(said, key=lambda row: _ORDER.index(row.outcome)))


def outcome_text(outcome: Outcome) -> str:
    """Say how a rule came out."""
    match outcome:
        case Outcome.PASSED:
            return translate("Messages", "通过")
        case Outcome.FAILED:
            return translate("Messages", "不通过")
        case Outcome.UNKNOWN:
            return translate("Messages", "不确定")


def passed_text(rows: tuple[RuleRow, ...]) -> str:
    """Say how many rules passed, beside those that did not: ``其余 13 项正常``; "" for none."""
    passed = sum(row.outcome is Outcome.PASSED for row in rows)
    return translate("Messages", "其余 {count} 项正常").format(count=passed) if passed else ""


def _take(rows: dict[_Topic, _Row], finding: Finding) -> None:
    topic = _TOPICS[finding.row]
    row = rows.setdefault(topic, _Row())
    if finding.row == _VALUE_UNKNOWN:
        return  # its reasons are about other rows: see `_take_values`
    row.outcomes.append(finding.outcome)
    row.reasons += finding.reasons
    row.tell(told for told in finding.told if told.name != _ELSEWHERE.get(topic))


def _take_validity(rows: dict[_Topic, _Row], finding: Finding) -> None:
    """Say of the start or the end that it is unknown."""
    for reason in finding.reasons:
        of_start = reason.params.get("field") == "valid_from"
        rows[_Topic.START if of_start else _Topic.END].doubt(reason)
    rows[_Topic.END].tell(told for told in finding.told if told.name != "valid_from")


def _take_values(rows: dict[_Topic, _Row], finding: Finding) -> None:
    """Say what could not be read in the rows that look at it; else in one of its own."""
    left = []
    for reason in finding.reasons:
        about = [row for row in rows.values() if reason.params.get("field") in row.told]
        for row in about:
            row.doubt(reason)
        if not about:
            left.append(reason)
    if left:
        for reason in left:
            rows[_Topic.OTHER].doubt(reason)
        rows[_Topic.OTHER].tell(finding.told)
    elif finding.reasons:
        del rows[_Topic.OTHER]


def _said(topic: _Topic, row: _Row, now: datetime, *, alone: bool, cards: bool) -> RuleRow:
    outcome = next((each for each in _ORDER if each in row.outcomes), Outcome.PASSED)
    words = dict.fromkeys(reason_text(reason, now, alone=alone) for reason in row.reasons)
    if not words and outcome is Outcome.UNKNOWN:
        words = {_unknown_text(topic, row): None}
    return RuleRow(
        outcome,
        _name(topic, cards=cards),
        joined(words),
        "\n".join(_told_text(told) for told in row.told.values()),
    )


def _unknown_text(topic: _Topic, row: _Row) -> str:
    """What no reason of the asset's own says: of the account, or what another row names."""
    if topic is _Topic.ACCOUNT:
        return account_unknown_text(row.told["account"].text)
    return outcome_text(Outcome.UNKNOWN)


def _told_text(told: Told) -> str:
    text = translate("Messages", "「{field}」：{text}")
    return text.format(field=field_text(told.name), text=_platform_text(told))


def _platform_text(told: Told) -> str:
    if told.name == "account":
        return account_text(told.text)
    if told.name == "disagreements":
        names = dict.fromkeys(map(field_text, filter(None, told.text.split(", "))))
        return list_text(tuple(names)) or translate("Messages", "没有")
    text = one_line(told.text)
    if len(text) > _MOST_TOLD:
        text = text[: _MOST_TOLD - 1] + "…"
    return text or translate("Messages", "— 未返回")


def _name(topic: _Topic, *, cards: bool) -> str:
    if topic is _Topic.STATUS and cards:
        return translate("Messages", "卡状态", "a rule")
    names = {
        _Topic.ACCOUNT: translate("Messages", "账号状态", "a rule"),
        _Topic.STATUS: translate("Messages", "券状态", "a rule"),
        _Topic.LOCK: translate("Messages", "锁定状态", "a rule"),
        _Topic.TEMPLATE: translate("Messages", "券模板状态", "a rule"),
        _Topic.SOURCES: translate("Messages", "数据核对", "a rule"),
        _Topic.SYSTEM: translate("Messages", "核销系统", "a rule"),
        _Topic.START: translate("Messages", "生效时间", "a rule"),
        _Topic.END: translate("Messages", "到期时间", "a rule"),
        _Topic.WEEKDAYS: translate("Messages", "可用星期", "a rule"),
        _Topic.HOURS: translate("Messages", "可用时段", "a rule"),
        _Topic.STORE: translate("Messages", "适用门店", "a rule"),
        _Topic.ORDER_TYPE: translate("Messages", "订单类型", "a rule"),
        _Topic.PURPOSE: translate("Messages", "券的用途", "a rule"),
        _Topic.SPEND: translate("Messages", "金额门槛", "a rule"),
        _Topic.ITEMS: translate("Messages", "件数门槛", "a rule"),
        _Topic.EXCLUSIVE: translate("Messages", "与其他优惠同享", "a rule"),
        _Topic.DAILY_LIMIT: translate("Messages", "每天限用", "a rule"),
        _Topic.GOODS: translate("Messages", "适用商品", "a rule"),
        _Topic.LEFT: translate("Messages", "卡里剩余", "a rule"),
        _Topic.OTHER: translate("Messages", "其他数据", "a rule"),
    }
    return names[topic]
