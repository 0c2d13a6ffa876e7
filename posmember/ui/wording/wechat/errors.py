"""What went wrong with a 微信会员卡, and the cashier's or the administrator's next step."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from posmember.errors import (
    AnswerOldError,
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    AuditError,
    CardNotFoundError,
    ClockRejectedError,
    CredentialError,
    KeyringLockedError,
    KeyringSilentError,
    NoSupervisorError,
    NotAllowedError,
    OtherCardError,
    PinRejectedError,
    PosMemberError,
    RateLimitedError,
    SignatureRejectedError,
    SupervisorNeededError,
    UnknownKeyError,
)
from posmember.ui.wording.connections import connection_text
from posmember.ui.wording.errors import support_suffix
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.wechat.changes import pin_text

translate = QCoreApplication.translate

_REFUSED: Final = range(400, 500)


def card_error_text(error: PosMemberError, *, changing: bool = False) -> str:
    """Say what went wrong, and the cashier's or the administrator's next step.

    Args:
        changing: whether it was a change, so that where no answer came nobody knows.
    """
    if changing and isinstance(error, ApiError) and not error.is_refusal:
        unknown = translate("WechatCard", "不知道是否已经改好，请按 F10 重新查询。")
        return unknown + card_error_text(error)
    return _what(error) + support_suffix(error)


def _what(error: PosMemberError) -> str:
    match error:
        case PinRejectedError():
            return pin_text(error)
        case NoSupervisorError():
            return translate("WechatCard", "这台电脑还没有设置主管，请联系管理员")
        case AuditError():
            return translate("WechatCard", "审计日志写不了，所以没有修改，请联系管理员")
        case SupervisorNeededError():
            return translate("WechatCard", "主管要由现有主管或电脑管理员来设置")
        case KeyringSilentError():
            return translate("WechatCard", "系统密钥库没有回应，请解锁后再按 F10")
        case KeyringLockedError():
            return translate("WechatCard", "系统密钥库没有解锁，再试一次会再问密码")
        case CredentialError():
            return translate("WechatCard", "读不到微信会员卡的密钥，请联系管理员重新导入")
        case ApiBusinessError():
            return _refused(error)
        case ApiError():
            return _failed(error)
    return translate("WechatCard", "微信会员卡设置有误，请联系管理员")


def _refused(error: ApiBusinessError) -> str:
    match error:
        case CardNotFoundError():
            return translate(
                "WechatCard", "微信支付查不到这张卡，请核对卡号，并确认 openid 是这位顾客的"
            )
        case NotAllowedError():
            return translate(
                "WechatCard", "商户号没有会员卡权限，请管理员核对品牌 ID，并在微信支付开通权限"
            )
        case ClockRejectedError():
            return _clock(error.offset_s)
        case SignatureRejectedError():
            return translate(
                "WechatCard",
                "微信支付不认本机的密钥，请管理员核对商户号、证书序列号和私钥，"
                "用中转服务的核对令牌",
            )
        case RateLimitedError(is_page=True):
            return _page()
        case RateLimitedError():
            return translate("WechatCard", "全品牌每秒只能查 5 次，现在太忙，请过几秒再试")
    if error.code == "PARAM_ERROR":
        return translate("WechatCard", "微信支付说内容不对，请核对卡号、openid 和填写的内容")
    return translate("WechatCard", "微信支付没有受理，请联系管理员")


def _page() -> str:
    return translate(
        "WechatCard",
        "收到的是网关或中转服务的页面，不是微信支付的回答，请检查网络后重试，仍不行请联系管理员",
    )


def _clock(offset_s: int) -> str:
    minutes = round(abs(offset_s) / 60)
    if offset_s > 0:
        text = translate("WechatCard", "电脑时间慢了 {minutes} 分钟，微信支付不认，请校准时间")
    else:
        text = translate("WechatCard", "电脑时间快了 {minutes} 分钟，微信支付不认，请校准时间")
    return text.format(minutes=minutes)


def clock_note(offset_s: int) -> str:
    """Say that the till's clock is off, though the query went well with the right time."""
    minutes = round(abs(offset_s) / 60)
    if offset_s > 0:
        text = translate("WechatCard", "电脑时间慢了 {minutes} 分钟，请校准")
    else:
        text = translate("WechatCard", "电脑时间快了 {minutes} 分钟，请校准")
    return text.format(minutes=minutes)


def _failed(error: ApiError) -> str:
    match error:
        case UnknownKeyError():
            text = translate("WechatCard", "微信支付换了公钥，请管理员导入新公钥 {key_id}")
            return text.format(key_id=one_line(error.key_id))
        case OtherCardError():
            return translate(
                "WechatCard", "微信支付给的是另一张卡，没有显示，请核对卡号和 openid 后重试"
            )
        case AnswerOldError():
            minutes = max(1, round(abs(error.offset_s) / 60))
            text = translate(
                "WechatCard",
                "微信支付的回答与电脑时间差 {minutes} 分钟，所以不显示，请先校准电脑时间再按 F10",
            )
            return text.format(minutes=minutes)
        case AnswerUntrustedError():
            return translate(
                "WechatCard", "收到的回答没有通过微信支付的签名核对，所以不显示，请联系管理员"
            )
        case ApiTimeoutError():
            return translate("WechatCard", "微信支付太久没有回应，请重试")
        case ApiConnectionError():
            known = connection_text(error, translate("WechatCard", "微信支付"))
            return known or translate("WechatCard", "连不上微信支付，请检查网络后重试")
        case ApiStatusError(is_page=True) if error.status in _REFUSED:
            return _page()
        case ApiStatusError(is_page=True):
            return translate("WechatCard", "微信支付或中间的网关暂时出错，请稍后重试")
        case ApiStatusError():
            return translate("WechatCard", "微信支付暂时出错，请稍后重试")
        case ApiResponseError():
            return translate("WechatCard", "微信支付的回答无法识别，请重试，仍不行请联系管理员")
    return translate("WechatCard", "没有查到，请重试")
