"""The rig's window, a process of its own: ``python -m tests.scanrig.window [--unfiltered]``.

It reports each scan as a line of JSON on stdout, and answers the lines on its stdin.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from posmember.scanning.burst import Misread, ScanSettings
from posmember.settings.config import ScannerSettings
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.capture.scan_sources import ScanSources
from tests.scanrig.places import State, make_places

_COLUMNS = 4
_LOOK_EVERY_MS = 4
_REST_MS = 15
_DISTURBING = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.WindowActivate,
        QEvent.Type.WindowDeactivate,
    )
)
"""What has to be over before the window is at rest."""

Request = Mapping[str, object]


def tell(**message: object) -> None:
    """Print a message at once."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class Rest(QObject):
    """Knows when something last happened in the application."""

    def __init__(self) -> None:
        super().__init__()
        self._last_at = time.monotonic()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _DISTURBING:
            self.disturb()
        return False

    def disturb(self) -> None:
        self._last_at = time.monotonic()

    def after(self, quiet_ms: float, then: Callable[[], object]) -> None:
        """Call when nothing has happened for so long."""
        if (time.monotonic() - self._last_at) * 1000 >= quiet_ms:
            then()
        else:
            QTimer.singleShot(_LOOK_EVERY_MS, lambda: self.after(quiet_ms, then))


class RigWindow(QWidget):
    """Every place of focus in one window.

    Args:
        rest: told of each scan.
    """

    def __init__(self, rest: Rest) -> None:
        super().__init__()
        self._rest = rest
        self._places = {place.name: place for place in make_places(self)}
        layout = QGridLayout(self)
        for number, place in enumerate(self._places.values()):
            layout.addWidget(place.widget, number // _COLUMNS, number % _COLUMNS)
        self._shortcuts: dict[str, int] = {}
        for keys in ("F2", "F9", "Ctrl+C"):  # those of the program, and a scanner's prefix
            QShortcut(QKeySequence(keys), self, lambda keys=keys: self._count(keys))
        self.reset()

    def _count(self, keys: str) -> None:
        self._shortcuts[keys] = self._shortcuts.get(keys, 0) + 1

    def keep_scan(self, text: str, place: int) -> None:
        self._rest.disturb()
        tell(scan=text, place=place)

    def keep_misread(self, misread: Misread) -> None:
        """A scan that no code is: the rig sends none, so it is wrong wherever it comes."""
        self.keep_scan(f"<{misread.flaw}>", misread.place)

    def state(self) -> State:
        """Return the state of all places, and who has the keyboard."""
        widget = QApplication.focusWidget()
        focus = "" if widget is None else widget.objectName() or type(widget).__name__
        states: State = {name: place.state() for name, place in self._places.items()}
        return {**states, "focus": focus, "shortcuts": dict(self._shortcuts)}

    def reset(self) -> None:
        self._shortcuts.clear()
        for place in self._places.values():
            place.reset()

    def enter(self, name: str, then: Callable[[], object]) -> None:
        """Give a place the keyboard; all others are as in the beginning."""
        place = self._places[name]

        def enter() -> None:
            place.enter()
            self._when(place.is_entered, then)

        self.reset()
        self._when(self.isActiveWindow, enter)

    def _when(self, is_so: Callable[[], bool], then: Callable[[], object]) -> None:
        """Call when it is so and the window is at rest; asks for the keyboard meanwhile."""
        if is_so():
            self._rest.after(_REST_MS, then)
            return
        if QApplication.activeWindow() is None:
            self.activateWindow()
        QTimer.singleShot(_LOOK_EVERY_MS, lambda: self._when(is_so, then))


def _use_nothing(_settings: ScanSettings) -> None:
    """A program without a filter has nothing to set."""


class Answers(QObject):
    """Answers the requests of the rig."""

    def __init__(self, window: RigWindow, rest: Rest) -> None:
        super().__init__(window)
        self._window, self._rest = window, rest
        self.use: Callable[[ScanSettings], None] = _use_nothing
        self._read = b""
        self._stdin = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._stdin.activated.connect(self._take)

    def _take(self) -> None:
        data = os.read(0, 65536)
        if not data:  # the rig is gone
            QApplication.quit()
            return
        *lines, self._read = (self._read + data).split(b"\n")
        for line in lines:
            self._answer(json.loads(line))

    def _answer(self, request: Request) -> None:
        match request:
            case {"do": "enter", "place": str(name)}:
                self._window.enter(name, self._tell_state)
            case {"do": "state", "quiet_ms": int(quiet_ms)}:
                self._rest.after(quiet_ms, self._tell_state)
            case {"do": "busy", "after_ms": int(after_ms), "ms": int(ms)}:
                QTimer.singleShot(after_ms, lambda: time.sleep(ms / 1000))
                tell(busy=ms)
            case {"do": "use", "prefix": str(prefix), "enter_follows": bool(follows)}:
                self.use(replace(ScanSettings(), prefix=prefix, enter_follows=follows))
                tell(used=True)
            case _:
                QApplication.quit()

    def _tell_state(self) -> None:
        tell(state=self._window.state())


def main(arguments: list[str]) -> int:
    """Show the window; with --unfiltered as a program that knows nothing of scanners."""
    app = QApplication(arguments)
    rest = Rest()
    window = RigWindow(rest)
    window.setWindowTitle("scan rig")
    window.show()
    window.activateWindow()
    answers = Answers(window, rest)
    if "--unfiltered" not in arguments:
        sources = ScanSources(ScanFilter(), window)  # as the program puts them together
        sources.scanned.connect(window.keep_scan)
        sources.misread.connect(window.keep_misread)
        sources.start(ScannerSettings())
        answers.use = sources.use
    app.installEventFilter(rest)  # the last one is asked first
    tell(ready=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
