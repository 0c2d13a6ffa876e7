"""A window that a person closes stays in the tray, where the settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from posmember.ui.view.screen import Hint, Severity

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.beside.front.window import FrontWindow
    from posmember.ui.beside.tray.part import Tray
    from posmember.ui.main_window import MainWindow

_LOOKS_EVERY_MS: Final = 5_000
"""At the tray, while the window is hidden: nobody would find it without one."""


class CloseToTray(QObject):
    """Hides the window instead, with nobody on it: what nobody sees holds nobody's data.

    Only what the window system asks for is a person's: the program's own ends, such as 退出,
    SIGTERM, a session that ends, or training mode, close the window as ever.

    Args:
        window: owns this.
    """

    told = Signal(object)
    """A `Hint`: there is no tray."""

    def __init__(self, window: MainWindow, front: FrontWindow, tray: Tray) -> None:
        super().__init__(window)
        self._window, self._front, self._tray = window, front, tray
        self._is_on = self._has_told = self._was_used = False
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOKS_EVERY_MS)
        self._looking.timeout.connect(self._look)
        window.keeps_open = self._keep

    def use(self, settings: Settings | None) -> None:
        """Go by this setting from now on; where there is no tray, whoever sets it is told."""
        was_on, was_used = self._is_on, self._was_used
        self._is_on = settings is not None and settings.beside.close_to_tray
        self._was_used = True
        if was_used and self._is_on and not was_on and not self._tray.is_there():
            words = self.tr("这个桌面没有托盘，关窗口就是退出")
            self.told.emit(Hint(Severity.WARNING, words))

    async def aclose(self) -> None:
        """Let the window be closed."""
        self._looking.stop()
        self._window.keeps_open = lambda: False

    def show_scanned(self) -> None:
        """Show a hidden window, without the keyboard: something was scanned, beside the till."""
        if not self._window.isVisible():
            self._front.show_quietly()
            self._looking.stop()

    def _keep(self) -> bool:
        """Hide the window, if it is to stay; returns whether."""
        if not self._is_on or not self._tray.is_there():
            return False
        self._window.forget()
        self._window.hide()
        self._looking.start()
        if not self._has_told:
            self._has_told = True
            self._tray.say(self.tr("还在运行，点这个图标打开；要退出请用它的菜单"))
        return True

    def _look(self) -> None:
        if self._window.isVisible():
            self._looking.stop()
        elif not self._tray.is_there():
            self.show_scanned()
            words = self.tr("托盘图标不见了，窗口先打开；再关就会退出")
            self.told.emit(Hint(Severity.WARNING, words))
