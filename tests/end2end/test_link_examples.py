"""The examples for programs of the till, as somebody copies them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from posmember.link import places, windows
from posmember.resources import resource
from posmember.sandbox.account import OPEN_KEY
from posmember.sandbox.server import RunningSandbox
from tests.end2end.links import OFFSCREEN, answering, till_with
from tests.end2end.program import LIMIT_S

CODE = "qm0000001"
PYTHON = (sys.executable, "-W", "error", "-I", "ask.py")
PROGRAMS = [pytest.param(PYTHON, id="Python")]
if sys.platform == "win32":
    # Windows' own, and the one of today where it is installed, as on the runners of GitHub.
    PROGRAMS += [
        pytest.param(
            (name, "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", "ask.ps1"), id=name
        )
        for name in ("powershell", "pwsh")
    ]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_example(served: RunningSandbox, tmp_path: Path, program: tuple[str, ...]) -> None:
    till = till_with(served, tmp_path, "full")
    *options, file = program
    with answering(till):
        done = subprocess.run(
            [*options, str(resource(f"help/examples/{file}")), CODE, "58"],
            env=till.environment(OFFSCREEN),
            capture_output=True, encoding="utf-8", timeout=LIMIT_S, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "满30减10" in done.stdout
    assert OPEN_KEY not in done.stdout


@pytest.mark.parametrize("file", ["ask.ps1", "ask.py"])
def test_on_windows_an_example_means_the_pipe_of_its_session(
    monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """Both build its name by expressions of PowerShell, which are put into words here."""
    sid = "S-1-5-21-1004336348-1177238915-682003330-512"
    monkeypatch.setattr(windows, "own_sid", lambda: sid)
    monkeypatch.setattr(windows, "own_session", lambda: 3)
    monkeypatch.setattr(sys, "platform", "win32")
    found = places.places()
    monkeypatch.undo()
    assert found is not None
    text = resource(f"help/examples/{file}").read_text(encoding="utf-8")
    pieces = re.search(r"""["'](posmember-)(?:\$user|' \+ \$s \+ ')(-s)""", text)
    assert pieces is not None
    assert "WindowsIdentity]::GetCurrent().User.Value" in text
    assert "(Get-Process -Id $PID).SessionId" in text
    assert found.server == f"{pieces[1]}{sid}{pieces[2]}3"
