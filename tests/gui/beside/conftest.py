"""The window as it comes up beside a till's program."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.main_window import MainWindow


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """Nobody is on the screen; it fits where it is shown."""
    made = MainWindow()
    qtbot.addWidget(made)
    made.prepare()
    with qtbot.waitExposed(made):
        made.show_fitting()
    return made
