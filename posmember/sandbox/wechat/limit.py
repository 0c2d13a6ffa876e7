"""WeChat Pay's limit: so many calls a second for the whole brand (API documents, WeChat Pay)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

CALLS_A_SECOND: Final = 5
_SECOND: Final = 1.0


class CallLimit:
    """Counts the calls that were let through; one that was refused costs nothing.

    `clock` gives Unix seconds. A clock that is set back forgets what it had not seen yet.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._passed: deque[float] = deque(maxlen=CALLS_A_SECOND)

    def allows(self) -> bool:
        """Let one more call through, or not: at most `CALLS_A_SECOND` within any one second."""
        now = self._clock()
        recent = sum(now - _SECOND < at <= now for at in self._passed)
        if recent >= CALLS_A_SECOND:
            return False
        self._passed.append(now)
        return True
