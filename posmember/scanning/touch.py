"""Whose keys they are, by how long each was held. Pure.

A scanner lets go of each key before it presses the next; a person, at a scanner's pace, still
holds the last ones. Nothing here looks back over a run at each of its keys: a run is looked over
when it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

FASTER_THAN_PEOPLE_S = 0.015
"""Nobody strikes two keys of a text so fast, or lets go of one so soon; scanners do both."""
_HELD_BY_PEOPLE_S = 0.035
"""People hold each key for longer than this."""
_FIRST_KEYS = 3
"""They tell how long a scanner holds its keys."""


@dataclass(slots=True, eq=False)
class Struck:
    """One key.

    Args:
        number: the caller's number of it.
        key: which key of the keyboard it is, so that its release can be told.
        at: when it went down, in seconds.
        held: whether the caller holds it.
        up_at: when it was let go; None where it was not, or nobody knows when.
        down: whether it is down. overlapped: whether it was so when another was struck.
    """

    number: int
    char: str = field(repr=False)
    key: int = field(repr=False)
    at: float
    held: bool
    up_at: float | None = None
    down: bool = True
    overlapped: bool = False

    @property
    def hold_s(self) -> float:
        """How long it was held; 0 where nobody knows."""
        return 0.0 if self.up_at is None else self.up_at - self.at

    @property
    def lingered(self) -> bool:
        """Whether it was held for longer than a fast scanner holds a key."""
        return self.hold_s > _HELD_BY_PEOPLE_S

    @property
    def is_a_persons(self) -> bool:
        """Whether a person struck it into a burst; to be asked when the burst is over."""
        return self.down or (self.overlapped and self.lingered)


def was_typed(run: Sequence[Struck]) -> bool:
    """Whether a run that looked like a burst was typed after all.

    Most of its keys were held as people hold them, which is for most of the time until the next
    one, and half of them came no faster than people's do.
    """
    gaps = [after.at - before.at for before, after in pairwise(run)]
    if not gaps:
        return False
    # Of the last one nobody knows for how much of the time.
    leaning = [
        key.lingered and key.hold_s > 0.6 * gap for key, gap in zip(run, [*gaps, 0], strict=True)
    ]
    leaning[-1] = False
    typed = sum(key.is_a_persons or lean for key, lean in zip(run, leaning, strict=True))
    fast = sum(gap <= FASTER_THAN_PEOPLE_S for gap in gaps)
    return 2 * typed > len(run) and fast <= len(gaps) // 2


def is_a_scanners_start(run: Sequence[Struck]) -> bool:
    """Whether a few keys can only be a scanner's: each was let go before the next was struck.

    For two keys and more, at a scanner's pace.
    """
    return len(run) > 1 and not any(key.overlapped for key in run)


def was_tapped(key: Struck) -> bool:
    """Whether a single key was let go sooner than people do.

    Not where it went down and up at one time: that tells of no keyboard, and so of nobody.
    """
    return 0 < key.hold_s <= FASTER_THAN_PEOPLE_S


def is_held_longer(key: Struck, run: Sequence[Struck]) -> bool:
    """Whether a single key was, or is, held as by a person, seen from a scanner's own keys."""
    first = sorted(each.hold_s for each in run[:_FIRST_KEYS])
    usual_s = first[(len(first) - 1) // 2]  # `statistics` takes 8 ms to import, before the window
    return key.down or (key.lingered and key.hold_s > 1.5 * usual_s)


def numbers_of(run: Sequence[Struck]) -> tuple[int, ...]:
    """Return the numbers of the keys that the caller holds."""
    return tuple(key.number for key in run if key.held)
