"""复制: which code goes to the clipboard, and where it is said that it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posmember.ui.clipboard import clipboard

if TYPE_CHECKING:
    from posmember.ui.panels.body import Body


class Copying(QObject):
    """Copies what the lists and row C ask for; the words go back when the clipboard forgets it.

    Args:
        body: owns this.
    """

    shown = Signal(str)
    """The code that is on the clipboard now; "" where it was taken off again."""

    def __init__(self, body: Body) -> None:
        super().__init__(body)
        self._told = body.told
        self._say, self._panels = body.say, body.assets.panels()
        for asks in (self._say, *self._panels):
            asks.copy_requested.connect(self.copy)
        clipboard().forgotten.connect(self._forget)

    def copy(self, code: str) -> None:
        """Copy a code."""
        clipboard().copy(code)
        self._show(code)
        self._told.emit(self.tr("已复制"))

    def _forget(self) -> None:
        self._show("")

    def _show(self, code: str) -> None:
        self._say.show_copied(code)
        for panel in self._panels:
            panel.show_copied(code)
        self.shown.emit(code)
