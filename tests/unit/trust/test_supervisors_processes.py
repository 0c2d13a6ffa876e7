"""One PIN at a time, of all the programs of a machine; and a program that is killed over it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from posmember.errors import PinRejectedError
from posmember.trust.supervisors import Approval, Supervisors
from tests.end2end.program import SOURCE
from tests.unit.trust.shared_store import FileStore

PIN, WRONG = "246813", "864213"

CHECKS = """
import sys
from pathlib import Path
from posmember.errors import PinRejectedError
from posmember.trust.supervisors import Supervisors
from tests.unit.trust.shared_store import FileStore

folder, pin = Path(sys.argv[1]), sys.argv[2]
staff = Supervisors(FileStore(folder / "keyring"), lock=folder / "lock")
print("ready", flush=True)
sys.stdin.readline()
try:
    staff.check("1001", pin)
    print("right")
except PinRejectedError as error:
    print(error, error.tries_left)
"""
HANGS = """
import hashlib, os, sys, time
from pathlib import Path
from posmember.trust.supervisors import Supervisors
from tests.unit.trust.shared_store import FileStore

def hang(*_args, **_how):
    print("checking", flush=True)
    time.sleep(60)

hashlib.scrypt = hang
folder = Path(sys.argv[1])
Supervisors(FileStore(folder / "keyring"), lock=folder / "lock").check("1001", sys.argv[2])
"""


@pytest.fixture
def staff(tmp_path: Path) -> Supervisors:
    here = Supervisors(FileStore(tmp_path / "keyring"), lock=tmp_path / "lock")
    here.set_pin("1001", PIN)
    return here


def started(program: str, folder: Path, pin: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder), pin],
        cwd=SOURCE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def all_at_once(folder: Path, pins: Sequence[str], program: str = CHECKS) -> Counter[str]:
    """Let a process for each PIN use it, when all of them are ready; returns what they said."""
    processes = [started(program, folder, pin) for pin in pins]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = Counter(process.communicate(timeout=60)[0].strip() for process in processes)
    assert all(process.returncode == 0 for process in processes)
    return said


@pytest.mark.parametrize("count", [2, 12])
def test_wrong_ones_at_once_are_five_tries_and_no_more(
    staff: Supervisors, tmp_path: Path, count: int
) -> None:
    said = Counter[str]()
    for _ in range(-(-12 // count)):
        said += all_at_once(tmp_path, [WRONG] * count)
    tried = {f"wrong {left}": 1 for left in (4, 3, 2, 1, 0)}
    assert said == Counter({**tried, "too many wrong PINs 0": 7})
    with pytest.raises(PinRejectedError, match="too many"):
        staff.check("1001", PIN)


def test_right_ones_at_once_are_all_right(staff: Supervisors, tmp_path: Path) -> None:
    assert all_at_once(tmp_path, [PIN] * 8) == {"right": 8}
    with pytest.raises(PinRejectedError) as caught:
        staff.check("1001", WRONG)
    assert caught.value.tries_left == 4


def test_a_program_killed_in_the_middle_costs_a_try_and_blocks_nobody(
    staff: Supervisors, tmp_path: Path
) -> None:
    for pin in (PIN, WRONG, PIN, WRONG):
        with started(HANGS, tmp_path, pin) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "checking\n"
            process.kill()
    with pytest.raises(PinRejectedError) as caught:
        staff.check("1001", WRONG)
    assert (caught.value.tries_left, caught.value.wait_s) == (0, 300)


def test_two_named_at_once_are_both_named(staff: Supervisors, tmp_path: Path) -> None:
    program = CHECKS.replace(
        'staff.check("1001", pin)',
        f'staff.set_pin(pin, pin, Approval("1001", "{PIN}"))',
    ).replace("import Supervisors", "import Approval, Supervisors")
    names = [f"20000{number}" for number in range(6)]
    assert all_at_once(tmp_path, names, program) == {"right": 6}
    assert staff.names() == ("1001", *names)
    assert staff.remove("200000", Approval("200001", "200001"))
