"""One window a session: second starts, orders handed over, and what is left of a killed one."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from Xlib import X, display

from posmember import app
from posmember.cli import training
from posmember.link.processes import process_started
from posmember.report.outcomes import Exit
from posmember.sandbox.app import Sandbox
from tests.end2end.kills import holder, killed
from tests.end2end.links import OFFSCREEN, answering, answers, the_place
from tests.end2end.program import LIMIT_S, Till, ended
from tests.end2end.test_window import any_call
from tests.end2end.waiting import wait_until
from tests.end2end.written import has_a_log
from tests.scanrig.desktop import Desktop, desktop

CODE, OTHER = "qm0000001", "qm0000002"


@pytest.fixture(scope="module")
def manager() -> Iterator[Desktop]:
    with desktop() as found:
        yield found


class Front:
    """Which window the window manager says has the keyboard, and a till's window beside."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._till: Any = None

    def open_till(self) -> None:
        screen = self._display.screen()
        self._till = self._root.create_window(
            *(900, 500, 300, 200, 0, screen.root_depth, X.InputOutput, X.CopyFromParent)
        )
        self._till.set_wm_name("till")
        self._till.map()
        self._display.sync()
        wait_until(self.is_tills, "the till's window in front")

    def is_tills(self) -> bool:
        return bool(self._active() == self._till.id)

    def is_of(self, pid: int) -> bool:
        window = self._display.create_resource_object("window", self._active())
        if not window.id:
            return False
        told = window.get_full_property(self._display.intern_atom("_NET_WM_PID"), X.AnyPropertyType)
        return told is not None and told.value[0] == pid

    def close(self) -> None:
        self._display.close()

    def _active(self) -> int:
        name = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        told = self._root.get_full_property(name, X.AnyPropertyType)
        return int(told.value[0]) if told is not None else 0


@pytest.fixture
def front(manager: Desktop) -> Iterator[Front]:
    found = Front(manager.display)
    yield found
    found.close()


@contextmanager
def shown(till: Till, manager: Desktop, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A window on the desktop, which this process can reach as well."""
    the_place()
    os.environ["DISPLAY"] = manager.display
    env = {"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    try:
        with till.started(*arguments, env=env) as process:
            yield process
    finally:
        del os.environ["DISPLAY"]


def test_a_second_start_brings_it_up_and_hands_over(
    till: Till, platform: Sandbox, manager: Desktop, front: Front
) -> None:
    with shown(till, manager, "--quiet", "--code", CODE) as process:
        front.open_till()
        wait_until(lambda: any_call(platform, CODE), "the code of its own start")
        handed = till.run("--code", OTHER, "--order-type", "delivery", "--amount=58", "--quiet")
        assert (handed.code, handed.out, handed.err) == (0, "", "")
        wait_until(lambda: any_call(platform, OTHER), "the order that was handed over")
        asked = [
            call for call in list(platform.calls) if call.params.get("identifierNumber") == OTHER
        ]
        assert any(str(call.params.get("typeCate")) == "3" for call in asked)
        assert front.is_tills()
        second = till.run("window")
        assert (second.code, second.out, second.err) == (0, "", "")
        wait_until(lambda: front.is_of(process.pid), "the window in front")
        wrong = till.run("--amount=5x")
        assert (wrong.code, wrong.out) == (Exit.WRONG_USE, "")
        payment = till.run("--code", "134567890123456789")
        assert payment.code == Exit.WRONG_USE
        assert not any_call(platform, "134567890123456789")
        process.terminate()
        assert ended(process).code == 0


def test_a_hung_one_is_told_and_not_waited_for(till: Till) -> None:
    """How long it is given is told in test_client.py; here it hangs until the second has ended."""
    with answering(till) as process:
        process.send_signal(signal.SIGSTOP)
        second = till.run("window", env=OFFSCREEN)
        process.send_signal(signal.SIGCONT)
        assert second.code == Exit.OTHER
        assert "没有反应" in second.one_line()
        process.terminate()
        assert ended(process).code == 0


def test_two_starts_at_once_are_one_window(till: Till) -> None:
    env = OFFSCREEN
    with till.started("window", env=env) as one, till.started("window", env=env) as two:
        wait_until(lambda: one.poll() is not None or two.poll() is not None, "one of them to go")
        gone, stays = (one, two) if one.poll() is not None else (two, one)
        assert ended(gone).code == 0
        assert holder() == stays.pid
        wait_until(answers, "the one that stays to answer")
        stays.terminate()
        assert ended(stays).code == 0


def test_a_dead_lock_whose_number_is_another_programs(till: Till) -> None:
    """Qt knows a process by its number and its program's name alone: this one is both."""
    with answering(till) as process:
        where = the_place()
        lock = Path(where.lock).read_text(encoding="utf-8").splitlines()
        process.kill()
        process.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as reused:
        Path(where.lock).write_text("\n".join([str(reused.pid), *lock[1:]]), encoding="utf-8")
        Path(where.holder).write_text(f"{reused.pid} 1\n", encoding="utf-8")
        assert process_started(reused.pid)
        with answering(till) as process:
            assert holder() == process.pid
        reused.kill()


def test_kills_at_random_moments(till: Till) -> None:
    assert killed(till, 4, seed=5) >= 2


ANOTHER = 54_321
TRY = """
import socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.settimeout(30)
try:
    connection.connect(sys.argv[1])
    connection.sendall(b'{"protocol": 1, "do": "hello"}\\n')
    print(connection.recv(100) or "hung up")
except PermissionError:
    print("refused")
except ConnectionError:
    print("hung up")
"""


def said_to_another_user(server: str) -> str:
    # The system's own: the tests' Python may be where nobody else may look.
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    assert python
    done = subprocess.run(
        [python, "-I", "-c", TRY, server],
        user=ANOTHER, group=ANOTHER, extra_groups=[], cwd="/",
        capture_output=True, encoding="utf-8", timeout=LIMIT_S, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.skipif(os.getuid() != 0, reason="root alone can be another user")
def test_another_user_is_let_in_nowhere(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Path("/tmp") / f"posmember-test-{os.getpid()}"
    runtime.mkdir(mode=0o700)
    runtime.chmod(0o755)  # as nobody should have it
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    try:
        with answering(till) as process:
            where = the_place()
            assert said_to_another_user(where.server) == "refused"
            # And where all of the rights are gone, who it is still counts.
            Path(where.folder).chmod(0o755)
            Path(where.server).chmod(0o666)
            assert said_to_another_user(where.server) == "hung up"
            Path(where.folder).chmod(0o700)
            wait_until(answers, "its own user to be answered")
            process.terminate()
            assert ended(process).code == 0
    finally:
        shutil.rmtree(runtime)


@pytest.mark.skipif(os.getuid() != 0, reason="root alone can be another user")
def test_what_another_user_has_put_there_is_not_trusted(till: Till) -> None:
    where = the_place()
    Path(where.folder).mkdir(mode=0o700)
    os.chown(where.folder, ANOTHER, ANOTHER)
    with till.started("window", env=OFFSCREEN) as process:
        wait_until(has_a_log, "the end of its start")
        assert not list(Path(where.folder).iterdir())
        process.terminate()
        assert ended(process).code == 0


def test_without_a_folder_it_works_alone(till: Till, tmp_path: Path) -> None:
    """A file stands where the folder is to be made."""
    Path(the_place().folder).write_text("", encoding="utf-8")
    with till.started("window", env=OFFSCREEN) as process:
        wait_until(has_a_log, "the end of its start")
        process.terminate()
        assert ended(process).code == 0


def test_training_is_no_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []

    def run(_load: object, **how: Any) -> int:
        started.append(how)
        return 0

    monkeypatch.setattr(app, "run", run)
    assert training.run(argparse.Namespace(language="zh")) == 0
    assert [how.get("instance") for how in started] == [None]
