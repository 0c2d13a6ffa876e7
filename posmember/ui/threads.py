"""What a second thread may do beside Qt, and what it must not."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")

_COLLECT_EVERY_MS = 1000
_ENDS_WITHIN_S = 0.5
_OURS = "posmember-"
"""What the names of all threads of the program begin with."""


def in_a_daemon(work: Callable[[], T]) -> asyncio.Future[T]:
    """Run blocking work in a thread that does not keep the process alive.

    A keyring may wait for ever for a person to unlock it; closing the window has to work all
    the same, and the loop's own executor would wait for its threads.

    Returns:
        A future of the running loop, with the work's result or exception.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is None:
            future.set_result(result)  # type: ignore[arg-type]
        else:
            future.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 - handed over whole to whoever waits
            error = raised
        if not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # it was closed in this very moment
                loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name=f"{_OURS}work", daemon=True).start()
    return future


def let_daemons_end() -> None:
    """Wait a moment for every thread that is about to end; to be called when the loop is closed.

    Python ends a daemon's thread wherever it is, when it ends itself; in the midst of PySide's C++,
    which hands a result to the loop or looks on at an import, that brings the process down. What
    waits for a person or a name is left.
    """
    until = time.monotonic() + _ENDS_WITHIN_S
    for thread in threading.enumerate():
        if thread.daemon and thread.name.startswith(_OURS):
            thread.join(max(0.0, until - time.monotonic()))


def settled(result: T | None = None, *, error: Exception | None = None) -> asyncio.Future[T]:
    """A future of the running loop that has its result, or its exception, already."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)  # type: ignore[arg-type]
    return future


def is_ready(future: asyncio.Future[T]) -> bool:
    """Whether a future has a result, and did not fail."""
    return future.done() and not future.cancelled() and future.exception() is None


class MainThreadCollector(QObject):
    """Collects Python's cyclic garbage in the main thread only, between the cashier's actions.

    Python collects in whichever thread happens to allocate; a Qt object that is freed in
    another thread than its own brings the process down. As a second gain, no collection falls
    into a lookup's decoding.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        # What the program itself is made of stays; there is no need to look through it again.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(collect)
        self._timer.start()


def collect() -> None:
    """Collect the oldest generation that is due, as the interpreter would."""
    thresholds, counts = gc.get_threshold(), gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
