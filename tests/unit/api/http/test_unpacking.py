"""A body is unpacked as it was asked for, and never beyond what is taken."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posmember.api.http.unpacking import TooLongError, Unpacker, UnpackingError

MIB = 1024 * 1024


def unpacked(encoding: str, *parts: bytes, most: int = MIB) -> bytes:
    unpacker = Unpacker(encoding, most)
    for part in parts:
        unpacker.feed(part)
    return unpacker.whole()


@pytest.mark.parametrize("encoding", ["", "identity", " Identity ", "identity, identity"])
def test_what_is_not_packed(encoding: str) -> None:
    assert unpacked(encoding, b"ab", b"", b"c") == b"abc"


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip", "identity, gzip", " gzip ,"])
def test_what_is_packed(encoding: str) -> None:
    assert unpacked(encoding, gzip.compress(b"abc")) == b"abc"


@given(st.binary(max_size=3000), st.integers(1, 40))
def test_packed_in_any_parts(body: bytes, size: int) -> None:
    packed = gzip.compress(body)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked("gzip", *parts) == body


@pytest.mark.parametrize(
    "encoding",
    [*("br", "zstd", "deflate", "gzip, gzip", "gzip,identity,gzip", "br, gzip"), "喵", "gzip;q=1"],
)
def test_what_nobody_asked_for(encoding: str) -> None:
    with pytest.raises(UnpackingError):
        Unpacker(encoding, 10)


@pytest.mark.parametrize(
    "body", [b"{}", b"\x1f\x8b", gzip.compress(b"abc" * 99, mtime=0)[:-9], b"\0" * 30]
)
def test_what_is_not_as_it_says(body: bytes) -> None:
    with pytest.raises(UnpackingError):
        unpacked("gzip", body)


def test_no_body_at_all_needs_no_end() -> None:
    assert unpacked("gzip") == b""


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_packed_in_several_members(size: int) -> None:
    packed = gzip.compress(b"abc") + gzip.compress(b"") + gzip.compress(b"def")
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpacked("gzip", *parts) == b"abcdef"
    with pytest.raises(UnpackingError):
        unpacked("gzip", packed[:-9])


def test_what_stands_behind_the_end_is_nothing() -> None:
    packed = gzip.compress(b"abc")
    assert unpacked("gzip", packed + b"junk", b"more") == b"abc"


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("parts", [1, 7])
def test_as_long_as_is_taken_and_no_longer(encoding: str, parts: int) -> None:
    for size, taken in ((100, True), (101, False)):
        body = bytes(range(size))
        packed = gzip.compress(body) if encoding else body
        step = -(-len(packed) // parts)
        cut = [packed[at : at + step] for at in range(0, len(packed), step)]
        if taken:
            assert unpacked(encoding, *cut, most=100) == body
        else:
            with pytest.raises(TooLongError):
                unpacked(encoding, *cut, most=100)


def test_a_bomb_is_never_held() -> None:
    bomb = gzip.compress(bytes(100 * MIB))
    tracemalloc.start()
    try:
        with pytest.raises(TooLongError):
            unpacked("gzip", bomb, most=MIB)
        assert tracemalloc.get_traced_memory()[1] < 4 * MIB
    finally:
        tracemalloc.stop()
