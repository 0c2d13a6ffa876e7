"""Standard input: one line at a time, in the encoding that it says itself, or one clear error."""

from __future__ import annotations

import codecs
import io
import sys

import pytest

from posmember.cli.exits import WrongUseError
from posmember.cli.secret_input import read_secret
from posmember.cli.standard_input import MAX_BYTES, given, read_line

PHONE = "13800000001"
UTF_16 = [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "ascii"))


def test_an_argument_is_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b"another\n")
    assert [given(text, "--phone") for text in (PHONE, "", " -", "--")] == [PHONE, "", " -", "--"]
    assert read_line() == "another", "nothing of it was taken"


@pytest.mark.parametrize("content", [PHONE, f"{PHONE}\n", f" \t{PHONE} \r\n", f"\ufeff{PHONE}\n"])
def test_a_dash_is_the_next_line(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    give(monkeypatch, content.encode())
    assert given("-", "--phone") == PHONE


@pytest.mark.parametrize(("mark", "encoding"), UTF_16)
def test_lines_in_the_encoding_of_the_first_bytes(
    monkeypatch: pytest.MonkeyPatch, mark: bytes, encoding: str
) -> None:
    # U+0A0A and U+4E0A have a byte that is a line feed in other encodings.
    give(monkeypatch, mark + "上\u0a0a\r\n\n王小明\nlast".encode(encoding))
    assert [read_line() for _ in range(5)] == ["上\u0a0a", "", "王小明", "last", ""]


def test_every_line_is_read_once_and_no_more_than_it(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, f"\n{PHONE}\n王小明\nleft".encode())
    assert [read_line(), given("-", "--phone"), read_secret("PIN: ")] == ["", PHONE, "王小明"]
    assert sys.stdin.buffer.read() == b"left"


@pytest.mark.parametrize(
    "content",
    [b"\xff\n", "王".encode("gbk"), b"a\0b\n", "a".encode("utf-16-le"), b"\0" * 100_000,
     b"1" * (MAX_BYTES + 2), codecs.BOM_UTF16_LE + b"\0", codecs.BOM_UTF32_LE + b"a\0\0\0"],
    ids=["ff", "gbk", "nul", "utf-16 without a mark", "zeros", "long", "half", "utf-32"],
)  # fmt: skip
def test_what_is_no_text_is_wrong_use(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    for read in (read_line, lambda: given("-", "--phone"), lambda: read_secret("PIN: ")):
        give(monkeypatch, content)
        with pytest.raises(WrongUseError, match=" / "):
            read()


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_BE])
def test_a_dash_without_a_line_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    give(monkeypatch, content)
    with pytest.raises(WrongUseError, match="--phone"):
        given("-", "--phone")


def test_a_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert (read_line(), read_secret("PIN: ")) == ("", "")
    with pytest.raises(WrongUseError):
        given("-", "--phone")


def test_a_folder_as_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Folder(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Folder()))
    with pytest.raises(WrongUseError, match="Is a directory"):
        read_line()


@pytest.mark.parametrize(
    ("error", "what"), [(EOFError(), ""), (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), None)]
)
def test_what_a_terminal_may_do(
    monkeypatch: pytest.MonkeyPatch, error: Exception, what: str | None
) -> None:
    def ask(_prompt: str) -> str:
        raise error

    give(monkeypatch, b"")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", ask)
    if what is not None:
        assert read_secret("PIN: ") == what
    else:
        with pytest.raises(WrongUseError):
            read_secret("PIN: ")


def test_somebody_at_a_terminal_is_told_what_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give(monkeypatch, PHONE.encode())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert given("-", "--phone") == PHONE
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "--phone: ")
