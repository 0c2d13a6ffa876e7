"""A second start that met a window which does not answer says so in a window of its own."""

from __future__ import annotations

import os
import sys

_SHOWN_MS = 60_000


def show_words(words: str) -> None:
    """Show a line until it is closed, for a minute at most; nothing where there is no display.

    Args:
        words: in Chinese, then behind a stroke in English.
    """
    if sys.platform == "linux" and not _has_display():
        return
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication.instance() or QApplication(sys.argv[:1])
    said = QLabel(words.replace(" / ", "\n"))
    said.setTextFormat(Qt.TextFormat.PlainText)
    said.setWordWrap(True)
    said.setMargin(40)
    said.setWindowTitle("posmember")
    said.show()
    QTimer.singleShot(_SHOWN_MS, said.close)
    app.exec()


def _has_display() -> bool:
    """Whether there is one: Qt would abort the process without."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
