"""Whether a signed answer was made now, and for the first time.

A till's clock may be wrong, and the one answer that says so, the 401 of a refused timestamp, is
signed by nobody. It may lead what requests are signed by; were it to lead what answers are judged
by, whoever can write one could have an old answer taken for a new one. So an answer has to agree
with both: with the time that requests are signed by, as the platform has just taken it, and with
the time that no unsigned answer moves.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from posmember.api.clock import PlatformClock
from posmember.domain.values import CHINA, moved

MAX_CLOCK_ERROR_S: Final = 300
"""A timestamp further off is refused, by the platform and here (api/README: Clock)."""

_KEPT_S: Final = 2 * MAX_CLOCK_ERROR_S
_LONGEST_TIMESTAMP: Final = 12
_EPOCH: Final = datetime(1970, 1, 1, 8, tzinfo=CHINA)


class Freshness:
    """Judges the times and nonces of answers whose signatures hold.

    Args:
        clock: WeChat Pay's, which requests are signed by.
    """

    def __init__(self, clock: PlatformClock) -> None:
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._signed: float | None = None
        self._offset_s: int | None = None
        self.witness: PlatformClock | None = None
        """Another platform's clock, which its own answers lead; it stands for the till's own."""

    def now(self) -> datetime:
        """The time that no unsigned answer of WeChat Pay moves; aware, +08:00."""
        return moved(_EPOCH, timedelta(seconds=self._certain()))

    def offset_s(self) -> int:
        """Seconds that the till's clock is behind (+) or ahead (-).

        By the latest answer that was believed; before the first one, by what refusals told.
        """
        return self._clock.offset_s if self._offset_s is None else self._offset_s

    def check(self, timestamp: str, nonce: str) -> int | None:
        """Take an answer's time and nonce, where both are right.

        Returns:
            Seconds by which its time is off; 0 where it was made now. None for what is no time, or
            a nonce that was seen before.
        """
        steady = self._clock.local_time()
        self._seen = {seen: at for seen, at in self._seen.items() if steady - at <= _KEPT_S}
        if not (timestamp.isascii() and timestamp.isdigit()):
            return None
        if len(timestamp) > _LONGEST_TIMESTAMP or nonce in self._seen:
            return None
        at = int(timestamp)
        off = _off(at - self._clock.timestamp()) or min(_off(at - int(self._certain())), 0)
        if not off:
            self._take(at, nonce, steady)
        return off

    def _take(self, at: int, nonce: str, steady: float) -> None:
        self._seen[nonce] = steady
        self._offset_s = round(at - self._clock.own_time())
        # Nobody signs before the time: later than this it is from now on.
        base = at - steady
        self._signed = base if self._signed is None else max(self._signed, base)

    def _certain(self) -> float:
        """Unix seconds by the till's own clock, or later by what was signed since it runs."""
        witness = self.witness
        if witness is not None and witness.calibrated:
            own = (witness.now() - _EPOCH).total_seconds()
        else:
            own = self._clock.own_time()
        return own if self._signed is None else max(own, self._signed + self._clock.local_time())


def _off(seconds: int) -> int:
    """The seconds where they are too many, else 0."""
    return seconds if abs(seconds) > MAX_CLOCK_ERROR_S else 0
