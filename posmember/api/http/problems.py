"""What was wrong with a connection that failed, and with a certificate that was refused.

The certificate is judged by OpenSSL, Windows or macOS (truststore), each with numbers of its own.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Final

import httpx
from socksio.exceptions import SOCKSError

from posmember.errors import ConnectionProblem

_EXPIRED: Final = ConnectionProblem.CERTIFICATE_EXPIRED
_NOT_YET_VALID: Final = ConnectionProblem.CERTIFICATE_NOT_YET_VALID
_OTHER_HOST: Final = ConnectionProblem.CERTIFICATE_OTHER_HOST
_UNTRUSTED: Final = ConnectionProblem.CERTIFICATE_UNTRUSTED
_REVOKED: Final = ConnectionProblem.CERTIFICATE_REVOKED
_WEAK: Final = ConnectionProblem.CERTIFICATE_WEAK

_OPENSSL: Final[Mapping[int, ConnectionProblem]] = {
    9: _NOT_YET_VALID,
    10: _EXPIRED,
    **dict.fromkeys((2, 7, 18, 19, 20, 21, 24, 27, 28, 79), _UNTRUSTED),
    23: _REVOKED,
    **dict.fromkeys((62, 64), _OTHER_HOST),  # a name, an address
    **dict.fromkeys((66, 67, 68), _WEAK),
}
_WINDOWS: Final[Mapping[int, ConnectionProblem]] = {
    0x800B0101: _EXPIRED,  # or not yet valid: Windows has one number for both
    0x800B0102: _EXPIRED,
    **dict.fromkeys((0x800B0109, 0x800B010A, 0x800B010D, 0x80096004), _UNTRUSTED),
    **dict.fromkeys((0x800B010C, 0x80092010), _REVOKED),
    0x800B010F: _OTHER_HOST,
    0x80096005: _EXPIRED,  # a stamp of time that does not hold
}
_MACOS: Final[Mapping[int, ConnectionProblem]] = {
    -67818: _EXPIRED,
    -67819: _NOT_YET_VALID,
    **dict.fromkeys((-67843, -67612, -25318), _UNTRUSTED),
    -67820: _REVOKED,
    -67602: _OTHER_HOST,
    **dict.fromkeys((-67735, -67736), _WEAK),
}
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST"})
"""OpenSSL's names of what it reads from somebody who speaks something else."""
_TO_THE_PROXY: Final = ("connection.", "socks.connect_tcp")
_THROUGH_THE_PROXY: Final = ("proxy.start_tls", "socks.start_tls")
"""The proxy said that it leads there; where no TLS comes of it, it does not."""
_PROXY_LOGIN: Final = ("407", "401", "Invalid username", "Requested ")
_UNSIGNED_32: Final = 0xFFFFFFFF


_OF_CERTIFICATES: Final = frozenset(
    {*_OPENSSL.values(), *_WINDOWS.values(), *_MACOS.values(), ConnectionProblem.CERTIFICATE_WRONG}
)


def problem_of(error: BaseException, step: str = "") -> ConnectionProblem:
    """Why a connection could not be opened; NO_CONNECTION where its causes do not tell.

    Args:
        error: as httpx raised it, with its causes.
        step: on the way through a proxy, the last that httpcore told of; "" without a proxy.
    """
    if isinstance(error, httpx.ProxyError):
        return _proxy_problem(str(error))
    if isinstance(error, SOCKSError):
        return ConnectionProblem.PROXY_REFUSED
    if not isinstance(error, httpx.ConnectError):
        return ConnectionProblem.NO_CONNECTION  # it was open: what broke it says little
    if step.startswith(_TO_THE_PROXY):
        return ConnectionProblem.PROXY_UNREACHABLE
    problem = next(filter(None, map(_told_by, _causes(error))), ConnectionProblem.NO_CONNECTION)
    by_its_word = step.startswith(_THROUGH_THE_PROXY) and problem not in _OF_CERTIFICATES
    return ConnectionProblem.PROXY_REFUSED if by_its_word else problem


def _told_by(cause: BaseException) -> ConnectionProblem | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return certificate_problem(getattr(cause, "verify_code", 0))
    if isinstance(cause, ssl.SSLError):
        spoke_tls = getattr(cause, "reason", None) not in _NO_TLS
        return ConnectionProblem.TLS_FAILED if spoke_tls else ConnectionProblem.NO_TLS
    return ConnectionProblem.NAME_UNKNOWN if isinstance(cause, socket.gaierror) else None


def _proxy_problem(words: str) -> ConnectionProblem:
    """Of httpcore's words: an HTTP proxy's status and reason, or what a SOCKS proxy said."""
    if words.startswith(_PROXY_LOGIN):
        return ConnectionProblem.PROXY_LOGIN
    leads_away = words.startswith(("30", "511"))
    return ConnectionProblem.LOGIN if leads_away else ConnectionProblem.PROXY_REFUSED


def certificate_problem(code: int) -> ConnectionProblem:
    """What a certificate was refused for, by the number of whoever judged it."""
    for numbers, number in ((_OPENSSL, code), (_MACOS, code), (_WINDOWS, code & _UNSIGNED_32)):
        if number in numbers:
            return numbers[number]
    return ConnectionProblem.CERTIFICATE_WRONG


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
