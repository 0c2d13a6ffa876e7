"""What is said of a member's account: one that is late, and one that could not be checked."""

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
    """Say that an account is not known, and what to do; `status` is an `AccountStatus`."""
    if status == AccountStatus.LATE:
        return translate("Messages", "账号状态正在核对")
    return translate("Messages", "没能核对账号是否冻结，用前请在收银系统确认")
