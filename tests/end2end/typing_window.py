"""posmember's window for the typing show, a process of its own: it has what it needs, and no more.

A line of JSON on its stdin names the code that is at hand; each hand-over is told on its stdout,
by the line that it leaves in the log.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication

from posmember.settings.config import parse
from posmember.ui.beside.hand_over import HandOver
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.say_row import SayRow
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import View
from tests.end2end.code_window import tell
from tests.gui import samples

_PLATFORM = {"open_id": "test", "grant_code": "test"}


class Told(logging.Handler):
    """Tells of each hand-over, with what the window says of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(logging.INFO)
        self._window = window

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        QTimer.singleShot(0, lambda: tell(log=line, said=said_in(self._window)))


class Requests:
    """Answers what is asked on stdin."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._run = window, 0
        self.scans: list[str] = []
        self._read = b""
        self._stdin = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._stdin.activated.connect(self._take)

    def _take(self) -> None:
        data = os.read(0, 65536)
        if not data:
            QApplication.quit()
            return
        *lines, self._read = (self._read + data).split(b"\n")
        for line in lines:
            self._do(json.loads(line))

    def _do(self, request: dict[str, Any]) -> None:
        window = self._window
        if request["do"] == "show":
            self._run += 1
            window.render(with_code(request["code"], self._run))
            window.scan_field.clear()
            self.scans.clear()
            window.show()
            window.raise_()
            window.activateWindow()
        elif request["do"] == "front":
            QTimer.singleShot(request["after_ms"], partial(self._come_to_front, self._run))
        else:
            tell(front=window.isActiveWindow(), field=window.scan_field.text(), scans=self.scans)

    def _come_to_front(self, run: int) -> None:
        if run == self._run:
            self._window.activateWindow()


def said_in(window: MainWindow) -> str:
    """Return what row C says."""
    row = window.findChild(SayRow)
    return row.text() if row is not None else ""


def with_code(code: str, run: int) -> View:
    """Return a view whose suggested coupon has a code."""
    view = samples.loaded_view(run)
    first, *others = view.assessment.coupons
    first = replace(first, coupon=replace(first.coupon, redemption_code=code))
    suggestion = view.assessment.suggestion
    assert suggestion is not None
    assessment = replace(
        view.assessment,
        coupons=(first, *others),
        suggestion=replace(suggestion, coupon=first.coupon),
    )
    return replace(view, assessment=assessment)


def main(program: str, title: str, pause_ms: str) -> None:
    """Show the window until stdin ends."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    install_theme(application)
    window = MainWindow(store_name="人民广场店")
    window.prepare()
    keyboard = ScanFilter()
    hand_over = HandOver(window, is_training=False)
    given = {"program": program, "title": title, "pause_ms": int(pause_ms)}
    hand_over.use(parse({"platform": _PLATFORM, "hand_over": given, "window": {"sounds": False}}))
    log = logging.getLogger("posmember.ui.beside.hand_over")
    log.setLevel(logging.INFO)
    log.addHandler(Told(window))
    requests = Requests(window)
    for shortcut in window.findChildren(QShortcut):
        if shortcut.key().toString() == "Ctrl+Return":
            shortcut.activated.connect(lambda: tell(log="asked"))
    keyboard.scanned.connect(lambda text, _place: requests.scans.append(text))
    window.show()
    tell(ready=True)
    application.exec()
    asyncio.run(hand_over.aclose())


if __name__ == "__main__":
    main(*sys.argv[1:])
