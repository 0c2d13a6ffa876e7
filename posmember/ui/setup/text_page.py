"""A long text to read, as it is: put in bit by bit, as a log of megabytes takes its time."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_LINES_A_TURN = 1000


class TextPage(QPlainTextEdit):
    """Nothing in it can be changed.

    Args:
        name: what a screen reader says of it.
        from_end: whether the end is what people want to see first.
    """

    def __init__(self, name: str, *, from_end: bool = False) -> None:
        super().__init__()
        self._from_end = from_end
        self._left: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._put_more)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )

    def show_text(self, text: str) -> None:
        """Show a text in place of what is shown; the beginning at once."""
        self._left = text.splitlines(keepends=True)
        self.clear()
        self._put_more()
        if self._left:
            self._timer.start()

    def is_whole(self) -> bool:
        """Return whether all of the text is there."""
        return not self._left

    def _put_more(self) -> None:
        now, self._left = self._left[:_LINES_A_TURN], self._left[_LINES_A_TURN:]
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText("".join(now))
        if not self._left:
            self._timer.stop()
        if self._from_end:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())
