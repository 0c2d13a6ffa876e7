"""Judges one burst: which scans came, and what else it did. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.scanrig.program import Seen

Difference = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the codes of one burst.

    Args:
        right: codes that came once, whole, and as the number in the burst that they were.
        lost: codes of which nothing came.
        mangled: codes in whose place another text came, or that came as another number.
        doubled: texts that came once too often.
        moved: what else the burst changed: of each widget the state before and after.
    """

    right: int
    lost: int = 0
    mangled: int = 0
    doubled: int = 0
    moved: Difference = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Return whether all is as it should be."""
        return not (self.lost or self.mangled or self.doubled or self.moved)


def judge(
    sent: Sequence[str], seen: Sequence[Seen], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Verdict:
    """Compare what was sent with what came of it.

    Args:
        sent: the codes of the burst, as they are to arrive.
        seen: the scans that arrived.
        before: the state of every widget.
        after: the same, once everything was quiet again.
    """
    left = list(seen)
    missing = 0
    for place, code in enumerate(sent, start=1):
        scan = Seen(code, place)
        if scan in left:
            left.remove(scan)
        else:
            missing += 1
    right = len(sent) - missing
    whole = {code for code in sent if Seen(code, sent.index(code) + 1) in seen}
    doubled = sum(scan.text in whole for scan in left)
    others = len(left) - doubled
    lost = max(0, missing - others)
    return Verdict(right, lost, max(others, missing - lost), doubled, differing(before, after))


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """Return what is not the same in both."""
    return {
        name: (before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
