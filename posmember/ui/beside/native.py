"""What the desktop itself is asked for: the hotkey, the tray, and to come up and go back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from posmember.ui.beside.front.desktop import NoDesktop, desktop_of
from posmember.ui.beside.front.window import FrontWindow
from posmember.ui.beside.hotkey.part import HotkeyPart, grab_for
from posmember.ui.beside.x_server import XServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from posmember.settings.config import Settings
    from posmember.ui.beside.parts import Part
    from posmember.ui.beside.tray.part import Tray
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.view.screen import Hint

_log = logging.getLogger(__name__)


class Native(QObject):
    """Makes these parts, and joins them.

    Args:
        window: owns this.
        is_training: nothing but the window itself is touched then.
    """

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        sources: ScanSources,
        setup: SetupFront,
        *,
        is_training: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._controller, self._setup = window, controller, setup
        self.switch_compact: Callable[[], object] | None = None
        """Makes the window small, or large again, where that part is there."""
        self.parts: tuple[Part, ...] = ()
        if is_training:
            self.front = FrontWindow(window, NoDesktop())
            return
        server = _x_server(window)
        self.front = FrontWindow(window, desktop_of(server))
        self._hotkey = HotkeyPart(window, grab_for(window, server))
        self._hotkey.pressed.connect(self.front.toggle)
        self._hotkey.told.connect(self._tell)
        window.tell_keys(self._keys)
        self._tray = self._make_tray()
        self._hotkey.changed.connect(self._tray.fill)
        closing = self._closing(self._tray, sources)
        self.parts = (_Server(server), self.front, self._hotkey, self._tray, closing)

    def _make_tray(self) -> Tray:
        from posmember.ui.beside.tray.part import Entry, Tray

        training = self._window.training
        entries = (
            Entry(self._compact_text, self._compact, "Ctrl+M"),
            Entry(lambda: self.tr("设置"), self._open),
            Entry(lambda: self.tr("检查连接"), self._check),
            Entry(lambda: training.word, training.asked.emit),
        )
        tray = Tray(self._window, self._hotkey.heard_text, entries)
        tray.asked.connect(self.front.bring_up)
        tray.left.connect(self._window.close)
        return tray

    def _closing(self, tray: Tray, sources: ScanSources) -> Part:
        from posmember.ui.beside.tray.closing import CloseToTray

        closing = CloseToTray(self._window, self.front, tray)
        closing.told.connect(self._tell)
        sources.scanned.connect(closing.show_scanned)
        sources.misread.connect(closing.show_scanned)
        return closing

    def _keys(self) -> tuple[tuple[str, str], ...]:
        key = self._hotkey.key_text()
        return ((key, self._hotkey.text()),) if key else ()

    def _open(self, page: str = "") -> None:
        self.front.bring_up()
        self._setup.open(page)

    def _check(self) -> None:
        from posmember.ui.settings.screen import CHECK  # with all of the settings' pages

        self._open(CHECK)

    def _compact_text(self) -> str:
        return self.tr("紧凑模式") if self.switch_compact is not None else ""

    def _compact(self) -> None:
        self.front.bring_up()
        if self.switch_compact is not None:
            self.switch_compact()

    def _tell(self, hint: Hint) -> None:
        """Say it, where nothing is said that matters more: that nothing can be looked up."""
        view = self._window.view()
        if view is None or view.hint is None:
            self._controller.tell(hint)


class _Server:
    """Leaves the X server behind all that asks it."""

    def __init__(self, server: XServer | None) -> None:
        self._server = server

    def use(self, settings: Settings | None) -> None:
        """No setting changes it."""

    async def aclose(self) -> None:
        """Leave it."""
        if self._server is not None:
            self._server.close()


def _x_server(parent: QObject) -> XServer | None:
    """A connection to the X server that the window is on, if it is on one that takes it."""
    if QGuiApplication.platformName() != "xcb":
        return None
    try:
        return XServer(parent)
    except (OSError, AttributeError) as error:  # no such library, or one without a function
        _log.info("the X server is not asked: %s", type(error).__name__)
        return None
