"""Every line that a command prints: nothing in it begins another line or steers a terminal."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest

from posmember.cli.exits import fail
from posmember.cli.lines import complain, say, say_done, say_json
from posmember.cli.streams import OutputError
from posmember.report.outcomes import Exit

FORGED = "满30减10\n● 可用  券 免单"
HOSTILE = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) + (
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\U000e0041\ud800"
)


def steers(text: str) -> list[str]:
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return [char for char in text if unicodedata.category(char) in kinds]


def test_a_line_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"  ○ 不可用  {FORGED}", "the next")
    assert capsys.readouterr().out == "  ○ 不可用  满30减10 ● 可用  券 免单\nthe next\n"


def test_nothing_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"a{HOSTILE}b")
    complain(f"a{HOSTILE}b")
    fail(f"a{HOSTILE}b", Exit.OTHER)
    captured = capsys.readouterr()
    for line, lines in ((captured.out, 1), (captured.err, 2)):
        assert line.count("\n") == lines
        assert not steers(line.replace("\n", ""))


def test_json_keeps_everything_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    told = {f"raw{HOSTILE}": [HOSTILE, FORGED, "👩‍👧", "\U000e0041"]}
    say_json(told)
    out = capsys.readouterr().out
    assert not steers(out.replace("\n", ""))
    assert json.loads(out) == told
    assert "满30减10" in out, "what can be read is not escaped"


def test_json_where_nothing_else_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", ascii_only)
    say_json(["券", HOSTILE])
    ascii_only.flush()
    assert json.loads(ascii_only.buffer.getvalue()) == ["券", HOSTILE]


def test_without_standard_error_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    complain("words")


def test_what_was_done_is_said_where_it_cannot_be_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say_done("kept")
    assert capsys.readouterr() == ("kept\n", "")

    def full(*_lines: str) -> None:
        raise OutputError("No space left on device")

    monkeypatch.setattr("posmember.cli.lines.say", full)
    with pytest.raises(OutputError) as raised:
        say_done("kept")
    assert raised.value.done == "kept"
