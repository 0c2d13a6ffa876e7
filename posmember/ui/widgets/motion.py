"""Whether the system asks for less motion."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle

_SPI_GETCLIENTAREAANIMATION = 0x1042


def reduced_motion() -> bool:
    """Whether nothing is to flash: Windows' 动画效果 is off, or the desktop's animations are."""
    if sys.platform == "win32":
        return not _windows_animates()
    style = QApplication.style()
    durations = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return durations == 0 or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def _windows_animates() -> bool:
    import ctypes

    on = ctypes.c_int(1)
    user32 = ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)
    return bool(on.value)
