"""The first start as a process on a screen of its own, with a real keyring of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from posmember.sandbox.account import OPEN_ID, OPEN_KEY, STORES
from posmember.sandbox.app import Sandbox
from posmember.sandbox.server import RunningSandbox
from posmember.settings import config as settings_file
from tests.end2end.program import ended

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.first_start import FirstStart, new_till, play
from tests.end2end.screens import Screen


def test_from_nothing_to_the_first_scan(
    platform: Sandbox, served: RunningSandbox, screen: Screen, tmp_path: Path
) -> None:
    with new_till(screen, tmp_path) as (window, process, config):
        start = FirstStart(window, platform, served.base_url, config)
        play(window, start, lambda *_told: None)
        window.ask_to_close()
        result = ended(process)
    assert (result.code, result.out, result.err) == (0, "", "")
    settings = settings_file.load({"POSMEMBER_CONFIG": str(config)})
    assert settings.platform.open_id == OPEN_ID
    assert (settings.store.code, settings.store.id) == (STORES[0].code, str(STORES[0].number))
    assert grep(OPEN_KEY, Path(os.environ["HOME"]).parent, config) == []


def grep(secret: str, *places: Path) -> list[Path]:
    """The plain files that hold a secret; a keyring's own are no plain files."""
    files = [path for place in places for path in (place, *place.rglob("*")) if path.is_file()]
    return [path for path in files if secret.encode() in path.read_bytes()]


def test_the_steps_are_printed_and_pictured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.end2end.first_start", str(tmp_path / "pictures")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count(".png") == len(list((tmp_path / "pictures").iterdir()))
    assert "keys by hand" in done.stdout
