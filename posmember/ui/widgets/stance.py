"""How a window stands to others: above all of them and shy of the keyboard, or as any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SHY = "_q_showWithoutActivating"
"""What Qt's platform windows go by for `WA_ShowWithoutActivating`, which it hands on only once."""


def stand_above(window: QWidget, *, above: bool) -> None:
    """Have a window stand above others and never take the keyboard when it comes, or neither.

    `QWidget.setWindowFlags` would make the native window anew: hidden for a moment, without the
    keyboard, and with another handle than what listens to it was given. The platform window's own
    flags are changed in place: by a message to the window manager on X11, by SetWindowPos with
    HWND_TOPMOST on Windows. On Wayland no program can stand above others.
    """
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, above)
    on_top, flags = Qt.WindowType.WindowStaysOnTopHint, window.windowFlags()
    window.overrideWindowFlags(flags | on_top if above else flags & ~on_top)
    handle = window.windowHandle()
    if handle is not None:
        handle.setProperty(_SHY, above)
        handle.setFlag(on_top, above)
