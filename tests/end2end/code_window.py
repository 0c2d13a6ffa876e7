"""A window that codes are typed into, in a process of its own.

It stands for the till's own program, and for any other that comes in between. It tells what is
entered as lines of JSON on stdout, and answers the lines on its stdin.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget

Request = Mapping[str, object]


def tell(**message: object) -> None:
    """Print a message at once."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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


class Requests:
    """Answers what is asked on stdin: each answer holds the state."""

    def __init__(self, window: CodeWindow) -> None:
        self._window = window
        self._read, self._round = b"", 0
        self._stdin = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._stdin.activated.connect(self._take)

    def _take(self) -> None:
        data = os.read(0, 65536)
        if not data:
            QApplication.quit()
            return
        *lines, self._read = (self._read + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            after_ms = int(request.get("after_ms", 0))
            self._round += request["do"] == "clear"  # what was to happen later is over, too
            now = self._round
            QTimer.singleShot(after_ms, lambda asked=request, now=now: self._do(asked, now))

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
    _requests = Requests(window)
    window.show()
    tell(ready=True)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
