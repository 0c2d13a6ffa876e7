"""Lookups that are interrupted, at a platform behind a bad network: what is left behind by them."""

from __future__ import annotations

import sys
from typing import Any

from tests.bench.harness import Bench, Row, hostile_platform

_SEED = 1
_POOL = 8
"""So many connections the program keeps at most."""
_GROWTH_BOUND_MB = 5.0
_HELD = {
    "connections": "connections to the platform",
    "tasks": "asyncio tasks",
    "threads": "threads",
    "descriptors": "file descriptors",
    "memory": "memory (RSS)",
}


def measure_interrupted(bench: Bench) -> list[Row]:
    """By the next scan, Esc, F5 and the order type, with a tenth of all answers bad."""
    count = bench.interruptions or bench.size(1000, 60)
    with hostile_platform(_SEED) as base_url:
        told = bench.child("interrupted", base_url, str(count), str(_SEED))
    _tell(told)
    return [
        Row(
            "interrupted",
            "lookups interrupted by the next scan, Esc, F5, order type",
            (told["interruptions"],),
            "",
            note=f"of {count:,}, in {told['seconds']:.0f} s, {told['renders']:,} renderings",
        ),
        *(_held(told, key) for key in _HELD if key in told["after"]),
        _row("scans that started no lookup", told["lost"], told),
        _row("renderings of another person", len(told["strangers"]), told),
        _row("uninterrupted lookups with a section that stays loading", told["stuck"], told),
        _row(
            "uninterrupted lookups at the end that found nobody, all answers being good again",
            sum(not last["found"] for last in told["last"]),
            told,
        ),
    ]


def _row(what: str, count: int, told: Any) -> Row:
    return Row("interrupted", f"  {what}", (count,), "", 0, _last_found(told))


def _last_found(told: Any) -> str:
    found = [probe["after"] for probe in told["probes"] if probe["found"]]
    return f"found between them, for the last time after {found[-1]:,}" if found else ""


def _held(told: Any, key: str) -> Row:
    before, after = told["before"][key], told["after"][key]
    what = f"  {_HELD[key]} afterwards"
    if key == "memory":
        # The first failures of each kind bring in what the program had no need of before.
        points = [probe["memory"] for probe in told["probes"]] or [before]
        growth = after - points[len(points) // 2]
        what, note = "  memory (RSS): growth in the second half", f"{before:.1f} to {after:.1f} MB"
        return Row("interrupted", what, (growth,), "MB", _GROWTH_BOUND_MB, f"{note} in all")
    bound = _POOL if key == "connections" else before + _POOL
    return Row("interrupted", what, (after,), "", bound, f"{before:.0f} before")


def _tell(told: Any) -> None:
    """What does not fit a table: what the network did, who was seen, who was not found."""
    print(f"interrupted: {told['ways']}; answers: {told['answers']}", file=sys.stderr)
    for line in (*told["strangers"][:10], *map(str, told["last"])):
        print(f"interrupted: {line}", file=sys.stderr)
