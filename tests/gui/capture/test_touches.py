"""What tells that somebody is at the till: keys, mouse buttons, the wheel, fingers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def touches(qtbot: QtBot) -> Iterator[tuple[MainWindow, list[int]]]:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    keyboard = ScanFilter()
    told: list[int] = []
    keyboard.touched.connect(lambda: told.append(1))
    yield window, told
    keyboard.stop()


def key(kind: QEvent.Type, *, repeated: bool = False) -> QKeyEvent:
    return QKeyEvent(
        kind, Qt.Key.Key_A.value, Qt.KeyboardModifier.NoModifier, "a", repeated, 1
    )  # fmt: skip


def mouse(kind: QEvent.Type) -> QMouseEvent:
    place, left = QPointF(5, 5), Qt.MouseButton.LeftButton
    return QMouseEvent(kind, place, place, place, left, left, Qt.KeyboardModifier.NoModifier)


def wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


EVENTS: dict[str, tuple[Callable[[], QEvent], int]] = {
    "a key": (lambda: key(QEvent.Type.KeyPress), 1),
    "a key held on": (lambda: key(QEvent.Type.KeyPress, repeated=True), 0),
    "a key let go": (lambda: key(QEvent.Type.KeyRelease), 0),
    "a button": (lambda: mouse(QEvent.Type.MouseButtonPress), 1),
    "a move": (lambda: mouse(QEvent.Type.MouseMove), 0),
    "a button let go": (lambda: mouse(QEvent.Type.MouseButtonRelease), 0),
    "a wheel": (wheel, 1),
}


@pytest.mark.parametrize("name", EVENTS)
def test_what_is_a_touch(touches: tuple[MainWindow, list[int]], name: str) -> None:
    window, told = touches
    event, times = EVENTS[name]
    QApplication.sendEvent(window.windowHandle(), event())
    assert len(told) == times


def test_a_finger_is_a_touch(touches: tuple[MainWindow, list[int]]) -> None:
    window, told = touches
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(window.windowHandle(), device).press(0, QPoint(50, 50)).commit()
    assert told
    QTest.touchEvent(window.windowHandle(), device).release(0, QPoint(50, 50)).commit()
