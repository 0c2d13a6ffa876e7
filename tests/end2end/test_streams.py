"""Standard streams that are closed or full, and Ctrl+C: an exit code of the table, and one line."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from tests.end2end.program import LIMIT_S, Result, Till, ended, write_config
from tests.end2end.waiting import wait_until

if sys.platform == "win32":
    pytest.skip("a shell's streams are others there", allow_module_level=True)

ANSWERED_AFTER_S = 50
"""So late that no busy machine takes as long to end a program."""
PAGE = ("scanner-page", "--output", "page.html")


def through_a_shell(till: Till, streams: str, *arguments: str) -> Result:
    """Run a command with its streams as a shell makes them."""
    command = (*till.command, *arguments)
    done = subprocess.run(
        ["sh", "-c", f'cd "$0" && exec "$@" {streams}', till.config.parent, *command],
        env=till.environment({"PYTHONUNBUFFERED": ""}),  # else it fails at the first word
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LIMIT_S,
    )
    return Result.of(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("supervisor", "set", "--help"),
        ("lookup", "qm0000001"),
        ("lookup", "qm0001000", "--json"),
        ("doctor",),
        ("sandbox",),
        ("sandbox", "--list"),
        PAGE,
    ],
    ids=" ".join,
)
def test_output_that_goes_nowhere_is_6(
    till: Till, streams: str, arguments: tuple[str, ...]
) -> None:
    result = through_a_shell(till, streams, *arguments)
    assert (result.code, result.out) == (6, "")
    assert "standard output cannot be written: " in result.one_line()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("lookup", "qm404empty"), 3), (("lookup",), 2), (("colour",), 2), (("doctor",), 5)],
)
def test_one_failure_is_one_line(till: Till, arguments: tuple[str, ...], code: int) -> None:
    unknown = Till(till.config, open_key="not-the-key")
    result = through_a_shell(unknown if code == 5 else till, ">/dev/full", *arguments)
    assert result.code == code
    assert "standard output" not in result.one_line()


@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", "2>&- <&-", ">&- 2>&- <&-"])
def test_what_cannot_be_said_changes_nothing(till: Till, streams: str) -> None:
    lost = streams.startswith(">")
    assert through_a_shell(till, streams, "lookup", "qm404empty") == Result(
        6 if lost else 3, "", ""
    )
    assert through_a_shell(till, streams, "lookup") == Result(2, "", "")
    found = through_a_shell(till, streams, "lookup", "qm0000001")
    assert (found.code, found.err, bool(found.out)) == (6 if lost else 0, "", not lost)


@pytest.mark.parametrize("arguments", [("sandbox",), ("sandbox", "--list"), PAGE], ids=" ".join)
def test_a_reader_that_went_away_is_141(till: Till, arguments: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [*till.command, *arguments],
        cwd=till.config.parent,
        env=till.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.wait(LIMIT_S), process.stderr.read()) == (141, "")


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(
    "arguments", [("lookup", "qm0000001", "--json"), ("doctor",)], ids=" ".join
)
def test_an_interrupt_ends_a_command_without_a_word(
    till: Till,
    served: RunningSandbox,
    platform: Sandbox,
    arguments: tuple[str, ...],
    times: int,
) -> None:
    write_config(till.config, served.base_url, platform="timeout_s = 60")
    platform.latency_ms = ANSWERED_AFTER_S * 1000
    with till.started(*arguments) as process:
        wait_until(lambda: bool(platform.calls), "the command to wait for an answer")
        began = time.monotonic()
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        result = ended(process)
    assert (result.code, result.err) == (-signal.SIGINT, "")
    assert time.monotonic() - began < ANSWERED_AFTER_S - 10, "the answer is not waited for"
