"""The program as a till starts it, scanned at as soon as it takes keys.

Until then it imports nothing that the program does not: its start is being measured.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from posmember import __main__ as program
from posmember import app
from posmember.ui.opening.first_stage import Opening
from tests.bench.children.first_paint import FirstPaint
from tests.bench.children.keys import scan
from tests.bench.children.report import memory_mb, moment_ns

if TYPE_CHECKING:
    from posmember.ui.capture.scan_filter import ScanFilter
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow

told: dict[str, object] = {}
code = sys.argv[1]


class WatchedOpening(Opening):
    """Scans a code after the first paint, and tells when the member is on the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._shown = window
        FirstPaint(window, self._painted)

    def _painted(self) -> None:
        at = moment_ns()
        scan(self._shown.windowHandle(), code)
        if self.scanned != code:
            raise RuntimeError("the scan filter did not take the scan")
        told["ready"] = at

    def hand_over(self, controller: Controller) -> ScanFilter:
        import asyncio

        # The one look into the product: nothing public says when it can ask the platform.
        controller._backend.watch(_connected)
        scan_filter = super().hand_over(controller)
        self._answer = asyncio.ensure_future(self._await_answer(controller))
        return scan_filter

    async def _await_answer(self, controller: Controller) -> None:
        from tests.bench.children.painted import PaintWatch

        await PaintWatch(self._shown, controller).next_answer()
        told["answered"] = moment_ns()
        told["memory"] = memory_mb()
        _tell()
        os._exit(0)  # its end is not measured


def _connected() -> None:
    told["connected"] = moment_ns()


def _tell() -> None:
    import json

    print(json.dumps(told), flush=True)


app.Opening = WatchedOpening  # type: ignore[attr-defined]
sys.exit(program.main([]))
