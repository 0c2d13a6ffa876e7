"""Whether a till can look members up: one thing after the other, each told when it is known.

Nobody is looked up: a member code that nobody has proves as much, as the platform has to verify
the keys before it can say that there is no such member.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from posmember.api.clock import PlatformClock
from posmember.api.qimai.platform import Platform
from posmember.api.qimai.signing import SignKeys
from posmember.domain.context import OrderType
from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.money import ZERO
from posmember.errors import (
    ApiBusinessError,
    ApiConnectionError,
    ApiStatusError,
    ClockRejectedError,
    ConnectionProblem,
    MemberNotFoundError,
    PosMemberError,
    RateLimitedError,
    SignatureRejectedError,
)

NOBODY: Final = Identifier(IdentifierKind.MEMBER_CODE, "posmember-doctor")
NO_USER: Final = "0"

Ask = Callable[[], Awaitable[object]]


class Step(StrEnum):
    """What is checked, in this order."""

    NAME = "name"
    """The address's name is known."""
    TLS = "tls"
    """The connection is made, and is the platform's."""
    CLOCK = "clock"
    KEYS = "keys"
    """The open id, the grant code and the open key are taken."""
    STORE = "store"
    MEMBER_INFO = "member_info"
    IDENTITY = "identity"
    GIFT_CARDS = "gift_cards"
    """The operations, each of which needs a permission of its own."""


class Outcome(StrEnum):
    """What came of a step."""

    GOOD = "good"
    NOTE = "note"
    """It works, and there is something to say."""
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """A step before it failed, on which it hangs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one step.

    Args:
        error: why it failed; None where it did not.
        spelling: of KEYS: the spelling of V2's signed keys that the platform takes.
        offset_s: of CLOCK: seconds that this computer is behind (+) or ahead (-).
    """

    step: Step
    outcome: Outcome
    error: PosMemberError | None = None
    spelling: SignKeys | None = None
    offset_s: int = 0


async def check_platform(
    platform: Platform, clock: PlatformClock, spelling: SignKeys, *, has_store: bool
) -> AsyncIterator[Finding]:
    """Check the platform step by step; every step is told once, in its order.

    Args:
        spelling: the one that `platform` signs with; the other one is tried where it is refused.
        has_store: whether `platform` names a store in its calls.
    """
    found, error = await _find_spelling(platform, spelling)
    store_error: PosMemberError | None = None
    if found is None and _is_refusal(error) and has_store:
        # Refused with the store's code: is it the store, or all of it?
        found, without = await _find_spelling(platform.without_store(), spelling)
        if found is not None:
            store_error, error = error, None
        else:
            error = without
    for finding in _connection(clock, error):
        yield finding
    if not _was_verified(error):
        if not _has_no_answer(error):
            yield Finding(Step.KEYS, Outcome.FAILED, error)
        for step in _steps_after(Step.KEYS if not _has_no_answer(error) else Step.CLOCK):
            yield Finding(step, Outcome.NOT_TRIED)
        return
    used = found or spelling
    yield Finding(Step.KEYS, Outcome.GOOD, spelling=used)
    asked = platform if store_error is None else platform.without_store()
    yield _store(store_error, has_store=has_store, proven=error is None)
    yield Finding(Step.MEMBER_INFO, Outcome.GOOD if error is None else Outcome.FAILED, error)
    if used is not spelling:
        asked = asked.spelled(used)
    yield await _permission(Step.IDENTITY, lambda: asked.identity(NOBODY))
    yield await _permission(Step.GIFT_CARDS, lambda: asked.gift_cards(NO_USER))


async def _find_spelling(
    platform: Platform, spelling: SignKeys
) -> tuple[SignKeys | None, PosMemberError | None]:
    """The spelling that the platform takes, or why it takes neither."""
    error = await _error_of(lambda: _ask(platform))
    if error is None:
        return spelling, None
    if not isinstance(error, SignatureRejectedError) or isinstance(error, ClockRejectedError):
        return None, error
    other = SignKeys.PASCAL if spelling is SignKeys.CAMEL else SignKeys.CAMEL
    again = await _error_of(lambda: _ask(platform.spelled(other)))
    if again is None:
        return other, None
    # Refused both ways it is the keys, not their spelling.
    return None, error if isinstance(again, SignatureRejectedError) else again


async def _ask(platform: Platform) -> object:
    return await platform.member_info(NOBODY, order_type=OrderType.DINE_IN, discount=ZERO)


async def _error_of(ask: Ask) -> PosMemberError | None:
    """What went wrong; that nobody was found is how it should be."""
    try:
        await ask()
    except MemberNotFoundError:
        return None
    except PosMemberError as error:
        return error
    return None


async def _permission(step: Step, ask: Ask) -> Finding:
    error = await _error_of(ask)
    return Finding(step, Outcome.GOOD if error is None else Outcome.FAILED, error)


def _connection(clock: PlatformClock, error: PosMemberError | None) -> list[Finding]:
    """NAME, TLS and CLOCK, as far as the first call tells them."""
    failed = _failed_at(error)
    if failed is None:
        return [Finding(Step.NAME, Outcome.GOOD), Finding(Step.TLS, Outcome.GOOD), _clock(clock)]
    # With a certificate whose dates seem wrong to this clock, there was no connection either.
    connected = isinstance(error, ClockRejectedError)
    outcomes = {
        Step.NAME: Outcome.GOOD,
        Step.TLS: Outcome.GOOD if connected else Outcome.NOT_TRIED,
        Step.CLOCK: Outcome.NOT_TRIED,
        failed: Outcome.FAILED,
    }
    return [
        Finding(step, outcome, error if step is failed else None)
        for step, outcome in outcomes.items()
    ]


def _clock(clock: PlatformClock) -> Finding:
    is_right = clock.calibrated and not clock.offset_s
    outcome = Outcome.GOOD if is_right else Outcome.NOTE
    return Finding(Step.CLOCK, outcome, offset_s=clock.offset_s)


def _failed_at(error: PosMemberError | None) -> Step | None:
    """The step of the connection at which a call failed; None where it got through."""
    if isinstance(error, ClockRejectedError):
        return Step.CLOCK
    if isinstance(error, ApiConnectionError):
        if error.problem is ConnectionProblem.NAME_UNKNOWN:
            return Step.NAME
        return Step.CLOCK if error.problem is ConnectionProblem.CLOCK else Step.TLS
    return Step.TLS if isinstance(error, ApiStatusError) else None


def _has_no_answer(error: PosMemberError | None) -> bool:
    return _failed_at(error) is not None


def _was_verified(error: PosMemberError | None) -> bool:
    """Whether the platform took the keys: it found nobody, or refused for another reason."""
    if error is None:
        return True
    return _is_refusal(error)


def _is_refusal(error: PosMemberError | None) -> bool:
    """Whether it is about what was asked, neither the keys nor how much was asked."""
    told_apart = (SignatureRejectedError, RateLimitedError)
    return isinstance(error, ApiBusinessError) and not isinstance(error, told_apart)


def _store(error: PosMemberError | None, *, has_store: bool, proven: bool) -> Finding:
    if error is not None:
        return Finding(Step.STORE, Outcome.FAILED, error)
    if has_store and not proven:
        return Finding(Step.STORE, Outcome.NOT_TRIED)
    return Finding(Step.STORE, Outcome.GOOD if has_store else Outcome.NOTE)


def _steps_after(step: Step) -> list[Step]:
    steps = list(Step)
    return steps[steps.index(step) + 1 :]
