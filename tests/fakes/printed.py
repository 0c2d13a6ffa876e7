"""A printed page as a scanner sees it: a picture, or a PDF of painted rectangles, decoded."""

from __future__ import annotations

import re
import zlib

import zxingcpp
from PySide6.QtGui import QImage

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_SCALE = 2
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_PAGE = (595, 842)

Matrix = tuple[float, float, float, float, float, float]


def codes_of_picture(png: bytes) -> list[str]:
    """What a decoder reads from a PNG."""
    image = QImage.fromData(png).convertToFormat(QImage.Format.Format_Grayscale8)
    assert not image.isNull()
    lines = bytes(image.constBits())
    stride, width = image.bytesPerLine(), image.width()
    rows = [lines[at : at + width] for at in range(0, stride * image.height(), stride)]
    return _decoded(rows)


def codes_of_pdf(pdf: bytes) -> list[list[str]]:
    """What a decoder reads from each page of a PDF, of which rectangles alone are painted."""
    contents = [_unpacked(found[1]) for found in _STREAM.finditer(pdf)]
    return [_decoded(_painted(content)) for content in contents if b"\nBT\n" in content]


def _unpacked(stream: bytes) -> bytes:
    try:
        # Not zlib.decompress: what ends the line behind the data may look like a part of it.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def _decoded(rows: list[bytes]) -> list[str]:
    picture = memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def _painted(content: bytes) -> list[bytes]:
    """The picture that a page's operators paint: ``q Q cm re f scn``; a stroke fails."""
    width, height = (side * _SCALE for side in _PAGE)
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    saved: list[tuple[Matrix, int]] = []
    numbers: list[float] = []
    rectangles: list[tuple[float, float, float, float]] = []
    gray = 0
    for word in content.split():
        if _NUMBER.fullmatch(word):
            numbers.append(float(word))
            continue
        if word == b"q":
            saved.append((matrix, gray))
        elif word == b"Q":
            matrix, gray = saved.pop()
        elif word == b"cm":
            matrix = _times(numbers[-6:], matrix)
        elif word == b"scn":
            gray = round(255 * numbers[-1])
        elif word == b"re":
            x, y, wide, high = numbers[-4:]
            rectangles.append((*_at(matrix, x, y), *_at(matrix, x + wide, y + high)))
        elif word in (b"f", b"f*"):
            for rectangle in rectangles:
                _fill(rows, rectangle, gray)
            rectangles = []
        assert word not in _STROKES, "an outline is painted"
        numbers = []
    return [bytes(row) for row in rows]


def _times(inner: list[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
            e * p + f * r + t, e * q + f * s + u)  # fmt: skip


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _fill(rows: list[bytearray], found: tuple[float, float, float, float], gray: int) -> None:
    left, right = sorted((found[0], found[2]))
    bottom, top = sorted((found[1], found[3]))
    first, last = (max(0, round(side * _SCALE)) for side in (left, right))
    above, below = (round((_PAGE[1] - side) * _SCALE) for side in (top, bottom))
    for row in rows[max(0, above) : below]:
        row[first : min(last, len(row))] = bytes([gray]) * (min(last, len(row)) - first)
