"""posmember's window for the typing show, a process of its own: it has what it needs, and no more.

A line of JSON on its stdin names the code that is at hand; each hand-over is told on its stdout,
by the line that it leaves in the log.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication

from posmember.settings.config import parse
from posmember.ui.beside.hand_over import HandOver
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow
from posmember.ui.panels.say_row import SayRow
from posmember.ui.panels.suggestion import SuggestionLine
from posmember.ui.theme import install_theme
from posmember.ui.view.screen import View
from tests.end2end.requests import Request, Requests, tell
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


class Asked:
    """Does what is asked of the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._run = window, 0
        self.scans: list[str] = []

    def take(self, request: Request) -> None:
        """Show a code, come to the front later, or tell the state."""
        window = self._window
        if request["do"] == "show":
            self._run += 1
            window.render(with_code(str(request["code"]), self._run))
            window.scan_field.clear()
            self.scans.clear()
            window.show()
            window.raise_()
            window.activateWindow()
        elif request["do"] == "front":
            after_ms = int(str(request["after_ms"]))
            QTimer.singleShot(after_ms, partial(self._come_to_front, self._run))
        else:
            tell(
                front=window.isActiveWindow(),
                field=window.scan_field.text(),
                scans=self.scans,
                button=self._button(),
            )

    def _button(self) -> list[int]:
        """Return where the button is that types the suggested code, on the screen."""
        line = self._window.findChild(SuggestionLine)
        if line is None:
            return []
        button = line._hand_over
        place = button.mapToGlobal(button.rect().center())
        return [place.x(), place.y()] if button.isVisible() else []

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
    application.setDoubleClickInterval(0)  # each click is meant
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
    asked = Asked(window)
    _requests = Requests(asked.take)
    for shortcut in window.findChildren(QShortcut):
        if shortcut.key().toString() == "Ctrl+Return":
            shortcut.activated.connect(lambda: tell(log="asked"))
    line = window.findChild(SuggestionLine)
    assert line is not None
    line._hand_over.asked.connect(lambda _code: tell(log="asked"))
    keyboard.scanned.connect(lambda text, _place: asked.scans.append(text))
    window.show()
    tell(ready=True)
    application.exec()
    asyncio.run(hand_over.aclose())


if __name__ == "__main__":
    main(*sys.argv[1:])
