"""Scrolling by finger: a drag scrolls, and a tap is still a click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScroller

_SCROLLS = (QScroller.State.Dragging, QScroller.State.Scrolling)


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Let an area be scrolled by a finger on its content."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)


def has_scrolled(area: QAbstractScrollArea) -> bool:
    """Return whether a finger scrolls an area, or has just done so."""
    return QScroller.scroller(area.viewport()).state() in _SCROLLS


def is_finger(event: QMouseEvent) -> bool:
    """Return whether a click is made of a touch."""
    return event.source() is not Qt.MouseEventSource.MouseEventNotSynthesized
