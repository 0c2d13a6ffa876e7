"""A window shown where it was, on screens of a test's own: tells where it is then, as JSON.

``python -m tests.gui.widgets.two_screens X Y WIDTH HEIGHT MAXIMISED SCREEN``; with ``EDGES`` behind
them it is in its compact form, and goes to so many next edges.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from posmember.settings.window_place import WindowPlace, WindowPlaces
from posmember.ui.widgets.fitting import Fitting

LEAST = (300, 200)


def main(
    x: str, y: str, width: str, height: str, maximised: str, screen: str, edges: str = ""
) -> None:
    app = QApplication([])
    window = QMainWindow()
    sides = int(x), int(y), int(width), int(height)
    place = WindowPlace(*sides, maximised == "1", screen)
    fitting = Fitting(window, (500, 400), LEAST)
    fitting.show(WindowPlaces(place, place, is_compact=bool(edges)))
    app.processEvents()
    gone = []
    for _edge in range(int(edges or 0)):
        fitting.to_next_edge()
        app.processEvents()
        frame = window.frameGeometry()
        gone.append((window.screen().name(), frame.x(), frame.y(), frame.width(), frame.height()))
    told = {
        "screen": window.screen().name(),
        "geometry": window.geometry().getRect(),
        "area": window.screen().availableGeometry().getRect(),
        "maximised": window.isMaximized(),
        "edges": gone,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
