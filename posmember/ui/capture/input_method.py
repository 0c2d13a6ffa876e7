"""Who gives keys to an input method: only fields in which a person writes Chinese.

A Chinese input method turns the letters of a scanned code into words, and even in its English
mode it is asynchronous and swaps fast keys. Answering that input methods are off is the one
measure that holds at every scanning speed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtWidgets import QWidget

_WRITES_CHINESE = "writesChinese"


def let_write_chinese(field: QWidget, *, on: bool = True) -> None:
    """Let a field have the input method, or take it away from it."""
    field.setProperty(_WRITES_CHINESE, on)


def writes_chinese(widget: QObject | None) -> bool:
    """Return whether a field has the input method."""
    return widget is not None and bool(widget.property(_WRITES_CHINESE))


def answer_without(watched: QObject, event: QInputMethodQueryEvent) -> None:
    """Answer a query for a widget as it would, but that input methods are off."""
    watched.event(event)
    if event.queries() & Qt.InputMethodQuery.ImEnabled:
        event.setValue(Qt.InputMethodQuery.ImEnabled, False)
