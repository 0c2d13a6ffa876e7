"""What a refused certificate really was: the till's own clock, a portal's, or what it says."""

from __future__ import annotations

from posmember.api.clock import PlatformClock
from posmember.api.http.client import HttpClient
from posmember.errors import ApiConnectionError, ConnectionProblem

_DATES = (
    ConnectionProblem.CERTIFICATE_EXPIRED,
    ConnectionProblem.CERTIFICATE_NOT_YET_VALID,
)
_LOOKED_AT = (
    *_DATES,
    ConnectionProblem.CERTIFICATE_OTHER_HOST,
    ConnectionProblem.CERTIFICATE_UNTRUSTED,
    ConnectionProblem.NO_TLS,
)


async def diagnosed(
    error: ApiConnectionError, client: HttpClient, url: str, clock: PlatformClock
) -> ApiConnectionError | None:
    """Find out more of a connection that was not opened; None where there is no more.

    Whether a certificate's dates do not hold, or the till's clock is wrong, is told by the clock's
    own year, by answers that came before, and by the time that the server tells. Of a certificate
    that begins in the future it is the clock unless answers agree with it: nobody gives out one
    for later.

    Args:
        url: what was asked for.
        clock: the platform's.
    """
    if error.problem not in _LOOKED_AT:
        return None
    if error.problem in _DATES and clock.own_is_off() is not None:
        return _dated(error, clock, None)
    look = await client.look(url, tls=error.problem is not ConnectionProblem.NO_TLS)
    if look.wants_login:
        return _named(error, ConnectionProblem.LOGIN)
    return _dated(error, clock, look.date) if error.problem in _DATES else None


def _dated(error: ApiConnectionError, clock: PlatformClock, told: str | None) -> ApiConnectionError:
    is_off = clock.own_is_off(told)
    begins_later = error.problem is ConnectionProblem.CERTIFICATE_NOT_YET_VALID
    if is_off or (begins_later and clock.own_is_off() is None):
        return _named(error, ConnectionProblem.CLOCK, clock)
    return _named(error, error.problem, clock if is_off is None else None)


def _named(
    error: ApiConnectionError, problem: ConnectionProblem, clock: PlatformClock | None = None
) -> ApiConnectionError:
    own_time = None if clock is None else clock.own_now()
    was = "" if problem is error.problem else f", {error.problem}"
    what = f"{problem}{was}"
    return ApiConnectionError(what, problem=problem, own_time=own_time, api=error.api)
