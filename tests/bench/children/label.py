"""A window with a label that changes at Enter: what an answer on the screen costs at least."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget


class LabelWindow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._label = QLabel("0", alignment=Qt.AlignmentFlag.AlignCenter)
        self._count = 0
        QVBoxLayout(self).addWidget(self._label)
        self.resize(640, 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            self._count += 1
            self._label.setText(f"第 {self._count} 次")


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = LabelWindow()
    window.show()
    sys.exit(application.exec())
