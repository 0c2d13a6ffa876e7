"""What a key costs does not grow with the keys before it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from posmember.scanning.buffer import ScanBuffer
from posmember.scanning.burst import Misread, ScanSettings
from tests.fakes.keyboard import MS, Stroke, burst, stalling, typed

FEW, MANY = 2_000, 20_000
TRIES = 3
NOISE = 2.5
"""Other programs, and memory that has to be fetched, cost some."""

Keys = Callable[[int], list[Stroke]]
NO_END = ScanSettings(enter_follows=False)
KINDS: dict[str, tuple[ScanSettings, Keys]] = {
    "a burst": (ScanSettings(), lambda count: burst("7" * count, 0)),
    "with its end": (ScanSettings(), lambda count: burst("7" * count + "\r", 0)),
    "no end": (NO_END, lambda count: burst("7" * count, 0)),
    "all of a suffix": (
        ScanSettings(suffix="77", enter_follows=False),
        lambda count: burst("7" * count, 0),
    ),
    "a prefix": (ScanSettings(prefix="~~"), lambda count: burst("~" * count, 0)),
    "let go late": (
        ScanSettings(),
        lambda count: burst("0123456789" * (count // 10), 0, hold=0.04),
    ),
    "rolled over": (ScanSettings(), lambda count: typed("0123456789" * (count // 10), 0, 0.02)),
    "stalling": (
        ScanSettings(),
        lambda count: stalling("7" * count, 0, dict.fromkeys(range(9, count, 10), 0.1)),
    ),
    "many codes": (ScanSettings(), lambda count: burst("1234567\r" * (count // 8), 0)),
    "releases that are lost": (ScanSettings(), lambda count: burst("7" * count, 0, hold=1e6)),
}


def cost(settings: ScanSettings, strokes: list[Stroke]) -> tuple[float, list[Misread]]:
    """Seconds of the processor, the least of some tries; and what was no code."""
    events = sorted(
        [(stroke.at, True, stroke) for stroke in strokes]
        + [(stroke.at + stroke.hold, False, stroke) for stroke in strokes],
        key=lambda event: event[:2],
    )
    least = float("inf")
    misread: list[Misread] = []
    for _ in range(TRIES):
        misread.clear()
        buffer = ScanBuffer(settings)
        began = time.process_time()
        for number, (at, down, stroke) in enumerate(events):
            if down:
                told = buffer.press(number, stroke.char, stroke.key, at).misread
                misread += [told] if told else []
            else:
                buffer.let_go(stroke.key, at)
        while buffer.patience_s is not None:
            told = buffer.fall_quiet().misread
            misread += [told] if told else []
        least = min(least, time.process_time() - began)
    return least, misread


@pytest.mark.parametrize("kind", KINDS)
def test_ten_times_the_keys_cost_ten_times_as_much(kind: str) -> None:
    settings, keys = KINDS[kind]
    few, _ = cost(settings, keys(FEW))
    many, _ = cost(settings, keys(MANY))
    assert many < few * MANY / FEW * NOISE


def test_so_many_keys_are_no_code() -> None:
    _, misread = cost(ScanSettings(), burst("7" * MANY, 0, MS))
    assert [each.flaw for each in misread] == ["too_long"]
