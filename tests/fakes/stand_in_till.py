"""A stand-in for the till's own program: ``python -m tests.fakes.stand_in_till [TITLE]``.

One window with a text field. What comes to it is a JSON line each on standard output, with
``ms``, the time since its start, and ``kind``:

- ``ready``: it is shown; ``window`` is its handle.
- ``active`` and ``focus``: the window has come to the front or left it, the field has the
  keyboard or has lost it; ``on``.
- ``key``: a key was struck in the field or in the dialog; ``key`` by Qt's number, ``text``,
  ``at``: "field" or "dialog".
- ``text``: the whole text of the field as it is now.
- ``entered``: Enter was struck in the field, which is then emptied; ``text`` is what it held.
- ``done``: a command was carried out; ``command``.

Commands are lines on standard input: ``dialog`` opens a modal dialog and ``close`` closes it,
``activate`` brings the window to the front, ``clear`` empties the field, ``title WORDS`` gives
the window another title, ``place X Y W H`` moves it, ``quit`` ends. So does the end of the input.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

TITLE = "收银系统"
_SIZE = (700, 400)


class Commands(QObject):
    """Reads commands beside Qt's loop."""

    came = Signal(str)

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())
        self.came.emit("quit")


class StandInTill(QWidget):
    """The window; it tells all that comes to it.

    Args:
        title: of the window.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._started = time.monotonic()
        self._dialog: QDialog | None = None
        self._field = QLineEdit()
        self.setWindowTitle(title)
        self.resize(*_SIZE)
        layout = QVBoxLayout(self)
        layout.addWidget(self._field)
        layout.addStretch(1)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(lambda text: self.tell("text", text=text))
        self._field.returnPressed.connect(self._enter)
        self._field.setFocus()

    def tell(self, kind: str, **more: object) -> None:
        """Write a line."""
        ms = round((time.monotonic() - self._started) * 1000)
        line = json.dumps({"ms": ms, "kind": kind, **more}, ensure_ascii=False)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = "field" if watched is self._field else "dialog"
            self.tell("key", key=int(event.key()), text=event.text(), at=at)
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.tell("focus", on=event.type() == QEvent.Type.FocusIn)
        return False

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.tell("active", on=self.isActiveWindow())

    def obey(self, command: str) -> None:
        """Carry out a command."""
        word, _space, rest = command.partition(" ")
        match word:
            case "dialog":
                self._open_dialog()
            case "close" if self._dialog is not None:
                self._dialog.close()
                self._dialog = None
            case "activate":
                self.raise_()
                self.activateWindow()
            case "clear":
                self._field.clear()
            case "title":
                self.setWindowTitle(rest)
            case "place":
                self.setGeometry(*map(int, rest.split()))
            case "quit":
                QApplication.quit()
        self.tell("done", command=command)

    def _open_dialog(self) -> None:
        self._dialog = QDialog(self)
        self._dialog.setWindowTitle("会员卡")
        self._dialog.setModal(True)
        self._dialog.installEventFilter(self)
        self._dialog.open()

    def _enter(self) -> None:
        self.tell("entered", text=self._field.text())
        self._field.clear()


def main(title: str = TITLE) -> int:
    """Show the window until it is closed or told to end; returns the exit code."""
    app = QApplication(sys.argv[:1])
    till, commands = StandInTill(title), Commands()
    commands.came.connect(till.obey)
    till.show()
    till.tell("ready", window=int(till.winId()), pid=os.getpid())
    commands.start()
    return app.exec()


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(*sys.argv[1:2]))
