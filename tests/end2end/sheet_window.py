"""A window whose click opens a field in which Chinese is written; see test_sheet_scan.py."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from posmember.settings.config import ScannerSettings
from posmember.ui.capture.input_method import writes_chinese
from posmember.ui.capture.scan_filter import ScanFilter
from posmember.ui.capture.scan_sources import ScanSources
from posmember.ui.widgets.chinese_field import ChineseField
from tests.end2end.raw_keys_window import say


class Window(QWidget):
    """Has the keyboard itself, until it is clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(300, 200)
        self.field = ChineseField()
        self.field.hide()
        self.field.returnPressed.connect(lambda: say("entered", self.field.text()))
        QVBoxLayout(self).addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._tell)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.field.setText("")
        self.field.show()
        self.field.setFocus()
        self._watch.start(10)
        say("open")

    def close_field(self, text: str, place: int) -> None:
        say("scan", text, place, self.field.text())
        self._watch.stop()
        self.field.hide()
        self.setFocus()
        say("closed")

    def _tell(self) -> None:
        if writes_chinese(self.field):
            self._watch.stop()
            say("writes")


def main() -> None:
    app = QApplication(sys.argv)
    window = Window()
    window.show()
    sources = ScanSources(ScanFilter(parent=window), window)
    sources.scanned.connect(window.close_field)
    sources.start(ScannerSettings())
    say("ready")
    app.exec()


if __name__ == "__main__":
    main()
