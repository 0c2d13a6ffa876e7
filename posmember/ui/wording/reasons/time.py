"""Reasons of time: dates, weekdays, hours."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from posmember.domain.rules.reasons import Params
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.reasons.asset import with_field
from posmember.ui.wording.reasons.params import numbers_of, texts_of
from posmember.ui.wording.times import day_text, moment_text
from posmember.ui.wording.values import list_text

translate = QCoreApplication.translate

_WORKDAYS, _WEEKEND = (1, 2, 3, 4, 5), (6, 7)
_SHORTEST_RANGE = 3


def not_started(params: Params, now: datetime) -> str:
    """Say NOT_STARTED."""
    at = params.get("at")
    if isinstance(at, datetime):
        return translate("Messages", "还没生效，{moment} 起").format(moment=moment_text(at, now))
    return translate("Messages", "还没生效")


def expired(params: Params, now: datetime) -> str:
    """Say EXPIRED."""
    at = params.get("at")
    if isinstance(at, datetime):
        return translate("Messages", "已过期（{day}）").format(day=day_text(at, now))
    return translate("Messages", "已过期")


def validity_unknown(params: Params, _now: datetime) -> str:
    """Say VALIDITY_UNKNOWN."""
    without = translate("Messages", "有效期不明确")
    return with_field(without, translate("Messages", "有效期不明确（{field}）"), params)


def weekdays(params: Params, _now: datetime) -> str:
    """Say WEEKDAY_NOT_ALLOWED."""
    days = tuple(sorted({day for day in numbers_of(params.get("weekdays")) if 1 <= day <= 7}))
    if not days:
        return translate("Messages", "今天不可用")
    return translate("Messages", "仅限{days}可用").format(days=_weekdays_text(days))


def hours(params: Params, _now: datetime) -> str:
    """Say OUTSIDE_HOURS."""
    windows = tuple(one_line(window) for window in texts_of(params.get("windows")))
    if not windows:
        return translate("Messages", "现在不在可用时段")
    return translate("Messages", "仅限 {windows}").format(windows=list_text(windows))


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
