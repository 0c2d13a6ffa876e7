"""Scrolling by finger: a drag scrolls, and a tap is still a click."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScroller


def scroll_by_finger(area: QAbstractScrollArea) -> None:
    """Let an area be scrolled by a finger on its content."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)


class Finger(QObject):
    """What the finger on an area does: it taps, or it scrolls.

    At the finger's leave the scroller is at rest again where the finger had stood still before; so
    what it did is noted as it happens.

    Args:
        area: one that is scrolled by finger.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._scroller = QScroller.scroller(area.viewport())
        self._state = self._scroller.state()
        self._scrolls = False
        self._scroller.stateChanged.connect(self._note)

    @property
    def taps(self) -> bool:
        """Whether the finger has neither scrolled since it came, nor stopped what still ran on."""
        return not self._scrolls

    def press(self) -> None:
        """Note that a finger has come. An area that has nothing to scroll tells of none."""
        if self._scroller.state() is QScroller.State.Inactive:
            self._scrolls = False

    def _note(self, state: QScroller.State) -> None:
        if state is QScroller.State.Pressed:
            self._scrolls = self._state is QScroller.State.Scrolling
        elif state is QScroller.State.Dragging:
            self._scrolls = True
        self._state = state


def is_finger(event: QMouseEvent) -> bool:
    """Return whether a click is made of a touch."""
    return event.source() is not Qt.MouseEventSource.MouseEventNotSynthesized
