"""The platform's clock: a till's own clock may be wrong, and signatures hang on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from posmember.domain.values import CHINA

MIN_OFFSET_S = 2
"""A Date header is whole seconds; a smaller difference is not known to be one."""


class PlatformClock:
    """The local clock, corrected by what the platform's answers said the time was.

    Args:
        local: Unix seconds by the till's own clock.
    """

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self._offset_s: float | None = None

    @property
    def calibrated(self) -> bool:
        """Whether an answer has told the platform's time yet."""
        return self._offset_s is not None

    @property
    def offset_s(self) -> int:
        """Whole seconds that the till's clock is behind (+) or ahead (-)."""
        return round(self._offset_s or 0)

    def timestamp(self) -> int:
        """Unix seconds by the platform's clock."""
        return int(self._local() + (self._offset_s or 0))

    def now(self) -> datetime:
        """The platform's time, aware, +08:00."""
        local = datetime.fromtimestamp(self._local(), tz=CHINA)
        return local + timedelta(seconds=self._offset_s or 0)

    def local_time(self) -> float:
        """Unix seconds by the till's own clock, to pass to `observe`."""
        return self._local()

    def observe(self, date_header: str | None, sent_at: float, received_at: float) -> None:
        """Learn from an answer's ``Date`` header.

        Args:
            sent_at, received_at: `local_time` before and after the call.
        """
        if not date_header:
            return
        try:
            told = parsedate_to_datetime(date_header)
            if told.tzinfo is None:  # asctime's form and -0000 name no zone; HTTP means UTC
                told = told.replace(tzinfo=UTC)
            told = told.astimezone(CHINA)
        except (ValueError, OverflowError):
            return
        # The header is cut to the second, so the middle of that second is the best guess.
        offset = told.timestamp() + 0.5 - (sent_at + received_at) / 2
        self._offset_s = offset if abs(offset) >= MIN_OFFSET_S else 0.0
