"""Looks the usual member up over and over; tells the memory now and then."""

from __future__ import annotations

import gc
import sys
from functools import partial

from tests.bench.children.report import memory_mb
from tests.bench.children.till import Till, run

_POINTS = 20


async def measure(code: str, warm_up: int, count: int, till: Till) -> list[dict[str, float]]:
    """Give the memory in MB after the warm-up and after each twentieth of the lookups."""
    for _ in range(warm_up):
        await till.look_up(code)
    points = [_memory()]
    for number in range(1, count + 1):
        await till.look_up(code)
        if number * _POINTS // count > (number - 1) * _POINTS // count:
            points.append(_memory())
    return points


def _memory() -> dict[str, float]:
    """Memory without what only waits to be collected."""
    gc.collect()
    return memory_mb()


if __name__ == "__main__":
    url, scanned, before, wanted = sys.argv[1:]
    sys.exit(run(url, partial(measure, scanned, int(before), int(wanted))))
