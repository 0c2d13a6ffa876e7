"""Every exception class of posmember, one line each on when it is raised.

Foreign exceptions are wrapped once, where they enter (`api.transport`, `credentials`), with
`raise … from`. No message ever holds a secret, a member's data or a raw body.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum


def leaves(error: BaseException) -> list[BaseException]:
    """What an exception is about: of a group, nested as it may be, its members, each once."""
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    found = {id(leaf): leaf for each in error.exceptions for leaf in leaves(each)}
    return list(found.values())


@contextmanager
def ungrouped() -> Iterator[None]:
    """Raise what a task group gathered as itself, where it is one thing.

    Several failures that were raised on purpose are one: the first says as much as all. Several
    exceptions with a bug among them stay a group.
    """
    try:
        yield
        return
    except BaseExceptionGroup as group:
        found = leaves(group)
        alone = len(found) == 1 or all(isinstance(leaf, PosMemberError) for leaf in found)
        told = found[0] if alone else group
    led_to_it = told.__context__
    try:
        raise told
    finally:
        told.__context__ = led_to_it  # not the group, which Python puts there now


class PosMemberError(Exception):
    """Anything that posmember raises on purpose; everything else is a bug."""


class ConfigError(PosMemberError):
    """The configuration file is missing, unreadable or wrong; the text names file and key."""


class NotSetUpError(ConfigError):
    """There is no configuration yet, or it lacks what every till has to say."""


class CredentialError(PosMemberError):
    """A key is not there or is no such key, or the system's keyring refused to give or take it."""


class KeyMissingError(CredentialError):
    """The system's keyring was asked, and no open key is in it for this open id."""


class KeyringSilentError(CredentialError):
    """The system's keyring has not answered yet: it may wait for a person to unlock it."""


class KeyringLockedError(CredentialError):
    """The system's keyring stayed locked: whoever was asked for its password gave none."""


class PinRejectedError(PosMemberError):
    """A supervisor's PIN was wrong, or too many were.

    Args:
        tries_left: before a pause.
        wait_s: seconds to wait until the next try; 0 where there are tries left.
    """

    def __init__(self, message: str, *, tries_left: int = 0, wait_s: int = 0) -> None:
        super().__init__(message)
        self.tries_left = tries_left
        self.wait_s = wait_s


class NoSupervisorError(PosMemberError):
    """No supervisor is set up on this machine, so nobody may change a card."""


class SupervisorNeededError(PosMemberError):
    """Who is a supervisor is for supervisors and the machine's administrator to change."""


class AuditError(PosMemberError):
    """The audit log cannot be written: before a change, so that nothing is sent."""


class ApiError(PosMemberError):
    """A call of the platform failed.

    Args:
        message: what happened, in English, for the log; never with personal data.
        api: the operation that was called, e.g. ``member_info``.
        code: the platform's own code as text, or "" where there is none.
        request_id: the platform's request id from the answer's headers, or "".
        platform_message: the platform's own words, for the cashier's support line.
    """

    def __init__(
        self,
        message: str,
        *,
        api: str = "",
        code: str = "",
        request_id: str = "",
        platform_message: str = "",
    ) -> None:
        super().__init__(message)
        self.api = api
        self.code = code
        self.request_id = request_id
        self.platform_message = platform_message
        self.unnoted = ""
        """Of a card's change: why the audit log lacks what became of it; "" where it has that."""

    @property
    def is_refusal(self) -> bool:
        """Whether the platform understood the call and refused it; else nobody knows."""
        return isinstance(self, ApiBusinessError)


class ConnectionProblem(StrEnum):
    """Why no answer of the platform came; the values stand in the JSON, and keep their meaning."""

    NO_CONNECTION = "no_connection"
    """Nothing more is known: no network, refused, cut in the middle."""
    NO_ANSWER = "no_answer"
    NAME_UNKNOWN = "name_unknown"
    CLOCK = "clock"
    """The certificate's dates do not hold, as the till's own clock is wrong."""
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_OTHER_HOST = "certificate_other_host"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    """Signed by itself, or by nobody whom this system trusts: a company's gateway, a portal."""
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_WEAK = "certificate_weak"
    CERTIFICATE_WRONG = "certificate_wrong"
    """In another way."""
    NO_TLS = "no_tls"
    """What answered speaks no TLS."""
    TLS_FAILED = "tls_failed"
    """It does, and both could not agree, or it hung up."""
    LOGIN = "login"
    """The network wants somebody to log in first: a captive portal."""
    PAGE = "page"
    """A web page came in place of an answer: most likely the same."""
    PROXY_UNREACHABLE = "proxy_unreachable"
    PROXY_LOGIN = "proxy_login"
    PROXY_REFUSED = "proxy_refused"


class ApiConnectionError(ApiError):
    """No answer of the platform came, only perhaps one of what stands between.

    Args:
        problem: why, as far as it is known.
        own_time: what the till's clock says, where its own error may be why.
    """

    def __init__(
        self,
        message: str,
        *,
        problem: ConnectionProblem = ConnectionProblem.NO_CONNECTION,
        own_time: datetime | None = None,
        api: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(message, api=api, request_id=request_id)
        self.problem = problem
        self.own_time = own_time


class ApiTimeoutError(ApiConnectionError):
    """No answer came in time."""

    def __init__(self, message: str, *, api: str = "", request_id: str = "") -> None:
        problem = ConnectionProblem.NO_ANSWER
        super().__init__(message, problem=problem, api=api, request_id=request_id)


class ApiStatusError(ApiError):
    """The answer's HTTP status was not 200 (redirects too: they are never followed).

    Args:
        status: the HTTP status.
        code: the platform's own code, where it gave one.
        is_page: whether a web page came with it, or nothing that the platform writes, so that
            it may be of what stands between.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        is_page: bool = False,
        api: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(message, api=api, code=code or str(status), request_id=request_id)
        self.status = status
        self.is_page = is_page


class ApiBusinessError(ApiError):
    """The platform understood the call and refused it, or failed itself (`status` false)."""


class MemberNotFoundError(ApiBusinessError):
    """The platform knows no member by this identifier."""


class SecretProblem(StrEnum):
    """Why a password, or a card's inner number, identifies nobody; the values stand in the JSON."""

    WRONG = "wrong"
    """It is not this account's or card's, or there is no such account or card."""
    LOCKED = "locked"
    """It was wrong too often, so that no more tries are taken for a time."""
    FROZEN = "frozen"
    """The account or the card may not be used."""


class SecretRejectedError(ApiBusinessError):
    """The platform did not identify a member by what they gave.

    Args:
        problem: why.
        told: as in `ApiError`.
    """

    def __init__(self, message: str, *, problem: SecretProblem, **told: str) -> None:
        super().__init__(message, **told)
        self.problem = problem


class OtherMemberError(ApiError):
    """The answer is, or may be, another person's than was asked for: nothing of it is used."""


class OtherCardError(ApiError):
    """WeChat Pay's answer is another card than was asked for, so nothing of it is shown."""


class SignatureRejectedError(ApiBusinessError):
    """The platform did not accept the keys, the signature, the timestamp or the nonce."""


class ClockRejectedError(SignatureRejectedError):
    """The same, and the till's clock is further off than the platform allows.

    Args:
        offset_s: seconds that the till's clock is behind (+) or ahead (-).
        told: as in `ApiError`.
    """

    def __init__(self, message: str, *, offset_s: int, **told: str) -> None:
        super().__init__(message, **told)
        self.offset_s = offset_s


class NotAllowedError(ApiBusinessError):
    """WeChat Pay knows the caller, who may not do this (HTTP 403, ``NO_AUTH``)."""


class CardNotFoundError(ApiBusinessError):
    """WeChat Pay knows no such membership card of this person and template (HTTP 404)."""


class RateLimitedError(ApiBusinessError):
    """Too many calls, or the platform is overloaded (HTTP 429, or its message says so).

    Args:
        retry_after: seconds the platform asked to wait, or None.
        is_page: as in `ApiStatusError`.
        told: as in `ApiError`.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        is_page: bool = False,
        **told: str,
    ) -> None:
        super().__init__(message, **told)
        self.retry_after = retry_after
        self.is_page = is_page


class ApiResponseError(ApiError):
    """The answer could not be read.

    Args:
        path: the JSON path of what could not be read; "$" is the whole answer.
    """

    def __init__(self, message: str, *, path: str, api: str = "", request_id: str = "") -> None:
        super().__init__(message, api=api, request_id=request_id)
        self.path = path


class AnswerUntrustedError(ApiError):
    """An answer's signature does not hold, is old or was seen before: nothing of it was read."""


class AnswerOldError(AnswerUntrustedError):
    """An answer was signed at another time than it is now, so it may be an old one.

    Args:
        offset_s: seconds that its time is ahead (+) of the till's clock or behind it (-).
        told: as in `ApiError`.
    """

    def __init__(self, message: str, *, offset_s: int, **told: str) -> None:
        super().__init__(message, **told)
        self.offset_s = offset_s


class UnknownKeyError(AnswerUntrustedError):
    """An answer is signed with a key of WeChat Pay that was not imported.

    Args:
        key_id: the key's id as the answer names it.
    """

    def __init__(self, message: str, *, key_id: str, api: str = "", request_id: str = "") -> None:
        super().__init__(message, api=api, request_id=request_id)
        self.key_id = key_id


class UpdateProblem(StrEnum):
    """Why there is no update, or it was not installed."""

    OFF = "off"
    """Head office has turned updates off."""
    NO_ADDRESS = "no_address"
    NO_ROOT = "no_root"
    """The program was built without the keys of updates."""
    NOT_INSTALLED = "not_installed"
    """It runs from a checkout, or from an environment of Python's."""
    BY_OTHERS = "by_others"
    """This edition is updated by the machine's administrator, or by apt."""
    NO_CONNECTION = "no_connection"
    LOGIN = "login"
    """A network's or a proxy's page came in place of what was asked for."""
    STATUS = "status"
    """Another answer than was to be: an error, or a redirect, which is never followed."""
    SLOW = "slow"
    LONG = "long"
    UNSIGNED = "unsigned"
    OLD = "old"
    """Older than what this till has seen."""
    EXPIRED = "expired"
    CLOCK = "clock"
    """This computer's clock is off, so that nobody knows what has expired."""
    DAMAGED = "damaged"
    """A length or a hash is another one than was signed."""
    UNREADABLE = "unreadable"
    NO_SPACE = "no_space"
    NOT_WRITTEN = "not_written"
    NOT_PRIVATE = "not_private"
    """Others may write where updates are kept."""
    OTHER_SIGNER = "other_signer"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    """The program ends meanwhile."""


class UpdateError(PosMemberError):
    """There is no update, or it is not to be trusted or cannot be installed.

    Args:
        problem: why.
    """

    def __init__(self, message: str, *, problem: UpdateProblem) -> None:
        super().__init__(message)
        self.problem = problem
