"""Laws of a burst and a person's keys: both come out whole, whatever the interleaving."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from posmember.scanning.burst import ScanSettings
from tests.fakes.keyboard import MS, Stroke, Till, burst, typed
from tests.fakes.unhurried import UNHURRIED

some = settings(UNHURRIED, max_examples=300)
CODES = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=8,
                max_size=40)  # fmt: skip
TYPED = st.text("abc 0123456789.,", min_size=1, max_size=12)
speeds = st.integers(1, 20).map(lambda ms: ms * MS)
ends = st.sampled_from(["\r", "\n", "\t", "\r\n"])


@st.composite
def a_persons_keys(draw: st.DrawFn) -> list[Stroke]:
    """Unhurried keys, each held for as long as a person does."""
    at = draw(st.floats(0, 1))
    strokes: list[Stroke] = []
    for char in draw(TYPED):
        at += draw(st.floats(0.06, 0.4))
        if strokes and strokes[-1].char == char:  # no key goes down that is down already
            at = max(at, strokes[-1].at + strokes[-1].hold + 0.02)
        strokes.append(Stroke(char, at, draw(st.floats(0.045, 0.12)), ord(char)))
    return strokes


@given(CODES, speeds, ends, a_persons_keys(), st.floats(0, 3))
@some
def test_any_interleaving_leaves_both_whole(
    code: str, every: float, end: str, person: list[Stroke], at: float
) -> None:
    till = Till().play(person, burst(code + end, at, every))
    assert till.texts == [code]
    assert till.field == "".join(stroke.char for stroke in person)


@given(st.lists(st.tuples(CODES, speeds, ends), max_size=4), a_persons_keys())
@some
def test_no_scan_is_lost_or_doubled(
    codes: list[tuple[str, float, str]], person: list[Stroke]
) -> None:
    at, strokes = 4.0, []
    for code, every, end in codes:
        strokes.append(burst(code + end, at, every))
        at += 1 + len(code) * every
    till = Till().play(person, *strokes)
    assert till.texts == [code for code, _, _ in codes]
    assert till.field == "".join(stroke.char for stroke in person)


@given(TYPED, st.floats(0.0155, 0.5), st.floats(0.06, 0.15), st.sampled_from(["", "~", "a"]))
@some
def test_typing_is_never_a_scan_and_keeps_its_order(
    text: str, every: float, hold: float, prefix: str
) -> None:
    # One key twice needs one finger, which takes its time: 16 times a second is the fastest.
    assume(every >= 0.06 or not any(key == after for key, after in pairwise(text)))
    till = Till(ScanSettings(prefix=prefix)).play(typed(text + "\r", 0, every, hold))
    assert till.texts == []
    assert till.field == text + "\r"


@given(st.lists(st.tuples(st.floats(0, 0.2), st.characters(codec="ascii")), max_size=30))
@some
def test_every_key_is_passed_held_back_or_of_a_scan(keys: list[tuple[float, str]]) -> None:
    """No key is lost and none is doubled, whatever the times.

    A scan takes all of its own, and a burst that is no code takes them to nobody.
    """
    at, strokes = 0.0, []
    for gap, char in keys:
        at += gap
        strokes.append(Stroke(char, at, 0.001, ord(char)))
    till = Till().play(strokes)
    struck = sorted(char for _, char in keys)
    kept = sorted([*till.field, *"".join(till.texts), *till.nobodys])
    gone = len(struck) - len(kept)
    assert 0 <= gone <= sum(char in "\r\n\t" for char in struck)
    if not (till.scans or till.misread):
        assert till.field == "".join(char for _, char in keys)
