"""Process start to the first painted window: what an installer brings, against the source tree.

Both are looked at from outside, on a screen of their own: from nothing to the first pixel of a
window that is not the screen's own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.bench.harness import ROOT, Bench, MeasurementError, Row

PROGRAM: Final = ROOT / "build" / "linux" / "posmember" / "posmember"
_BOUND: Final = 1.15
_WARM_UP: Final = 1
_LOOK_EVERY_S: Final = 0.002
_LONGEST_S: Final = 60.0
_LEAST_WIDTH: Final = 400
"""Pixels: smaller windows are a toolkit's own, which nobody sees."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start, until its window was painted.

    Args:
        ms: by the clock. worked_ms: that processors worked for it, which a busy machine leaves.
    """

    ms: float
    worked_ms: float


def measure_frozen(bench: Bench) -> list[Row]:
    """Process start to the first painted window, of both in turn; nothing where none is built."""
    if not PROGRAM.is_file():
        print(f"frozen: not built (dev.py build deb): {PROGRAM}", file=sys.stderr)
        return []
    pairs = frozen_pairs(bench, bench.size(20, 5))
    ratios = tuple(frozen.ms / source.ms for source, frozen in pairs)
    worked = tuple(frozen.worked_ms / source.worked_ms for source, frozen in pairs)
    return [
        Row("frozen", "first paint, against the source tree", ratios, "×", _BOUND),
        Row("frozen", "  … of processors' time", worked, "×"),
        Row("frozen", "  the source tree", tuple(source.ms for source, _frozen in pairs)),
        Row("frozen", "  what is installed", tuple(frozen.ms for _source, frozen in pairs)),
    ]


def frozen_pairs(bench: Bench, count: int) -> list[tuple[Start, Start]]:
    """Start both in turn, nothing set up, without the first ones, which fill caches."""
    from Xlib import display

    from tests.end2end.screens import virtual_screen

    folder = str(Path(bench.environment["XDG_STATE_HOME"]).parent)
    with virtual_screen() as name:
        environment = {
            **bench.environment,
            "DISPLAY": name,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CONFIG_HOME": folder,
            "XDG_CONFIG_DIRS": folder,
        }
        commands = ((str(bench.python), "-m", "posmember"), (str(PROGRAM),))
        screen = display.Display(name)  # a server without a client begins anew
        pairs = []
        for _ in range(_WARM_UP + count):
            source, frozen = (first_paint(each, environment, screen) for each in commands)
            pairs.append((source, frozen))
        screen.close()
    return pairs[_WARM_UP:]


def first_paint(command: Sequence[str], environment: Mapping[str, str], screen: Any) -> Start:
    """Start a program, and end it when its window was painted.

    Args:
        screen: a connection to the server that is in the environment.

    Raises:
        MeasurementError: it ended before, or painted nothing in time.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _is_painted(screen):
            if process.poll() is not None or time.monotonic() > begun + _LONGEST_S:
                raise MeasurementError(f"{command[0]} painted nothing ({process.poll()})")
            time.sleep(_LOOK_EVERY_S)
        return Start((time.monotonic() - begun) * 1_000, _worked_ms(process.pid))
    finally:
        process.kill()
        process.wait()


def _worked_ms(process: int) -> float:
    """How long processors have worked for a process and its threads."""
    told = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(each.read_text(encoding="ascii").split()[0]) for each in told) / 1e6


def _is_painted(screen: Any) -> bool:
    from Xlib import X
    from Xlib.error import BadDrawable, BadMatch, BadWindow

    for window in screen.screen().root.query_tree().children:
        try:
            size = window.get_geometry()
            shown = window.get_attributes().map_state == X.IsViewable
            if not shown or size.width < _LEAST_WIDTH:
                continue
            middle = (size.width // 2, size.height // 2, 1, 1)
            seen = window.get_image(*middle, X.ZPixmap, 0xFFFFFFFF)
        except (BadDrawable, BadMatch, BadWindow):  # it is being shown
            continue
        if any(seen.data[:3]):
            return True
    return False
