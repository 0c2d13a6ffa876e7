"""Which screens there are, for who chooses the customer's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from posmember.ui.messages import list_text, one_line

translate = QCoreApplication.translate


def screens_text() -> str:
    """Name the screens by the numbers that they are chosen by; one alone is the cashier's."""
    names = [one_line(screen.name()) for screen in QGuiApplication.screens()]
    if len(names) < 2:
        return translate("Settings", "现在只有一块屏幕，顾客屏不会显示")
    numbered = (f"{number} {name}" for number, name in enumerate(names, 1))
    return translate("Settings", "现在接着：{screens}").format(screens=list_text(numbered))
