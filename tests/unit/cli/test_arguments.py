"""What options take: moments at the ends of the calendar, stores, and bytes that are no text."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import datetime

import pytest

from posmember.cli import lookup
from posmember.cli.options import MAX_CODE, moment, store_code
from posmember.cli.parser import run
from posmember.domain.values import CHINA
from tests.end2end.program import COMMAND, LIMIT_S, SOURCE


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+08:00",
        "0001-01-01",
        "0001-01-01T07:59:59",
        "0000-12-31",
        "10000-01-01",
        "2026-02-30",
        "2026-01-01T00:00:00+24:00",
        "",
        "now",
        "\u0662026-01-01",
        "2026-01-01" + " " * 100_000,
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_moments_that_cannot_be_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["lookup", "qm0000001", "--at", text])
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert len(captured.err) < 200


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9999-12-31T23:59:59+08:00", "9999-12-31T23:59:59+08:00"),
        ("9999-12-31T23:59:59+14:00", "9999-12-31T17:59:59+08:00"),
        ("9999-12-31", "9999-12-31T00:00:00+08:00"),
        ("0001-01-01T08:00:00", "0001-01-01T08:00:00+08:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01T08:00:00+08:00"),
        ("0001-01-01T00:00:00-12:00", "0001-01-01T20:00:00+08:00"),
        ("20260101T0930", "2026-01-01T09:30:00+08:00"),
    ],
)
def test_the_first_and_the_last_moments(text: str, told: str) -> None:
    at = moment(text)
    assert (at, at.tzinfo) == (datetime.fromisoformat(told), CHINA)


def lookup_arguments(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    lookup.add_arguments(parser)
    return parser.parse_args(["qm0000001", *arguments])


@pytest.mark.parametrize("option", ["--type", "--order-type"])
def test_choices_are_named_as_words(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["lookup", "qm0000001", option, "foo"])
    told = capsys.readouterr().err
    assert "<" not in told
    assert "'foo'" in told
    assert ("'mobile'" if option == "--type" else "'dine_in'") in told


@pytest.mark.parametrize("option", ["--amount", "--discount", "--items", "--at", "--store"])
def test_a_long_wrong_value_is_not_said_whole(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["lookup", "qm0000001", f"{option}={'-' * (option != '--store')}{'1' * 50_000}x"])
    assert len(capsys.readouterr().err) < 200


@pytest.mark.parametrize(
    ("text", "count"),
    [("\uff11", 1), (" 12 ", 12), ("3\u4ef6", 3), ("\u200b4", 4), ("007", 7), ("9999", 9999)],
)
def test_a_count_is_read_as_in_the_window(text: str, count: int) -> None:
    given = lookup_arguments("--items", text)
    assert given.items == count


@pytest.mark.parametrize("text", ["", " ", "-1", "1.5", "10000", "\u0661", "one", "1,2"])
def test_what_is_no_count(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        lookup_arguments("--items", text)
    assert "not a number of items" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\x1b[31m", "\u202e1001", "1" * (MAX_CODE + 1)])
def test_what_is_no_store(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        store_code(text)
    assert store_code(" 1001 ") == "1001"


HALF = "\udcb5\udcea"
"""As Python gives bytes that are no UTF-8."""


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["lookup", "qm0000001", "--store", HALF], 4),
        (["lookup", HALF], 2),
        (["lookup", "qm0000001", "--at", f"2026-01-01{HALF}"], 4),
        (["lookup", "qm0000001", "--amount", HALF], 4),
        (["lookup", f"--{HALF}"], 2),
        ([HALF], 1),
        (["sandbox", "--host", HALF], 3),
        (["demo", "--fault", HALF], 3),
        (["scanner-page", "--output", f"{HALF}.html"], 3),
        (["wechat-card", "get", "1", "--openid", HALF], 5),
        (["supervisor", "set", HALF], 3),
    ],
    ids=lambda what: ascii(what)[:40],
)
def test_an_argument_that_is_no_text_is_wrong_use(
    arguments: list[str], place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(arguments)
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert f"argument {place} is no UTF-8 text" in captured.err


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_bytes_that_are_no_text_as_the_system_hands_them_over() -> None:
    done = subprocess.run(
        [*COMMAND, "lookup", "qm0000001", "--store", b"\xb5\xea"],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        timeout=LIMIT_S,
    )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"Traceback" not in done.stderr
