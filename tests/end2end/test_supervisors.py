"""Supervisors in a real keyring, named by several programs at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest

from tests.end2end.keyrings import keyring_daemon, private_bus
from tests.end2end.program import Till, ended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")

PIN, WRONG = "246813", "864213"
NAME_ONE = """
import sys, warnings
from functools import partial
from posmember.cli import parser
from posmember.trust import supervisors
warnings.simplefilter("ignore", ResourceWarning)  # the library closes its bus when collected
# How long one waits for the others is another test's: on a busy machine the last waits longer.
supervisors.one_at_a_time = partial(supervisors.one_at_a_time, wait_s=300.0)
print("ready", flush=True)
sys.exit(parser.run(["supervisor", "set", sys.argv[1], "--by", "1001"]))
"""


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A message bus with an unlocked keyring on it, in which one supervisor is."""
    with (
        private_bus(tmp_path_factory.mktemp("bus")) as environment,
        keyring_daemon(environment, unlocked=True),
    ):
        yield environment


@pytest.fixture
def staffed(till: Till, bus: dict[str, str]) -> Till:
    command = (sys.executable, "-W", "ignore::ResourceWarning", "-m", "posmember")
    staffed = Till(till.config, command=command)
    assert staffed.run("supervisor", "set", "1001", stdin=PIN, env=bus).code == 0
    return staffed


def named_at_once(till: Till, bus: dict[str, str], pins: Sequence[str]) -> Counter[tuple[int, str]]:
    """Let each PIN allow another supervisor, all at once; returns codes and what they end with."""
    with ExitStack() as running:
        processes = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", NAME_ONE, str(2000 + number)],
                    env=till.environment(bus),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            for number in range(len(pins))
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process, pin in zip(processes, pins, strict=True):
            assert process.stdin is not None
            process.stdin.write(f"{pin}\n{PIN}\n")
            process.stdin.close()
        results = [ended(process) for process in processes]
    # A busy machine lets some wait for more than a moment, which is then said first.
    return Counter((result.code, result.err.rpartition(": ")[2].strip()) for result in results)


def test_twelve_wrong_pins_at_once_are_five_tries(staffed: Till, bus: dict[str, str]) -> None:
    said = named_at_once(staffed, bus, [WRONG] * 12)
    for left in "4321":
        assert said[5, left] == 1
    assert sum(said[5, f"{wait} s"] for wait in range(280, 301)) == 8, "the fifth, and seven more"
    assert staffed.run("supervisor", "list", env=bus).out == "1001\n"
    after = staffed.run("supervisor", "set", "2000", "--by", "1001", stdin=f"{PIN}\n{PIN}", env=bus)
    assert after.code == 5
    assert "too many wrong PINs" in after.err


def test_eight_right_pins_at_once_are_all_right(staffed: Till, bus: dict[str, str]) -> None:
    assert named_at_once(staffed, bus, [PIN] * 8) == {(0, ""): 8}
    listed = staffed.run("supervisor", "list", env=bus).out.split()
    assert listed == ["1001", *(str(2000 + number) for number in range(8))]
