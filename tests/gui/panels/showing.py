"""How a part of the window is shown alone, and what is in sight of it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, widget: QWidget, width: int = 700, height: int = 500) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def words(widget: QWidget) -> str:
    """Return every text that is in sight."""
    texts: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        if child.isVisibleTo(widget) or child is widget:
            text = getattr(child, "text", None)
            texts.append(str(text()) if callable(text) else "")
    return "\n".join(text for text in texts if text)


def retry_buttons(panel: QWidget) -> list[QPushButton]:
    buttons = panel.findChildren(QPushButton)
    return [button for button in buttons if button.text() == "重试 F5" and button.isVisible()]
