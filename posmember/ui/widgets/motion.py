"""Whether the system asks for less motion."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle

if TYPE_CHECKING:
    from collections.abc import Callable

_SPI_GETCLIENTAREAANIMATION = 0x1042


_desktop: list[Callable[[], bool]] = []


def follow_desktop() -> Callable[[], None]:
    """Begin to ask a Linux desktop, which Qt does not; returns what stops that. Never waits."""
    if sys.platform != "linux":
        return lambda: None
    from posmember.ui.widgets.desktop_motion import DesktopMotion

    asked = DesktopMotion()
    asked.start()
    _desktop[:] = [asked.is_reduced]
    return asked.stop


def reduced_motion() -> bool:
    """Whether nothing is to flash: Windows' 动画效果 is off, or the desktop's animations are."""
    if sys.platform == "win32":
        return not _windows_animates()
    if any(is_reduced() for is_reduced in _desktop):
        return True
    style = QApplication.style()
    durations = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return durations == 0 or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def _windows_animates() -> bool:
    import ctypes

    from posmember import windows_dll

    on = ctypes.c_int(1)
    windows_dll.load("user32").SystemParametersInfoW(
        _SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0
    )
    return bool(on.value)
