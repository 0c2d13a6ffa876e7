"""When the screen forgets by itself, as nobody touches the till. No Qt."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Protocol

from posmember.api.clock import steady_clock

TICK_S = 1.0
"""How often the words are made anew, and nothing else happens."""

SHORTEST_S = 0.01
"""A timer that comes too early is set once more, not at once."""


class Timer(Protocol):
    """At most one call that is made later; see `posmember.lookup.later.Later`."""

    @property
    def waits(self) -> bool:
        """Whether a call is still to come."""

    def call(self, delay_s: float, work: Callable[[], None]) -> None:
        """Call it in so many seconds, instead of what was waited for."""

    def cancel(self) -> None:
        """Call it off."""


class Idle:
    """Counts down while something of a person is on the screen; with nothing there no timer runs.

    Time that the computer slept counts, and so does what its clock is set forward: of two clocks
    the one that went further is believed. Too early a clear costs a scan, too late a secret.

    Args:
        after_s: whole seconds; 0 is never.
        is_held: whether something of a person is on the screen. Cheap: asked at each key.
        is_busy: whether something is under way whose end somebody has to see.
        show: told how many whole seconds are left, once a second; None where nothing is counted.
        clear: forgets it all.
        timer: what calls later.
        steady: seconds of a clock that nobody sets. wall: seconds of the computer's own.
    """

    def __init__(
        self,
        after_s: int,
        is_held: Callable[[], bool],
        is_busy: Callable[[], bool],
        show: Callable[[int | None], None],
        clear: Callable[[], None],
        timer: Timer,
        steady: Callable[[], float] | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._after_s = after_s
        self._is_held, self._is_busy = is_held, is_busy
        self._show, self._clear = show, clear
        self._timer = timer
        self._steady, self._wall = steady or steady_clock(), wall
        self._since = 0.0, 0.0
        self.touch()

    def count_to(self, after_s: int) -> None:
        """Clear after so many seconds from now on; 0 is never."""
        self._after_s = after_s
        self.touch()
        self.look()

    def touch(self, *_how: object) -> None:
        """Somebody is there: count anew. Does nothing else, as it is called for every key."""
        self._since = self._steady(), self._wall()

    def look(self, *_why: object) -> None:
        """Something else is on the screen now, or nothing any more."""
        if not self._is_held():
            self.stop()
        elif self._after_s > 0 and not self._timer.waits:
            self.touch()
            # The words come a second later: a scan's own second is not the time to lay them out.
            self._timer.call(TICK_S, self._tick)

    def stop(self) -> None:
        """Count no more."""
        if self._timer.waits:
            self._timer.cancel()
            self._show(None)

    def _tick(self) -> None:
        if not self._is_held():
            self._show(None)
            return
        if self._is_busy():
            self.touch()
        left_s = self._after_s - self._passed_s()
        if left_s <= 0:
            self._show(None)
            self._clear()
            return
        seconds = math.ceil(left_s)
        self._show(seconds)
        self._timer.call(max(left_s - (seconds - TICK_S), SHORTEST_S), self._tick)

    def _passed_s(self) -> float:
        steady, wall = self._since
        return max(self._steady() - steady, self._wall() - wall)
