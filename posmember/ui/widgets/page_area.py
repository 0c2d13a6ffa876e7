"""The whole page of a window, which scrolls where the window is smaller than it can be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PageArea(QScrollArea):
    """Gives a page all the room that there is, and never less than it needs.

    Qt's own resizing of a scroll area's widget asks for the height that a page would like to
    have, not for the one that it needs: lists would scroll the page instead of themselves.

    Args:
        page: it has a layout.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A port of our own, and neither it nor the page filled: else they hide the window, and
        # nobody sees it paint.
        self.setViewport(QWidget())
        self.setWidget(page)  # whose events Qt has us filter from now on
        page.setAutoFillBackground(False)

    def prepare(self) -> None:
        """Set what the first paint does not need."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication

        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("页面"))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusObjectChanged.connect(self._show_focused)

    def _show_focused(self, focused: QObject | None) -> None:
        """Bring what has the keyboard in sight, however it came there."""
        if isinstance(focused, QWidget) and self._page.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        needed = self._needed(room.width())
        if needed.width() > room.width():
            room -= QSize(0, self.horizontalScrollBar().sizeHint().height())
        if needed.height() > room.height():
            room -= QSize(self.verticalScrollBar().sizeHint().width(), 0)
            needed = self._needed(room.width())
        self._page.resize(needed.expandedTo(room))

    def _needed(self, width: int) -> QSize:
        """What the page needs at a width, words that wrap and all."""
        least, layout = self._page.minimumSizeHint(), self._page.layout()
        if layout is None:
            return least
        height = layout.minimumHeightForWidth(max(width, least.width()))
        return QSize(least.width(), max(least.height(), height))
