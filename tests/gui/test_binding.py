"""What the Qt binding itself must not do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_a_void_call_keeps_its_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one a call on Python 3.11 and older, and the process dies of it."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 500


@pytest.mark.parametrize("module", ["posmember.app", "posmember.ui.main_window"])
def test_the_plain_import_is_back_once_qt_is_there(module: str) -> None:
    """PySide6's own import would read the source of every module that comes after it."""
    code = f"import builtins as b; i = b.__import__; import {module}; print(b.__import__ is i)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
