from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.capture.raw_keys.writing import Till


@pytest.fixture
def till(qtbot: QtBot) -> Iterator[Till]:
    till = Till()
    qtbot.addWidget(till)
    till.show()
    till.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is till)
    till.focus(till.note)
    yield till
    till.capture.stop()
    till.filter.stop()
