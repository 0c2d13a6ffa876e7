"""The composition root: paints the window, then brings in everything else, and ends it all.

Two stages, so that a till is ready to scan as soon as it can be. First Qt alone: the window
is painted and takes keys, while the event loop, the network and the rest are imported, one
part a turn of Qt's loop. Then the same window on asyncio, until it is closed.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.opening import Opening
from posmember.ui.theme import STYLE_ARGUMENTS, install_theme

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QApplication

    from posmember.lookup.backend import Backend
    from posmember.lookup.desk import WechatDesk
    from posmember.settings.config import Settings
    from posmember.ui.capture.scan_filter import ScanFilter
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.wechat.cards import WechatCards

    Script = Callable[[MainWindow, Controller], Coroutine[Any, Any, None]]
    Loaded = tuple[Settings, Callable[[], str], Callable[[], WechatDesk | None]]
    Load = Callable[[], Loaded]


def run(load: Load, *, language: str = "zh", script: Script | None = None) -> int:
    """Show the window until it is closed.

    Args:
        load: gives the settings, a function that gives the open key, and one that gives what
            WeChat Pay is asked with (both called in a thread, as they may wait for a person to
            unlock the keyring). May raise ConfigError, which the window then shows.
        language: "zh" or "en".
        script: something to do with the running window; when it is done, the window closes.

    Returns:
        The process's exit code.
    """
    app = _application()
    install_theme(app, styled=True)
    install_language(app, language)
    window = MainWindow()
    opening = Opening(window)
    window.show_fitting()
    opening.watch_keys()
    app.exec()
    if opening.closed:
        return 0
    return _run_on_asyncio(app, window, opening, load, script)


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    app.setApplicationName("posmember")
    # Closing has to end a lookup first; see `_serve`.
    app.setQuitOnLastWindowClosed(False)
    return app


def _run_on_asyncio(
    app: QApplication,
    window: MainWindow,
    opening: Opening,
    load: Load,
    script: Script | None,
) -> int:
    import asyncio

    import qasync

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(_serve(window, opening, load, script))
    return 0


async def _serve(window: MainWindow, opening: Opening, load: Load, script: Script | None) -> None:
    """The second stage: one future stands for every way in which the program ends."""
    import asyncio

    from posmember.ui.controller import Controller
    from posmember.ui.threads import MainThreadCollector

    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def close(*_why: object) -> None:
        if not closed.done():
            closed.set_result(None)

    window.closing.connect(close)
    _close_on_signals(close)
    settings, backend, desk = _connect(load)
    controller = Controller(window, backend, settings, _wechat(window, desk))
    window.prepare()
    MainThreadCollector(window)
    sources = _listen(opening.hand_over(controller), window, controller, settings)
    playing = asyncio.ensure_future(script(window, controller)) if script else None
    if playing is not None:
        playing.add_done_callback(close)
    await closed
    window.hide()
    sources.stop()
    await controller.shutdown()
    if playing is not None:
        await playing


def _listen(
    keyboard: ScanFilter, window: MainWindow, controller: Controller, settings: Settings | None
) -> ScanSources:
    """Let the controller have every scan, wherever it comes from."""
    from posmember.settings.config import ScannerSettings
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.scanner_check.setup import ScannerSetup

    sources = ScanSources(keyboard, window)
    sources.scanned.connect(controller.scan)
    sources.misread.connect(controller.misread)
    sources.burst_began.connect(controller.wake)
    sources.burst_began.connect(window.begin_burst)
    sources.start(settings.scanner if settings else ScannerSettings())
    setup = ScannerSetup(window, sources, settings.path if settings else None)
    setup.told.connect(controller.tell)
    window.close_first(setup.close_sheet)
    return sources


def _wechat(window: MainWindow, desk: asyncio.Future[WechatDesk | None]) -> WechatCards:
    """Let the window's 微信会员卡 be asked for and changed."""
    from posmember.ui.wechat.cards import WechatCards

    cards = WechatCards(desk, window)
    front = window.wechat
    front.asked.connect(cards.ask)
    front.given.connect(cards.give)
    front.change_asked.connect(cards.begin_change)
    front.review_asked.connect(cards.review)
    front.edit_asked.connect(cards.edit_again)
    front.confirmed.connect(cards.confirm)
    front.change_closed.connect(cards.end_change)
    return cards


def _connect(
    load: Load,
) -> tuple[Settings | None, asyncio.Future[Backend], asyncio.Future[WechatDesk | None]]:
    """Read the configuration now, and open the connections beside the window."""
    import asyncio

    from posmember.errors import ConfigError
    from posmember.ui.threads import in_a_daemon

    try:
        settings, open_key, open_desk = load()
    except ConfigError as error:
        loop = asyncio.get_running_loop()
        failed: asyncio.Future[Backend] = loop.create_future()
        failed.set_exception(error)
        nothing: asyncio.Future[WechatDesk | None] = loop.create_future()
        nothing.set_result(None)
        return None, failed, nothing

    def make() -> Backend:
        # In a thread: httpx and keyring take longer to import than a frame lasts.
        from posmember.lookup.backend import Backend

        return Backend(settings, open_key())

    async def desk_after(backend: asyncio.Future[Backend]) -> WechatDesk | None:
        await asyncio.wait([backend])  # the first lookup is not to wait for it
        return await in_a_daemon(open_desk)

    backend = in_a_daemon(make)
    return settings, backend, asyncio.ensure_future(desk_after(backend))


def _close_on_signals(close: Callable[[], None]) -> None:
    """End cleanly when the system asks, too. Windows has no such signals for a window."""
    import asyncio

    if sys.platform == "win32":
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, close)
