"""The page of nobody found on 1366x768 pixels at a scale: prints what a phone reads there.

``python -m tests.gui.panels.not_found_scaled SCALE``, which QT_SCALE_FACTOR has to be, too.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posmember.ui.beside.customer.join import read_join
from posmember.ui.main_window import MainWindow
from posmember.ui.theme import install_theme
from tests.gui.beside.customer.showing import ADDRESS, codes_in, nobody_view

WIDTH, HEIGHT = 1366, 688
_WAIT_MS = 5000


def main(scale: float) -> None:
    app = QApplication([])
    install_theme(app)
    window = MainWindow()
    window.setMinimumSize(1, 1)
    window.resize(int(WIDTH / scale), int(HEIGHT / scale))
    window.show()
    QTest.qWaitForWindowActive(window)  # who has the keyboard then is in sight first
    window.prepare()
    window.offer_joining(read_join(ADDRESS).picture)
    window.render(nobody_view())
    found: tuple[str, ...] = ()
    deadline = QDeadlineTimer(_WAIT_MS)
    while not found and not deadline.hasExpired():
        app.processEvents()
        found = codes_in(window.grab().toImage())
    for text in found:
        sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(float(sys.argv[1]))
