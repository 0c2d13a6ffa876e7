"""A field whose text goes nowhere else: no copy, no cut, no drag, no menu, no input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from posmember.ui.widgets.fields import PlainLineEdit

LONGEST = 128
_TAKES_OUT = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)


class PrivateField(PlainLineEdit):
    """Of a customer's own: their number, or a secret.

    Args:
        name: for a screen reader, and in the field while it is blank.
        secret: whether it is masked as it is typed.
    """

    def __init__(self, name: str = "", *, secret: bool = False) -> None:
        super().__init__()
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        hints |= Qt.InputMethodHint.ImhNoAutoUppercase
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            hints |= Qt.InputMethodHint.ImhHiddenText
        self.setInputMethodHints(hints)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMaxLength(LONGEST)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Say what belongs here."""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def take(self) -> str:
        """Return the text, and hold it no longer."""
        text = self.text()
        self.forget()
        return text

    def forget(self) -> None:
        """Forget the text, also what undo would bring back."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if any(event.matches(key) for key in _TAKES_OUT):
            event.accept()  # nor is it for the window, whose Ctrl+C copies another code
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        # On X11 what is selected by mouse is copied at once, for the middle button to paste.
        self.deselect()
        super().mouseReleaseEvent(event)
