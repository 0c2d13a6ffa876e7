"""What nobody expected while somebody else's code asks ours for something, as Qt does.

An exception that passes through Qt leaves its frames behind, and in them painters, events and
indexes whose other halves Qt has freed since. So nothing is raised through it: what went wrong is
told as any exception that reaches the end of its thread, and its frames are emptied.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


def tell(error: Exception) -> None:
    """Tell of an exception, and keep none of the variables that it was raised among."""
    import traceback  # not at the first paint

    trace = error.__traceback__
    sys.excepthook(type(error), error, trace)
    traceback.clear_frames(trace)
    error.__traceback__ = None


def never_raises(asked: Callable[P, None]) -> Callable[P, None]:
    """Make a function that Qt calls tell of its exceptions instead of raising them."""

    @functools.wraps(asked)
    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            asked(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever it is: nothing may pass through Qt
            tell(error)

    return call
