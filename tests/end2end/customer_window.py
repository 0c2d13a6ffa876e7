"""The customer's screen on a real X server, whose monitors come and go; tells what was seen.

``python -m tests.end2end.customer_window``; see test_customer_screen.py.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QDeadlineTimer, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from Xlib import display
from Xlib.ext import randr
from Xlib.protocol import rq

from posmember.settings.config import CustomerSettings
from posmember.ui.beside.customer.screen import CustomerScreen
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import install_theme
from tests.gui import samples
from tests.gui.driving import SETTINGS

TILL, CUSTOMER = (0, 0, 1366, 768), (1366, 0, 1024, 600)
_WAIT_MS = 8000
_ROUNDS = 5


class SetMonitor(rq.Request):  # type: ignore[misc]
    """RRSetMonitor of RandR 1.5; python-xlib's own cannot be written out."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(43), rq.RequestLength(), rq.Window("window"),
        rq.Card32("name"), rq.Card8("primary"), rq.Card8("automatic"), rq.LengthOf("outputs", 2),
        rq.Int16("x"), rq.Int16("y"), rq.Card16("width"), rq.Card16("height"),
        rq.Card32("width_mm"), rq.Card32("height_mm"), rq.List("outputs", rq.Card32Obj),
    )  # fmt: skip


class Monitors:
    """Plugs monitors in and out, as the display's driver would."""

    def __init__(self) -> None:
        self._display = display.Display(os.environ["DISPLAY"])
        self._root = self._display.screen().root
        self._outputs = list(self._root.xrandr_get_screen_resources().outputs)

    def plug(self, name: str, place: tuple[int, int, int, int]) -> None:
        """Plug one in; the till's takes the place of the whole desktop."""
        is_till, (x, y, width, height) = name == "till", place
        SetMonitor(
            display=self._display.display,
            opcode=self._display.display.get_extension_major(randr.extname),
            window=self._root, name=self._display.intern_atom(name),
            primary=is_till, automatic=False, x=x, y=y, width=width, height=height,
            width_mm=300, height_mm=200, outputs=self._outputs if is_till else [],
        )  # fmt: skip
        self._display.sync()

    def unplug(self, name: str) -> None:
        """Pull one out."""
        self._root.xrandr_delete_monitor(self._display.intern_atom(name))
        self._display.sync()


def wait(is_so: Callable[[], bool]) -> bool:
    """Let the program go on until it is so; returns whether it came to that."""
    deadline = QDeadlineTimer(_WAIT_MS)
    while not is_so():
        if deadline.hasExpired():
            return False
        QApplication.processEvents()
    return True


def main() -> None:
    app = QApplication([])
    install_theme(app)
    monitors = Monitors()
    monitors.plug("till", TILL)
    window = MainWindow(store_name="人民广场店")
    window.prepare()
    window.show()
    told: dict[str, object] = {"till": wait(lambda: window.isActiveWindow())}
    part = CustomerScreen(window)
    part.use(replace(SETTINGS, customer=CustomerSettings("customer")))
    told["one screen"] = part._shown is None

    def stands() -> bool:
        shown = part._shown
        return shown is not None and shown.isVisible() and shown.geometry().getRect() == CUSTOMER

    def is_plugged() -> bool:
        return len(QGuiApplication.screens()) == 2

    window.render(samples.loaded_view())
    told["rounds"] = rounds = []
    for _round in range(_ROUNDS):
        monitors.plug("customer", CUSTOMER)
        stood = wait(stands)
        monitors.unplug("customer")
        rounds.append([stood, wait(lambda: not is_plugged()) and part._shown is None])
    monitors.plug("customer", CUSTOMER)
    told["keyboard"] = wait(stands) and window.isActiveWindow() and window.scan_field.hasFocus()
    window.move(QPoint(1500, 40))
    told["under the window"] = wait(lambda: part._shown is None)
    window.move(QPoint(40, 40))
    told["free again"] = wait(stands)
    window.showMinimized()
    told["minimised"] = wait(window.isMinimized) and stands()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
