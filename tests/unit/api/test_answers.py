"""What any answer is read with: exact, and within bounds of values, digits and depth."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal

import pytest

from posmember.api.answers import (
    MAX_DIGITS,
    MAX_VALUES,
    parse_object,
    plain_words,
    trace_id,
)
from posmember.errors import ApiResponseError


def refusal(body: bytes) -> str:
    with pytest.raises(ApiResponseError) as caught:
        parse_object("some_api", "r-1", body)
    error = caught.value
    assert (error.api, error.request_id, error.path) == ("some_api", "r-1", "$")
    return str(error)


def test_numbers_are_exact_as_long_as_any_platforms_are() -> None:
    digits = "0." + "1" * (MAX_DIGITS - 2)
    assert parse_object("a", "", f'{{"x": {digits}}}'.encode()) == {"x": Decimal(digits)}
    assert parse_object("a", "", f'{{"x": {digits}1}}'.encode()) == {"x": f"{digits}1"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_whole_numbers_too(encoding: str) -> None:
    most = "9" * MAX_DIGITS
    text = f'{{"x": {most}, "y": {most}9, "z": [-{most}], "short": 7}}'
    expected = {"x": int(most), "y": f"{most}9", "z": [f"-{most}"], "short": 7}
    assert parse_object("a", "", text.encode(encoding)) == expected
    endless = f'{{"x": {"9" * 1_000_000}}}'.encode(encoding)
    assert parse_object("a", "", endless) == {"x": "9" * 1_000_000}


def test_as_many_values_as_are_read_and_no_more() -> None:
    most = b'{"x":[' + b",".join([b"1"] * (MAX_VALUES - 1)) + b"]}"
    assert len(parse_object("a", "", most)["x"]) == MAX_VALUES - 1  # type: ignore[arg-type]
    assert refusal(most.replace(b"1]", b"1,1]")) == "too many values"


def cost_of(body: bytes) -> float:
    """The shortest of three readings, in seconds of this thread's work."""
    took = []
    for _ in range(3):
        begun = time.thread_time()
        with contextlib.suppress(ApiResponseError):
            parse_object("a", "", body)
        took.append(time.thread_time() - begun)
    return min(took)


@pytest.mark.parametrize("letters", ["1-1-1-1-a", "1 ", "a ", "o-", "\x01"])
def test_a_message_of_megabytes_is_short_words_at_once(letters: str) -> None:
    begun = time.thread_time()  # what others of a busy machine do meanwhile does not count
    short = plain_words(letters * 100)
    once = time.thread_time() - begun
    text = letters * 1_000_000
    begun = time.thread_time()
    assert len(plain_words(text)) <= len(short) + 120
    assert time.thread_time() - begun < 100 * once + 0.01


def test_no_number_is_kept_as_its_end_was_cut_off() -> None:
    assert plain_words("会" * 1990 + "13800000001" + "会" * 10) == "会" * 120
    assert "138" not in plain_words(" " * 1990 + "13800000001" + "会" * 10)


def test_an_answers_own_id_is_looked_for_in_an_envelope_not_in_a_book() -> None:
    assert trace_id({"TraceId": "t1"}) == trace_id({"trace_id": "t1"}) == "t1"
    assert trace_id({**{f"k{n}": 0 for n in range(1000)}, "traceId": "t1"}) == ""


@pytest.mark.parametrize(
    "hostile",
    [
        b'{"x":[' + b",".join([b"{}"] * 2_000_000) + b"]}",
        b'{"x":0.' + b"1" * 2_000_000 + b"}",
        b'{"x":1e' + b"9" * 2_000_000 + b"}",
        b'{"x":1' + b"0" * 2_000_000 + b"}",
        b'{"x":[' + b",".join([b"9" * 4_299] * 1_900) + b"]}",
        b'{"x":' + b"[" * 4_000_000,
        b'{"x":"' + b"\\u0041" * 1_000_000 + b'"}',
    ],
    ids=["many", "decimals", "exponent", "digits", "whole numbers", "deep", "escapes"],
)
def test_no_answer_of_its_size_is_slower_to_read_than_an_honest_one(hostile: bytes) -> None:
    row = b'{"id":"%d","title":"\xe5\x88\xb8","amount":1.5,"at":"2026-01-01 00:00:00"}'
    honest = b'{"x":[' + b",".join(row % n for n in range(40_000)) + b"]}"
    assert cost_of(hostile) < 3 * cost_of(honest)
