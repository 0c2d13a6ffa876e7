"""A scanner's first keys, where it stalled before they were a burst. Pure.

One to three keys cannot be kept from a field: they may be a person's. But where they look like a
scanner's, what follows them soon is not the whole of a code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posmember.scanning.around import may_begin_prefix
from posmember.scanning.burst import ScanSettings
from posmember.scanning.touch import Struck, is_a_scanners_start, was_tapped

_MOST_KEYS = 8
"""A scanner does not stand still behind each of so many keys."""


@dataclass(frozen=True, slots=True)
class Start:
    """A few keys that fell quiet before they were a burst, and look like a scanner's.

    Args:
        at: when the last one was struck.
        keys: those that a burst goes on with; () where that cannot be told. What follows soon is
            then no code that is known to be whole.
    """

    at: float
    keys: tuple[Struck, ...] = ()


def start_of(run: Sequence[Struck], before: Start | None, settings: ScanSettings) -> Start | None:
    """Return what is to be remembered of keys that fell quiet; None for a person's.

    Args:
        run: the keys, which were no burst.
        before: what is remembered of those before them.
    """
    if not run:
        return None
    known = before.keys if before else ()
    if _joins(run, known, settings):
        whole = known or not before
        may_go_on = whole and len(known) < _MOST_KEYS
        return Start(run[-1].at, (*known, *run) if may_go_on else ())
    if was_tapped(run[0]):
        return Start(run[-1].at)
    return Start(before.at) if before else None  # a person's keys in between


def _joins(run: Sequence[Struck], known: Sequence[Struck], settings: ScanSettings) -> bool:
    if len(run) > 1:
        return is_a_scanners_start(run)
    (key,) = run
    short = not (key.down or key.lingered)
    return short and (bool(known) or may_begin_prefix(key.char, settings))
