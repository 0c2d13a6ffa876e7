"""What a sheet holds: all of it where there is room, else it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SheetScroll(QScrollArea):
    """Asks for as much room as its content would like to have.

    Args:
        content: it has a layout.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._content = content
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def height_for(self, width: int) -> int:
        """Return the height that the content needs at a width."""
        layout = self._content.layout()
        if layout is None:
            return self.sizeHint().height()
        layout.invalidate()  # of parts that were hidden or shown just now, it knows later
        layout.activate()
        self.updateGeometry()
        least = max(width, self._content.minimumSizeHint().width())
        bar = self.horizontalScrollBar().sizeHint().height() if least > width else 0
        return layout.totalHeightForWidth(least) + bar
