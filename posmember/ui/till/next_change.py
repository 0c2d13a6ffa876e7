"""The moment at which a verdict may change by itself, waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from posmember.lookup.later import Later

NEAR_S = 10.0
"""From so near a boundary the timer is exact enough."""


class NextChange:
    """Has the verdicts move on with the clock, from one boundary to the next.

    Args:
        now: the platform's time; aware, +08:00.
        change_after: when the next verdict may change, for those of a moment.
        move_on: has them evaluated and rendered anew.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        change_after: Callable[[datetime], datetime],
        move_on: Callable[[], None],
    ) -> None:
        self._now, self._change_after, self._move_on = now, change_after, move_on
        self._timer = Later()

    @property
    def waits(self) -> bool:
        """Whether there is something on the screen that may move on."""
        return self._timer.waits

    def wait(self, delay_s: float) -> None:
        """Begin for what is on the screen now, in so many seconds."""
        self._timer.call(delay_s, self._come_near, self._now())

    def cancel(self) -> None:
        """Stop: there is nothing on the screen any more."""
        self._timer.cancel()

    def _come_near(self, shown_for: datetime) -> None:
        """Wait for the boundary.

        Args:
            shown_for: the moment that the verdicts on the screen were made for.
        """
        wait_s = (self._change_after(shown_for) - self._now()).total_seconds()
        if wait_s > NEAR_S:
            # Qt's timers may be 5 % off, three minutes in an hour: come near first.
            self._timer.call(wait_s * 0.9, self._come_near, shown_for)
        else:
            self._timer.call(wait_s, self._reach)

    def _reach(self) -> None:
        now = self._now()
        self._move_on()
        self._come_near(now)
