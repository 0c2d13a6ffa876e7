"""The composition root: paints the window, then brings in everything else, and ends it all.

Two stages, so that a till is ready to scan as soon as it can be. First Qt alone: the window
is painted and takes keys, while the event loop, the network and the rest are imported, one
part a turn of Qt's loop. Then the same window on asyncio, until it is closed. What fails in
either is said in the window, which can then only be closed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from posmember.ui.i18n import install_language
from posmember.ui.main_window import MainWindow
from posmember.ui.opening.ending import Ending
from posmember.ui.opening.failure import say_it_failed
from posmember.ui.opening.first_stage import Opening
from posmember.ui.theme import STYLE_ARGUMENTS, install_theme

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

    from posmember.lookup.desk import Opened
    from posmember.scanning.burst import Misread
    from posmember.settings.config import Settings
    from posmember.ui.capture.scan_filter import ScanFilter
    from posmember.ui.capture.scan_sources import ScanSources
    from posmember.ui.controller import Controller
    from posmember.ui.opening.reload import Parts, Reload
    from posmember.ui.scanner_check.setup import ScannerSetup
    from posmember.ui.settings.place import SetupPlace
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.till.connection import Connection
    from posmember.ui.wechat.cards import WechatCards
    from posmember.ui.wechat.desk import DeskOnDemand

    Script = Callable[[MainWindow, Controller], Coroutine[Any, Any, None]]
    Loaded = tuple[Settings, Callable[[], str], Callable[[], Opened]]
    Load = Callable[[], Loaded]
    Place = Callable[[], SetupPlace]

FAILED: Final = 1
NO_DISPLAY: Final = 2


def run(
    load: Load, *, language: str = "zh", script: Script | None = None, place: Place | None = None
) -> int:
    """Show the window until it is closed, or the system asks for an end (SIGINT, SIGTERM).

    Ends the process with 2 where there is no display.

    Args:
        load: gives the settings, a function that gives the open key, and one that gives what
            WeChat Pay is asked with (both called in a thread, as they may wait for a person to
            unlock the keyring; again after they failed). May raise ConfigError, which the window
            then shows.
        language: "zh" or "en".
        script: something to do with the running window; when it is done, the window closes, and
            it is cancelled where the window is closed before.
        place: gives where the till is set up in the window; None where it cannot be.

    Returns:
        The process's exit code: 0, or 1 where the window could do nothing, because of a bug.
    """
    app = _application()
    with Ending() as ending:
        window: MainWindow | None = None
        try:
            install_theme(app, styled=True)
            install_language(app, language)
            window = MainWindow()
            window.closing.connect(ending.ask)
            opening = Opening(window)
            window.show_fitting()
            opening.watch_keys()
            if not _all_imported(app, ending, opening):
                return 0
            return _run_on_asyncio(app, ending, window, opening, load, script, place)
        except Exception as error:
            if ending.asked:
                raise
            return _stay(app, ending, window, error)


def open_display() -> None:
    """Make the process's application, for whoever has more to put away than `run`.

    Ends the process with 2 where there is no display.
    """
    _application()


def _application() -> QApplication:
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    made = QApplication.instance()
    if isinstance(made, QApplication):
        return made
    said: list[str] = []
    # Without a display Qt would abort the process, which looks like a crash.
    qInstallMessageHandler(partial(_hear, said))
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    qInstallMessageHandler(None)
    _write(*said)
    app.setApplicationName("posmember")
    # Closing has to end a lookup first; see `_serve`.
    app.setQuitOnLastWindowClosed(False)
    return app


def _hear(said: list[str], kind: QtMsgType, _at: QMessageLogContext, text: str) -> None:
    """Keep what Qt says while it looks for a display, and end where it gives up."""
    from PySide6.QtCore import QtMsgType

    from posmember.domain.texts import one_line

    said.append(one_line(text))
    if kind == QtMsgType.QtFatalMsg:
        words = "打不开窗口,请检查 DISPLAY 和 QT_QPA_PLATFORM / no display to open a window on"
        _write(f"posmember: {words}: {said[0]}")
        os._exit(NO_DISPLAY)  # Qt would abort as soon as this returns


def _write(*lines: str) -> None:
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.writelines(f"{line}\n" for line in lines)
        sys.stderr.flush()


def _all_imported(app: QApplication, ending: Ending, opening: Opening) -> bool:
    """The first stage; returns whether there is to be a second. Raises what an import raises."""
    ending.then(app.exit)
    if not ending.asked:
        app.exec()
    if opening.failure is not None:
        raise opening.failure
    return not ending.asked


def _stay(app: QApplication, ending: Ending, window: MainWindow | None, error: Exception) -> int:
    """Say what failed, in the window or in one of its own, until that is closed."""
    said = say_it_failed(window, error)
    app.setQuitOnLastWindowClosed(True)
    ending.then(app.exit)
    if not ending.asked:
        app.exec()
    said.hide()
    return FAILED


def _run_on_asyncio(
    app: QApplication,
    ending: Ending,
    window: MainWindow,
    opening: Opening,
    load: Load,
    script: Script | None,
    place: Place | None,
) -> int:
    import asyncio

    import qasync

    from posmember.ui.threads import let_daemons_end

    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(_serve(ending, window, opening, load, script, place))
    finally:
        let_daemons_end()


async def _serve(
    ending: Ending,
    window: MainWindow,
    opening: Opening,
    load: Load,
    script: Script | None,
    place: Place | None,
) -> int:
    """The second stage: one future stands for every way in which the program ends."""
    import asyncio

    from posmember.errors import PosMemberError
    from posmember.ui.controller import Controller
    from posmember.ui.opening.connecting import connecting
    from posmember.ui.opening.reload import Parts, Reload
    from posmember.ui.settings.session_keys import SessionKeys
    from posmember.ui.setup.front import SetupFront
    from posmember.ui.threads import MainThreadCollector
    from posmember.ui.till.connection import Connection
    from posmember.ui.wechat.desk import DeskOnDemand

    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    ending.then(lambda: None if closed.done() else closed.set_result(None))
    playing: asyncio.Future[None] | None = None
    async with AsyncExitStack() as started:
        keys = SessionKeys()
        found = connecting(load, keys)
        connection = Connection(found.begin, found.waits_for_key)
        desk = DeskOnDemand(found.begin_desk, window)
        # The first lookup is not to wait for it, nor a person to be asked for two passwords.
        connection.watch(lambda: _connected(connection, desk))
        controller = Controller(window, connection, found.settings, _wechat(window, desk))
        started.push_async_callback(controller.shutdown)
        window.prepare()
        MainThreadCollector(window)
        front = SetupFront(window, place, keys, connection)
        started.push_async_callback(front.aclose)
        sources = _listen(opening.hand_over(controller), window, controller, front)
        started.callback(sources.stop)
        parts = Parts(controller, connection, desk, sources, _check(window, sources, front))
        reload = Reload(lambda: connecting(load, keys), parts)
        started.push_async_callback(reload.aclose)
        _set_up(window, parts, front, reload, found.settings)
        if script is not None:
            playing = asyncio.ensure_future(script(window, controller))
            playing.add_done_callback(lambda _playing: ending.ask())
        await closed
        broken = connection.failure
        window.hide()
        if playing is not None:
            await _end(playing)
    return 0 if broken is None or isinstance(broken, PosMemberError) else FAILED


def _connected(connection: Connection, desk: DeskOnDemand) -> None:
    """The platform's connection is there: look for WeChat Pay's, which may believe its clock."""
    if connection.ready:
        desk.believe(connection.result().clock)
        desk.look()


async def _end(playing: asyncio.Future[None]) -> None:
    """End a script that is not over: there is no window for it any more. Raises what it raised."""
    import asyncio

    playing.cancel()
    await asyncio.wait([playing])
    if not playing.cancelled():
        playing.result()


def _listen(
    keyboard: ScanFilter, window: MainWindow, controller: Controller, front: SetupFront
) -> ScanSources:
    """Let the controller have every scan, wherever it comes from, but for what set-up takes."""
    from posmember.ui.capture.scan_sources import ScanSources

    def scan(text: str, place: int) -> None:
        if not front.take_scan(text, place):
            controller.scan(text, place)

    def misread(misread: Misread) -> None:
        if not front.take_misread():
            controller.misread(misread)

    sources = ScanSources(keyboard, window)
    sources.scanned.connect(scan)
    sources.misread.connect(misread)
    sources.burst_began.connect(controller.wake)
    sources.burst_began.connect(window.begin_burst)
    sources.burst_began.connect(front.begin_burst)
    return sources


def _check(window: MainWindow, sources: ScanSources, front: SetupFront) -> ScannerSetup:
    """The scanner check, whose proposals the first start takes while it is open."""
    from posmember.ui.scanner_check.setup import ScannerSetup

    check = ScannerSetup(window, sources, None)
    check.divert(front.take_proposal)
    front.check_asked.connect(check.toggle)
    return check


def _set_up(
    window: MainWindow, parts: Parts, front: SetupFront, reload: Reload, settings: Settings | None
) -> None:
    """Begin by the settings, and go by others when they are kept."""
    from posmember.settings.config import ScannerSettings
    from posmember.ui.opening.connecting import file_to_write

    parts.sources.start(settings.scanner if settings else ScannerSettings())
    parts.scanner.keep_in(file_to_write(settings))
    parts.scanner.told.connect(parts.controller.tell)
    window.close_first(parts.scanner.close_sheet)
    window.close_first(front.close_one)
    window.closing.connect(front.keep_draft)
    window.answered.connect(front.answer)
    window.identifier_entered.connect(front.forget_question)
    front.told.connect(parts.controller.tell)
    front.kept.connect(reload.everything)
    front.wechat_changed.connect(reload.wechat)


def _wechat(window: MainWindow, desk: DeskOnDemand) -> WechatCards:
    """Let the window's 微信会员卡 be asked for and changed."""
    from posmember.ui.wechat.cards import WechatCards

    cards = WechatCards(desk, window)
    front = window.wechat
    front.asked.connect(cards.ask)
    front.given.connect(cards.give)
    front.given_up.connect(cards.give_up)
    front.change_asked.connect(cards.begin_change)
    front.review_asked.connect(cards.review)
    front.edit_asked.connect(cards.edit_again)
    front.confirmed.connect(cards.confirm)
    front.change_closed.connect(cards.end_change)
    return cards
