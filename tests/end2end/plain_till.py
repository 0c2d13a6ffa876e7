"""A till's own program, as little of it as there can be: a window with one field.

``python -m tests.end2end.plain_till TITLE``. A line on standard input is answered with what the
field holds, as JSON; ``clear`` empties it before. It ends with its standard input.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow


def main(title: str) -> None:
    app = QApplication(sys.argv[:1])
    window, field = QMainWindow(), QLineEdit()
    window.setWindowTitle(title)
    window.setCentralWidget(field)
    window.resize(500, 300)
    window.show()
    field.setFocus()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def answer(*_what: object) -> None:
        asked = os.read(sys.stdin.fileno(), 4096).decode()
        if not asked:
            app.quit()
        for line in asked.splitlines():
            if line == "clear":
                field.clear()
            sys.stdout.write(json.dumps(field.text()) + "\n")
        sys.stdout.flush()

    notifier.activated.connect(answer)
    sys.stdout.write(json.dumps({"window": int(window.winId())}) + "\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
