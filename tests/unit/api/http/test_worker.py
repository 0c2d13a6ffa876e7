"""The network's thread: work goes on without who asked, and nothing keeps the process alive."""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from posmember.api.http.worker import MOST_NAMES, Worker
from tests.fakes.network import Flag


def named(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


async def test_work_is_done_in_the_one_thread() -> None:
    worker = Worker("posmember-test")
    assert not worker.started

    async def work() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    first, second = await asyncio.gather(worker.run(work), worker.run(work))
    assert first == second != threading.get_ident()
    await worker.aclose()
    assert named("posmember-test") == []


async def test_an_exception_comes_to_who_asked() -> None:
    worker = Worker("posmember-test")

    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await worker.run(work)
    await worker.aclose()


async def test_work_that_was_cancelled_from_within_is_cancelled_for_who_asked() -> None:
    worker = Worker("posmember-test")

    async def work() -> None:
        raise asyncio.CancelledError

    answer = worker.run(work)
    with pytest.raises(asyncio.CancelledError):
        await answer
    await worker.aclose()


async def test_closing_what_never_began_and_closing_twice() -> None:
    worker = Worker("posmember-test")
    await worker.aclose()

    async def work() -> None:
        pass

    await worker.run(work)
    await worker.aclose()
    await worker.aclose()


async def test_closing_does_not_wait_for_work_that_hangs() -> None:
    worker = Worker("posmember-test")
    entered = Flag()

    async def work() -> None:
        entered.set()
        while True:
            await Flag().wait()

    answer = worker.run(work)
    await entered.wait()
    await worker.aclose()
    with pytest.raises(asyncio.CancelledError):
        await answer


def test_who_asked_may_have_ended() -> None:
    worker = Worker("posmember-test")
    entered, go_on, done = Flag(), Flag(), threading.Event()

    async def work() -> None:
        entered.set()
        await go_on.wait()
        done.set()

    async def ask() -> None:
        worker.run(work)
        await entered.wait()

    asyncio.run(ask())
    go_on.set()
    assert done.wait(10)
    asyncio.run(worker.aclose())


def test_a_forgotten_one_ends_its_thread() -> None:
    async def ask() -> None:
        async def work() -> None:
            pass

        worker = Worker("posmember-test")
        await worker.run(work)

    asyncio.run(ask())
    gc.collect()
    for thread in named("posmember-test"):
        thread.join(10)
    assert named("posmember-test") == []


def test_a_forgotten_one_lets_go_of_what_it_holds() -> None:
    ended = threading.Event()

    async def end() -> None:
        ended.set()

    async def work() -> None:
        pass

    async def ask() -> None:
        worker = Worker("posmember-test", end)
        await worker.run(work)

    asyncio.run(ask())
    gc.collect()
    assert ended.wait(10)
    for thread in named("posmember-test"):
        thread.join(10)


def test_an_end_that_never_comes_is_not_waited_for() -> None:
    async def end() -> None:
        await asyncio.Event().wait()

    async def ask() -> None:
        worker = Worker("posmember-test", end)

        async def work() -> None:
            pass

        await worker.run(work)
        await worker.aclose()

    asyncio.run(ask())
    for thread in named("posmember-test"):  # of a busy machine
        thread.join(10)
    assert named("posmember-test") == []


# --- names ---------------------------------------------------------------------------------------


async def ask_name(host: str) -> object:
    return await asyncio.get_running_loop().getaddrinfo(host, 80, type=socket.SOCK_STREAM)


async def test_a_name_that_is_asked_for_twice_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, both_begun, go_on = [], threading.Event(), threading.Event()

    def slow(host: str, *_how: object) -> list[str]:
        asked.append(host)
        if len(asked) == 2:
            both_begun.set()
        go_on.wait(10)
        return [host]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    worker = Worker("posmember-test")
    answers = [worker.run(lambda: ask_name("a")) for _ in range(3)]
    other = worker.run(lambda: ask_name("b"))

    assert both_begun.wait(10)
    go_on.set()
    assert await asyncio.gather(*answers, other) == [["a"]] * 3 + [["b"]]
    assert sorted(asked) == ["a", "b"]
    await worker.aclose()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(-2, "unknown"), socket.gaierror),
        (UnicodeError("x"), UnicodeError),
        (OverflowError("x"), OSError),
        (ValueError("x"), OSError),
        (None, OSError),
    ],
)
async def test_a_name_that_is_not_known(
    error: Exception | None, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_how: object) -> list[object]:
        if error is not None:
            raise error
        return []

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    worker = Worker("posmember-test")
    with pytest.raises(kind):
        await worker.run(lambda: ask_name("a"))
    await worker.aclose()


async def test_names_that_hang_are_bounded_and_hold_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = threading.Event()

    def forever(*_how: object) -> None:
        hang.wait(30)
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", forever)
    worker = Worker("posmember-test")
    before = named("posmember-name")  # of earlier tests, about to end

    async def ask_briefly(host: str) -> object:
        async with asyncio.timeout(0.01):
            return await ask_name(host)

    for number in range(MOST_NAMES):
        with pytest.raises(TimeoutError):
            await worker.run(partial(ask_briefly, f"host{number}"))
    with pytest.raises(OSError, match="too many"):
        await worker.run(lambda: ask_briefly("one more"))
    with pytest.raises(TimeoutError):
        await worker.run(lambda: ask_briefly("host0"))  # asked already: waited for with the first
    threads = [thread for thread in named("posmember-name") if thread not in before]
    assert len(threads) == MOST_NAMES
    await worker.aclose()  # in the middle of them
    hang.set()
    for thread in threads:
        thread.join(10)


HANGING = """
import asyncio, socket, sys, threading
socket.getaddrinfo = lambda *_how: threading.Event().wait(60)
from posmember.api.http.client import HttpClient
from posmember.errors import ApiTimeoutError

async def main():
    client = HttpClient("https://far.invalid", timeout_s=0.3, headers={}, proxy="none")
    try:
        await client.send("a", "GET", "https://far.invalid/")
    except ApiTimeoutError:
        print("in time")
    await client.aclose()

asyncio.run(main())
"""


def test_a_name_that_hangs_holds_neither_the_call_nor_the_process() -> None:
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=50, check=True
    )
    assert done.stdout == "in time\n"
    assert time.monotonic() - begun < 40  # not the minute that the name takes
