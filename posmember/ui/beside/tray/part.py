"""The icon beside the clock: what it says, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from posmember.ui.beside.tray.icon import Link, link_text, tray_icon

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.main_window import MainWindow

_BEGINS_AFTER_MS: Final = 500
"""The first scan of the day comes first: a desktop's message bus may take its time."""
_SLOW_MS: Final = 2_000
"""As in the status row."""
_Reason = QSystemTrayIcon.ActivationReason


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu.

    Args:
        text: what it says, when the menu opens; "" leaves it out.
        chosen: called when it is.
        key: what does the same in the window, for the eye alone.
    """

    text: Callable[[], str]
    chosen: Callable[[], object]
    key: str = ""


class Tray(QObject):
    """Shows it, once there is a tray: one that comes later gets it then.

    Args:
        window: owns this.
        key_text: the key that brings the window up, or "".
        entries: of the menu, between the first and the last one.
    """

    asked = Signal()
    """The window is wanted."""
    left = Signal()
    """The program is to end."""

    def __init__(
        self, window: MainWindow, key_text: Callable[[], str], entries: tuple[Entry, ...]
    ) -> None:
        super().__init__(window)
        self._window, self._key_text, self._entries = window, key_text, entries
        self._link = Link.UNKNOWN
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._show)
        self._begin.start(_BEGINS_AFTER_MS)
        window.connection_shown.connect(self._follow)

    def use(self, settings: Settings | None) -> None:
        """No setting changes it."""

    async def aclose(self) -> None:
        """Take it away."""
        self._begin.stop()
        icon, self._icon = self._icon, None
        if icon is not None:
            icon.hide()
            icon.deleteLater()
        if self._menu is not None:
            self._menu.deleteLater()

    def is_there(self) -> bool:
        """Return whether somebody can click it now."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def say(self, words: str) -> None:
        """Say a word beside the icon, which goes by itself."""
        if self._icon is not None:
            title = self._window.windowTitle()
            self._icon.showMessage(title, words, QSystemTrayIcon.MessageIcon.Information)

    def _show(self) -> None:
        if not (_may_get_one() or QSystemTrayIcon.isSystemTrayAvailable()):
            return
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self.fill)
        self.fill()  # a desktop may ask for it before it is opened
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._take)
        self._paint()
        self._icon.show()

    def fill(self) -> None:
        """Make its menu anew: what it says may be another now."""
        menu = self._menu
        if menu is None:
            return
        menu.clear()
        first = Entry(lambda: self.tr("打开"), self.asked.emit, self._key_text())
        last = Entry(lambda: self.tr("退出"), self.left.emit)
        for entry in (first, *self._entries, last):
            text = entry.text()
            if not text:
                continue
            if entry is last:
                menu.addSeparator()
            # Not a shortcut: it would be one of the menu's.
            action = QAction(f"{text}\t{entry.key}" if entry.key else text, menu)
            action.triggered.connect(lambda _on=False, chosen=entry.chosen: chosen())
            menu.addAction(action)
            if entry is first:
                menu.setDefaultAction(action)
                menu.addSeparator()

    def _take(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (_Reason.Trigger, _Reason.DoubleClick):
            self.asked.emit()

    def _follow(self, ok: bool | None, ms: int | None) -> None:
        if ok is None:
            link = Link.UNKNOWN
        elif not ok:
            link = Link.BROKEN
        else:
            link = Link.SLOW if ms is not None and ms >= _SLOW_MS else Link.FINE
        if link is not self._link:
            self._link = link
            self._paint()

    def _paint(self) -> None:
        if self._icon is not None:
            self._icon.setIcon(tray_icon(self._link))
            self._icon.setToolTip(f"{self._window.windowTitle()} · {link_text(self._link)}")


def _may_get_one() -> bool:
    """Whether a tray may come later; elsewhere Qt looks for one once."""
    return QGuiApplication.platformName() in ("xcb", "windows", "cocoa")
