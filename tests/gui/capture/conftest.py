from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.capture.counter import Counter, focus


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    window = Counter()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    focus(qtbot, window.field)
    scan_filter = window.watch()
    yield window
    scan_filter.stop()
