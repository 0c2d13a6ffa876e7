"""A window with two fields and a button, and a hand that strikes keys at chosen times."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posmember.scanning.burst import Misread
from posmember.ui.capture.scan_filter import ScanFilter

CODE = "qm0000001"
FAST_MS, SLOW_MS = 2, 120
KEY_PRESS, KEY_RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
NONE = Qt.KeyboardModifier.NoModifier


class Counter(QWidget):
    """A window with two fields and a button, and a hand that strikes keys at chosen times."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.other, self.button = QLineEdit(), QLineEdit(), QPushButton("按")
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.field, self.other, self.button):
            layout.addWidget(widget)
        self.clicks = 0
        self.button.clicked.connect(self._count)
        self.entered: list[str] = []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        self.scans: list[str] = []
        self.misread: list[Misread] = []
        self.now_ms = 10_000

    def _count(self) -> None:
        self.clicks += 1

    def watch(self) -> ScanFilter:
        self.scan_filter = ScanFilter()
        self.scan_filter.scanned.connect(lambda text, _place: self.scans.append(text))
        self.scan_filter.misread.connect(self.misread.append)
        return self.scan_filter

    def strike(
        self,
        *keys: str | Qt.Key,
        every_ms: int = FAST_MS,
        hold_ms: int = 0,
        modifiers: Qt.KeyboardModifier = NONE,
        auto_repeat: bool = False,
    ) -> None:
        """Strike keys one after the other; the time of each is in the event."""
        for key in keys:
            for one in key if isinstance(key, str) else (key,):
                self.now_ms += every_ms
                for kind, late_ms in ((KEY_PRESS, 0), (KEY_RELEASE, hold_ms)):
                    event = key_event(kind, one, modifiers, auto_repeat=auto_repeat)
                    event.setTimestamp(self.now_ms + late_ms)
                    QApplication.sendEvent(self.windowHandle(), event)


def key_event(
    kind: QEvent.Type, key: str | Qt.Key, modifiers: Qt.KeyboardModifier, *, auto_repeat: bool
) -> QKeyEvent:
    if isinstance(key, Qt.Key):
        text = "\r" if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
        return QKeyEvent(kind, key.value, modifiers, text, auto_repeat)
    code = ord(key.upper()) if key.isascii() else 0
    return QKeyEvent(kind, code, modifiers, key, auto_repeat)


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


def scan(counter: Counter, code: str = CODE, end: Qt.Key = Qt.Key.Key_Return) -> None:
    counter.strike(code, end)
