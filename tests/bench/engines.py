"""The program's own rules against the same rules written for general rule engines.

Two scenes. "From nothing": a member has arrived, and every rule is asked of every asset; the
engines' facts are laid out from the same objects within the time. Within it, too, the program finds
out which assets are alike, and asks once of them; no engine does. "Another amount": the cashier
types; everybody has prepared what does not hang on the order, and the engines' facts are all laid
out beforehand, the new amount among them.

The engines get favours: their rules are compiled before the clock runs, the hours of gift cards
are worked out for them (no engine reads ``useTimeScope``), and they give bare codes, where the
program also makes reasons with their params, notices, the verdict and when it is usable again.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.bench.harness import Bench, Row
from tests.bench.members import LARGE

_AT_LEAST = 5
"""How many times as fast as the fastest engine the program claims to be."""


def measure_engines(bench: Bench) -> list[Row]:
    """All reasons of the large member's assets, by everyone in turn; each engine's ratio to ours.

    Raises:
        RuntimeError: an engine gives other reasons, so that nothing is comparable.
    """
    told = bench.child("engines", str(bench.size(15, 3)), python=Path(sys.executable))
    agreed = f"the same reasons from all, {told['codes']} codes met"
    scenes: dict[str, dict[str, list[float]]] = told["scenes"]
    return [row for scene, times in scenes.items() for row in _rows(scene, times, agreed)]


def _rows(scene: str, times: dict[str, list[float]], agreed: str) -> list[Row]:
    ours, *engines = times
    fastest = min(engines, key=lambda name: statistics.median(times[name]))
    rows = [Row("engines", f"{LARGE.words}, {scene}: {ours}", tuple(times[ours]), note=agreed)]
    for engine in engines:
        ratio = statistics.median(_ratios(times[engine], times[ours]))
        rows.append(Row("engines", f"  {engine}", tuple(times[engine]), note=f"{ratio:.1f} × ours"))
    share = tuple(_ratios(times[ours], times[fastest]))
    return [*rows, Row("engines", f"  {ours} / {fastest}", share, unit="×", bound=1 / _AT_LEAST)]


def _ratios(those: list[float], these: list[float]) -> list[float]:
    return [that / this for that, this in zip(those, these, strict=True)]
