"""Scans members and makes the same calls bare, in turn; tells how long each took."""

from __future__ import annotations

import sys
from functools import partial

from tests.bench.children.bare import BareCalls
from tests.bench.children.till import WARM_UP, Till, run

Sample = dict[str, float]


async def measure(
    base_url: str, code: str, user_id: str, count: int, rows: tuple[int, ...], till: Till
) -> list[Sample]:
    """Give for each sample, in milliseconds: bare, painted, and at rest.

    Args:
        rows: how many coupons and gift cards have to be there.
    """
    bare = BareCalls(base_url)
    samples = []
    for _ in range(WARM_UP + count):
        alone = await bare.look_up(code, user_id)
        answer = await till.look_up(code)
        rested_at = await till.paints.at_rest()
        rest = (rested_at - answer.scanned_at) * 1000
        samples.append({"bare": alone, "painted": answer.ms, "rest": rest})
    if till.paints.all_rows() != rows:
        raise RuntimeError(f"there are {till.paints.all_rows()} rows, not {rows}")
    await bare.aclose()
    return samples[WARM_UP:]


if __name__ == "__main__":
    url, scanned, found, samples_wanted, coupons, cards = sys.argv[1:]
    wanted = (int(coupons), int(cards))
    sys.exit(run(url, partial(measure, url, scanned, found, int(samples_wanted), wanted)))
