"""What is said of a member's account: late, failed and unreadable are three things."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.domain.context import AccountStatus

translate = QCoreApplication.translate


def account_text(status: str) -> str:
    """Say an `AccountStatus` in a word or two, behind the name of the field."""
    match status:
        case AccountStatus.ACTIVE:
            return translate("Messages", "正常")
        case AccountStatus.FROZEN:
            return translate("Messages", "已冻结")
        case AccountStatus.LATE:
            return translate("Messages", "正在核对")
        case AccountStatus.UNREADABLE:
            return translate("Messages", "无法识别")
    return translate("Messages", "没能核对")


def account_unknown_text(status: str) -> str:
    """Say why an account is not known; `status` is an `AccountStatus` that says so."""
    match status:
        case AccountStatus.LATE:
            return translate("Messages", "账号状态正在核对")
        case AccountStatus.UNREADABLE:
            return translate("Messages", "账号状态无法识别")
    return translate("Messages", "没能核对账号是否冻结，用前请在收银系统确认")


def account_unknown_hint(status: str) -> str:
    """Say what to do about it; "" where nothing helps but to wait, or its words say it."""
    if status != AccountStatus.UNREADABLE:
        return ""
    return translate("Messages", "→ 请在收银系统核对")
