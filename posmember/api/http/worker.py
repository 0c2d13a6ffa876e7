"""A thread with asyncio's own event loop, for what must not hang on who asked for it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
import weakref
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Work: TypeAlias = Callable[[], Coroutine[Any, Any, T]]

MOST_NAMES = 8
"""So many names are looked up at the same time; each may hang for a minute."""
_ENDS_WITHIN_S = 3.0


class Names:
    """Looks names up in threads that never keep the process alive.

    A loop's own executor is waited for at the process's end, and a name may take a minute where
    no server answers.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._under_way: dict[tuple[object, ...], asyncio.Future[Any]] = {}

    async def getaddrinfo(
        self,
        host: str | bytes | None,
        port: str | bytes | int | None,
        *,
        family: int = 0,
        type: int = 0,
        proto: int = 0,
        flags: int = 0,
    ) -> Any:
        """As the loop's own method; the same question is asked once at a time.

        Raises:
            OSError, UnicodeError: the name is not known, or is none; or too many others hang.
        """
        question = (host, port, family, type, proto, flags)
        # Shielded: who waits may give up, and the next who asks finds it under way.
        return await asyncio.shield(self._under_way.get(question) or self._ask(question))

    def _ask(self, question: tuple[Any, ...]) -> asyncio.Future[Any]:
        if len(self._under_way) >= MOST_NAMES:
            raise OSError(errno.EAGAIN, "too many names are being looked up")
        answer = self._under_way[question] = self._loop.create_future()
        answer.add_done_callback(partial(self._forget, question))

        def ask() -> None:
            found, failed = None, None
            try:
                found = socket.getaddrinfo(*question) or None
            except (OSError, UnicodeError) as error:
                failed = error
            except (ArithmeticError, TypeError, ValueError) as error:  # of what is no name at all
                failed = OSError(errno.EINVAL, type(error).__name__)
            if found is None and failed is None:
                failed = OSError(errno.EADDRNOTAVAIL, "a name without an address")
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(_settle, answer, found, failed)

        threading.Thread(target=ask, name="posmember-name", daemon=True).start()
        return answer

    def _forget(self, question: tuple[Any, ...], answer: asyncio.Future[Any]) -> None:
        del self._under_way[question]
        answer.exception()  # perhaps nobody waits for it any more


class Worker:
    """Runs coroutines in a daemon thread of its own, which begins with the first of them.

    Who asked may stop to listen at any time; the work goes on to its end all the same.

    Args:
        name: the thread's.
        at_end: done as the thread ends, also where the worker was only forgotten; it may hold
            nothing of the worker.
    """

    def __init__(self, name: str, at_end: Work[None] | None = None) -> None:
        self._name = name
        self._at_end = at_end
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._thread: threading.Thread | None = None

    @property
    def started(self) -> bool:
        """Whether there is a thread."""
        return self._loop is not None

    def run(self, work: Work[T]) -> asyncio.Future[T]:
        """Begin some work; returns a future of the running loop, with its result or exception.

        Args:
            work: called in the thread.
        """
        asking = asyncio.get_running_loop()
        answer: asyncio.Future[T] = asking.create_future()

        def tell(task: asyncio.Task[T]) -> None:
            failed = asyncio.CancelledError() if task.cancelled() else task.exception()
            result = None if failed else task.result()
            with contextlib.suppress(RuntimeError):  # who asked has ended meanwhile
                asking.call_soon_threadsafe(_settle, answer, result, failed)

        loop, running = self._loop or self._start(), self._running

        def begin() -> None:
            task = loop.create_task(work())
            running.add(task)
            task.add_done_callback(running.discard)
            task.add_done_callback(tell)

        loop.call_soon_threadsafe(begin)
        return answer

    async def aclose(self) -> None:
        """End the thread; what still runs there is left where it is."""
        thread = self._thread
        if thread is None:
            return
        self._stop()
        asking = asyncio.get_running_loop()
        gone = asking.create_future()

        def watch() -> None:
            thread.join(_ENDS_WITHIN_S)
            with contextlib.suppress(RuntimeError):
                asking.call_soon_threadsafe(_settle, gone, None, None)

        threading.Thread(target=watch, name="posmember-ending", daemon=True).start()
        await gone

    def _start(self) -> asyncio.AbstractEventLoop:
        loop = self._loop = asyncio.new_event_loop()
        loop.getaddrinfo = Names(loop).getaddrinfo  # type: ignore[method-assign]
        self._thread = threading.Thread(
            target=_serve, args=(loop, self._at_end), name=self._name, daemon=True
        )
        self._stop = weakref.finalize(self, _stop, loop)
        self._thread.start()
        return loop


def _serve(loop: asyncio.AbstractEventLoop, at_end: Work[None] | None) -> None:
    """The thread: it holds nothing of the worker, so that a forgotten one ends, too."""
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        if at_end is not None:
            with contextlib.suppress(TimeoutError):
                loop.run_until_complete(asyncio.wait_for(at_end(), 1))
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=1))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _stop(loop: asyncio.AbstractEventLoop) -> None:
    with contextlib.suppress(RuntimeError):  # it has ended already
        loop.call_soon_threadsafe(loop.stop)


def _settle(answer: asyncio.Future[Any], result: object, failed: BaseException | None) -> None:
    if answer.done():
        return  # nobody listens any more
    if failed is None:
        answer.set_result(result)
    elif isinstance(failed, asyncio.CancelledError):
        answer.cancel()
    else:
        answer.set_exception(failed)
