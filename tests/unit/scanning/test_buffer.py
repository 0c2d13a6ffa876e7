"""A scanner's burst among a person's keys, by time alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from posmember.scanning.buffer import (
    BufferState,
    Rejected,
    Scan,
    ScanBuffer,
    ScanSettings,
)

FAST, SLOW, GAP = 0.01, 0.2, 0.035
CODE = "qm0000001"


def keys(text: str, step: float, start: float = 0.0) -> list[tuple[str, float]]:
    return [(char, start + step * index) for index, char in enumerate(text)]


def feed(
    buffer: ScanBuffer, typed: Iterable[tuple[str, float]]
) -> list[tuple[str, Scan | Rejected]]:
    """What came of the keys, each outcome with the key that brought it."""
    found = []
    for char, at in typed:
        outcome = buffer.feed(char, at)
        if outcome is not None:
            found.append((char, outcome))
    return found


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_a_scan(end: str) -> None:
    assert feed(ScanBuffer(), keys(CODE + end, FAST)) == [(end, Scan(CODE))]


def test_both_terminators_are_one_scan() -> None:
    buffer = ScanBuffer()
    assert feed(buffer, keys(CODE + "\r\n", FAST)) == [("\r", Scan(CODE))]
    assert buffer.state is BufferState.IDLE


def test_two_scans_in_a_row() -> None:
    typed = keys(CODE + "\r" + "13800000001\r", FAST)
    assert feed(ScanBuffer(), typed) == [("\r", Scan(CODE)), ("\r", Scan("13800000001"))]


def test_states_of_a_burst() -> None:
    buffer = ScanBuffer()
    assert buffer.state is BufferState.IDLE
    states = []
    for char, at in keys("12345", FAST):
        buffer.feed(char, at)
        states.append(buffer.state)
    assert states == [BufferState.DOUBTFUL] * 3 + [BufferState.BURST] * 2
    assert buffer.text == "12345"


def test_a_person_typing_is_never_held_back() -> None:
    buffer = ScanBuffer()
    for char, at in keys(CODE + "\r", SLOW):
        assert buffer.feed(char, at) is None
        assert buffer.state is not BufferState.BURST


@pytest.mark.parametrize(
    ("step", "scanned"), [(GAP - 0.001, True), (GAP + 0.001, False)], ids=["in time", "too slow"]
)
def test_the_gap(step: float, scanned: bool) -> None:
    found = feed(ScanBuffer(), keys(CODE + "\r", step))
    assert found == ([("\r", Scan(CODE))] if scanned else [])


def test_a_gap_of_exactly_the_limit_still_counts() -> None:
    settings = ScanSettings(max_gap_s=0.25)
    assert feed(ScanBuffer(settings), keys(CODE + "\r", 0.25)) == [("\r", Scan(CODE))]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("12345", Rejected("12345")), ("123456", Scan("123456")), ("123", None)],
    ids=["a short burst", "the shortest scan", "no burst"],
)
def test_the_length(text: str, outcome: Scan | Rejected | None) -> None:
    found = feed(ScanBuffer(), keys(text + "\r", FAST))
    assert found == ([("\r", outcome)] if outcome else [])


def test_a_burst_that_breaks_off_is_given_back_and_the_key_begins_anew() -> None:
    buffer = ScanBuffer()
    typed = [*keys("12345", FAST), ("6", 1.0)]
    assert feed(buffer, typed) == [("6", Rejected("12345"))]
    assert (buffer.text, buffer.state) == ("6", BufferState.DOUBTFUL)


def test_a_late_terminator_ends_no_scan() -> None:
    buffer = ScanBuffer()
    typed = [*keys(CODE, FAST), ("\r", 1.0)]
    assert feed(buffer, typed) == [("\r", Rejected(CODE))]
    assert (buffer.text, buffer.state) == ("", BufferState.IDLE)


def test_a_burst_after_slow_keys_comes_out_whole() -> None:
    typed = [*keys("ab", SLOW), *keys(CODE + "\r", FAST, start=1.0), ("c", 3.0)]
    buffer = ScanBuffer()
    assert feed(buffer, typed) == [("\r", Scan(CODE))]
    assert buffer.text == "c"


def test_a_slow_key_right_before_a_burst_is_told_apart_by_its_gap() -> None:
    typed = [("x", 0.0), *keys(CODE + "\r", FAST, start=GAP + 0.001)]
    assert feed(ScanBuffer(), typed) == [("\r", Scan(CODE))]


def test_expire_gives_a_burst_back() -> None:
    buffer = ScanBuffer()
    feed(buffer, keys("1234567", FAST))
    assert buffer.expire() == Rejected("1234567")
    assert (buffer.text, buffer.state) == ("", BufferState.IDLE)
    assert buffer.expire() is None


def test_expire_has_nothing_to_give_back_of_what_passed_through() -> None:
    buffer = ScanBuffer()
    feed(buffer, keys("123", FAST))
    assert buffer.expire() is None
    assert buffer.text == ""


def test_reset_forgets() -> None:
    buffer = ScanBuffer()
    feed(buffer, keys("12345", FAST))
    buffer.reset()
    assert (buffer.text, buffer.state) == ("", BufferState.IDLE)
    assert feed(buffer, keys(CODE + "\r", FAST, start=0.06)) == [("\r", Scan(CODE))]


def test_a_terminator_alone_is_nothing() -> None:
    assert feed(ScanBuffer(), [("\r", 0.0), ("\n", 0.01)]) == []


def test_a_clock_that_jumps_back_loses_nothing() -> None:
    typed = [*keys("qm00", FAST, start=100.0), *keys("00001\r", FAST, start=1.0)]
    assert feed(ScanBuffer(), typed) == [("\r", Scan(CODE))]


def test_other_settings() -> None:
    settings = ScanSettings(max_gap_s=0.1, recognised_at=2, min_length=2)
    assert feed(ScanBuffer(settings), keys("ab\r", 0.09)) == [("\r", Scan("ab"))]


@pytest.mark.parametrize("outcome", [Scan(CODE), Rejected(CODE)])
def test_texts_stay_out_of_the_repr(outcome: Scan | Rejected) -> None:
    assert CODE not in repr(outcome)
