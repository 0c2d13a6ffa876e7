"""What the desktop itself is asked for: the hotkey, the tray, and to come up and go back."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from posmember.lookup.later import Later
from posmember.ui.beside.front.window import FrontWindow

if TYPE_CHECKING:
    from posmember.settings.config import Settings
    from posmember.ui.beside.parts import Part
    from posmember.ui.beside.tray.part import Tray
    from posmember.ui.beside.x_server import XServer
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.main_window import MainWindow
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.view.screen import Hint

_log = logging.getLogger(__name__)


BEGINS_AFTER_S: Final = 0.5
"""The first scan of the day comes first: what this takes has to be imported."""


class Native(QObject):
    """Makes these parts, a moment after the window, and joins them.

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
        self._window, self._controller = window, controller
        self._sources, self._setup = sources, setup
        self.front = FrontWindow(window)
        """There from the first; it asks the desktop as soon as the rest is there."""
        self._settings: Settings | None = None
        self._parts: tuple[Part, ...] = ()
        self._begin = Later()
        if not is_training:
            self._begin.call(BEGINS_AFTER_S, self.begin)

    def use(self, settings: Settings | None) -> None:
        """Go by these settings from now on."""
        self._settings = settings
        for part in self._parts:
            part.use(settings)

    async def aclose(self) -> None:
        """End all of it, also where a part fails."""
        self._begin.cancel()
        async with AsyncExitStack() as ending:
            for part in self._parts:
                ending.push_async_callback(part.aclose)

    def begin(self) -> None:
        """Make the parts, and have them go by the settings."""
        from posmember.ui.beside.front.desktop import desktop_of
        from posmember.ui.beside.hotkey.part import HotkeyPart, grab_for

        window = self._window
        server = _x_server(window)
        self.front.look_at(desktop_of(server))
        self._hotkey = HotkeyPart(window, grab_for(window, server))
        self._hotkey.pressed.connect(self.front.toggle)
        self._hotkey.told.connect(self._tell)
        window.tell_keys(self._keys)
        self._tray = self._make_tray()
        self._hotkey.changed.connect(self._tray.fill)
        self._parts = (_Server(server), self.front, self._hotkey, self._tray, self._closing())
        self.use(self._settings)

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

    def _closing(self) -> Part:
        from posmember.ui.beside.tray.closing import CloseToTray

        closing = CloseToTray(self._window, self.front, self._tray)
        closing.told.connect(self._tell)
        self._sources.scanned.connect(closing.show_scanned)
        self._sources.misread.connect(closing.show_scanned)
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
        compact = self._window.fitting.is_compact()
        return self.tr("完整窗口") if compact else self.tr("紧凑窗口")

    def _compact(self) -> None:
        self.front.bring_up()
        self._window.fitting.change_form()

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
    from posmember.ui.beside.x_server import XServer

    try:
        return XServer(parent)
    except (OSError, AttributeError) as error:  # no such library, or one without a function
        _log.info("the X server is not asked: %s", type(error).__name__)
        return None
