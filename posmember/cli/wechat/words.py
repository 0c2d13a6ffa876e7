"""What went wrong with WeChat Pay, and the next step, in Chinese and English, on one line."""

from __future__ import annotations

from typing import Final

from posmember.cli.connections import connection_words
from posmember.cli.exits import explain, support
from posmember.errors import (
    AnswerOldError,
    AnswerUntrustedError,
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiStatusError,
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

_PAGE: Final = (
    "收到的是网关或中转的页面,不是微信支付的回答,请检查网络和地址,用中转的也核对令牌,或稍后再试"
    " / a page of a gateway or of the relay, no answer of WeChat Pay:"
    " check network, address and the relay's token, or try again later"
)


def explain_card(error: PosMemberError) -> str:
    """What happened and what to do."""
    words = _words(error)
    return " ".join((words, support(error))).strip() if words else explain(error)


def _words(error: PosMemberError) -> str:
    """The words where they are other than the platform's; "" where they are the same."""
    match error:
        case KeyringSilentError() | KeyringLockedError():
            return ""
        case CredentialError() | AuditError():
            return f"本机的密钥库或审计日志有问题 / keyring or audit log of this machine: {error}"
        case NoSupervisorError():
            return (
                "没有设置主管,请运行 posmember supervisor set / no supervisor, run supervisor set"
            )
        case SupervisorNeededError():
            return (
                "要由一位主管同意,请加 --by 工号,或由电脑管理员来做"
                " / a supervisor has to allow it, add --by STAFF_NUMBER, or be the administrator"
            )
        case PinRejectedError(wait_s=0):
            return f"工号或密码不对,还可以试 / wrong number or PIN, tries left: {error.tries_left}"
        case PinRejectedError():
            return f"密码错误次数太多 / too many wrong PINs; 请等 / wait: {error.wait_s} s"
        case ApiBusinessError():
            return _refused(error)
        case ApiError():
            return _failed(error)
    return ""


def _refused(error: ApiBusinessError) -> str:
    match error:
        case CardNotFoundError():
            return "查不到这张卡,请核对卡号和 openid / no such card, check code and openid"
        case NotAllowedError():
            return (
                "商户号没有权限,请核对品牌 ID 并在微信支付开通"
                " / not allowed, check the brand id and the merchant's permissions"
            )
        case ClockRejectedError():
            return f"电脑时间不准,请校准 / this clock is wrong, set it: {error.offset_s:+d} s"
        case SignatureRejectedError():
            return (
                "微信支付不认密钥,请核对商户号、证书序列号和私钥,用中转的核对令牌"
                " / refused, check mchid, serial and private key, or the relay's token"
            )
        case RateLimitedError(is_page=True):
            return _PAGE
        case RateLimitedError():
            return "全品牌每秒只能查 5 次,请过几秒再试 / 5 calls a second for the brand, wait"
    if error.code == "PARAM_ERROR":
        return "微信支付说内容不对 / WeChat Pay refused a value"
    return "微信支付没有受理 / WeChat Pay refused the call"


def _old(offset_s: int) -> str:
    minutes = max(1, round(abs(offset_s) / 60))
    zh, en = ("快", "fast") if offset_s < 0 else ("慢", "slow")
    return (
        f"电脑时间多半{zh}了 {minutes} 分钟,回答可能是旧的,没有读取,请先校准时间再试"
        f" / this computer's clock is {minutes} min {en} by the answer's time ({offset_s:+d} s),"
        " or the answer is an old one, so it was not read: set the clock, then try again"
    )


def _failed(error: ApiError) -> str:
    match error:
        case UnknownKeyError():
            return (
                f"微信支付换了公钥 {error.key_id},请运行 posmember wechat-setup add-key"
                " / WeChat Pay's key has changed, import it with wechat-setup add-key"
            )
        case OtherCardError():
            return (
                "微信支付给的是另一张卡,没有显示 / WeChat Pay answered with another card, not shown"
            )
        case AnswerOldError():
            return _old(error.offset_s)
        case AnswerUntrustedError():
            return f"回答没有通过签名核对,没有读取 / the answer is not to be trusted: {error}"
        case ApiConnectionError():
            known = connection_words(error, "微信支付", "WeChat Pay")
            return (
                known or "连不上微信支付,请检查网络 / no answer from WeChat Pay, check the network"
            )
        case ApiStatusError(is_page=True):
            return _PAGE
        case ApiStatusError():
            return "微信支付暂时出错,请稍后再试 / WeChat Pay failed, try again later"
    return ""
