"""The process's standard streams: closed, full, or with nobody who reads on.

What cannot be printed is an `OutputError`, told once and by an exit code. What cannot be said on
standard error is lost, and changes nothing else. Imports little: the window starts through it.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from posmember.log.standard_error import let_go


class OutputError(Exception):
    """Standard output did not take what was printed.

    Not an OSError: no command is to take it for a failure of its own files or connections.

    Args:
        reason: the system's words.
        reader_gone: whether it is a pipe that nobody reads any more.

    Attributes:
        done: what a command has done that stays done, to be told all the same; "" for nothing.
    """

    def __init__(self, reason: str, *, reader_gone: bool = False) -> None:
        super().__init__(reason)
        self.reader_gone = reader_gone
        self.done = ""


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Guard standard output and standard error for as long as the program runs.

    What is left to be written at the end goes out, or the block raises OutputError.
    """
    _occupy_closed()
    before = sys.stdout, sys.stderr
    if sys.stdout is not None:
        sys.stdout = cast(TextIO, _Output(sys.stdout))
    nowhere = None if sys.stderr is not None else _nowhere()
    sys.stderr = cast(TextIO, _Errors(nowhere or sys.stderr))
    try:
        yield
        flush_output()
    except BaseException:  # handed on whole; only what was printed before is not to be lost
        with contextlib.suppress(OutputError):  # what is under way counts more
            flush_output()
        raise
    finally:
        sys.stdout, sys.stderr = before
        if nowhere is not None:
            nowhere.close()


def flush_output() -> None:
    """Have everything printed go out. Raises OutputError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def need_output() -> None:
    """Make sure that there is a standard output, before anything is done to be told there.

    Raises:
        OutputError: whoever started the program has closed it.
    """
    if sys.stdout is None:
        raise OutputError("it is closed")


class _Output:
    """Standard output as it was, but for its failures."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            # A console without Chinese shows "?" for it; that is no reason to fail.
            stream.reconfigure(errors="replace")

    def write(self, text: str) -> int:
        with self._failures_told():
            return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        with self._failures_told():
            self._stream.flush()

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: it was closed meanwhile
            let_go(self._stream)
            reason = getattr(error, "strerror", None) or str(error)
            gone = isinstance(error, BrokenPipeError)
            raise OutputError(reason, reader_gone=gone) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Errors:
    """Standard error as it was, but that it never fails."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._failures_lost():
            self._stream.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        with self._failures_lost():
            self._stream.flush()

    @contextmanager
    def _failures_lost(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError):  # ValueError: it was closed meanwhile
            let_go(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _occupy_closed() -> None:
    """Let no file or connection get the number of a closed stream: C code may write to those."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
