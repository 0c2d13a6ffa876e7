"""What an unsigned answer may not do: have an old answer taken for a new one, or a replay."""

from __future__ import annotations

import itertools
from email.utils import formatdate

import httpx
import pytest

from posmember.api.clock import PlatformClock
from posmember.errors import AnswerOldError, AnswerUntrustedError, ApiError
from tests.fakes.network import NOON, ManualTime
from tests.fakes.wechat import Till, answer, refusal, relay_access, unsigned

HOUR = 3600


def lie(at: float) -> httpx.Response:
    """A refused timestamp that anybody may have written, with a time of their choice."""
    return unsigned(401, refusal("SIGN_ERROR"), date=formatdate(at, usegmt=True))


def play(till: Till, *steps: httpx.Response) -> None:
    """Have these come next, and nothing else."""
    till.network.steps.clear()
    till.network.steps.extend(steps)


async def refused(till: Till) -> AnswerUntrustedError:
    with pytest.raises(AnswerUntrustedError) as caught:
        await till.call()
    return caught.value


async def test_an_old_date_makes_no_old_answer_acceptable() -> None:
    till = Till(lie(NOON - HOUR), answer({"secret": 1}, at=NOON - HOUR))
    assert isinstance(await refused(till), AnswerOldError)
    assert not till.network.steps


async def test_nor_do_many_of_them() -> None:
    till = Till()
    for _ in range(6):
        play(till, lie(NOON - HOUR), answer({"secret": 1}, at=NOON - HOUR))
        await refused(till)


async def test_nor_step_by_step_each_of_them_within_the_bound() -> None:
    till = Till()
    accepted = []
    for back in range(0, HOUR, 200):
        at = NOON - back
        play(till, answer({"back": back}, at=at))
        try:
            accepted.append((await till.call())["back"])
        except AnswerUntrustedError:
            play(till, lie(at), answer({"back": back}, at=at))
            await refused(till)
    assert accepted == [0, 200]


async def test_what_was_signed_once_is_the_least_that_it_is_from_then_on() -> None:
    """Of a slow till: no answer is older than one that was believed before it."""
    till = Till(lie(NOON + HOUR), answer({"a": 1}, at=NOON + HOUR))
    assert await till.call() == {"a": 1}
    for at in (NOON, NOON + HOUR - 301):
        play(till, lie(at), answer({"secret": 1}, at=at))
        await refused(till)
    till.time.now += 60
    play(till, lie(NOON + HOUR + 60), answer({"a": 2}, at=NOON + HOUR + 60))
    assert await till.call() == {"a": 2}


async def test_a_time_in_the_future_is_nobodys_to_sign() -> None:
    till = Till(lie(NOON - HOUR), answer({"a": 1}))
    assert isinstance(await refused(till), AnswerOldError), "not what the platform took"


async def test_a_date_does_not_make_a_nonce_forgotten() -> None:
    till = Till(answer({"a": 1}, nonce="once"))
    await till.call()
    for at in itertools.chain(range(700, HOUR, 700), [0]):
        play(till, lie(NOON + at), *[answer({"b": 1}, nonce="once")] * 2)
        with pytest.raises(ApiError):
            await till.call()
    play(till, answer({"b": 1}, nonce="once"))
    assert str(await refused(till)) == "old, or seen before"


async def test_a_lie_is_mended_by_the_platforms_next_refusal() -> None:
    till = Till(lie(NOON - HOUR), lie(NOON))
    with pytest.raises(ApiError):
        await till.call()
    play(till, lie(NOON), answer({"a": 1}))
    assert await till.call() == {"a": 1}
    assert till.gate.offset_s() == 0


async def test_how_far_the_clock_is_off_is_said_by_what_was_signed() -> None:
    till = Till(lie(NOON + HOUR), answer({"a": 1}, at=NOON + HOUR))
    await till.call()
    assert till.gate.offset_s() == HOUR
    play(till, *[lie(NOON - HOUR)] * 3)
    with pytest.raises(ApiError):
        await till.call()
    assert till.gate.offset_s() == HOUR


async def test_the_time_that_is_noted_is_moved_by_no_unsigned_answer() -> None:
    till = Till(lie(NOON - HOUR), lie(NOON - HOUR))
    with pytest.raises(ApiError):
        await till.call()
    assert till.gate.now().timestamp() == NOON
    play(till, lie(NOON + HOUR), answer(at=NOON + HOUR))
    await till.call()
    assert till.gate.now().timestamp() == NOON + HOUR


# --- another platform's clock ---------------------------------------------------------------------


def told(at: float) -> PlatformClock:
    """The clock of another platform that answered; 0 is that none did."""
    clock = PlatformClock(ManualTime())
    if at:
        now = clock.local_time()
        for _ in range(3):
            clock.observe(formatdate(at, usegmt=True), now, now)
    return clock


async def test_a_fast_clock_that_another_platform_tells_of_is_no_hindrance() -> None:
    till = Till(lie(NOON - HOUR), answer({"a": 1}, at=NOON - HOUR))
    till.gate.believe(told(NOON - HOUR))
    assert await till.call() == {"a": 1}
    assert till.gate.offset_s() == -HOUR


@pytest.mark.parametrize("at", [0, NOON, NOON - 2 * HOUR], ids=["no answer", "right", "another"])
async def test_both_have_to_agree(at: float) -> None:
    lies = at or NOON - HOUR
    till = Till(lie(NOON - HOUR), answer({"secret": 1}, at=NOON - HOUR if not at else lies - HOUR))
    till.gate.believe(told(at))
    assert isinstance(await refused(till), AnswerOldError)


def test_a_relay_is_judged_by_no_time() -> None:
    till = Till(access=relay_access())
    till.gate.believe(told(NOON - HOUR))
    assert till.gate.now().timestamp() == NOON
    assert till.gate.offset_s() == 0
