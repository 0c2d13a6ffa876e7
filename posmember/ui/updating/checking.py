"""When the window looks for a new version, in a thread beside it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from posmember.errors import UpdateError, UpdateProblem
from posmember.lookup.later import Later
from posmember.ui.threads import in_a_daemon
from posmember.ui.till.failures import log_bug

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.updates.offer import Offer
    from posmember.updates.updates import Updates

_log = logging.getLogger(__name__)

LOOKS_EVERY_S: Final = 600.0
"""A timer stands still while the computer sleeps, and knows nothing of a clock that is set."""

WAITS_S: Final = 15.0
"""For a moment with nobody on the screen: the first look imports what stalls the window for one."""

Found = tuple["Offer", Path | None]
"""A version, and its file; without one where this program may not install it."""


def make_updates(settings: Settings) -> Updates:
    """What a till updates by. Raises UpdateError where it does not."""
    from posmember.updates.updates import Updates, plan_for

    return Updates(plan_for(settings))


def jitter() -> float:
    """A number from 0 up to, not including, 1."""
    return random.random()  # noqa: S311 - jitter, not cryptography


class Checking:
    """Looks now and then, by the settings.

    Args:
        found: told what there is; None where this till has the right version.
        is_free: whether nobody is on the screen.
        make, chance, now: stand for their parts in tests.
    """

    def __init__(
        self,
        found: Callable[[Found | None], None],
        is_free: Callable[[], bool],
        make: Callable[[Settings], Updates] = make_updates,
        chance: Callable[[], float] = jitter,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._found, self._is_free = found, is_free
        self._make, self._chance, self._now = make, chance, now
        self.updates: Updates | None = None
        """None while nothing is looked for."""
        self._due: datetime | None = None
        self._timer = Later()
        self._round = 0

    def use(self, settings: Settings | None) -> None:
        """Look by these settings from now on; None is that there are none."""
        self.stop()
        if settings is None or not settings.updates.url:
            return
        make, number = self._make, self._round
        work = in_a_daemon(lambda: _begun(make(settings)))
        work.add_done_callback(lambda done: self._begin(done, number))

    def stop(self) -> None:
        """Look no more; what is under way ends by itself, soon, and is told to nobody."""
        self._round += 1
        self._timer.cancel()
        if self.updates is not None:
            self.updates.stop()
        self.updates, self._due = None, None

    def _begin(self, done: asyncio.Future[tuple[Updates, datetime | None]], number: int) -> None:
        if number != self._round or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            _note(error)
            return
        self.updates, last = done.result()
        self._wait(last)

    def _wait(self, last: datetime | None) -> None:
        from posmember.updates.schedule import next_check

        if self.updates is not None:
            hours = self.updates.plan.hours
            self._due = next_check(self._now(), last, hours, self._chance)
            self._look()

    def _look(self) -> None:
        if self.updates is None or self._due is None:
            return
        left = self._due - self._now()
        if left > timedelta(0):
            self._timer.call(min(left.total_seconds(), LOOKS_EVERY_S), self._look)
            return
        if not self._is_free():
            self._timer.call(WAITS_S, self._look)
            return
        updates, number = self.updates, self._round
        work = in_a_daemon(lambda: _looked(updates))
        work.add_done_callback(lambda done: self._end(done, number))

    def _end(self, done: asyncio.Future[Found | None], number: int) -> None:
        if number != self._round or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            _note(error)
        self._wait(self._now())
        if error is None:
            self._found(done.result())


def _begun(updates: Updates) -> tuple[Updates, datetime | None]:
    return updates, updates.notes().checked_at


def _looked(updates: Updates) -> Found | None:
    if updates.plan.may_install:
        return updates.fetch()
    offer = updates.check()
    return None if offer is None else (offer, None)


def _note(error: BaseException) -> None:
    """Log why there is no update: nobody at a till can do anything about it."""
    if not isinstance(error, UpdateError):
        log_bug(_log, error, "looking for an update")
    elif error.problem is not UpdateProblem.ENDED:
        _log.info("no update: %s: %s", error.problem, error)
