"""Training mode in the window: what says that it is one, and the way in and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

    from posmember.ui.panels.sheets import Sheets


class TrainingSigns(QObject):
    """Nothing of it is in sight until one of these is called.

    Args:
        window: owns this.
        mark: the place in the status row.
        sheets: of which the keys' one offers it.
    """

    asked = Signal()
    """Training mode is to be entered, or left."""

    def __init__(self, window: QWidget, mark: QLabel, sheets: Sheets) -> None:
        super().__init__(window)
        self._window, self._mark, self._sheets = window, mark, sheets
        self.is_on = False
        """Whether all that the window shows is for training."""
        sheets.training_asked.connect(self.asked)

    @property
    def word(self) -> str:
        """What is offered: the way in, or out; "" is nothing."""
        return self._sheets.training_word

    def offer(self) -> None:
        """Offer to enter it, beside the keys."""
        self._sheets.training_word = self.tr("进入培训模式")

    def mark(self) -> str:
        """Return what is written over all that is for training."""
        return self.tr("培训模式")

    def show(self) -> None:
        """Say on the window, and on whatever it shows, that all of it is for training."""
        from posmember.ui.panels.watermark import Watermark

        self.is_on = True
        word = self.mark()
        self._mark.setText(word)
        self._sheets.training_word = self.tr("退出培训模式")
        self._window.setWindowTitle(f"{self._window.windowTitle()} · {word}")
        Watermark(self._window, word)
