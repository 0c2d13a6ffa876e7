"""Only the latest run counts."""

from __future__ import annotations

import asyncio

import pytest

from posmember.lookup.latest import LatestTask
from tests.fakes.platform import until_idle


class Work:
    """Runs until it is told to end."""

    def __init__(self) -> None:
        self.begun = False
        self.cancelled = False
        self.end = asyncio.Event()

    async def run(self) -> None:
        self.begun = True
        try:
            await self.end.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise


async def test_a_run_from_begin_to_end() -> None:
    latest, work = LatestTask(), Work()
    running = [latest.running]
    task = latest.start(work.run())
    running.append(latest.running)
    work.end.set()
    await task
    running.append(latest.running)
    assert running == [False, True, False]


async def test_another_run_cancels_the_one_before() -> None:
    latest, first, second = LatestTask(), Work(), Work()
    earlier = latest.start(first.run())
    number = latest.run_number
    await until_idle()
    later = latest.start(second.run())
    await until_idle()
    assert (first.cancelled, second.cancelled) == (True, False)
    assert earlier.cancelled()
    assert latest.run_number > number
    assert latest.running
    second.end.set()
    await later


async def test_a_run_that_never_began_is_cancelled_too() -> None:
    latest, first, second = LatestTask(), Work(), Work()
    earlier = latest.start(first.run())
    later = latest.start(second.run())
    await until_idle()
    assert (first.begun, second.begun) == (False, True)
    assert earlier.cancelled()
    second.end.set()
    await later


async def test_cancel() -> None:
    latest, work = LatestTask(), Work()
    task = latest.start(work.run())
    await until_idle()
    number = latest.run_number
    latest.cancel()
    assert latest.run_number == number + 1
    assert not latest.running
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancel_with_nothing_under_way() -> None:
    latest = LatestTask()
    latest.cancel()
    assert not latest.running
    assert latest.run_number == 1


async def test_every_run_has_a_number_of_its_own() -> None:
    latest = LatestTask()
    numbers = []
    for _ in range(3):
        task = latest.start(asyncio.sleep(0))
        numbers.append(latest.run_number)
        await task
    assert len(set(numbers)) == 3


async def test_a_late_answer_can_be_told_by_its_number() -> None:
    """A cancelled task may be resumed once more before its cancellation reaches it."""
    latest = LatestTask()
    shown: list[str] = []
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def show() -> None:
        number = latest.run_number
        text = await asyncio.shield(answer)
        if number == latest.run_number:
            shown.append(text)

    task = latest.start(show())
    await until_idle()
    answer.set_result("late")
    latest.cancel()
    await until_idle()
    assert task.done()
    assert shown == []
