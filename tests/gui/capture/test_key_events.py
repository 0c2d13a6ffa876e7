"""Copies of key events, and that they leave nothing behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from posmember.ui.capture.key_events import copy_of, type_into

ROOT = Path(__file__).resolve().parents[3]
SCANS = 2_000
BYTES_A_KEY = 16
"""A clone of an event lost 96 to 128; this is for what the allocator does."""


def test_a_copy_is_like_its_event(qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    event = QKeyEvent(QEvent.Type.KeyPress, 65, shift, 38, 97, 1, "A", True, 3)
    event.setTimestamp(123_456)
    copy = copy_of(event)
    for of in (copy, copy_of(event, QEvent.Type.KeyRelease)):
        assert (of.key(), of.modifiers(), of.text()) == (65, shift, "A")
        assert (of.nativeScanCode(), of.nativeVirtualKey(), of.nativeModifiers()) == (38, 97, 1)
        assert (of.isAutoRepeat(), of.count(), of.timestamp()) == (True, 3, 123_456)
        assert of.device() == event.device()
    assert copy.type() == QEvent.Type.KeyPress
    assert of.type() == QEvent.Type.KeyRelease


def test_characters_typed_into_a_field(qtbot: QtBot) -> None:
    field, text = QLineEdit(), QPlainTextEdit()
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    for widget in (field, text):
        qtbot.addWidget(widget)
        for char in "aB5-\r":
            type_into(widget, char)
    assert (field.text(), entered, text.toPlainText()) == ("aB5-", ["aB5-"], "aB5-\n")


def test_no_event_is_cloned_anywhere() -> None:
    cloning = [
        path.name
        for folder in ("posmember", "tests", "packaging")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\.clone\(\)", path.read_text(encoding="utf-8")) and path != Path(__file__)
    ]
    assert cloning == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_scanning_does_not_grow() -> None:
    """Of memory that Python does not count."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.capture.growth", str(SCANS)],
        cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert float(done.stdout) < BYTES_A_KEY
