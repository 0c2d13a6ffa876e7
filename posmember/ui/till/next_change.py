"""Verdicts move on with the clock: by themselves, when it was set, and after a sleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtGui import QGuiApplication

from posmember.domain.values import CHINA
from posmember.lookup.later import Later

SOON_S = 0.1
"""So long after something was shown it is painted, and there is time to look at the clock."""

LOOK_S = 5.0
"""How often the clock is looked at while a member is on the screen.

Not one long timer to the next boundary: that knows nothing of a clock that was set, stops while
the computer sleeps, and Qt's may be 5 % off, three minutes in an hour.
"""

SHORTEST_S = 0.01
"""A timer that comes too early is set once more, not at once."""


class Clock(Protocol):
    """What tells the time: see `posmember.api.clock`."""

    @property
    def calibrated(self) -> bool:
        """Whether the time is by the platform's answers."""

    @property
    def offset_s(self) -> int:
        """Whole seconds that the till's clock is behind (+) or ahead (-)."""

    def now(self) -> datetime:
        """The time; aware, +08:00."""


class OwnClock:
    """The till's own clock: where there is no connection, there are no answers."""

    calibrated = False
    offset_s = 0

    def now(self) -> datetime:
        """The time; aware, +08:00."""
        return datetime.now(CHINA)


class NextChange:
    """Watches the clock for what is on the screen; with nobody on it nothing is waited for.

    Args:
        clock: the one that verdicts are made by, at this moment.
        holds_until: until when the verdicts on the screen hold, of a moment; None where they do
            not hold at it. Cheap, as it is asked at each look.
        move_on: has them evaluated, where they do not hold, and rendered anew; each minute, too,
            as words such as 还有 25 分钟 are counted in minutes.
        doubt: is called once where the time is no longer by the platform's answers: the till's
            clock was set, or the computer slept in a way that no clock of its own tells. Until
            another answer is heard, the verdicts are by what the earlier ones told.
    """

    def __init__(
        self,
        clock: Callable[[], Clock],
        holds_until: Callable[[datetime], datetime | None],
        move_on: Callable[[], None],
        doubt: Callable[[], None],
    ) -> None:
        self._clock, self._holds_until = clock, holds_until
        self._move_on, self._doubt = move_on, doubt
        self._was_calibrated = False
        self._shown_at: datetime | None = None
        self._timer = Later()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self.look)  # perhaps the computer slept

    @property
    def waits(self) -> bool:
        """Whether there is something on the screen that may move on."""
        return self._timer.waits

    def watch(self) -> None:
        """Something new is on the screen."""
        self._shown_at = self._clock().now()
        self._timer.call(SOON_S, self._look)

    def cancel(self) -> None:
        """Stop: there is nothing on the screen any more."""
        self._timer.cancel()

    def look(self, *_why: object) -> None:
        """Look at the clock now, not only soon; not where nothing is watched."""
        if self.waits:
            self._look()

    def _look(self) -> None:
        """Move on where it is time, and look again at the next boundary, or soon."""
        self._look_for_doubts()
        now = self._clock().now()
        until = self._holds_until(now)
        if until is None or self._is_another_minute(now):
            self._shown_at = now
            self._move_on()
        if until is None:
            self._timer.call(SOON_S, self._look)
        else:
            wait_s = max((until - now).total_seconds(), SHORTEST_S)
            self._timer.call(min(wait_s, LOOK_S), self._look)

    def _is_another_minute(self, now: datetime) -> bool:
        """Whether words such as 还有 25 分钟 are not true any more."""
        shown_at = self._shown_at
        if shown_at is None:
            return False
        return now.replace(second=0, microsecond=0) != shown_at.replace(second=0, microsecond=0)

    def _look_for_doubts(self) -> None:
        before, self._was_calibrated = self._was_calibrated, self._clock().calibrated
        if before and not self._was_calibrated:
            self._doubt()
