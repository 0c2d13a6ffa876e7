"""A row of buttons of which one is on: 堂食 | 外卖 | 买单."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segments(QWidget):
    """One choice of a few, all in sight.

    Args:
        choices: pairs of a value and its word.
    """

    chosen = Signal(str)
    """The value that the user chose; only when it is another one than before."""

    def __init__(self, choices: tuple[tuple[str, str], ...], name: str) -> None:
        super().__init__()
        self._values = tuple(value for value, _word in choices)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, (_value, word) in enumerate(choices):
            button = QPushButton(word)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Ignored)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # so that a screen reader knows it for one of several
            button.setAccessibleName(f"{name} {word}")
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.setAccessibleName(name)

    def value(self) -> str:
        """Return the chosen value."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Choose a value."""
        self._group.button(self._values.index(value)).setChecked(True)

    def step(self, steps: int) -> None:
        """Choose the neighbour so many steps to the right (or left); stops at the ends."""
        number = self._group.checkedId() + steps
        if 0 <= number < len(self._values):
            self._group.button(number).setChecked(True)

    def _toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self._values[number])
