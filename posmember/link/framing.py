"""Messages on the wire: one JSON object a line, UTF-8, bounded."""

from __future__ import annotations

import json
from typing import Any, Final

PROTOCOL: Final = 1
"""A released number keeps its meaning; what is only added does not change it."""
PROTOCOLS: Final = (PROTOCOL,)
MAX_REQUEST: Final = 65_536
"""Bytes of one message to the program, its line feed included."""
MAX_ANSWER: Final = 16_777_216
"""Bytes of one answer; a client may take a longer one for none."""

Message = dict[str, Any]


class TooLongError(Exception):
    """A message is longer than it may be; nothing behind it can be read."""


class UnreadableError(Exception):
    """A line is no message."""


class Lines:
    """Puts the pieces that arrive together into lines.

    Args:
        longest: bytes of one line, with its line feed.
    """

    def __init__(self, longest: int = MAX_REQUEST) -> None:
        self._longest = longest
        self._rest = bytearray()

    @property
    def has_begun(self) -> bool:
        """Whether a line has begun that has not ended."""
        return bool(self._rest)

    def feed(self, piece: bytes) -> list[bytes]:
        """The lines that end in this piece, without their ends.

        Raises:
            TooLongError: one is too long; what is held is dropped.
        """
        *whole, rest = (bytes(self._rest) + piece).split(b"\n")
        if len(rest) >= self._longest or any(len(line) >= self._longest for line in whole):
            self._rest.clear()
            raise TooLongError
        self._rest = bytearray(rest)
        return whole


def encode(message: Message) -> bytes:
    """A message as it goes out: ASCII, so that no shell's code page can spoil it."""
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """Read a line; numbers with a point stay text, as they were written.

    Raises:
        UnreadableError: it is no JSON object, or no UTF-8.
    """
    try:
        # Windows' shells begin a stream with a byte order mark.
        message = json.loads(
            line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"),
            parse_float=str,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no JSON") from error
    if not isinstance(message, dict):
        raise UnreadableError("no JSON object")
    return message


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
