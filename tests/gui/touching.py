"""A finger on a touch screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def touch(finger: QPointingDevice, widget: QWidget, *points: QPoint) -> None:
    """Put a finger on a widget, move it, and lift it.

    Told to the window: Qt looks for none at places that are off the screen, as some of the
    offscreen platform's are.
    """
    window = widget.window()
    handle = window.windowHandle()
    places = [widget.mapTo(window, point) for point in points]
    QTest.touchEvent(handle, finger).press(0, places[0], handle).commit()
    for place in places[1:-1]:
        QTest.qWait(15)
        QTest.touchEvent(handle, finger).move(0, place, handle).commit()
    QTest.qWait(15)
    QTest.touchEvent(handle, finger).release(0, places[-1], handle).commit()


def tap(finger: QPointingDevice, widget: QWidget, place: QPoint | None = None) -> None:
    """Put a finger on a place of a widget, its middle by default, and lift it."""
    place = place or widget.rect().center()
    touch(finger, widget, place, place)
