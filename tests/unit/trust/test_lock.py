"""One at a time: of threads and processes, for a bounded time, in a file for its owner alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from posmember.errors import AuditError, KeyringSilentError
from posmember.trust.lock import one_at_a_time
from tests.end2end.program import SOURCE

HOLDS = """
import sys, time
from pathlib import Path
from posmember.trust.lock import one_at_a_time

with one_at_a_time(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        with one_at_a_time(tmp_path / "lock"):
            inside += 1
            most = max(most, inside)
            inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_waiting_has_an_end_and_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], cwd=SOURCE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        with pytest.raises(KeyringSilentError, match=r"0\.2 s"), one_at_a_time(path, 0.2):
            raise AssertionError("two at a time")
        process.kill()
        process.wait()
        with one_at_a_time(path, 5):
            pass


def test_a_failure_inside_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), one_at_a_time(tmp_path / "lock"):
        raise ZeroDivisionError
    with one_at_a_time(tmp_path / "lock", 1):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError, match="no lock"), one_at_a_time(tmp_path / "file" / "lock"):
        raise AssertionError("no lock")


@pytest.mark.skipif(sys.platform == "win32", reason="there are other rights there")
def test_the_file_is_its_owners_and_so_is_what_the_administrator_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[Path, int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, *who: given.append((path, *who)))
    path = tmp_path / "data" / "posmember" / "lock"
    with one_at_a_time(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    owner = tmp_path.stat()
    made = (path.parent.parent, path.parent, path)
    assert given == [(each, owner.st_uid, owner.st_gid) for each in made]
    given.clear()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with one_at_a_time(path):
        assert not given
    assert path.exists(), "it is never removed: another may wait for it"
