"""Every error that a membership card can bring: what is said of it, and how a command ends."""

from __future__ import annotations

from dataclasses import dataclass

from posmember import errors
from posmember.report.outcomes import Exit


@dataclass(frozen=True)
class Case:
    """An error, and what people get of it.

    Args:
        said: what happened, in the window's words.
        step: the next step, in the window's words.
        exit: the command's exit code.
        told: of the command's line.
    """

    error: errors.PosMemberError
    said: str
    step: str
    exit: Exit
    told: str


NOT_FOUND = errors.CardNotFoundError("x", api="wechat_card_get", code="NOT_FOUND")
SIGNATURE = errors.SignatureRejectedError("x", code="SIGN_ERROR")
UNKNOWN_KEY = errors.UnknownKeyError("x", key_id="PUB_KEY_ID_0000000002")

CASES: dict[str, Case] = {
    "base": Case(errors.PosMemberError("x"), "设置有误", "联系管理员", Exit.OTHER, " / "),
    "config": Case(
        errors.ConfigError("a detail"), "设置有误", "联系管理员", Exit.WRONG_USE, "a detail"
    ),
    "credential": Case(
        errors.CredentialError("a detail"),
        "读不到微信会员卡的密钥", "联系管理员", Exit.KEYS_REFUSED, "a detail",
    ),
    "locked keyring": Case(
        errors.KeyringLockedError("the keyring gave nothing"),
        "系统密钥库没有解锁", "再试一次", Exit.KEYS_REFUSED, "the keyring gave nothing",
    ),
    "silent keyring": Case(
        errors.KeyringSilentError("no answer in 10 s"),
        "系统密钥库没有回应", "再按 F10", Exit.KEYS_REFUSED, "no answer in 10 s",
    ),
    "supervisor needed": Case(
        errors.SupervisorNeededError("x"),
        "现有主管", "电脑管理员", Exit.KEYS_REFUSED, "--by STAFF_NUMBER",
    ),
    "wrong PIN": Case(
        errors.PinRejectedError("x", tries_left=3),
        "工号或密码不对", "还可以试 3 次", Exit.KEYS_REFUSED, "tries left: 3",
    ),
    "too many PINs": Case(
        errors.PinRejectedError("x", wait_s=241),
        "密码错误次数太多", "5 分钟后再试", Exit.KEYS_REFUSED, "241 s",
    ),
    "no supervisor": Case(
        errors.NoSupervisorError("x"),
        "还没有设置主管", "联系管理员", Exit.KEYS_REFUSED, "posmember supervisor set",
    ),
    "audit": Case(
        errors.AuditError("No space left"),
        "审计日志写不了，所以没有修改", "联系管理员", Exit.OTHER, "No space left",
    ),
    "not found": Case(NOT_FOUND, "查不到这张卡", "请核对卡号", Exit.NOT_FOUND, "请核对卡号"),
    "not allowed": Case(
        errors.NotAllowedError("x", code="NO_AUTH"),
        "商户号没有会员卡权限", "请管理员核对", Exit.KEYS_REFUSED, "NO_AUTH",
    ),
    "slow clock": Case(
        errors.ClockRejectedError("x", offset_s=730),
        "电脑时间慢了 12 分钟", "请校准时间", Exit.KEYS_REFUSED, "+730 s",
    ),
    "fast clock": Case(
        errors.ClockRejectedError("x", offset_s=-600),
        "电脑时间快了 10 分钟", "请校准时间", Exit.KEYS_REFUSED, "-600 s",
    ),
    "signature": Case(SIGNATURE, "不认", "请管理员核对", Exit.KEYS_REFUSED, "请核对商户号"),
    "limit": Case(
        errors.RateLimitedError("x", code="RATELIMIT_EXCEEDED"),
        "每秒只能查 5 次", "请过几秒再试", Exit.NO_CONNECTION, "请过几秒再试",
    ),
    "parameter": Case(
        errors.ApiBusinessError("x", code="PARAM_ERROR"),
        "内容不对", "请核对", Exit.OTHER, "微信支付说内容不对",
    ),
    "refused": Case(
        errors.ApiBusinessError("x", code="INVALID_REQUEST"),
        "没有受理", "联系管理员", Exit.OTHER, "微信支付没有受理",
    ),
    "unknown key": Case(
        UNKNOWN_KEY,
        "换了公钥", "请管理员导入新公钥 PUB_KEY_ID_0000000002", Exit.KEYS_REFUSED, "add-key",
    ),
    "untrusted": Case(
        errors.AnswerUntrustedError("not signed"),
        "没有通过微信支付的签名核对", "联系管理员", Exit.OTHER, "not signed",
    ),
    "old": Case(
        errors.AnswerOldError("old, or seen before", offset_s=-3600),
        "与电脑时间差 60 分钟", "校准电脑时间", Exit.OTHER, "-3600 s",
    ),
    "another card": Case(
        errors.OtherCardError("x"), "另一张卡，没有显示", "请核对卡号", Exit.OTHER, "另一张卡"
    ),
    "timeout": Case(
        errors.ApiTimeoutError("x"), "太久没有回应", "请重试", Exit.NO_CONNECTION, "请检查网络"
    ),
    "connection": Case(
        errors.ApiConnectionError("x"),
        "连不上微信支付", "请检查网络", Exit.NO_CONNECTION, "请检查网络",
    ),
    "failure": Case(
        errors.ApiStatusError("x", status=500, code="SYSTEM_ERROR"),
        "暂时出错", "请稍后重试", Exit.NO_CONNECTION, "请稍后再试",
    ),
    "redirect": Case(
        errors.ApiStatusError("x", status=302), "暂时出错", "请稍后重试", Exit.OTHER, "请稍后再试"
    ),
    "page": Case(
        errors.ApiStatusError("x", status=403, is_page=True),
        "网关或中转服务的页面", "请检查网络后重试", Exit.NO_CONNECTION, "不是微信支付的回答",
    ),
    "page of a limit": Case(
        errors.RateLimitedError("x", code="429", is_page=True),
        "网关或中转服务的页面", "请检查网络后重试", Exit.NO_CONNECTION, "不是微信支付的回答",
    ),
    "page of a failure": Case(
        errors.ApiStatusError("x", status=502, is_page=True),
        "微信支付或中间的网关暂时出错", "请稍后重试", Exit.NO_CONNECTION, "不是微信支付的回答",
    ),
    "unreadable": Case(
        errors.ApiResponseError("x", path="$.level"),
        "无法识别", "联系管理员", Exit.OTHER, "$.level",
    ),
    "other": Case(errors.ApiError("x"), "没有查到", "请重试", Exit.OTHER, " / "),
}  # fmt: skip


def all_classes(
    kind: type[errors.PosMemberError] = errors.PosMemberError,
) -> set[type[errors.PosMemberError]]:
    """A class and all below it, of those that any part of the program may meet."""
    below = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    found: set[type[errors.PosMemberError]] = {kind}.union(*map(all_classes, below))
    return found - {errors.UpdateError}  # which is the updates' own


ALONE: frozenset[type[errors.PosMemberError]] = frozenset({
    errors.AnswerOldError,
    errors.AnswerUntrustedError,
    errors.AuditError,
    errors.CardNotFoundError,
    errors.ClockRejectedError,
    errors.NoSupervisorError,
    errors.NotAllowedError,
    errors.OtherCardError,
    errors.PinRejectedError,
    errors.SupervisorNeededError,
    errors.UnknownKeyError,
})  # fmt: skip
"""What a membership card brings and a lookup never does."""
