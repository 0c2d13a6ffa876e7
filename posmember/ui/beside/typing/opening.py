"""Which desktop this is, and whether it lets a program type into another."""

from __future__ import annotations

import os
from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication

from posmember.ui.beside.typing.desk import CannotTypeError, Desk, Why


def open_desk(environ: Mapping[str, str] = os.environ, platform: str = "") -> Desk:
    """Return the desktop that the program's windows are on.

    Args:
        platform: as Qt names it; "" asks Qt.

    Raises:
        CannotTypeError: it lets nobody type into another program.
    """
    platform = platform or QGuiApplication.platformName()
    if platform == "windows":
        from posmember.ui.beside.typing.windows import WindowsDesk

        return WindowsDesk()
    if platform.startswith("wayland") or environ.get("WAYLAND_DISPLAY"):
        # XTEST reaches but those windows that are X11's there, too.
        raise CannotTypeError(Why.WAYLAND)
    if platform == "xcb":
        from posmember.ui.beside.typing.x11 import X11Desk

        return X11Desk()
    raise CannotTypeError(Why.NO_DESK)
