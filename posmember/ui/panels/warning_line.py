"""A line that stays: a warning about how the program is set up."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from posmember.ui.widgets.labels import make_plain, own_label
from posmember.ui.widgets.marks import Mark, MarkWidget


class WarningLine(QFrame):
    """A line that stays: a warning about how the program is set up; "" hides it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setObjectName("hint")
        self.setProperty("severity", "warning")
        mark = MarkWidget()
        mark.set_mark(Mark.TRIANGLE, "check")
        self._label = own_label(wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(8)
        layout.addWidget(mark)
        mark.show()  # not before it has its place: it would be a window of its own
        layout.addWidget(self._label, 1)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show the warning, or nothing."""
        if text:
            make_plain(self._label)
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
