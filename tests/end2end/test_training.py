"""Training mode as a process, whose every socket is told, on a screen of its own with real keys."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from posmember.sandbox.app import Sandbox
from tests.end2end.program import SOURCE, Till, ended
from tests.end2end.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.screens import Screen, Window
from tests.end2end.test_window import usable_seen
from tests.end2end.written import files_under

NO_NETWORK = """
import os, sys

def see(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        with open(os.environ["SOCKETS_TOLD"], "a") as told:
            told.write(f"{event} {args[1:]!r}\\n")
        if event != "socket.__new__" or args[1] not in (-1, 1):  # AF_UNIX
            raise SystemExit("a socket in training")

sys.addaudithook(see)
"""
REAL = "qm7654321"
SAID = (0.0, 0.1, 1.0, 0.3)


@contextmanager
def training(
    till: Till, screen: Screen, folder: Path
) -> Iterator[tuple[Window, subprocess.Popen[str]]]:
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    (folder / "temporary").mkdir()
    env = {
        "DISPLAY": screen.name,
        "QT_QPA_PLATFORM": "xcb",
        "WAYLAND_DISPLAY": "",
        "PYTHONPATH": f"{folder}{os.pathsep}{SOURCE}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOCKETS_TOLD": str(folder / "sockets"),
        "TMPDIR": str(folder / "temporary"),
    }
    with till.started("--training", env=env) as process:
        yield screen.window_of(process.pid), process


def internet_sockets(pid: int) -> list[str]:
    """Of a process, by the kernel's own tables."""
    mine = set()
    for name in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            mine.add(str(name.readlink()).removeprefix("socket:[").removesuffix("]"))
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            if line.split()[9] in mine:
                found.append(f"{table} {line}")
    return found


def test_a_whole_lookup_without_a_network(
    till: Till, platform: Sandbox, screen: Screen, tmp_path: Path, isolated: Path
) -> None:
    folder = tmp_path / "training"
    folder.mkdir()
    before = files_under(till.config.parent)
    with training(till, screen, folder) as (window, process):
        assert not usable_seen(window)
        blank = window.picture().part(*SAID)
        window.scan(REAL)
        wait_until(lambda: window.picture().part(*SAID) != blank, "the word")
        assert not usable_seen(window)
        window.scan("qm0000001")
        wait_until(lambda: usable_seen(window), "the member")
        window.press("F10")  # of WeChat Pay, too
        assert internet_sockets(process.pid) == []
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert not platform.calls, "nor is the till's own platform asked"
    told = (folder / "sockets").read_text().splitlines()
    assert told, "an event loop wakes itself by a pair of Unix sockets"
    assert {line.split()[0] for line in told} == {"socket.__new__"}
    assert {path: files_under(till.config.parent)[path] for path in before} == before
    assert not any((folder / "temporary").iterdir()), "its folder goes with it"
    assert not [path for path in isolated.rglob("*") if "posmember" in path.name]


def test_a_socket_would_be_told(till: Till, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    env = till.environment({"PYTHONPATH": str(tmp_path), "SOCKETS_TOLD": str(tmp_path / "sockets")})
    attempt = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", attempt], env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert "a socket in training" in done.stderr
