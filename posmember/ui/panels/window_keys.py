"""The keys of the whole window, whatever on it has the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget


def take_keys(
    window: QWidget, acted: Callable[[], None], keys: Mapping[str, Callable[[], object]]
) -> None:
    """Have keys of a window do something.

    Args:
        acted: called before each: the cashier does something.
        keys: by their names as Qt writes them, such as Ctrl+M.
    """
    for key, slot in keys.items():
        # A key that is held down is struck once: F5 for two seconds is one refresh.
        QShortcut(QKeySequence(key), window, partial(_strike, acted, slot)).setAutoRepeat(False)


def _strike(acted: Callable[[], None], slot: Callable[[], object]) -> None:
    acted()
    slot()
