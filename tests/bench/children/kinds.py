"""Types one member of each identifier kind, in turn; tells how long each took."""

from __future__ import annotations

import sys
from functools import partial

from tests.bench.children.bare import BareCalls
from tests.bench.children.till import Till, run

_WARM_UP = 1


async def measure(
    base_url: str, user_id: str, count: int, texts: dict[str, str], till: Till
) -> dict[str, list[float]]:
    """Give milliseconds to painted by kind; under "" two bare answers, one after the other."""
    bare = BareCalls(base_url)
    samples: dict[str, list[float]] = {kind: [] for kind in ("", *texts)}
    for _ in range(_WARM_UP + count):
        samples[""].append(await bare.two_answers(user_id))
        for kind, text in texts.items():
            samples[kind].append((await till.look_up(text, kind)).ms)
    await bare.aclose()
    return {kind: times[_WARM_UP:] for kind, times in samples.items()}


if __name__ == "__main__":
    url, known, wanted, *pairs = sys.argv[1:]
    by_kind = dict(pair.split("=", 1) for pair in pairs)
    sys.exit(run(url, partial(measure, url, known, int(wanted), by_kind)))
