"""Standard input, line by line: for what is not to stand on the command line, where others see it.

A line is UTF-8; a byte order mark, as Windows' shells and editors write it, says otherwise.
"""

from __future__ import annotations

import codecs
import sys
from typing import BinaryIO, Final

from posmember.cli.exits import WrongUseError

MAX_BYTES: Final = 16_384
"""Of one line: more than any code, key, token or PIN has."""
DASH: Final = "-"
"""What stands on the command line for the next line of standard input."""

_TWO_BYTES: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def given(argument: str, name: str) -> str:
    """An argument as it was given; where it is ``-``, the next line of standard input.

    Args:
        argument: what stands on the command line.
        name: what it is called there, such as ``--phone``; for the error and for a terminal.

    Returns:
        The text; of a line without white space around it, and never empty.

    Raises:
        WrongUseError: standard input has no such line, or one that is too long or no text.
    """
    if argument != DASH:
        return argument
    if sys.stdin is not None and sys.stdin.isatty():
        print(f"{name}: ", end="", file=sys.stderr, flush=True)
    text = read_line()
    if not text:
        raise WrongUseError(f"{name}: 标准输入里没有内容 / nothing was given on standard input")
    return text


def read_line() -> str:
    """The next line of standard input without white space around it; "" at its end.

    Raises:
        WrongUseError: it cannot be read, is longer than `MAX_BYTES`, or is no text.
    """
    if sys.stdin is None:  # closed by whoever started this
        return ""
    lines = _lines_of(sys.stdin.buffer)
    try:
        text = lines.next()
    except OSError as error:
        raise WrongUseError(
            f"读不了标准输入 / standard input cannot be read: {error.strerror}"
        ) from error
    except UnicodeDecodeError as error:
        raise WrongUseError("标准输入不是 UTF-8 文字 / standard input is no UTF-8 text") from error
    if "\0" in text:
        raise WrongUseError("标准输入不是文字 / standard input is no text")
    return text.removeprefix("\ufeff").strip()


class _Lines:
    """The lines of one input: its first bytes tell the encoding of all of them."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self._encoding = ""

    def next(self) -> str:
        """One line, and no byte of the next: somebody else may ask for that."""
        line = b""
        while not self._ends(line):
            if len(line) > MAX_BYTES:
                raise WrongUseError("标准输入的一行太长 / a line of standard input is too long")
            piece = self.source.read(1)
            if not piece:
                break
            line += piece
            if not self._encoding and len(line) == len(codecs.BOM_UTF16):
                self._encoding = _TWO_BYTES.get(line, "utf-8")
        return line.decode(self._encoding or "utf-8")

    def _ends(self, line: bytes) -> bool:
        if self._encoding in _TWO_BYTES.values():
            return len(line) % 2 == 0 and line.endswith("\n".encode(self._encoding))
        return line.endswith(b"\n")


_open: list[_Lines] = []


def _lines_of(source: BinaryIO) -> _Lines:
    """The same lines as before, as long as it is the same input."""
    if not _open or _open[0].source is not source:
        _open[:] = [_Lines(source)]
    return _open[0]
