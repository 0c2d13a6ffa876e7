"""The guard of the standard streams: what fails is told once, or lost, and put back in the end."""

# ruff: noqa: T201 - it is about what is printed

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO

import pytest

from posmember.cli.streams import OutputError, guarded_streams, need_output
from posmember.log.standard_error import tell


class Full(io.StringIO):
    """A disk without room."""

    def __init__(self, number: int = errno.ENOSPC, *, held: bool = False) -> None:
        super().__init__()
        self._number = number
        self._held = held

    def write(self, text: str) -> int:
        if self._held:
            return len(text)
        raise OSError(self._number, os.strerror(self._number))

    def flush(self) -> None:
        raise OSError(self._number, os.strerror(self._number))


def put(monkeypatch: pytest.MonkeyPatch, out: TextIO | None, err: TextIO | None) -> None:
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)


@pytest.mark.parametrize("held", [False, True], ids=["at once", "at the end"])
@pytest.mark.parametrize(("number", "gone"), [(errno.ENOSPC, False), (errno.EPIPE, True)])
def test_full(monkeypatch: pytest.MonkeyPatch, number: int, gone: bool, held: bool) -> None:
    put(monkeypatch, Full(number, held=held), io.StringIO())
    with pytest.raises(OutputError) as raised, guarded_streams():
        print("found")
    assert (str(raised.value), raised.value.reader_gone) == (os.strerror(number), gone)


def test_what_is_under_way_counts_more(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, Full(held=True), io.StringIO())
    with pytest.raises(KeyError), guarded_streams():
        raise KeyError


def test_closed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    put(monkeypatch, out, io.StringIO())
    with pytest.raises(OutputError), guarded_streams():
        _print_on_closed(out)


def _print_on_closed(out: TextIO) -> None:
    out.close()
    print("found")


def test_all_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = io.StringIO(), io.StringIO()
    put(monkeypatch, out, err)
    with guarded_streams():
        assert sys.stdout is not out
        assert not sys.stderr.isatty()
        assert sys.stderr.writable(), "the rest is the stream's own"
        print("found")
        print("said", file=sys.stderr)
        sys.stdout.writelines(["a", "b"])
        need_output()
    assert (sys.stdout, sys.stderr) == (out, err)
    assert (out.getvalue(), err.getvalue()) == ("found\nab", "said\n")


@pytest.mark.parametrize("err", [None, Full()], ids=["closed", "full"])
def test_what_nobody_hears_goes_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, err: TextIO | None
) -> None:
    out = io.StringIO()
    put(monkeypatch, out, err)
    tell("a failure")
    with guarded_streams():
        for _ in range(2):
            print("a failure", file=sys.stderr, flush=True)
            sys.stderr.writelines(["a", "failure"])
        assert not sys.stderr.isatty()
    assert out.getvalue() == ""


def test_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, None, None)
    with guarded_streams(), pytest.raises(OutputError, match="closed"):
        need_output()


def test_the_numbers_of_closed_streams_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def closed(number: int) -> None:
        if number == 2:
            raise OSError(errno.EBADF, "")

    monkeypatch.setattr(os, "fstat", closed)
    monkeypatch.setattr(os, "open", lambda *_how: 2)
    monkeypatch.setattr(os, "set_inheritable", lambda number, _on: taken.append(number))
    with guarded_streams():
        monkeypatch.undo()
    assert taken == [2]
