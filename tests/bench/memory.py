"""Memory: the window against a blank one, and what many lookups leave behind."""

from __future__ import annotations

import sys

from tests.bench.harness import Bench, Row, sandbox
from tests.bench.members import USUAL
from tests.bench.start import start_pairs

_RATIO_BOUND = 1.6
_GROWTH_BOUND_MB = 1.0
_KINDS = {"rss": "resident (RSS)", "uss": "shared with none (USS)"}
_GROWING_KINDS = {"rss": "resident (RSS)", "own": "heaps and stacks (anonymous)"}


def measure_memory(bench: Bench) -> list[Row]:
    """Memory of the window that shows the usual member."""
    pairs = start_pairs(bench, bench.size(7, 2))
    if not pairs[0].blank.told["memory"]:
        _say_untold()
        return []
    rows = []
    for kind, words in _KINDS.items():
        blank = tuple(pair.blank.mb(kind) for pair in pairs)
        till = tuple(pair.till.mb(kind) for pair in pairs)
        ratios = tuple(own / empty for own, empty in zip(till, blank, strict=True))
        what = f"usual member shown, against a blank window: {words}"
        rows += [
            Row("memory", what, ratios, "×", _RATIO_BOUND),
            Row("memory", "  blank window", blank, "MB"),
            Row("memory", "  posmember", till, "MB"),
        ]
    return rows


def measure_growth(bench: Bench) -> list[Row]:
    """What is left behind by many lookups of the usual member, after many others."""
    warm_up, count = bench.size(500, 50), bench.size(5000, 300)
    with sandbox() as base_url:
        points = bench.child("growth", base_url, USUAL.code, str(warm_up), str(count))
    if not points[0]:
        _say_untold()
        return []
    rows = []
    for kind, words in _GROWING_KINDS.items():
        first, middle, last = (points[at][kind] for at in (0, len(points) // 2, -1))
        what = f"growth over {count:,} lookups: {words}"
        note = f"{last - middle:+.2f} MB in the second half"
        rows.append(Row("growth", what, (last - first,), "MB", _GROWTH_BOUND_MB, note))
    return rows


def _say_untold() -> None:
    print("this system does not tell memory (no /proc/self/smaps_rollup)", file=sys.stderr)
