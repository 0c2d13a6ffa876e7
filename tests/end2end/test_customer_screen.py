"""The customer's screen on a real X server: plugged in and out, never over the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.end2end.screens import virtual_screen
from tests.scanrig.desktop import Ime, available

pytestmark = pytest.mark.skipif(
    bool(available(Ime.NONE)), reason=available(Ime.NONE) or "all of it is there"
)


def test_it_stands_on_its_own_screen_alone() -> None:
    with virtual_screen((2600, 1100)) as name:
        here = os.environ | {"DISPLAY": name}
        with subprocess.Popen(["openbox", "--sm-disable"], env=here) as manager:
            try:
                done = subprocess.run(
                    [sys.executable, "-m", "tests.end2end.customer_window"],
                    env=here | {"QT_QPA_PLATFORM": "xcb"},
                    stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=120,
                )  # fmt: skip
            finally:
                manager.terminate()
    told = json.loads(done.stdout)
    assert told.pop("rounds") == [[True, True]] * 5
    assert told == dict.fromkeys(
        ("till", "one screen", "keyboard", "under the window", "free again", "minimised"), True
    )
