"""Secrets stay in the process: no child has them in its environment, no crash leaves them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posmember.cli.demo import MemoryStore
from posmember.trust import process
from posmember.trust.credentials import OPEN_KEY_VARIABLE, open_key
from posmember.trust.process import ENVIRON, SECRET_VARIABLES, keep_secrets_in

KEY = "sandbox-open-key-not-a-secret-0123456789abcdefghij"

LOOK = """
import json, os, resource
print(json.dumps({"environ": dict(os.environ), "limit": resource.getrlimit(resource.RLIMIT_CORE)}))
"""
PROGRAM = f"""
import json, os, resource, subprocess, sys
_soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
from posmember.cli import lookup

def run(_args):
    from posmember.trust.credentials import open_key
    child = subprocess.run([sys.executable, "-c", {LOOK!r}], capture_output=True, check=True)
    system = os.popen("echo $POSMEMBER_OPEN_KEY").read()
    print(json.dumps([json.loads(child.stdout), system, open_key("", None), hard]))
    return 0

lookup.run = run
from posmember.__main__ import main
sys.exit(main(["lookup", "x"]))
"""


def test_the_open_key_is_one_of_them() -> None:
    assert OPEN_KEY_VARIABLE in SECRET_VARIABLES


def test_it_is_taken_out_of_the_environment_and_still_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "_dump_no_memory", lambda: None)
    monkeypatch.setenv(OPEN_KEY_VARIABLE, KEY)
    assert open_key("", MemoryStore()) == KEY, "before"
    for _ in range(2):
        keep_secrets_in()
        assert OPEN_KEY_VARIABLE not in os.environ
        assert os.getenv(OPEN_KEY_VARIABLE) is None
        assert open_key("", MemoryStore()) == ENVIRON[OPEN_KEY_VARIABLE] == KEY


def test_where_it_is_not_set_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_dump_no_memory", lambda: None)
    keep_secrets_in()
    assert OPEN_KEY_VARIABLE not in ENVIRON


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_program_its_child_and_its_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OPEN_KEY_VARIABLE, KEY)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    child, shell, key, hard = json.loads(done.stdout)
    assert OPEN_KEY_VARIABLE not in child["environ"]
    assert KEY not in child["environ"].values()
    assert shell.strip() == ""
    assert key == KEY
    most = process._core_limit() if hard < 0 else min(process._core_limit(), hard)
    assert child["limit"] == [most, most]


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [("core\n", 0), ("/var/crash/core.%p\n", 0), ("|/usr/lib/systemd/systemd-coredump %P\n", 1)],
)
def test_a_dump_that_goes_to_a_program_is_off_at_another_limit(
    pattern: str, limit: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = tmp_path / "core_pattern"
    given.write_text(pattern)
    monkeypatch.setattr(process, "_CORE_PATTERN", given)
    assert process._core_limit() == limit


def test_elsewhere_than_on_linux_there_is_one_limit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(process, "_CORE_PATTERN", tmp_path / "none")
    assert process._core_limit() == 0


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_limit_that_cannot_be_set_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    asked: list[tuple[int, int]] = []

    def refuse(_which: int, limits: tuple[int, int]) -> Any:
        asked.append(limits)
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(process, "_core_limit", lambda: 1)
    monkeypatch.setattr(resource, "setrlimit", refuse)
    for hard, limit in ((resource.RLIM_INFINITY, 1), (0, 0), (100, 1)):
        monkeypatch.setattr(resource, "getrlimit", lambda _which, hard=hard: (0, hard))
        process._dump_no_memory()
        assert asked.pop() == (limit, limit)
