"""Some hundred scans with real keys in a real window, under input methods where there are some.

Thousands of them: `python3 packaging/dev.py soak-scan`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from unittest.mock import create_autospec

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.waiting import wait_until
from tests.scanrig.control import TYPED, DeadInputMethodError, check_input_method
from tests.scanrig.desktop import Ime, available, desktop
from tests.scanrig.keyboard import Key, Keyboard
from tests.scanrig.part import SOAK, Part
from tests.scanrig.program import ROOT, Seen, program
from tests.scanrig.runs import Run
from tests.scanrig.scanner import Manner, Scanner
from tests.scanrig.steps import PLACES
from tests.scanrig.verdict import Verdict, judge

SEED = "the test command"
SCANS = {Ime.NONE: 60, Ime.IBUS_ZH: 45, Ime.FCITX_ZH: 45}
LONGEST_MS = 8
AT_A_TIME = 3


@pytest.fixture(scope="module")
def runs() -> Iterator[Mapping[Ime, Future[Run]]]:
    """Runs under each input method that there is, some at the same time."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        yield {
            ime: pool.submit(scanned, ime, scans)
            for ime, scans in SCANS.items()
            if not available(ime, manager=False)
        }


def scanned(ime: Ime, scans: int) -> Run:
    run = Run()
    run.run([Part(SOAK, ime, SEED, scans, PLACES, LONGEST_MS, manager=False)], jobs=1)
    return run


@pytest.mark.parametrize("ime", SCANS)
def test_no_scan_is_lost_mangled_doubled_or_misplaced(
    runs: Mapping[Ime, Future[Run]], ime: Ime
) -> None:
    if ime not in runs:
        if ime is Ime.NONE:
            pytest.fail(available(ime, manager=False))
        pytest.skip(available(ime, manager=False))
    run = runs[ime].result()
    assert not run.broken_off
    assert run.tally.codes >= SCANS[ime]
    assert [failure.detail for failure in run.tally.failures] == []


@pytest.mark.parametrize("ime", [Ime.NONE, Ime.IBUS_ZH])
def test_a_program_without_the_filter_fails(ime: Ime) -> None:
    """Else a rig that types nothing, or sees nothing, would find everything right."""
    if reason := available(ime, manager=False):
        pytest.skip(reason)
    with desktop(ime, manager=False) as on, closing(Keyboard(on.display)) as keyboard:
        check_input_method(on, keyboard)
        with program(on, "--unfiltered") as window:
            before = window.enter("line")["line"]["text"]
            Scanner(keyboard).scan(("qm0000001",), Manner(5))
            wait_until(lambda: window.state(0)["line"]["text"] != before, "the keys to be typed")
            assert window.further_scans() == []


@pytest.mark.parametrize(("stalls_ms", "longest_ms"), [((), 500), (((2, 400),), 100)])
def test_what_a_busy_machine_adds_to_a_stall_counts(
    stalls_ms: tuple[tuple[int, int], ...], longest_ms: int
) -> None:
    keyboard = create_autospec(Keyboard, instance=True)
    keyboard.key.return_value = Key(38)
    keyboard.play.return_value = [0, 5, 505, 510]
    assert Scanner(keyboard).scan(("abc",), Manner(5, stalls_ms=stalls_ms)) == longest_ms


def test_a_dead_input_method_is_noticed() -> None:
    with desktop(manager=False) as on, closing(Keyboard(on.display)) as keyboard:
        assert check_input_method(on, keyboard) == TYPED
        with pytest.raises(DeadInputMethodError):
            check_input_method(replace(on, ime=Ime.IBUS_ZH), keyboard)


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder for sockets, whose paths may have some hundred letters."""
    with tempfile.TemporaryDirectory(prefix="rig-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("ime", [Ime.NONE, Ime.IBUS_ZH])
def test_nothing_is_left_of_a_run_that_is_killed(short_path: Path, ime: Ime) -> None:
    if reason := available(ime, manager=False):
        pytest.skip(reason)
    part = Part(SOAK, ime, SEED, 1000, ("line",), LONGEST_MS, manager=False)
    command = [sys.executable, "-m", "tests.scanrig", "part", part.as_json()]
    environment = os.environ | {"TMPDIR": str(short_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline(), "its first scan"
        started = running_in(short_path)
        process.kill()
    assert {"Xvfb", "python"} <= {*started.values()}
    for number, name in started.items():
        wait_until(partial(has_ended, number), f"{name} to end")
    wait_until(lambda: not running_in(short_path), "what they started to end")


def running_in(folder: Path) -> dict[int, str]:
    """The processes with a folder for their files, and what their programs are called."""
    wanted = f"TMPDIR={folder}".encode()
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "comm").read_text().strip()
    return found


def has_ended(number: int) -> bool:
    """Whether a process has ended, also where nobody has asked for its exit code yet."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


@dataclass(frozen=True)
class Came:
    """Scans that came of the codes "a1" and "b2" in one burst."""

    name: str
    seen: tuple[Seen, ...]
    verdict: Verdict


CASES = [
    Came("both", (Seen("a1", 1), Seen("b2", 2)), Verdict(2)),
    Came("none", (), Verdict(0, lost=2)),
    Came("the second alone", (Seen("b2", 2),), Verdict(1, lost=1)),
    Came("one mangled", (Seen("a1", 1), Seen("b", 2)), Verdict(1, mangled=1)),
    Came("one as another number", (Seen("a1", 1), Seen("b2", 1)), Verdict(1, mangled=1)),
    Came("one doubled", (Seen("a1", 1), Seen("b2", 2), Seen("b2", 1)), Verdict(2, doubled=1)),
    Came("one too many", (Seen("a1", 1), Seen("b2", 2), Seen("c3", 3)), Verdict(2, mangled=1)),
    Came("in one", (Seen("a1b2", 1),), Verdict(0, lost=1, mangled=1)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_code_is_counted(case: Came) -> None:
    verdict = judge(["a1", "b2"], case.seen, {}, {})
    assert verdict == case.verdict
    assert verdict.is_right == (case.name == "both")


def test_a_trace_in_any_widget_counts() -> None:
    verdict = judge(["a1"], [Seen("a1", 1)], {"line": "x", "spin": 1}, {"line": "x", "spin": 2})
    assert verdict.moved == {"spin": (1, 2)}
    assert not verdict.is_right
