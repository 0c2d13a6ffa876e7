"""The whole program looks members up, and clears: ``python -m tests.end2end.forgetful_window URL``.

In a process of its own, as no test of another has members in it. What to look up and what to look
for comes backwards, so that the arguments are no trace themselves: CODE… -- NEEDLE….
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from functools import partial

from PySide6.QtCore import Qt

from posmember import app as program
from posmember.domain.context import Store
from posmember.sandbox.account import GRANT_CODE, OPEN_ID, OPEN_KEY
from posmember.settings.config import PlatformSettings, Settings
from posmember.ui.controller import Controller
from posmember.ui.main_window import MainWindow
from posmember.ui.tour import next_settled, strike
from tests.gui.privacy.traces import python_traces, qt_traces

_SETTLES_S = 0.5
"""What is done later for a member, such as the log's line of its verdicts, is done by then."""


def forwards(text: str) -> str:
    return text[::-1]


async def play(
    codes: list[str], needles: list[str], window: MainWindow, controller: Controller
) -> None:
    handle = window.windowHandle()
    for code in codes:
        settled = next_settled(controller)
        await strike(handle, Qt.Key.Key_F2, forwards(code), Qt.Key.Key_Return)
        await settled
    shown = window.holds_someone() and bool(qt_traces(set(map(forwards, needles))))
    window.forget()
    await asyncio.sleep(_SETTLES_S)
    gc.unfreeze()  # the program's own is looked through, too
    told = {
        "shown": shown,
        "qt": qt_traces(set(map(forwards, needles))),
        "python": [
            trace for needle in needles for trace in python_traces(partial(forwards, needle))
        ],
    }
    sys.stdout.write(json.dumps(told))


def load(url: str) -> program.Loaded:
    platform = PlatformSettings(OPEN_ID, GRANT_CODE, base_url=url)
    return Settings(platform, Store("1001", "88001", "")), lambda: OPEN_KEY, lambda: None


def main() -> int:
    url, *rest = sys.argv[1:]
    between = rest.index("--")
    script = partial(play, rest[:between], rest[between + 1 :])
    return program.run(partial(load, url), script=script)


if __name__ == "__main__":
    sys.exit(main())
