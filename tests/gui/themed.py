"""The window's look, given to the tests' one application: once, not anew for each test."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from posmember.ui.theme import install_theme

Look = tuple[str, str, str, tuple[int, ...]]

_installed: list[Look] = []
"""The look as it was left, if it ever was."""


def give_theme(app: QApplication) -> None:
    """See that the application looks as the program's does, whatever a test before made of it.

    A style sheet that is set again has Qt style each widget again, and those of the tests before.
    """
    if _installed != [_look_of(app)]:
        install_theme(app)
        _installed[:] = [_look_of(app)]


def _look_of(app: QApplication) -> Look:
    roles = [role for role in QPalette.ColorRole if role is not QPalette.ColorRole.NColorRoles]
    colors = tuple(app.palette().color(role).rgba() for role in roles)
    return app.style().name(), app.styleSheet(), app.font().toString(), colors
