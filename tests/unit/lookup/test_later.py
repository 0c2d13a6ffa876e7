"""A call that is made later: once, at most one at a time, or not at all."""

from __future__ import annotations

import asyncio

import pytest

from posmember.lookup.later import Later


class Calls:
    """Notes what it is called with, and tells the waiting test."""

    def __init__(self) -> None:
        self.made: list[tuple[object, ...]] = []
        self.event = asyncio.Event()

    def __call__(self, *given: object) -> None:
        self.made.append(given)
        self.event.set()

    async def wait(self) -> None:
        async with asyncio.timeout(10):
            await self.event.wait()
        self.event.clear()


async def test_it_calls_once_with_what_it_was_given() -> None:
    later, calls = Later(), Calls()
    waits = [later.waits]
    later.call(0.001, calls, "a", 2)
    waits.append(later.waits)
    assert calls.made == [], "never at once"
    await calls.wait()
    assert calls.made == [("a", 2)]
    assert [*waits, later.waits] == [False, True, False]


async def test_another_call_takes_its_place() -> None:
    later, calls = Later(), Calls()
    later.call(0, calls, "first")
    later.call(0.002, calls, "second")
    await calls.wait()
    assert calls.made == [("second",)]


async def test_it_can_be_called_off() -> None:
    later, calls, other = Later(), Calls(), Calls()
    later.call(0, calls)
    later.cancel()
    later.cancel()
    assert not later.waits
    Later().call(0.002, other)
    await other.wait()
    assert calls.made == []


async def test_a_time_that_is_over_is_as_soon_as_can_be() -> None:
    later, calls = Later(), Calls()
    later.call(-5, calls)
    assert calls.made == []
    await calls.wait()
    assert len(calls.made) == 1


async def test_the_work_may_ask_for_itself_again() -> None:
    later, calls = Later(), Calls()
    waiting: list[bool] = []

    def again() -> None:
        waiting.append(later.waits)
        later.call(0, calls)

    later.call(0, again)
    await calls.wait()
    assert waiting == [False]
    assert len(calls.made) == 1


def test_without_a_loop_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="no running event loop"):
        Later().call(0, print)
