"""A blank window with a line edit: what the program's start and memory are held against."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.bench.children.first_paint import FirstPaint
from tests.bench.children.keys import scan
from tests.bench.children.report import memory_mb, moment_ns

_SIZE = (1280, 800)


def main(code: str) -> int:
    app = QApplication(sys.argv[:1])
    window = QWidget()
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(*_SIZE)
    field.setFocus()

    def painted() -> None:
        at = moment_ns()
        scan(window.windowHandle(), code)
        if field.text() != code:
            raise RuntimeError("the blank window does not take keys")
        app.processEvents()  # the code is painted too
        _tell(at, memory_mb())
        app.quit()

    FirstPaint(window, painted)
    window.show()
    return app.exec()


def _tell(ready: int, memory: dict[str, float]) -> None:
    import json

    print(json.dumps({"ready": ready, "memory": memory}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
