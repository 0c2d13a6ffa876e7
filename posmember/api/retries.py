"""When a failed call is made again, and after how long."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from posmember.api.clock import PlatformClock
from posmember.errors import (
    ApiConnectionError,
    ApiError,
    ApiStatusError,
    ApiTimeoutError,
    ConnectionProblem,
    RateLimitedError,
    SignatureRejectedError,
)

T = TypeVar("T")

_log = logging.getLogger(__name__)

MAX_TRIES = 3
MAX_RETRY_AFTER_S = 2.0
"""A cashier has two seconds; a platform that asks for more is answered with an error."""
FIRST_DELAY_S = 0.1
_MOST_JITTER_S = 0.2
_RETRIED_STATUS = frozenset({502, 503, 504})
_RETRIED = frozenset(
    {
        ConnectionProblem.NO_CONNECTION,
        ConnectionProblem.NAME_UNKNOWN,
        ConnectionProblem.TLS_FAILED,
        ConnectionProblem.PROXY_UNREACHABLE,
        ConnectionProblem.PROXY_REFUSED,
    }
)
"""What may pass by itself in a moment. No certificate, clock or login does."""


async def pause(seconds: float) -> None:
    """Wait before another try."""
    await asyncio.sleep(seconds)


@asynccontextmanager
async def deadline(api: str, timeout_s: float) -> AsyncIterator[None]:
    """Give a call so long, with all its tries. Raises ApiTimeoutError when it is over."""
    try:
        async with asyncio.timeout(timeout_s):
            yield
    except TimeoutError as error:
        raise ApiTimeoutError(f"no answer in {timeout_s:g} s", api=api) from error


async def with_retries(
    api: str,
    call: Callable[[], Awaitable[T]],
    clock: PlatformClock,
    delay: Callable[[ApiError, int], float | None],
) -> T:
    """Make a call, again where it failed and another try may help.

    A refused signature is made anew at once where there is another time to sign by: the answer
    showed that the till's clock is off.

    Args:
        api: the operation's name for the log.
        call: makes one try; signs anew each time.
        clock: learns from the answers.
        delay: seconds to wait before another try, of an error and the number of tries so far;
            None is no other try.

    Raises:
        ApiError: the last try's; see `posmember.errors`.
    """
    tries = 0
    signed_by: list[float] = []
    while True:
        tries += 1
        signed_by.append(clock.signs_by)
        try:
            return await call()
        except SignatureRejectedError:
            if tries == MAX_TRIES or not clock.sign_otherwise(signed_by):
                raise
            _log.info("%s: signing again, the clock was off", api)
        except (ApiConnectionError, ApiStatusError, RateLimitedError) as error:
            wait_s = delay(error, tries)
            if wait_s is None:
                raise
            await pause(wait_s)


def retry_delay(error: ApiError, tries: int, *, unsaid_wait_s: float | None = None) -> float | None:
    """Seconds to wait before another try, with jitter; None is no other try.

    Tried again: a connection that failed in a way that may pass by itself, HTTP 502, 503 and 504,
    and a limit that asks for a short wait. A timeout is not: the cashier has waited enough.

    Args:
        tries: how many there were.
        unsaid_wait_s: the wait at a limit that does not say how long; None is no other try.
    """
    if tries == MAX_TRIES:
        return None
    if isinstance(error, ApiConnectionError) and error.problem not in _RETRIED:
        return None
    if isinstance(error, RateLimitedError):
        asked = unsaid_wait_s if error.retry_after is None else error.retry_after
        if asked is None or asked > MAX_RETRY_AFTER_S:
            return None
        return asked + random.uniform(0, _MOST_JITTER_S)  # noqa: S311 - jitter, not cryptography
    if isinstance(error, ApiStatusError) and error.status not in _RETRIED_STATUS:
        return None
    return FIRST_DELAY_S * tries * random.uniform(0.5, 1.5)  # noqa: S311
