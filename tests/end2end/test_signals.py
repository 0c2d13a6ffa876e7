"""Ctrl+C and SIGTERM end the program at every moment of its life, and without a display it says so.

The window is on Qt's offscreen platform: a signal comes from outside, whatever paints it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end2end.program import Result, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip(
        "signals cannot be sent on Windows, and this looks into /proc", allow_module_level=True
    )

UNMEASURED = {"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}
"""Coverage in the program's process takes signals itself, and loses those in its own start."""
PYTHONS_OWN = 1
"""What Python ends with where it is interrupted before it has found the program."""
MOMENTS_MS = range(0, 1501, 60)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def ended_by(process: subprocess.Popen[str], *numbers: signal.Signals) -> Result:
    for number in numbers:
        process.send_signal(number)
    return ended(process)


@pytest.mark.parametrize("command", [(), ("window",), ("demo",)], ids=["plain", "window", "demo"])
@pytest.mark.parametrize("number", SIGNALS)
def test_at_every_moment_of_its_start(
    till: Till, number: signal.Signals, command: tuple[str, ...]
) -> None:
    """Before the window is there the process ends as any does; from then on, with 0."""
    by_the_signal = (-number, 128 + number)
    # All at once would make each slower, and the moments no moments of a start.
    for moment_ms in MOMENTS_MS if not command else MOMENTS_MS[::5]:
        with till.started(*command, env=UNMEASURED) as process:
            time.sleep(moment_ms / 1000)  # not a wait: the moment is what is tried
            result = ended_by(process, number)
        if "Traceback" in result.err:  # the interpreter's own start; nothing of the program's ran
            assert "posmember" not in result.err, (moment_ms, result)
            assert result.code in (PYTHONS_OWN, *by_the_signal), (moment_ms, result)
        else:
            assert result.code in (0, *by_the_signal), (moment_ms, result)


@pytest.mark.parametrize("number", SIGNALS)
def test_once_the_window_is_there_the_end_is_orderly(till: Till, number: signal.Signals) -> None:
    with till.started(env=UNMEASURED) as process:
        wait_until(lambda: _is_caught(process.pid, signal.SIGTERM), "the window to take care of it")
        result = ended_by(process, number)
    assert (result.code, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("numbers", [SIGNALS, SIGNALS[::-1], SIGNALS[:1] * 3], ids=str)
def test_one_signal_after_the_other_is_one_end(
    till: Till, numbers: tuple[signal.Signals, ...]
) -> None:
    with till.started(env=UNMEASURED) as process:
        wait_until(lambda: _is_caught(process.pid, signal.SIGTERM), "the window to take care of it")
        result = ended_by(process, *numbers)
    assert (result.code, result.err) == (0, "")


def _is_caught(pid: int, number: signal.Signals) -> bool:
    """Whether a process handles a signal itself, as the system knows it."""
    status = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    (mask,) = [line.split()[1] for line in status if line.startswith("SigCgt:")]
    return bool(int(mask, 16) >> (number - 1) & 1)


# --- no display ----------------------------------------------------------------------------------

NOWHERE = {
    "no display": {},
    "a wrong one": {"DISPLAY": ":7654"},
    "no name of one": {"DISPLAY": "nonsense"},
    "no compositor": {"WAYLAND_DISPLAY": "wayland-7654"},
    "no such platform": {"QT_QPA_PLATFORM": "nonsense"},
    "a platform without a display": {"QT_QPA_PLATFORM": "xcb"},
    "neither of two": {"QT_QPA_PLATFORM": "nonsense;xcb", "DISPLAY": ":7654"},
}


@pytest.mark.parametrize("command", [(), ("window", "--language", "en"), ("demo",)], ids=str)
@pytest.mark.parametrize("where", NOWHERE)
def test_without_a_display_it_says_so_on_one_line(
    till: Till, where: str, command: tuple[str, ...]
) -> None:
    if (where, command) == ("no display", ("demo",)):
        return  # it plays offscreen then, as another test sees
    clean = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "XDG_SESSION_TYPE": ""}
    result = till.run(*command, env={**clean, **NOWHERE[where]})
    assert (result.code, result.out) == (2, "")
    assert "no display" in result.one_line()
