"""A window that codes are typed into, in a process of its own.

It stands for the till's own program, and for any other that comes in between. It tells what is
entered as lines of JSON on stdout, and answers the lines on its stdin.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget

from tests.end2end.requests import Request, Requests, tell


class Menu(QMenu):
    """Keeps what is typed into it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.addAction("—")
        self.typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed += event.text()


class CodeWindow(QWidget):
    """A field for codes, and what may come over it.

    Args:
        title: its window's.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.field = QLineEdit(self)
        self.field.returnPressed.connect(self._enter)
        QVBoxLayout(self).addWidget(self.field)
        self.resize(420, 160)
        self.dialog = QDialog(self)
        self.dialog.setWindowTitle(f"{title} - 提示")
        self.dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.in_dialog = QLineEdit(self.dialog)
        QVBoxLayout(self.dialog).addWidget(self.in_dialog)
        self.menu = Menu(self)
        self.entered: list[str] = []
        self.answers_with_dialog = False

    def state(self) -> Mapping[str, object]:
        """Return all that was typed here."""
        return {
            "entered": self.entered,
            "field": self.field.text(),
            "dialog": self.in_dialog.text(),
            "menu": self.menu.typed,
            "open": self.dialog.isActiveWindow(),
        }

    def do(self, what: str, request: Request) -> None:
        """Do what is asked."""
        match what:
            case "show":
                self.show()
                self.raise_()
                self.activateWindow()
                self.field.setFocus()
            case "hide":
                self.hide()
            case "open dialog":
                self.dialog.open()
            case "close dialog":
                self.dialog.hide()
            case "open menu":
                self.menu.popup(self.mapToGlobal(self.rect().center()))
            case "close menu":
                self.menu.hide()
            case "title":
                self.setWindowTitle(str(request["title"]))
            case "answer with dialog":
                self.answers_with_dialog = True
            case "clear":
                self.entered.clear()
                self.field.clear()
                self.in_dialog.clear()
                self.menu.typed = ""
                self.answers_with_dialog = False

    def _enter(self) -> None:
        self.entered.append(self.field.text())
        self.field.clear()
        if self.answers_with_dialog:
            self.dialog.open()


class Asked:
    """Does what is asked; each answer holds the state."""

    def __init__(self, window: CodeWindow) -> None:
        self._window, self._round = window, 0

    def take(self, request: Request) -> None:
        """Do it now, or when it says."""
        after_ms = int(str(request.get("after_ms", 0)))
        self._round += request["do"] == "clear"  # what was to happen later is over, too
        QTimer.singleShot(after_ms, partial(self._do, request, self._round))

    def _do(self, request: Request, asked_in: int) -> None:
        if asked_in != self._round:
            return
        self._window.do(str(request["do"]), request)
        if request["do"] == "state":
            is_front = self._window.isActiveWindow() or self._window.dialog.isActiveWindow()
            tell(**self._window.state(), front=is_front, handle=int(self._window.winId()))


def main(title: str) -> None:
    """Show a window until stdin ends."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    window = CodeWindow(title)
    _requests = Requests(Asked(window).take)
    window.show()
    tell(ready=True)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
