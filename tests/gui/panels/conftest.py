"""What the tests of panels share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from posmember.ui.theme import install_theme


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """Show every panel in the program's own look."""
    install_theme(qapp)
