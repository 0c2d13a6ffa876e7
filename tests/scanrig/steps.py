"""What is done in the rig's window, step by step: every combination, or random ones."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from tests.scanrig.codes import DIGITS_ALONE, KINDS
from tests.scanrig.scanner import STX, Keypad, Manner, Suffix
from tests.scanrig.session import PLACES_TO_TYPE_IN, Burst

PLACES = (
    *("scan_field", "money", "count", "line", "spin", "double_spin", "date"),
    *("combo", "combo_editable", "combo_popup", "list", "text", "button", "checkbox"),
    *("read_only", "password", "dialog", "menu", "chinese", "chinese_text"),
)
_CHINESE = ("chinese", "chinese_text")
SPEEDS_MS = (0, 1, 5, 20)
_WEIGHTS = {"120 characters": 1, "set-up part": 1}
"""They take as long as ten others, and hold nothing that they do not; all others weigh 4."""
_SUFFIX_WEIGHTS = {Suffix.ENTER: 6}
_STALLING = 0.15
"""Of all bursts, so many stall."""
_STALL_MS = (80, 400)
_RECOGNISED_AT = 4
"""Keys. A burst that stalls sooner is tried by tests of their own: not all of it can be kept."""
_BLOCK = 40
"""After so many bursts another scanner is plugged in."""


@dataclass(frozen=True, slots=True)
class Typing:
    """A person types a text."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Composing:
    """A person writes Chinese."""

    place: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program is told of the scanner."""

    prefix: str = ""
    suffix: Suffix = Suffix.ENTER


Step = Burst | Typing | Composing | Settings


def every_combination(random: Random, places: Sequence[str]) -> Iterator[Step]:
    """Scan a code of each kind, at each speed, in each place."""
    for place in places:
        for gap_ms in SPEEDS_MS:
            for kind, make in KINDS.items():
                yield Burst(kind, (make(random),), Manner(gap_ms), place)
        if place in PLACES_TO_TYPE_IN:
            yield Typing(place, "58")
        if place in _CHINESE:
            yield Composing(place)


def random_steps(
    random: Random, scans: int, places: Sequence[str], longest_ms: int
) -> Iterator[Step]:
    """Scan so many codes in random ways, a person's typing in between."""
    settings, left = Settings(), scans
    for number in count():
        if left <= 0:
            break
        if number % _BLOCK == 0:
            settings = _settings(random)
            yield settings
        burst = _burst(random, random.choice(places), settings, longest_ms)
        left -= len(burst.codes)
        yield burst
        yield from _a_persons(random)
    yield Composing(_CHINESE[0])  # in this very process the input method composes to the end


def _settings(random: Random) -> Settings:
    plain, with_prefix, without_suffix = Settings(), Settings(STX), Settings("", Suffix.NONE)
    return random.choices((plain, with_prefix, without_suffix), (70, 15, 15))[0]


def _burst(random: Random, place: str, settings: Settings, longest_ms: int) -> Burst:
    kind = random.choices(tuple(KINDS), [_WEIGHTS.get(kind, 4) for kind in KINDS])[0]
    several = settings.suffix is not Suffix.NONE and random.random() < 0.05
    codes = tuple(KINDS[kind](random) for _ in range(random.randint(2, 3) if several else 1))
    manner = _manner(random, kind, settings, longest_ms)
    if settings.suffix is not Suffix.NONE and len(codes) == 1 and random.random() < _STALLING:
        # A Ctrl+C behind a pause is a person's, for all that is known: their shortcut works.
        last = len(manner.prefix + codes[0]) - (manner.suffix is Suffix.ETX_ENTER)
        manner = replace(manner, stalls_ms=_stalls(random, last))
    length_ms = manner.gap_ms * len(codes[0])
    busy_after_ms = random.randint(0, length_ms + 20) if random.random() < 0.05 else None
    return Burst(kind, codes, manner, place, busy_after_ms, prefix_known=bool(settings.prefix))


def _manner(random: Random, kind: str, settings: Settings, longest_ms: int) -> Manner:
    some = [suffix for suffix in Suffix if suffix is not Suffix.NONE]
    suffix = random.choices(some, [_SUFFIX_WEIGHTS.get(suffix, 1) for suffix in some])[0]
    keypad = random.choice(tuple(Keypad)) if kind in DIGITS_ALONE else Keypad.UNUSED
    return Manner(
        gap_ms=random.randint(0, longest_ms),
        suffix=Suffix.NONE if settings.suffix is Suffix.NONE else suffix,
        prefix=settings.prefix or random.choices(("", STX), (95, 5))[0],
        caps_lock=random.random() < 0.05,
        keypad=keypad,
    )


def _stalls(random: Random, last: int) -> tuple[tuple[int, int], ...]:
    """Some times at which it stands still: before keys up to a number, such as the Enter's."""
    some = range(_RECOGNISED_AT, last + 1)
    places = random.sample(some, k=min(random.randint(1, 3), len(some)))
    return tuple((place, random.randint(*_STALL_MS)) for place in sorted(places))


def _a_persons(random: Random) -> Iterator[Step]:
    if random.random() < 0.06:
        # Digits alone: a Chinese input method makes another sign of a full stop, as it should.
        digits = "".join(random.choices(string.digits, k=random.randint(1, 6)))
        yield Typing(random.choice(PLACES_TO_TYPE_IN), digits)
    if random.random() < 0.01:
        yield Composing(random.choice(_CHINESE))
