"""A picture of a virtual screen, and keys typed on it, with nothing but what X itself brings."""

from __future__ import annotations

import ctypes
import struct
import time
import zlib
from pathlib import Path
from typing import Any, Final

_MEMORY_FILE: Final = "Xvfb_screen0"
_HEADER: Final = struct.Struct(">25I")
"""Of an XWD file (X11/XWDFile.h)."""
_WIDTH, _HEIGHT, _BYTES_PER_LINE, _COLOURS = 4, 5, 12, 19
_COLOUR_BYTES: Final = 12
_LOOKS_EVERY: Final = 4 * 7
_BETWEEN_KEYS_S: Final = 0.01


def take_picture(memory: Path, target: Path) -> None:
    """Write what an `Xvfb -fbdir` shows as PNG."""
    content = (memory / _MEMORY_FILE).read_bytes()
    fields = _HEADER.unpack_from(content)
    width, height, stride = fields[_WIDTH], fields[_HEIGHT], fields[_BYTES_PER_LINE]
    start = fields[0] + fields[_COLOURS] * _COLOUR_BYTES
    rows = []
    for number in range(height):
        line = content[start + number * stride :][: width * 4]
        colours = bytearray(width * 3)
        for place, channel in enumerate((2, 1, 0)):  # kept as blue, green, red, nothing
            colours[place::3] = line[channel::4]
        rows.append(b"\0" + bytes(colours))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))


def shows_colours(memory: Path) -> int:
    """How many different colours are shown, by a look here and there; an empty screen has one."""
    content = (memory / _MEMORY_FILE).read_bytes()
    fields = _HEADER.unpack_from(content)
    start = fields[0] + fields[_COLOURS] * _COLOUR_BYTES
    return len(
        {content[place : place + 4] for place in range(start, len(content) - 3, _LOOKS_EVERY)}
    )


def shows(memory: Path, colour: tuple[int, int, int]) -> int:
    """How many pixels have a colour of red, green and blue."""
    content = (memory / _MEMORY_FILE).read_bytes()
    fields = _HEADER.unpack_from(content)
    start = fields[0] + fields[_COLOURS] * _COLOUR_BYTES
    kept = bytes(reversed(colour))  # as blue, green, red, nothing
    found, place = 0, content.find(kept, start)
    while place >= 0:
        found += (place - start) % 4 == 0
        place = content.find(kept, place + 1)
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


class Hand:
    """A keyboard and a mouse on a screen (XTEST)."""

    def __init__(self, display: str) -> None:
        self._x: Any = ctypes.CDLL("libX11.so.6")
        self._test: Any = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XKeysymToKeycode.argtypes = (ctypes.c_void_p, ctypes.c_ulong)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))

    def click(self, x: int, y: int) -> None:
        """Click somewhere."""
        now = ctypes.c_ulong(0)
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, now)
        for down in (True, False):
            self._test.XTestFakeButtonEvent(self._display, 1, down, now)
        self._x.XFlush(self._display)

    def type(self, text: str) -> None:
        """Type small letters and digits, then Enter, as fast as a scanner."""
        for name in (*text, "Return"):
            key = self._x.XStringToKeysym(name.encode())
            code = self._x.XKeysymToKeycode(self._display, key)
            for down in (True, False):
                self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
            self._x.XFlush(self._display)
            time.sleep(_BETWEEN_KEYS_S)
