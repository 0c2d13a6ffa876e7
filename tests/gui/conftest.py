"""Fixtures of several modules of window tests."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember import app as program
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.ending import SIGNALS
from tests.fakes.wechat_desk import cheap_pins
from tests.gui.showing import full_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """A full window, in front; a module that wants another one has its own."""
    return full_window(qapp, qtbot)


@pytest.fixture(scope="session")
def finger(qapp: QApplication) -> QPointingDevice:
    """A touch screen as Qt knows one: it keeps what it was told of for the rest of the process."""
    return QTest.createTouchDevice()


@pytest.fixture
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PINs be checked at once."""
    cheap_pins(monkeypatch)


@pytest.fixture
def one_application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process has one application: the program gets the tests' own."""
    qapp.setQuitOnLastWindowClosed(False)
    monkeypatch.setattr(program, "_application", lambda: qapp)
    monkeypatch.setattr(program, "install_theme", lambda *_app, **_how: None)
    hooks = sys.get_asyncgen_hooks()  # the program's loop sets its own, for the life of a process
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    sys.set_asyncgen_hooks(*hooks)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    # An end that was asked for outside of Qt's loop ends every other one at once, until one of the
    # application's own has ended: the next test's, and the one in which these windows would go.
    QTimer.singleShot(0, qapp, qapp.quit)
    qapp.exec()
