"""A command that has so much time: what it started is gone with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import dev_installers
import dev_run
import pytest
from dev_bound import LATE, descendants
from dev_env import PACKAGING

if sys.platform != "linux":
    pytest.skip("it runs on Linux alone", allow_module_level=True)

BOUNDED = """
import pathlib, subprocess, sys, time
import dev_run
dev_run.GRACE_SECONDS = 0.2
from dev_bound import execute_within
wait = subprocess.Popen.wait

def wait_from_then_on(child, timeout=None):
    # A busy machine takes long to start it: it has its time from when it has told of its server.
    while child.poll() is None and not pathlib.Path(sys.argv[2]).exists():
        time.sleep(0.01)
    return wait(child, timeout)

subprocess.Popen.wait = wait_from_then_on
sys.exit(execute_within([sys.executable, "-c", sys.argv[1], sys.argv[2]], float(sys.argv[3])))
"""
LEAVES_A_SERVER = """
import pathlib, subprocess, sys, time
server = subprocess.Popen(["sleep", "300"], start_new_session=True)
told = pathlib.Path(sys.argv[1])
told.with_suffix(".new").write_text(str(server.pid))
told.with_suffix(".new").rename(told)
"""
STAYS = f"""{LEAVES_A_SERVER}
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
time.sleep(300)
"""


def bounded(code: str, told: Path, seconds: float) -> int:
    """Run a bounded command in a process of its own, as it takes orphans for its children."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGING)}
    command = [sys.executable, "-c", BOUNDED, code, str(told), str(seconds)]
    return subprocess.run(command, env=environment, check=False).returncode


def test_in_time_is_its_own_exit_code_and_a_server_is_not_left(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    assert bounded(f"{LEAVES_A_SERVER}\nsys.exit(3)", told, 60) == 3
    assert not is_there(told)


def test_late_all_is_ended_also_what_does_not_hear(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    assert bounded(STAYS, told, 2) == LATE
    assert not is_there(told)


def is_there(told: Path) -> bool:
    return Path("/proc", told.read_text(encoding="ascii")).exists()


def test_the_children_of_children() -> None:
    script = "import subprocess; subprocess.run(['sleep', '300'])"
    with subprocess.Popen([sys.executable, "-c", script], process_group=0) as child:
        try:
            while not (found := descendants(child.pid)):
                assert child.poll() is None
            assert set(found) < set(descendants(os.getpid()))
        finally:
            dev_run.signal_group(child.pid, 9)


def test_the_stage_says_that_it_was_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[object, float]] = []

    def late(command: object, seconds: float) -> int:
        asked.append((command, seconds))
        return LATE

    monkeypatch.setattr(dev_installers, "execute_within", late)
    assert dev_installers.test_installers(["deb", "--built", "--within", "1.5"]) == LATE
    ((command, seconds),) = asked
    assert isinstance(command, tuple)
    assert (command[-3:], seconds) == (("test-installers", "deb", "--built"), 90.0)
    assert "not done within 1.5 minutes" in capsys.readouterr().out


def test_a_stage_without_a_bound_is_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    lived: list[list[str]] = []

    def live(options: list[str]) -> int:
        lived.append(options)
        return 4

    monkeypatch.setitem(dev_installers.LIVES, "deb", live)
    assert dev_installers.test_installers(["deb", "--built"]) == 4
    assert lived == [["--built"]]
    with pytest.raises(SystemExit):
        dev_installers.test_installers(["rpm"])
