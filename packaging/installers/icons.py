"""The program's picture in the sizes that desktops ask for; runs where Qt is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw(drawing: str, wanted: Mapping[str, str]) -> None:
    """Draw an SVG into PNG files, by their size in pixels. Raises OSError."""
    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(drawing)
    for size, path in wanted.items():
        image = QImage(int(size), int(size), QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not renderer.isValid() or not image.save(path):
            raise OSError(f"not drawn: {path}")
    del application
