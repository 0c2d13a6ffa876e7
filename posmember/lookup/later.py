"""A call that is made later, unless it is put off or called off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVarTuple

Args = TypeVarTuple("Args")


class Later:
    """At most one call is waited for at a time."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether a call is still to come."""
        return self._handle is not None

    def call(self, delay_s: float, work: Callable[[*Args], None], *args: *Args) -> None:
        """Call `work` in so many seconds, instead of what was waited for."""
        self.cancel()
        loop = asyncio.get_running_loop()
        self._handle = loop.call_later(max(delay_s, 0), self._run, work, args)

    def cancel(self) -> None:
        """Call it off, if it has not been made."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _run(self, work: Callable[[*Args], None], args: tuple[*Args]) -> None:
        self._handle = None
        work(*args)
