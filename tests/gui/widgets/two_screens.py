"""A window shown where it was, on screens of a test's own: tells where it is then, as JSON.

``python -m tests.gui.widgets.two_screens X Y WIDTH HEIGHT MAXIMISED SCREEN``
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from posmember.settings.window_place import WindowPlace, WindowPlaces
from posmember.ui.widgets.fitting import Fitting

LEAST = (300, 200)


def main(x: str, y: str, width: str, height: str, maximised: str, screen: str) -> None:
    app = QApplication([])
    window = QMainWindow()
    sides = int(x), int(y), int(width), int(height)
    place = WindowPlace(*sides, maximised == "1", screen)
    Fitting(window, (500, 400), LEAST).show(WindowPlaces(place))
    app.processEvents()
    told = {
        "screen": window.screen().name(),
        "geometry": window.geometry().getRect(),
        "area": window.screen().availableGeometry().getRect(),
        "maximised": window.isMaximized(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
