"""The button by which a finger types a code into the till's own program."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QPushButton

HEIGHT = 44


class HandOverButton(QPushButton):
    """Stands beside a code, and is for that one: hidden where nothing is typed into the till.

    Where another code comes while a finger is on it, nothing is asked for: a scan between touching
    and lifting would else type a code that nobody has seen.
    """

    asked = Signal(str)
    """The code is to be typed into the till."""

    def __init__(self) -> None:
        super().__init__()
        self._code = self._pressed = ""
        self._is_offered = False
        self.setObjectName("handOver")
        self.setFixedHeight(HEIGHT)
        self.setText(self.tr("输进收银"))
        self.pressed.connect(self._press)
        self.clicked.connect(self._ask)
        self.hide()

    def offer(self, *, offered: bool) -> None:
        """Be there where there is a code, or not at all."""
        self._is_offered = offered
        self._show()

    def set_code(self, code: str, accessible_name: str = "") -> None:
        """Be for a code; "" is none."""
        self._code = code
        self.setAccessibleName(accessible_name or self.text())
        self._show()

    def hitButton(self, place: QPoint) -> bool:
        """Take a finger on all of it: its style sheet leaves a margin around what is drawn."""
        return self.rect().contains(place)

    def _show(self) -> None:
        self.setVisible(self._is_offered and bool(self._code))

    def _press(self) -> None:
        self._pressed = self._code

    def _ask(self) -> None:
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self._code:
            self.asked.emit(pressed)
