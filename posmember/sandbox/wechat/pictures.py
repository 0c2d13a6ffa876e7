"""The pictures of the sandbox's own cards, drawn in code, and two files that are no such picture.

The platform's upload takes JPEG and PNG of less than 1 MiB, 716 by 320 pixels being advised.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import Final

PICTURES_PATH: Final = "/pictures/"
CARD_PICTURE: Final = "card.png"
NO_PICTURE: Final = "notes.txt"
LARGE_PICTURE: Final = "large.png"
WIDTH: Final = 716
HEIGHT: Final = 320

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_COLOURS: Final = (b"\xc8\x9b\x4a", b"\xe3\xc0\x7c")
"""A gold card, with a lighter band at its foot."""
_BAND: Final = 5
_TRUECOLOUR: Final = 2
_NOTES: Final = "这不是图片。\n".encode()


def picture(name: str) -> tuple[bytes, str] | None:
    """The content and media type of a file under `PICTURES_PATH`; None if there is none."""
    if name == CARD_PICTURE:
        return _png(WIDTH, HEIGHT, level=9), "image/png"
    if name == LARGE_PICTURE:
        return _png(2 * WIDTH, 2 * HEIGHT, level=0), "image/png"
    if name == NO_PICTURE:
        return _NOTES, "text/plain; charset=utf-8"
    return None


@cache
def _png(width: int, height: int, level: int) -> bytes:
    """A card of this size; `level` 0 leaves it uncompressed, so that it has 3 bytes a pixel."""
    body, band = (b"\x00" + colour * width for colour in _COLOURS)
    foot = height // _BAND
    rows = body * (height - foot) + band * foot
    header = struct.pack(">IIBBBBB", width, height, 8, _TRUECOLOUR, 0, 0, 0)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows, level)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
