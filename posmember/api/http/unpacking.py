"""An answer's body as it was packed for its way, unpacked within bounds. Pure."""

from __future__ import annotations

import zlib

ACCEPTED = "gzip"
"""What a request says that it takes; more than that is not unpacked either."""

_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip"})


class UnpackingError(Exception):
    """It is packed in another way than it says, or than was asked for."""


class TooLongError(Exception):
    """It is longer than is taken."""


class Unpacker:
    """Takes a body in parts, and never holds more of it than is taken.

    A few packed kilobytes may hold gigabytes, and more where they are packed twice; so packed
    twice is refused, as nobody asked for it.

    Args:
        encoding: the answer's ``Content-Encoding``.
        most: the longest body, in bytes, unpacked.

    Raises:
        UnpackingError: an encoding that was not asked for.
    """

    def __init__(self, encoding: str, most: int) -> None:
        steps = {step.strip().lower() for step in encoding.split(",")} - _PLAIN
        several = sum(step.strip().lower() not in _PLAIN for step in encoding.split(",")) > 1
        if several or not steps <= _PACKED:
            raise UnpackingError("not encoded as was asked for")
        self._zlib = zlib.decompressobj(_GZIP) if steps else None
        self._is_over = False
        self._left = most
        self._parts: list[bytes] = []

    def feed(self, part: bytes) -> None:
        """Take a part. Raises UnpackingError, TooLongError."""
        if self._zlib is None:
            self._take(part)
        while self._zlib is not None and part and not self._is_over:
            self._take(self._unpack(self._zlib, part))
            part = self._next_member(self._zlib, part)

    def _take(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise TooLongError
        self._parts.append(part)

    def _next_member(self, packed: zlib._Decompress, part: bytes) -> bytes:
        """What stands behind the end, where it is packed, too; else it is nothing."""
        if not packed.eof:
            return b""
        behind = packed.unused_data
        if behind.startswith(_MAGIC):
            self._zlib = zlib.decompressobj(_GZIP)
            return behind
        self._is_over = not _MAGIC.startswith(behind)
        return b""

    def whole(self) -> bytes:
        """The body, when all of it was fed. Raises UnpackingError where an end is missing."""
        if self._zlib is not None and self._parts and not self._zlib.eof:
            raise UnpackingError("breaks off")
        return b"".join(self._parts)

    def _unpack(self, packed: zlib._Decompress, part: bytes) -> bytes:
        try:
            # One byte more than is taken shows that there is too much of it.
            return packed.decompress(part, self._left + 1)
        except zlib.error as error:
            raise UnpackingError("no gzip") from error
