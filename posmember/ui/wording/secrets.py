"""Why nobody was identified by account and password, or by card and inner number."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiStatusError,
    ApiTimeoutError,
    KeyringSilentError,
    OtherMemberError,
    PosMemberError,
    RateLimitedError,
    SecretProblem,
    SecretRejectedError,
    SignatureRejectedError,
)
from posmember.ui.wording.connections import connection_text
from posmember.ui.wording.errors import error_text, support_suffix

translate = QCoreApplication.translate


def identify_error_text(error: PosMemberError) -> str:
    """Say what happened and what to do; what was typed is gone, so it is typed again."""
    match error:
        case SecretRejectedError():
            return _rejected(error.problem)
        case KeyringSilentError() | SignatureRejectedError():
            return error_text(error).text
        case ApiError():
            return _not_asked(error) + support_suffix(error)
    return error_text(error).text


def _rejected(problem: SecretProblem) -> str:
    match problem:
        case SecretProblem.WRONG:
            return translate("Messages", "号码或密码不对，请顾客核对后重新输入")
        case SecretProblem.LOCKED:
            return translate("Messages", "错误次数太多，会员系统暂时锁定了，请过一会儿再试")
        case SecretProblem.FROZEN:
            return translate("Messages", "这个账号或卡已冻结，不能使用，请顾客联系客服")


def _not_asked(error: ApiError) -> str:
    match error:
        case ApiTimeoutError():
            return translate("Messages", "会员系统太久没有回应，请重新输入")
        case ApiConnectionError():
            known = connection_text(error, translate("Messages", "会员系统"))
            return known or translate("Messages", "连不上会员系统，请检查网络后重新输入")
        case RateLimitedError():
            return translate("Messages", "会员系统正忙，请稍等片刻再输入")
        case OtherMemberError():
            return translate("Messages", "会员系统给的可能是另一位会员，没有显示，请重新输入")
        case ApiStatusError() if error.status < 500:
            return translate("Messages", "会员系统没有受理，请联系管理员")
        case ApiBusinessError():
            return translate("Messages", "会员系统没有受理，请重新输入，仍不行请联系管理员")
    return translate("Messages", "会员系统暂时出错，请稍后重新输入")
