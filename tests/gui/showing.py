"""A window as most tests want it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.main_window import MainWindow
from tests.gui.themed import give_theme

SIZE = (1366, 688)
"""What the commonest screen leaves beside its taskbar."""


def full_window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """Show a window, in front, with all that it makes behind the first paint."""
    give_theme(qapp)
    made = MainWindow(store_name="人民广场店")
    qtbot.addWidget(made)
    made.resize(*SIZE)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.prepare()
    return made
