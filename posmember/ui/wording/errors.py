"""What went wrong, and what the cashier can do, for every error class and every bad entry."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    ConfigError,
    CredentialError,
    KeyMissingError,
    KeyringLockedError,
    KeyringSilentError,
    MemberNotFoundError,
    NotSetUpError,
    OtherMemberError,
    PosMemberError,
    RateLimitedError,
    SignatureRejectedError,
)
from posmember.scanning.entry import EntryProblem
from posmember.scanning.identifier import Classification, Problem
from posmember.scanning.nobody import Guess
from posmember.ui.view.screen import Hint, Severity
from posmember.ui.wording.connections import connection_text
from posmember.ui.wording.plain import one_line
from posmember.ui.wording.values import identifier_kind_text

translate = QCoreApplication.translate

_LONGEST_PLATFORM_WORDS = 60


def error_text(error: PosMemberError, guess: Guess | None = None) -> Hint:
    """Say what happened and what to do. The platform's code and words follow for support.

    Args:
        guess: what the code looks like, where nobody was found by it.
    """
    if guess is not None and isinstance(error, MemberNotFoundError):
        return Hint(Severity.WARNING, guess_text(guess))
    severity, text = _what_happened(error)
    return Hint(severity, text + support_suffix(error))


def guess_text(guess: Guess) -> str:
    """Say what a code looks like that finds nobody, and what to do."""
    match guess:
        case Guess.MOBILE_TOO_SHORT:
            return translate("Messages", "没有找到会员：手机号少 1 位，请核对")
        case Guess.MOBILE_TOO_LONG:
            return translate("Messages", "没有找到会员：手机号多 1 位，请核对")
        case Guess.GOODS:
            return translate("Messages", "这是商品条码，请扫会员码")
        case Guess.LIKE_GOODS:
            return translate("Messages", "没有找到会员：这像是商品条码，请扫会员码")


def helps_to_ask_again(error: PosMemberError) -> bool:
    """Whether asking again may have another answer: not where the till is set up wrong."""
    if isinstance(error, KeyringLockedError):
        return True
    if isinstance(error, ConfigError | CredentialError | SignatureRejectedError):
        return False
    if isinstance(error, OtherMemberError | MemberNotFoundError):
        return False
    if isinstance(error, ApiStatusError):
        return error.status >= 500
    return True


def needs_support(error: PosMemberError) -> bool:
    """Whether it is the till that is wrong, so that somebody has to look into it."""
    is_person = isinstance(error, OtherMemberError | MemberNotFoundError)
    return not is_person and not helps_to_ask_again(error)


def identifier_problem_text(problem: Problem, found: Classification | None = None) -> str:
    """Say why a scanned or typed text is not looked up, and what to do.

    Args:
        problem: what is wrong.
        found: what is known of the text; with it, a wrong length is said in numbers.
    """
    if found is not None and found.expected is not None:
        return _wrong_length(problem, found, identifier_kind_text(found.expected))
    match problem:
        case Problem.EMPTY:
            return translate("Messages", "请扫会员码，或输入手机号、卡号后按回车")
        case Problem.TOO_SHORT:
            return translate("Messages", "内容不完整，请重新扫码")
        case Problem.TOO_LONG:
            return translate("Messages", "内容太长，不是会员码，请重新扫码")
        case Problem.URL:
            return translate("Messages", "这是网址二维码，请让顾客打开会员码")
        case Problem.NOT_A_CODE:
            return translate("Messages", "这不是会员码，请重新扫码")
        case Problem.GOODS:
            return translate("Messages", "这是商品条码，请扫会员码")
        case Problem.PAYMENT_CODE:
            return translate("Messages", "这是付款码，请让顾客打开会员码")
        case Problem.NOT_IN_TRAINING:
            return translate("Messages", "培训模式里没有这位会员，请扫培训码")
        case Problem.BANK_CARD:
            return translate("Messages", "这是银行卡，没有查询也没有保存，请让顾客出示会员码")


def _wrong_length(problem: Problem, found: Classification, kind: str) -> str:
    if problem is Problem.TOO_SHORT:
        text = translate("Messages", "只收到 {received} 位（{masked}），{kind}应为 {expected} 位")
    else:
        text = translate("Messages", "收到了 {received} 位（{masked}），{kind}应为 {expected} 位")
    return text.format(
        received=found.received_length,
        masked=found.received,
        kind=kind,
        expected=found.expected_length,
    )


def entry_problem_text(label: str, problem: EntryProblem) -> str:
    """Say which order field cannot be read, and what it should hold."""
    return _entry_problem(problem).format(label=label)


def _entry_problem(problem: EntryProblem) -> str:
    match problem:
        case EntryProblem.NOT_A_NUMBER:
            return translate("Messages", "{label}无法识别，请只填数字")
        case EntryProblem.UNCLEAR_COMMA:
            return translate("Messages", "{label}里的逗号看不出是不是小数点，小数请用点")
        case EntryProblem.TOO_PRECISE:
            return translate("Messages", "{label}最多两位小数")
        case EntryProblem.TOO_LARGE:
            return translate("Messages", "{label}太大，请检查")


def _what_happened(error: PosMemberError) -> tuple[Severity, str]:
    match error:
        case ApiError():
            return _api(error)
        case KeyringSilentError():
            return Severity.WARNING, translate(
                "Messages", "正在等待系统密钥库解锁，请在要密码的窗口里输入，之后会自动继续"
            )
        case KeyringLockedError():
            return Severity.WARNING, translate(
                "Messages", "系统密钥库没有解锁，读不到会员系统密钥；按 F5 会再问一次密码"
            )
        case KeyMissingError():
            return Severity.ERROR, translate(
                "Messages", "还没有会员系统密钥，请按 Ctrl+, 设置，或联系管理员"
            )
        case CredentialError():
            return Severity.ERROR, translate(
                "Messages", "读不到会员系统密钥，解锁系统密钥库后请按 F5；还没有设置的请联系管理员"
            )
        case NotSetUpError():
            return Severity.ERROR, translate(
                "Messages", "这台电脑还没有设置，请按 Ctrl+, 设置，或联系管理员"
            )
        case ConfigError():
            text = translate("Messages", "程序配置有误，请联系管理员：{what}")
            return Severity.ERROR, text.format(what=one_line(str(error)))
    return Severity.ERROR, translate("Messages", "查询没有成功，请重试")


def _api(error: ApiError) -> tuple[Severity, str]:
    match error:
        case ApiTimeoutError():
            return Severity.ERROR, translate("Messages", "会员系统太久没有回应，请按 F5 重试")
        case ApiConnectionError():
            known = connection_text(error, translate("Messages", "会员系统"))
            text = translate("Messages", "连不上会员系统，请检查网络后按 F5 重试")
            return Severity.ERROR, known or text
        case ApiStatusError():
            return Severity.ERROR, _page_status(error) or _status(error.status)
        case MemberNotFoundError():
            return Severity.WARNING, translate(
                "Messages", "没有找到这位会员，请核对号码或让顾客刷新会员码"
            )
        case OtherMemberError():
            return Severity.ERROR, translate(
                "Messages", "会员系统给的可能是另一位会员，没有显示，请重新扫码"
            )
        case SignatureRejectedError():
            return Severity.ERROR, translate(
                "Messages", "会员系统不认本机的密钥或时间，请联系管理员"
            )
        case RateLimitedError():
            return Severity.WARNING, _wait(error.retry_after)
        case ApiBusinessError():
            return Severity.ERROR, translate("Messages", "会员系统没有受理这次查询，请按 F5 重试")
        case ApiResponseError():
            return Severity.ERROR, translate(
                "Messages", "会员系统的回答无法识别，请按 F5 重试，仍不行请联系管理员"
            )
    return Severity.ERROR, translate("Messages", "查询没有成功，请按 F5 重试")


def _page_status(error: ApiStatusError) -> str:
    """Of a web page nobody knows whose it is: the platform's, or of what stands between."""
    if not error.is_page or error.status < 400:
        return ""
    if error.status >= 500:
        return translate("Messages", "会员系统或中间的网关暂时出错，请稍后按 F5 重试")
    return translate("Messages", "访问被拦下了，可能是公司网关，请联系管理员")


def _status(status: int) -> str:
    if status >= 500:
        return translate("Messages", "会员系统暂时出错，请稍后按 F5 重试")
    if status in (401, 403):
        return translate("Messages", "会员系统拒绝了本机的访问，请联系管理员")
    if 300 <= status < 400:
        return translate("Messages", "会员系统地址不对，请联系管理员")
    return translate("Messages", "会员系统没有受理这次查询，请联系管理员")


def _wait(retry_after: float | None) -> str:
    if retry_after is None:
        return translate("Messages", "会员系统正忙，请稍等片刻再按 F5")
    seconds = max(1, round(retry_after))
    return translate("Messages", "会员系统正忙，请 {seconds} 秒后再按 F5").format(seconds=seconds)


def support_code_text(code: str) -> str:
    """Say the number that the log holds too; "" for ""."""
    return translate("Messages", "问题编号 {code}").format(code=code) if code else ""


def support_suffix(error: PosMemberError) -> str:
    """The platform's code and words, in brackets; its words are cut, never its body shown."""
    if not isinstance(error, ApiError) or isinstance(error, MemberNotFoundError):
        return ""
    words = one_line(error.platform_message)
    if len(words) > _LONGEST_PLATFORM_WORDS:
        words = words[: _LONGEST_PLATFORM_WORDS - 1] + "…"
    if error.code and words:
        text = translate("Messages", "（代码 {code}：{words}）")
    elif error.code:
        text = translate("Messages", "（代码 {code}）")
    elif words:
        text = translate("Messages", "（{words}）")
    else:
        return ""
    return text.format(code=one_line(error.code), words=words)
