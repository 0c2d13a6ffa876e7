"""What takes long to make and may fail: made when it is asked for, and kept once it is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from posmember.ui.threads import is_ready

T = TypeVar("T")


class OnDemand(Generic[T]):
    """Makes something at the first asking, and again at the next one where that failed.

    Never two attempts at once: each could be a window that asks for a password.

    Args:
        begin: starts an attempt in the running loop.
    """

    def __init__(self, begin: Callable[[], asyncio.Future[T]]) -> None:
        self._begin = begin
        self._attempt: asyncio.Future[T] | None = None
        self._began_at = 0.0
        self._told: list[Callable[[], None]] = []

    @property
    def ready(self) -> bool:
        """Whether it is there."""
        return self._attempt is not None and is_ready(self._attempt)

    @property
    def failure(self) -> BaseException | None:
        """Why the last attempt failed; None where it did not, or is not over."""
        attempt = self._attempt
        if attempt is None or not attempt.done() or attempt.cancelled():
            return None
        return attempt.exception()

    @property
    def under_way(self) -> bool:
        """Whether an attempt is not over yet."""
        return self._attempt is not None and not self._attempt.done()

    @property
    def waited_s(self) -> float:
        """How long the attempt that is under way has taken so far, in seconds; else 0."""
        return time.monotonic() - self._began_at if self.under_way else 0.0

    def result(self) -> T:
        """What was made; only where it is ready."""
        assert self._attempt is not None
        return self._attempt.result()

    def ask(self) -> asyncio.Future[T]:
        """What is there, or the attempt that is under way, or a new one."""
        attempt = self._attempt
        if attempt is None or (attempt.done() and not is_ready(attempt)):
            return self.ask_anew()
        return attempt

    def ask_anew(self) -> asyncio.Future[T]:
        """Make it, also where it is there; not while an attempt is under way."""
        self._attempt, self._began_at = self._begin(), time.monotonic()
        self._attempt.add_done_callback(self._tell)
        return self._attempt

    def begin_with(self, begin: Callable[[], asyncio.Future[T]]) -> None:
        """Make it another way from now on: what is there, or under way, counts no more.

        Args:
            begin: starts an attempt in the running loop.
        """
        if self._attempt is not None:
            self._attempt.cancel()
        self._begin, self._attempt = begin, None

    def watch(self, told: Callable[[], None]) -> None:
        """Have something called at the end of each attempt."""
        self._told.append(told)

    def close(self) -> None:
        """Wait for no attempt any more, and tell nobody of one."""
        self._told.clear()
        if self._attempt is not None:
            self._attempt.cancel()

    def _tell(self, attempt: asyncio.Future[T]) -> None:
        if attempt.cancelled():
            return
        attempt.exception()  # looked at: asyncio need not warn that nobody did
        for told in self._told:
            told()
