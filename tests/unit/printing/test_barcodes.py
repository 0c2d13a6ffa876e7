"""QR and Code 128, read back by a decoder."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from posmember.printing.barcodes import (
    CODE_128_QUIET_ZONE,
    QR_QUIET_ZONE,
    Modules,
    code_128_modules,
    qr_modules,
)
from posmember.scanning.test_code import TEST_CODE

PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40)
SCALE = 3


def read(modules: Modules, quiet_zone: int, row_height: int) -> list[str]:
    """Paint a code, light around it, and decode the picture."""
    empty = bytes(len(modules[0]))
    margin = [empty] * quiet_zone
    rows = [*margin, *(row for row in modules for _ in range(row_height)), *margin]
    side = bytes(quiet_zone)
    lines = [b"".join(bytes([unit]) * SCALE for unit in side + row + side) for row in rows]
    pixels = b"".join(bytes(0 if unit else 255 for unit in line) * SCALE for line in lines)
    picture = memoryview(pixels).cast("B", (len(lines) * SCALE, len(lines[0])))
    return [each.text for each in zxingcpp.read_barcodes(picture)]


@given(PRINTABLE)
def test_a_qr_code_is_read(text: str) -> None:
    assert read(qr_modules(text), QR_QUIET_ZONE, 1) == [text]


@given(PRINTABLE)
def test_a_code_128_is_read(text: str) -> None:
    assert read(code_128_modules(text), CODE_128_QUIET_ZONE, 20) == [text]


@pytest.mark.parametrize("text", ["999999", "9912345678", "0000", "12345", "a1b22c333d4444"])
def test_digits_in_pairs(text: str) -> None:
    assert read(code_128_modules(text), CODE_128_QUIET_ZONE, 20) == [text]


def test_sizes() -> None:
    assert {len(row) for row in qr_modules(TEST_CODE)} == {len(qr_modules(TEST_CODE))} == {25}
    (row,) = code_128_modules(TEST_CODE)
    assert len(row) == 255  # 22 symbols and the stop: its ten digits take five
    assert (row[:2], row[-2:]) == (b"\x01\x01", b"\x01\x01")


@pytest.mark.parametrize("text", ["", "会员", "x" * 8000])
def test_what_code_128_cannot_hold(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words
        code_128_modules(text)


@pytest.mark.parametrize("text", ["", "x" * 8000])
def test_what_a_qr_code_cannot_hold(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words
        qr_modules(text)
