"""Waits for something to become true, for as long as a busy machine may need."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT_S = 30.0
_LOOK_EVERY_S = 0.02


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Return as soon as it is so.

    Raises:
        AssertionError: it was not so in time; says what was waited for.
    """
    until = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until, f"waited {LIMIT_S:g} s for: {what}"
        time.sleep(_LOOK_EVERY_S)
