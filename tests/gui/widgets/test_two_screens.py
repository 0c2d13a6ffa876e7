"""The window's place where there is a second screen, of another scale, or no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LEFT = {"name": "left", "x": 0, "y": 0, "width": 1366, "height": 768}
RIGHT = {"name": "right", "x": 1366, "y": 0, "width": 1920, "height": 1080}
RIGHT_AT_150 = {"name": "right", "x": 1366, "y": 0, "width": 1280, "height": 720, "dpr": 1.5}
ON_RIGHT = ("1500", "100", "900", "600", "0", "right")


def shown(tmp_path: Path, screens: list[dict[str, Any]], *place: str) -> dict[str, Any]:
    """Show a window in a process that has these screens; returns where it is."""
    config = tmp_path / "screens.json"
    usual = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config.write_text(json.dumps({"screens": [usual | screen for screen in screens]}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.widgets.two_screens", *place],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        stdout=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def within(told: dict[str, Any]) -> bool:
    x, y, width, height = told["geometry"]
    left, top, wide, high = told["area"]
    return bool(left <= x and top <= y and x + width <= left + wide and y + height <= top + high)


def test_it_is_on_the_second_screen_again(tmp_path: Path) -> None:
    told = shown(tmp_path, [LEFT, RIGHT], *ON_RIGHT)
    assert told["screen"] == "right"
    assert told["geometry"] == [1500, 100, 900, 600]
    assert not told["maximised"]


def test_its_room_is_that_of_the_screen_that_it_was_on(tmp_path: Path) -> None:
    told = shown(tmp_path, [LEFT, RIGHT], "1400", "50", "1800", "1000", "0", "right")
    assert told["geometry"] == [1400, 50, 1800, 1000]
    assert not told["maximised"]


def test_it_fills_the_screen_that_it_filled(tmp_path: Path) -> None:
    told = shown(tmp_path, [LEFT, RIGHT], *ON_RIGHT[:4], "1", "right")
    assert told["screen"] == "right"
    assert told["maximised"]


def test_a_second_screen_that_is_gone_leaves_it_on_the_first(tmp_path: Path) -> None:
    told = shown(tmp_path, [LEFT], *ON_RIGHT)
    assert told["screen"] == "left"
    assert within(told)
    assert told["geometry"][2:] == [900, 600], "it keeps its size, as that has room"


@pytest.mark.parametrize("place", [ON_RIGHT, ("2500", "700", "900", "600", "0", "right")])
def test_a_screen_of_another_scale_has_room_for_it(tmp_path: Path, place: tuple[str, ...]) -> None:
    told = shown(tmp_path, [LEFT, RIGHT_AT_150], *place)
    assert told["screen"] == "right"
    assert within(told)


def test_a_screen_of_that_name_elsewhere_is_not_it(tmp_path: Path) -> None:
    """Names are given anew: the place says more than the name."""
    told = shown(tmp_path, [LEFT | {"name": "right"}, RIGHT | {"name": "left"}], *ON_RIGHT)
    assert told["geometry"] == [1500, 100, 900, 600]


def test_a_compact_window_goes_round_the_edges_of_all_screens(tmp_path: Path) -> None:
    place = ("1500", "100", "420", "600", "0", "right", "5")
    edges = shown(tmp_path, [RIGHT, LEFT], *place)["edges"]
    found = [
        (name, x if n % 2 == 0 else x + width) for n, (name, x, _y, width, _h) in enumerate(edges)
    ]
    right, left = ("right", 1366), ("left", 0)
    assert found == [right, ("right", 1366 + 1920), left, ("left", 1366), right]
    assert [each[4] for each in edges] == [1080, 1080, 768, 768, 1080]
