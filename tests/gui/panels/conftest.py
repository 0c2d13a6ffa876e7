"""What the tests of panels share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.themed import give_theme


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """Show every panel in the program's own look."""
    give_theme(qapp)
