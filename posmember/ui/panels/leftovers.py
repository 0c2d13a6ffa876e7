"""What Qt itself still has of a member when the panels have forgotten them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip

from posmember.ui.clipboard import clipboard


def drop_leftovers() -> None:
    """Close an open menu or tooltip, and have the input method forget what is half written."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    QToolTip.hideText()
    clipboard().forget_selection()
    QGuiApplication.inputMethod().reset()
