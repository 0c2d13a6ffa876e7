"""Laws of a scanner that stands still within a code: all of the code, or nothing of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from posmember.scanning.burst import STALLED_S, Flaw, Misread, ScanSettings
from tests.fakes.keyboard import MS, Stroke, Till, burst, stalling, typed
from tests.fakes.unhurried import UNHURRIED
from tests.property.test_burst import CODES, TYPED, ends, speeds

some = settings(UNHURRIED, max_examples=300)
pauses = st.floats(0.04, STALLED_S - 0.001)
longer_pauses = st.floats(STALLED_S + 0.001, 2)
prefixes = st.sampled_from(["", "\x02", "~~"])


@st.composite
def stalls(draw: st.DrawFn, code: str, first: int) -> dict[int, float]:
    """Pauses before some of the keys from a number on, the end's included."""
    places = st.integers(first, len(code))
    return draw(st.dictionaries(places, pauses, min_size=1, max_size=4))


@given(CODES, speeds, ends, st.data(), st.booleans())
@some
def test_a_code_that_stalls_comes_out_whole(
    code: str, every: float, end: str, data: st.DataObject, hold: bool
) -> None:
    """Wherever it stalls but behind its first key, however often, and also next to its end."""
    strokes = stalling(code + end, 0, data.draw(stalls(code, 2)), every)
    till = Till(hold=hold).play(strokes)
    assert (till.texts, till.field, till.misread) == ([code], "", [])


@given(st.text("abcXYZ0123456789", min_size=4, max_size=5), speeds, ends, st.data())
@some
def test_a_short_one_as_well(code: str, every: float, end: str, data: st.DataObject) -> None:
    strokes = stalling(code + end, 0, data.draw(stalls(code, 2)), every)
    till = Till().play(strokes)
    assert (till.texts, till.field, till.misread) == ([code], "", [])


@given(CODES, st.sampled_from(["\x02", "~~", "#"]), st.data())
@some
def test_also_within_and_behind_its_prefix(code: str, prefix: str, data: st.DataObject) -> None:
    sent = prefix + code
    pausing = {data.draw(st.integers(1, len(prefix))): data.draw(pauses)}
    till = Till(ScanSettings(prefix=prefix)).play(stalling(f"{sent}\r", 0, pausing))
    assert (till.texts, till.field) == ([code], "")


@given(CODES, speeds, ends, pauses, st.data())
@some
def test_behind_the_first_key_alone_nothing_is_looked_up(
    code: str, every: float, end: str, pause: float, data: st.DataObject
) -> None:
    """It may be a person's, so it stays where it is; what follows is then no whole code."""
    pausing = data.draw(stalls(code, 5)) | {1: pause}
    till = Till().play(stalling(code + end, 0, pausing, every))
    assert (till.texts, till.field) == ([], code[0])
    assert till.misread == [Misread(Flaw.UNFINISHED)]


@given(CODES, speeds, st.data())
@some
def test_a_code_without_its_end_reaches_nobody(
    code: str, every: float, data: st.DataObject
) -> None:
    pausing = data.draw(stalls(code[:-1], 4))
    alone = {place for place in pausing if place + 1 in pausing or place == len(code) - 1}
    strokes = stalling(code, 0, {k: v for k, v in pausing.items() if k not in alone}, every)
    till = Till().play(strokes)
    assert (till.texts, till.field, till.misread) == ([], "", [Misread(Flaw.UNFINISHED)])


@given(CODES, CODES, longer_pauses, st.integers(0, 4))
@some
def test_the_next_scan_is_its_own(code: str, other: str, pause: float, lacking: int) -> None:
    first = burst(code[: len(code) - lacking], 0)
    till = Till().play(first, burst(f"{other}\r", first[-1].at + pause))
    assert (till.texts, till.misread) == ([other], [Misread(Flaw.UNFINISHED)])
    assert till.field == ""


@given(CODES, ends, TYPED, st.data())
@some
def test_a_persons_keys_meanwhile_arrive_in_their_order(
    code: str, end: str, text: str, data: st.DataObject
) -> None:
    """Each is held as people do; the code is whole, or refused, and never cut."""
    place = data.draw(st.integers(4, len(code)))
    pause = data.draw(st.floats(0.08, STALLED_S - 0.001))
    strokes = stalling(code + end, 0, {place: pause})
    began = strokes[place - 1].at + data.draw(st.floats(0.036, pause))
    every, hold = data.draw(st.floats(0.1, 0.3)), data.draw(st.floats(0.045, 0.09))
    person = typed(text.replace(" ", "7"), began, every, hold)
    till = Till().play(strokes, person)
    assert till.texts in ([code], [])
    assert bool(till.texts) != bool(till.misread)
    assert till.field == "".join(stroke.char for stroke in person)


@given(CODES, TYPED)
@some
def test_a_person_who_goes_on_typing_behind_half_a_code(code: str, text: str) -> None:
    person = typed(f"{text}\r", len(code) * 5 * MS + 0.07, 0.11, 0.07)
    till = Till().play(burst(code, 0), person)
    assert till.field == "".join(stroke.char for stroke in person)
    assert (till.texts, till.misread) == ([], [Misread(Flaw.UNFINISHED, typed=True)])


# --- every scanner that can be set up ------------------------------------------------------------


@given(CODES, CODES, st.integers(5, 120), st.data())
@some
def test_every_gap_that_can_be_set(code: str, other: str, gap_ms: int, data: st.DataObject) -> None:
    follows = data.draw(st.booleans())
    suffix = data.draw(st.sampled_from(["", "#"]))
    settings = ScanSettings(max_gap_s=gap_ms * MS, enter_follows=follows, suffix=suffix)
    every = data.draw(st.integers(1, gap_ms)) * MS
    end = suffix + ("\r" if follows else "")
    first = burst(code + end, 0, every)
    again = first[-1].at + data.draw(st.floats(0.3, 2))
    till = Till(settings).play(first, burst(other + end, again, every))
    assert (till.texts, till.field, till.misread) == ([code, other], "", [])


@given(CODES, st.integers(5, 120), st.data())
@some
def test_every_gap_and_a_stall(code: str, gap_ms: int, data: st.DataObject) -> None:
    settings = ScanSettings(max_gap_s=gap_ms * MS)
    every = data.draw(st.integers(1, gap_ms)) * MS
    pausing = {data.draw(st.integers(4, len(code))): data.draw(st.floats(0.13, 0.49))}
    till = Till(settings).play(stalling(f"{code}\r", 0, pausing, every))
    assert (till.texts, till.field, till.misread) == ([code], "", [])


@given(st.integers(5, 120), st.booleans(), st.sampled_from(["", "#"]))
def test_quiet_is_clearly_longer_than_a_gap(gap_ms: int, follows: bool, suffix: str) -> None:
    settings = ScanSettings(max_gap_s=gap_ms * MS, enter_follows=follows, suffix=suffix)
    assert settings.quiet_s >= 2 * settings.max_gap_s
    assert settings.has_end == (follows or bool(suffix))


# --- keys that are let go late -------------------------------------------------------------------


@given(CODES, pauses, st.data())
@some
def test_a_key_may_be_down_while_the_scanner_stands_still(
    code: str, pause: float, data: st.DataObject
) -> None:
    """A keyboard tells of each key twice, and it may stall between the two."""
    place = data.draw(st.integers(2, len(code)))
    strokes = stalling(f"{code}\r", 0, {place: pause})
    before = strokes[place - 1]
    strokes[place - 1] = Stroke(before.char, before.at, pause - 2 * MS, before.key)
    till = Till().play(strokes)
    assert (till.texts, till.field) == ([code], "")
