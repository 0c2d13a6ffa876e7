"""Standard error, for one line at a time: there may be none, or nobody reads it any more."""

from __future__ import annotations

import contextlib
import sys


def tell(words: str) -> None:
    """Print a line that holds nothing but our own words."""
    if sys.stderr is not None:  # a windowed program on Windows has none
        with contextlib.suppress(OSError, ValueError):
            print(f"posmember: {words}", file=sys.stderr, flush=True)  # noqa: T201 - that is its use
