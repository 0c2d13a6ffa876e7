"""Scrolling by finger: a drag scrolls, and a tap is still a click."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QScroller


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Let an area be scrolled by a finger on its content."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
