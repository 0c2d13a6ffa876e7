"""Messages on the wire: in any pieces the same, and never longer than they may be."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.link.framing import MAX_REQUEST, Lines, TooLongError, UnreadableError, decode, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=3,
)
MESSAGES = st.dictionaries(st.text(), VALUES, max_size=3)


@given(st.lists(MESSAGES, max_size=3), st.lists(st.integers(1, 60), max_size=12))
def test_any_pieces_are_the_same_messages(
    messages: list[dict[str, object]], sizes: list[int]
) -> None:
    stream = b"".join(encode(message) for message in messages)
    assert stream.isascii()
    lines, read = Lines(), list[bytes]()
    for size in (*sizes, len(stream)):
        read += lines.feed(stream[:size])
        stream = stream[size:]
    assert not lines.has_begun
    assert [decode(line) for line in read] == messages


@given(st.binary(max_size=300))
def test_no_line_breaks_the_reader(line: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(decode(line), dict)


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_more_than_the_bound_is_held(pieces: list[bytes]) -> None:
    lines, told = Lines(longest=32), 0
    for piece in pieces:
        try:
            told += sum(len(line) < 32 for line in lines.feed(piece))
        except TooLongError:
            assert not lines.has_begun
    assert told <= b"".join(pieces).count(b"\n")


def test_the_bound_is_of_one_line() -> None:
    whole = b"x" * (MAX_REQUEST - 1) + b"\n"
    assert len(Lines().feed(whole * 3)) == 3
    for too_long in (b"x" * MAX_REQUEST, b"x" + whole):
        with pytest.raises(TooLongError):
            Lines().feed(too_long)


def test_numbers_stay_as_they_were_written() -> None:
    assert decode(b'\xef\xbb\xbf{"amount": 58.10}') == {"amount": "58.10"}
    for line in (b"{", b"[]", b"null", b'{"a": NaN}', b'{"a": -Infinity}', b"\xff", b"1" * 5000):
        with pytest.raises(UnreadableError):
            decode(line)
