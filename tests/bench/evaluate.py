"""From the large member's bytes to its verdicts, step by step, against plain `json.loads`."""

from __future__ import annotations

import statistics

from tests.bench.harness import Bench, Row
from tests.bench.members import LARGE, VARIED, Sample

_STEPS = {
    "json": "JSON: exact numbers, depth, envelope",
    "decode": "decode",
    "join": "join",
    "evaluate": "all rules, from nothing",
}
_TYPED_MS = 6.0
_FROM_NOTHING_MS = {LARGE: 8.0}


def measure_evaluate(bench: Bench) -> list[Row]:
    """Decode and evaluate, in milliseconds and per coupon."""
    return [row for member in (LARGE, VARIED) for row in _steps(bench, member)]


def _steps(bench: Bench, member: Sample) -> list[Row]:
    count = str(bench.size(40, 10))
    samples = bench.child("evaluate", member.code, member.user_id, count)

    def row(what: str, keys: tuple[str, ...], bound: float | None = None) -> Row:
        times = tuple(sum(sample[key] for key in keys) for sample in samples)
        ratios = [time / sample["plain"] for time, sample in zip(times, samples, strict=True)]
        each = statistics.median(times) * 1000 / member.coupons
        note = f"{each:.1f} µs a coupon, {statistics.median(ratios):.1f} × json.loads"
        return Row("evaluate", what, times, bound=bound, note=note)

    bounds = {"evaluate": _FROM_NOTHING_MS.get(member)}
    plain = tuple(sample["plain"] for sample in samples)
    typed = tuple(sample["typed"] for sample in samples)
    return [
        row(f"{member.words}: bytes to verdicts", tuple(_STEPS)),
        Row("evaluate", "  plain json.loads of the same bytes", plain),
        *(row(f"  {words}", (step,), bounds.get(step)) for step, words in _STEPS.items()),
        Row("evaluate", "  an amount typed: everything evaluated anew", typed, bound=_TYPED_MS),
    ]
