"""The connection check, beside the window: with what was typed, before it is kept. No widgets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from posmember.errors import PosMemberError
from posmember.lookup.latest import LatestTask
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.connection import SAID_AFTER_S, BackendMaker
from posmember.ui.till.failures import log_bug, log_failure

if TYPE_CHECKING:
    from posmember.api.clock import PlatformClock
    from posmember.lookup.backend import Backend
    from posmember.lookup.check import Finding
    from posmember.settings.config import Settings

_log = logging.getLogger(__name__)


class BackgroundWork:
    """One thing at a time for a page: a new one ends the one before, and closing ends all."""

    def __init__(self) -> None:
        self._latest = LatestTask()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._latest.running

    def start(self, work: Coroutine[Any, Any, None], failed: Callable[[str], None]) -> None:
        """Start something in place of what is under way.

        Args:
            failed: gets the 问题编号 where a bug ends it.
        """
        task = self._latest.start(work)
        self._tasks.add(task)

        def end(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            error = None if task.cancelled() else task.exception()
            if error is not None:
                failed(log_bug(_log, error, "set-up"))

        task.add_done_callback(end)

    def cancel(self) -> None:
        """End what is under way."""
        self._latest.cancel()

    async def aclose(self) -> None:
        """End it, and wait for that."""
        self._latest.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)


async def check_connection(
    settings: Settings,
    ask_key: Callable[[], str],
    tell: Callable[[Finding], None],
    tell_of_silence: Callable[[], None] = lambda: None,
    tell_of_clock: Callable[[PlatformClock], None] = lambda _clock: None,
) -> None:
    """Check a connection step by step.

    Args:
        ask_key: gives the open key; called in a thread, as it may wait for the keyring.
        tell: gets each finding when it is known.
        tell_of_silence: called once where the keyring has not answered for long.
        tell_of_clock: called once when there is a key; the clock learns from the answers.

    Raises:
        PosMemberError: there is no key, or nothing can be asked with these settings.
    """
    from posmember.lookup.check import check_platform

    def make(key: str) -> Backend:
        from posmember.lookup.backend import Backend

        return Backend(settings, key)

    maker = BackendMaker(ask_key, make)
    attempt = in_a_daemon(maker)
    await asyncio.wait([attempt], timeout=SAID_AFTER_S)
    if not attempt.done() and maker.waits_for_key:
        tell_of_silence()
    try:
        backend = await attempt
    except PosMemberError as error:
        log_failure(_log, error, "the connection check")
        raise
    try:
        tell_of_clock(backend.clock)
        has_store = settings.store.code is not None
        spelling = settings.platform.v2_sign_keys
        found = check_platform(backend.platform, backend.clock, spelling, has_store=has_store)
        async for finding in found:
            if finding.error is not None:
                log_failure(_log, finding.error, f"the connection check at {finding.step}")
            tell(finding)
    finally:
        await _to_its_end(backend.aclose())


async def _to_its_end(closing: Coroutine[Any, Any, None]) -> None:
    """Close something whole, also where that is cancelled halfway: else its sockets stay open."""
    task = asyncio.ensure_future(closing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
