"""Exit codes, and the one line on standard error that goes with them."""

from __future__ import annotations

from enum import IntEnum

from posmember.cli.connections import connection_words
from posmember.cli.lines import complain
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiResponseError,
    ApiStatusError,
    ApiTimeoutError,
    CardNotFoundError,
    ConfigError,
    CredentialError,
    KeyringLockedError,
    KeyringSilentError,
    MemberNotFoundError,
    NoSupervisorError,
    NotAllowedError,
    OtherMemberError,
    PinRejectedError,
    PosMemberError,
    RateLimitedError,
    SecretProblem,
    SecretRejectedError,
    SignatureRejectedError,
    SupervisorNeededError,
    UnknownKeyError,
)

_REJECTED = {
    SecretProblem.WRONG: (
        "账号、卡号或密码、内部卡号不对,请核对 / account or card and its secret do not match"
    ),
    SecretProblem.LOCKED: "错误次数太多,会员系统暂时锁定了,请稍后再试 / too many tries, locked",
    SecretProblem.FROZEN: "这个账号或卡已冻结,不能使用 / the account or card is frozen",
}
_HTTP_REFUSED = (401, 403)
_HTTP_SERVER_ERROR = 500


class Exit(IntEnum):
    """The command line's exit codes: a public interface."""

    FOUND = 0
    WRONG_USE = 2
    NOT_FOUND = 3
    NO_CONNECTION = 4
    KEYS_REFUSED = 5
    OTHER = 6


class WrongUseError(Exception):
    """A command was given what it cannot use; the text says so in Chinese and English.

    Whoever runs the command says it and gives `Exit.WRONG_USE`; no command has to catch it.
    """


def exit_code(error: PosMemberError) -> Exit:
    """The exit code for an error."""
    match error:
        case ConfigError():
            return Exit.WRONG_USE
        case MemberNotFoundError() | CardNotFoundError():
            return Exit.NOT_FOUND
        case SecretRejectedError(problem=SecretProblem.WRONG):
            return Exit.NOT_FOUND
        case CredentialError() | SignatureRejectedError() | NotAllowedError():
            return Exit.KEYS_REFUSED
        case PinRejectedError() | NoSupervisorError() | SupervisorNeededError():
            return Exit.KEYS_REFUSED
        case UnknownKeyError():
            return Exit.KEYS_REFUSED
        case ApiConnectionError() | RateLimitedError():
            return Exit.NO_CONNECTION
        case ApiStatusError():
            return Exit.NO_CONNECTION if error.is_page else _status_exit(error.status)
        case _:
            return Exit.OTHER


def _status_exit(status: int) -> Exit:
    if status in _HTTP_REFUSED:
        return Exit.KEYS_REFUSED
    return Exit.NO_CONNECTION if status >= _HTTP_SERVER_ERROR else Exit.OTHER


def explain(error: PosMemberError) -> str:
    """What happened and what to do, in Chinese and English, on one line."""
    return " ".join((*_words(error), support(error))).strip()


def _words(error: PosMemberError) -> tuple[str, ...]:
    match error:
        case ConfigError():
            return ("配置有误,请按提示修改 / configuration:", str(error))
        case KeyringSilentError():
            return (
                "系统密钥库没有回应,请解锁后再试 / unlock the keyring, then try again:",
                str(error),
            )
        case KeyringLockedError():
            return (
                "系统密钥库没有解锁,请再运行一次并输入密码"
                " / the keyring stayed locked, run it again and give its password:",
                str(error),
            )
        case CredentialError():
            return (
                "没有可用的开放密钥,请运行 posmember set-open-key 或设置 POSMEMBER_OPEN_KEY"
                " / no open key, run posmember set-open-key or set POSMEMBER_OPEN_KEY:",
                str(error),
            )
        case MemberNotFoundError():
            return ("没有找到会员,请核对号码 / no such member, check the code",)
        case SecretRejectedError():
            return (_REJECTED[error.problem],)
        case OtherMemberError():
            return (
                "会员系统给的可能是另一位会员,没有显示"
                " / the answer may be about another person, so it is not shown",
            )
        case SignatureRejectedError():
            return (
                "平台拒绝了密钥或签名,请运行 posmember doctor"
                " / the platform refused keys or signature, run posmember doctor",
            )
        case RateLimitedError():
            return ("平台繁忙,请稍后再试 / the platform is busy, try again in a moment",)
        case ApiTimeoutError():
            return ("平台没有及时回答,请检查网络后再试 / no answer in time, check the network",)
        case ApiConnectionError():
            known = connection_words(error, "会员系统", "the platform")
            return (
                known or "连不上平台,请检查网络和地址 / no connection, check network and address",
            )
        case ApiStatusError(is_page=True):
            return (
                f"平台或中间的网关返回 HTTP {error.status} 的网页"
                " / a web page of the platform or of a gateway on the way",
            )
        case ApiStatusError():
            return (f"平台返回 HTTP {error.status},请稍后再试 / HTTP status, try again later",)
        case ApiResponseError():
            return ("平台的回答无法读取 / the answer could not be read at", error.path)
        case _:
            return ("平台拒绝了请求 / the platform refused the call",)


def support(error: PosMemberError) -> str:
    """What the platform's support asks for: its code, words and request id."""
    if not isinstance(error, ApiError):
        return ""
    parts = (error.code, error.platform_message, error.request_id)
    told = " ".join(part for part in parts if part)
    return f"[{told}]" if told else ""


def fail(words: str, code: Exit) -> Exit:
    """Say one line on standard error and give the exit code back."""
    complain(words)
    return code
