"""A child that fails, or is silent, ends its own measurement and no other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.bench import __main__ as program
from tests.bench.children.report import BEAT
from tests.bench.harness import Bench, MeasurementError, Row, listen

SHORT_S, START_S, AMPLE_S = 0.5, 4.0, 30.0
BEATING = f"""
import sys, time
for _ in range(10):
    time.sleep({START_S} / 8)
    sys.stderr.write({BEAT!r}); sys.stderr.flush()
print('[1, 2]')
"""
SILENT = "import time, sys; print('half', flush=True); time.sleep(60)"
DEAF = "import os, time; os.close(2); time.sleep(60)"


def say(script: str, silence_s: float = AMPLE_S) -> str:
    return listen([sys.executable, "-c", script], os.environ, silence_s)


def test_what_a_child_printed_is_given() -> None:
    assert say("print('{}')") == "{}\n"


def test_a_child_may_take_its_time_while_it_gives_signs_of_life() -> None:
    assert say(BEATING, START_S) == "[1, 2]\n"


@pytest.mark.parametrize("script", [SILENT, DEAF], ids=["silent", "its errors closed"])
def test_a_silent_child_is_ended(script: str) -> None:
    with pytest.raises(MeasurementError, match=r"silent for 0\.5 s"):
        say(script, SHORT_S)


def test_more_is_printed_than_a_pipe_holds() -> None:
    assert len(say("print('x' * 1_000_000)")) == 1_000_001


def test_a_childs_last_words_are_shown_where_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MeasurementError, match="ended with 3"):
        say(f"import sys; sys.stderr.write('Oh' + {BEAT!r} + {BEAT!r}); sys.exit(3)")
    assert capsys.readouterr().err == "Oh.\n\n"


def row(name: str) -> Row:
    return Row(name, "", (1.0,))


def fail(_: Bench) -> list[Row]:
    raise MeasurementError("it is silent")


def is_wrong(_: Bench) -> list[Row]:
    raise ZeroDivisionError


def interrupt(_: Bench) -> list[Row]:
    raise KeyboardInterrupt


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = {
        "good": lambda _: [row("good")],
        "failing": fail,
        "wrong": is_wrong,
        "left": interrupt,
        "last": lambda _: [row("last")],
    }
    monkeypatch.setattr(program, "MEASUREMENTS", made)
    return Bench(Path(sys.executable), quick=True, environment={})


def test_one_that_fails_does_not_take_the_others_with_it(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[Row] = []
    assert program.measure(bench, ["good", "failing", "wrong", "last"], rows) == [
        "failing",
        "wrong",
    ]
    assert [each.name for each in rows] == ["good", "last"]
    told = capsys.readouterr().err
    assert "failing: it is silent" in told
    assert "ZeroDivisionError" in told


def test_what_there_is_counts_when_it_is_interrupted(bench: Bench) -> None:
    rows: list[Row] = []
    assert program.measure(bench, ["good", "failing", "left", "last"], rows) == [
        "failing",
        "left",
        "last",
    ]
    assert [each.name for each in rows] == ["good"]
