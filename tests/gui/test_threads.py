"""Work beside Qt: handed back to the loop, never in the way of closing; garbage in one thread."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from posmember.ui import threads
from posmember.ui.threads import (
    MainThreadCollector,
    collect,
    in_a_daemon,
    is_ready,
    let_daemons_end,
    settled,
)
from tests.gui.driving import on_qasync, until


@pytest.fixture
def automatic_collection() -> Iterator[None]:
    """As a process begins."""
    gc.enable()
    yield
    gc.unfreeze()


def our_threads() -> set[threading.Thread]:
    """The program's threads that have not ended: tests before may have left some, too."""
    return {thread for thread in threading.enumerate() if thread.name == "posmember-work"}


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


def test_the_result_and_the_exception_come_back(qapp: QApplication) -> None:
    def fail() -> None:
        raise KeyError("lost")

    async def play() -> None:
        assert await in_a_daemon(threading.current_thread) is not threading.current_thread()
        with pytest.raises(KeyError, match="lost"):
            await in_a_daemon(fail)

    on_qasync(qapp, play)


def test_closing_does_not_wait_for_work_that_hangs(qapp: QApplication) -> None:
    unlocked, started = threading.Event(), threading.Event()
    before = our_threads()

    def wait() -> None:
        started.set()
        unlocked.wait()

    async def play() -> None:
        work = in_a_daemon(wait)
        await until(started.is_set, "the work has begun")
        work.cancel()

    on_qasync(qapp, play)  # comes back although nobody unlocks
    (thread,) = our_threads() - before
    assert thread.daemon
    unlocked.set()
    thread.join()


def test_a_result_after_its_future_was_cancelled_is_dropped(qapp: QApplication) -> None:
    unlocked = threading.Event()

    async def play() -> None:
        work = in_a_daemon(unlocked.wait)
        work.cancel()
        unlocked.set()
        await in_a_daemon(lambda: None)
        with pytest.raises(asyncio.CancelledError):
            await work

    on_qasync(qapp, play)


def test_a_result_after_the_loop_was_closed_is_dropped(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked, before = threading.Event(), our_threads()
    lost: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", lost.append)

    async def play() -> None:
        in_a_daemon(unlocked.wait)

    on_qasync(qapp, play)
    (thread,) = our_threads() - before
    unlocked.set()
    thread.join()
    qapp.processEvents()
    assert lost == []


@pytest.mark.parametrize("fails", [True, False])
def test_a_future_that_is_settled_at_once(qapp: QApplication, fails: bool) -> None:
    async def play() -> None:
        future = settled(error=KeyError("lost")) if fails else settled("found")
        assert is_ready(future) is not fails
        assert isinstance(future.exception(), KeyError) is fails

    on_qasync(qapp, play)


@pytest.mark.usefixtures("automatic_collection")
def test_garbage_is_collected_by_the_timer_alone(qapp: QApplication) -> None:
    parent = QObject()
    MainThreadCollector(parent)
    assert not gc.isenabled()
    lost = weakref.ref(Knot())
    kept = [Knot() for _ in range(gc.get_threshold()[0] * 2)]
    assert lost() is not None
    collect()
    assert lost() is None
    assert len(kept) > gc.get_threshold()[0]


def test_collecting_when_nothing_is_due_does_nothing() -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    collect()
    assert gc.get_stats()[0]["collections"] == before


def test_what_is_under_way_is_waited_for_a_moment_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python would end it in the midst of C++, and with it the process."""
    awaited, ended = threading.Event(), threading.Event()

    def work() -> None:
        assert awaited.wait(5)
        ended.set()

    def now() -> float:  # what is under way may end no sooner than the wait for it has begun
        awaited.set()
        return time.monotonic()

    async def start() -> None:
        in_a_daemon(work)

    asyncio.run(start())
    monkeypatch.setattr(threads, "time", SimpleNamespace(monotonic=now))
    monkeypatch.setattr(threads, "_ENDS_WITHIN_S", 30.0)  # a busy machine may need more of a moment
    let_daemons_end()
    assert ended.is_set()


def test_what_waits_for_a_person_holds_nothing_up() -> None:
    answered = threading.Event()

    async def start() -> None:
        in_a_daemon(answered.wait)

    asyncio.run(start())
    let_daemons_end()  # it comes back
    assert not answered.is_set()
    answered.set()
    let_daemons_end()
