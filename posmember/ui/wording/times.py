"""Times as a cashier says them. All are aware and shown in +08:00 as they came."""

from __future__ import annotations

from datetime import datetime, time

from PySide6.QtCore import QCoreApplication

from posmember.domain.values import CHINA, PlatformTime, Time, Unreadable

translate = QCoreApplication.translate

_MINUTE, _HOUR = 60, 3600
_LAST_MINUTE = time(23, 59)
_MORNING = 4
"""Before this hour it is still the night of the day before."""


def clock_text(at: datetime) -> str:
    """Say a time of the clock: ``14:03:22``."""
    return at.astimezone(CHINA).strftime("%H:%M:%S")


def day_text(at: datetime, now: datetime) -> str:
    """Say a day: 今天, 明天, 后天, ``11-30``, and with its year when it is another one."""
    day, today = at.astimezone(CHINA).date(), now.astimezone(CHINA).date()
    match (day - today).days:
        case 0:
            return translate("Messages", "今天")
        case 1:
            return translate("Messages", "明天")
        case 2:
            return translate("Messages", "后天")
    # Not strftime: a list of a thousand coupons says a thousand days.
    short = f"{day.month:02}-{day.day:02}"
    return short if day.year == today.year else f"{day.year}-{short}"


def moment_text(at: datetime, now: datetime) -> str:
    """Say a day and its time: ``今天 14:00``; a day's first instant is the day alone."""
    local = at.astimezone(CHINA)
    day = day_text(at, now)
    return day if local.time() == time() else f"{day} {local:%H:%M}"


def wait_text(at: datetime, now: datetime) -> str:
    """Say how long until then: ``还有 25 分钟``, ``还有 2 小时``, ``还有 9 天``."""
    seconds = max(0, round((at - now).total_seconds()))
    minutes = -(-seconds // _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return translate("Messages", "还有 {minutes} 分钟").format(minutes=minutes)
    days = (at.astimezone(CHINA).date() - now.astimezone(CHINA).date()).days
    if seconds >= 24 * _HOUR and days >= 1:
        return translate("Messages", "还有 {days} 天").format(days=days)
    hours, rest = divmod(minutes, 60)
    if rest and hours < 3:
        text = translate("Messages", "还有 {hours} 小时 {minutes} 分")
        return text.format(hours=hours, minutes=rest)
    return translate("Messages", "还有 {hours} 小时").format(hours=hours)


def usable_from_text(at: datetime, now: datetime) -> str:
    """Say when something becomes usable: ``今天 14:00 后可用(还有 2 小时)``."""
    text = translate("Messages", "{moment} 后可用（{wait}）")
    if at.astimezone(CHINA).time() == time():
        text = translate("Messages", "{moment}起可用（{wait}）")
    return text.format(moment=moment_text(at, now), wait=wait_text(at, now))


def from_then_text(at: datetime, now: datetime) -> str:
    """Say a start that is near: ``今天 22:00 起``; past the coming midnight ``凌晨 01:00 起``.

    Args:
        at: within the business day of `now`, else it is said with its day.
    """
    local = at.astimezone(CHINA)
    days = (local.date() - now.astimezone(CHINA).date()).days
    if days == 1 and local.hour < _MORNING:
        return translate("Messages", "凌晨 {clock} 起").format(clock=f"{local:%H:%M}")
    if local.time() == time():
        return translate("Messages", "{day}起").format(day=day_text(at, now))
    return translate("Messages", "{moment} 起").format(moment=moment_text(at, now))


def validity_text(valid_from: Time, valid_until: Time, now: datetime) -> str:
    """Say how long an asset holds: ``11-30 到期(9天)``, ``永久有效``.

    A start that lies ahead is said too: ``12-01 起,12-31 到期(40天)``. No readable end is
    said to be unknown, never to be endless.
    """
    end = _end_text(valid_until, now)
    if isinstance(valid_from, PlatformTime) and valid_from.at > now:
        start = moment_text(valid_from.at, now)
        return translate("Messages", "{start} 起，{end}").format(start=start, end=end)
    return end


def _end_text(valid_until: Time, now: datetime) -> str:
    if valid_until is None:
        return translate("Messages", "有效期未提供")
    if isinstance(valid_until, Unreadable):
        return translate("Messages", "有效期未知")
    if valid_until.never:
        return translate("Messages", "永久有效")
    day = day_text(valid_until.at, now)
    days = (valid_until.at.astimezone(CHINA).date() - now.astimezone(CHINA).date()).days
    past = valid_until.at < now if valid_until.has_time else days < 0
    if past:
        return translate("Messages", "{day} 已到期").format(day=day)
    clock = valid_until.at.astimezone(CHINA).time()
    if days == 0 and valid_until.has_time and clock < _LAST_MINUTE:
        return translate("Messages", "今天 {clock} 到期").format(clock=f"{clock:%H:%M}")
    if days <= 2:
        return translate("Messages", "{day}到期").format(day=day)
    return translate("Messages", "{day} 到期（{days}天）").format(day=day, days=days)


def date_text(value: Time) -> str:
    """Say a date in full: ``2027-03-01``; 永久有效 for one that never comes."""
    if value is None:
        return translate("Messages", "未提供")
    if isinstance(value, Unreadable):
        return translate("Messages", "未知")
    if value.never:
        return translate("Messages", "永久有效")
    return value.at.astimezone(CHINA).strftime("%Y-%m-%d")
