"""Only the latest counts: a new run cancels the old one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class LatestTask:
    """Holds at most one running task; starting another cancels it.

    Runs are numbered, so that a late answer of an earlier run can be told and dropped: a
    cancelled task may still be resumed once before its cancellation reaches it.
    """

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self.run_number = 0

    @property
    def running(self) -> bool:
        """Whether the latest run is still going on."""
        return self._task is not None and not self._task.done()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Cancel the present run and start another in the running loop; returns its task."""
        self.cancel()
        self._task = asyncio.get_running_loop().create_task(work)
        return self._task

    def cancel(self) -> None:
        """End the present run; its number is no longer the latest."""
        self.run_number += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
