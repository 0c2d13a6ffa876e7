"""From a scan's Enter to all panels painted: the program's own part, and its longest stall."""

from __future__ import annotations

from collections import Counter

from tests.bench.harness import Bench, Row, sandbox
from tests.bench.members import BY_KIND, LARGE, USUAL, VARIED, Sample

_LATENCY_MS = 80
_LATENCY_BOUND_MS = 2 * _LATENCY_MS + 30


def measure_lookup(bench: Bench) -> list[Row]:
    """Enter to painted, less the bare calls of the same shape."""
    few, many = bench.size(20, 5), bench.size(60, 12)
    with sandbox() as base_url:
        return [
            *_less_bare(bench, base_url, USUAL, many, 16.0),
            *_less_bare(bench, base_url, LARGE, few, 40.0),
            *_less_bare(bench, base_url, VARIED, few, None),
        ]


def _less_bare(
    bench: Bench, base_url: str, member: Sample, count: int, bound: float | None
) -> list[Row]:
    arguments = (member.code, member.user_id, str(count), str(member.coupons), str(member.cards))
    samples = bench.child("lookups", base_url, *arguments)

    def row(what: str, key: str) -> Row:
        return Row("lookup", what, tuple(sample[key] for sample in samples))

    own = tuple(sample["painted"] - sample["bare"] for sample in samples)
    return [
        Row("lookup", f"{member.words}: Enter to painted, less bare calls", own, bound=bound),
        row("  bare calls", "bare"),
        row("  Enter to all panels painted", "painted"),
        row("  Enter to the window at rest", "rest"),
    ]


def measure_latency(bench: Bench) -> list[Row]:
    """Enter to painted where each answer takes its time, for every kind of identifier."""
    texts = [f"{kind.value}={text}" for kind, text in BY_KIND.items()]
    count = str(bench.size(8, 3))
    with sandbox(_LATENCY_MS) as base_url:
        samples = bench.child("kinds", base_url, USUAL.user_id, count, *texts)
    bare = tuple(samples.pop(""))
    return [
        Row("latency", f"two bare answers in turn, {_LATENCY_MS} ms each", bare),
        *(
            Row("latency", f"  {kind}: Enter to painted", tuple(times), bound=_LATENCY_BOUND_MS)
            for kind, times in samples.items()
        ),
    ]


def measure_stall(bench: Bench) -> list[Row]:
    """The longest time for which the event loop stands still during a lookup."""
    few, many = bench.size(15, 4), bench.size(40, 8)
    with sandbox() as base_url:
        return [
            *_stalls(bench, base_url, USUAL, many, 12.0),
            *_stalls(bench, base_url, LARGE, few, 30.0),
        ]


def _stalls(
    bench: Bench, base_url: str, member: Sample, count: int, bound: float | None
) -> list[Row]:
    beats = bench.child("stalls", base_url, "beats", member.code, str(count))
    events = bench.child("stalls", base_url, "events", member.code, str(count))
    most, _times = Counter(str(sample["what"]) for sample in events).most_common(1)[0]
    busy = tuple(sample["busy"] for sample in beats)
    idle = tuple(sample["idle"] for sample in beats)
    single = tuple(sample["event"] for sample in events)
    return [
        Row("stall", f"{member.words}: longest silence of the loop", busy, bound=bound),
        Row("stall", "  the same without a lookup", idle),
        Row("stall", "  longest single event", single, note=most),
    ]
