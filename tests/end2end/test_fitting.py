"""The window on real screens of many sizes and scales: never larger, and nothing is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.end2end.program import SOURCE
from tests.end2end.waiting import LIMIT_S

if sys.platform != "linux":
    pytest.skip("there is an X server on Linux alone", allow_module_level=True)

from tests.end2end.screens import virtual_screen

LEAST_WIDTH = 780
"""Below it the page scrolls sideways, in English."""
SCREENS = [
    ((1366, 768), "1"),
    ((1366, 768), "1.25"),
    ((1366, 768), "1.5"),
    ((1280, 720), "1"),
    ((1280, 720), "1.25"),
    ((1024, 768), "1"),
    ((1024, 768), "1.25"),
    ((1024, 768), "1.5"),
    ((1024, 768), "2"),
    ((1920, 1080), "1"),
    ((1920, 1080), "1.5"),
    ((1920, 1080), "2"),
    ((2560, 1440), "2"),
]


def shown(size: tuple[int, int], scale: str, language: str, by: str) -> dict[str, Any]:
    """Show the window in a process of its own; returns what it tells of each view."""
    with virtual_screen(size) as name:
        environment = os.environ | {
            "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "", by: scale,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "tests.end2end.fitting_window", language],
            cwd=SOURCE, env=environment, stdout=subprocess.PIPE, encoding="utf-8",
            timeout=LIMIT_S, check=True,
        )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "scale"), SCREENS, ids=str)
def test_it_is_on_the_screen(size: tuple[int, int], scale: str, language: str) -> None:
    for name, told in shown(size, scale, language, "QT_SCALE_FACTOR").items():
        width, height = told["room"]
        assert told["size"][0] <= width, name
        assert told["size"][1] <= height, name
        if width >= LEAST_WIDTH:
            assert told["page"] == told["area"], f"{name}: the page scrolls"
            assert told["cut"] == [], name
            assert told["list"] >= 60, f"{name}: a list with nothing in sight"
        else:
            assert told["page"][0] >= told["area"][0], f"{name}: nothing can be scrolled to"


def test_also_by_the_screens_own_scale() -> None:
    for name, told in shown((1366, 768), "1.25", "zh", "QT_SCREEN_SCALE_FACTORS").items():
        assert told["room"][0] in (1092, 1093), "it is taken"
        assert told["size"][0] <= told["room"][0], name
        assert told["size"][1] <= told["room"][1], name
        assert told["cut"] == [], name
