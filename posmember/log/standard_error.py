"""Standard error, for one line at a time: there may be none, or nobody reads it any more."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO


def tell(words: str) -> None:
    """Print a line that holds nothing but our own words, where there is somewhere to print it."""
    stream = sys.stderr
    if stream is None:  # a windowed program on Windows has none
        return
    try:
        print(f"posmember: {words}", file=stream, flush=True)
    except (OSError, ValueError):  # ValueError: it was closed meanwhile
        let_go(stream)


def let_go(stream: TextIO) -> None:
    """Have a stream that fails lead nowhere: Python flushes once more at its end."""
    with contextlib.suppress(OSError, ValueError):  # ValueError: closed, or no file at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
